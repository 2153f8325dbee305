-- offhook.notice_take(p_limit integer) returns table (id, lease, channel,
--     type, target, secret, items)
--
-- Purpose: what people are to be told now: a notice for each channel that
--     has something, leased to the caller for 60 seconds.
-- Returns: at most p_limit rows, none of a channel that has failed before
--     others had their turn; target and items (functions/notice_items.sql)
--     as JSON.  notice_done() says what became of each.
-- Errors: none.  Writes: channel, only when there is something to tell.
create or replace function offhook.notice_take(p_limit integer)
returns table (id integer, lease uuid, channel text, type text, target text,
    secret text, items text)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '5000ms'
as $$
declare
	v_channel offhook.channel;
	v_items jsonb;
	v_lease uuid;
begin
	for v_channel in select c.* from offhook.channel c
	    where c.due_at <= clock_timestamp() order by c.due_at loop
		v_items := offhook.notice_items(v_channel.id);
		continue when v_items is null;
		-- Another worker may have been quicker: then due_at differs.
		v_lease := gen_random_uuid();
		update offhook.channel c set lease = v_lease, items = v_items,
		    due_at = clock_timestamp() + interval '60 seconds'
		    where c.id = v_channel.id and c.due_at = v_channel.due_at;
		continue when not found;
		return query select v_channel.id, v_lease, v_channel.name,
		    v_channel.type, to_json(v_channel.target)::text,
		    v_channel.secret, v_items::text;
		p_limit := p_limit - 1;
		exit when p_limit <= 0;
	end loop;
end
$$;
