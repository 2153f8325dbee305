-- offhook.notice_done(p_id integer, p_lease uuid, p_error text)
--     returns boolean
--
-- Purpose: what became of a notice of notice_take().  p_error null: it was
--     told; the channel's next notice is half a minute away, so that what
--     happens at once is told at once.  Else it is tried again after 30 s,
--     1 min, 2 min ... 1 hour, with what is open then, until it gets
--     through: other channels do not wait for it.
-- Returns: false when somebody else has it meanwhile; then nothing is done.
-- Errors: none.  Writes: channel, told.
create or replace function offhook.notice_done(p_id integer, p_lease uuid,
    p_error text)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '5000ms'
as $$
declare
	v_now timestamptz := clock_timestamp();
	v_items jsonb;
begin
	select c.items into v_items from offhook.channel c
	    where c.id = p_id and c.lease = p_lease for update;
	if not found then
		return false;
	end if;
	if p_error is not null then
		update offhook.channel c set lease = null, items = null,
		    tries = c.tries + 1, error = left(p_error, 500),
		    error_at = v_now, due_at = v_now + least(
		    interval '30 seconds' * 2 ^ least(c.tries, 10),
		    interval '1 hour')
		    where c.id = p_id;
		return true;
	end if;
	insert into offhook.told as t (channel, issue, opening, count, at)
	    select p_id, (e ->> 'id')::bigint, (e ->> 'opening')::integer,
	    (e ->> 'count')::bigint, v_now
	    from jsonb_array_elements(v_items) as e
	    on conflict (channel, issue) do update set
	    opening = excluded.opening, count = excluded.count,
	    at = excluded.at;
	update offhook.channel c set lease = null, items = null, tries = 0,
	    error = null, error_at = null, told_at = v_now,
	    due_at = v_now + interval '30 seconds'
	    where c.id = p_id;
	return true;
end
$$;
