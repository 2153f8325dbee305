-- offhook.transform_sql(p_destination integer, p_event jsonb) returns text
--
-- Purpose: what a destination's transform_sql makes of an event.  It runs
--     with the rights of offhook_reply, as functions/reply_sql.sql; with
--     --one-role in a read-only transaction.
-- Arguments: p_event  the envelope: docs/deliveries.md
-- Returns: what it returns, as text: the body to send; null: the delivery
--     ends as cancelled, for the reason 'transform'.
-- Errors: 42883 the destination has no function; those of the function.  The
--     caller sets statement_timeout for this transaction.
-- Writes: what the function writes.
--
-- What the function SETs would stay in the session, which has more rights and
-- calls more than this: a search_path, synchronous_commit.  So all settings
-- are as the session began with when this returns.
--
-- It belongs to offhook_reply: see grants.sql.
create or replace function offhook.transform_sql(p_destination integer,
    p_event jsonb)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_function text := offhook.transform_function(p_destination);
	v_body text;
begin
	if v_function is null then
		raise exception 'offhook: destination % has no transform_sql',
		    p_destination using errcode = '42883';
	end if;
	if current_user <> 'offhook_reply' then
		perform set_config('transaction_read_only', 'on', true);
	end if;
	execute format('select %s($1)::text', v_function)
	    into v_body using p_event;
	reset all;
	return v_body;
end
$$;
