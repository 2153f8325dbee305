-- offhook.reply_sql(p_route text, p_event jsonb) returns text
--
-- Purpose: asks the function of a route with "sql" for a reply.  It runs with
--     the rights of offhook_reply, which may do what users grant it and
--     nothing else; with --one-role in a read-only transaction.
-- Arguments: p_route  the route's name; p_event  {"id", "kind", "sid",
--     "status", "account", "from", "to", "received_at", "params", "session",
--     "resource", "const"}, which the function gets
-- Returns: what it returns, as text: TwiML, or JSON {"twiml": ...,
--     "session": {...}}; null is null.
-- Errors: 42883 the route has no function; those of the function.  The caller
--     sets statement_timeout for this transaction.
-- Writes: what the function writes.
--
-- What the function SETs would stay in the session, which has more rights and
-- calls more than this: a search_path, synchronous_commit.  So all settings
-- are as the session began with when this returns.
--
-- It belongs to offhook_reply: see grants.sql.
create or replace function offhook.reply_sql(p_route text, p_event jsonb)
returns text
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_function text := offhook.route_function(p_route);
	v_reply text;
begin
	if v_function is null then
		raise exception 'offhook: route % has no function',
		    to_json(p_route) using errcode = '42883';
	end if;
	if current_user <> 'offhook_reply' then
		perform set_config('transaction_read_only', 'on', true);
	end if;
	execute format('select %s($1)::text', v_function)
	    into v_reply using p_event;
	reset all;
	return v_reply;
end
$$;
