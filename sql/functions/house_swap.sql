-- offhook.house_swap(p_name text, p_copy text, p_month timestamptz)
--
-- Purpose: puts the copy of a partition in its place, and drops the old one.
--     Only house_strip() calls it, which has locked both and event.
-- Errors: 55P03 try again.  Writes: partitions of event, house_state.
create or replace function offhook.house_swap(p_name text, p_copy text,
    p_month timestamptz)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
begin
	execute format('alter table offhook.event detach partition '
	    'offhook.%I', p_name);
	execute format('drop table offhook.%I', p_name);
	execute format('alter table offhook.%I rename to %I', p_copy, p_name);
	execute format('alter table offhook.event attach partition '
	    'offhook.%I for values from (%L) to (%L)', p_name, p_month,
	    p_month + interval '1 month');
	execute format('alter table offhook.%I drop constraint bounds',
	    p_name);
	execute format('comment on table offhook.%I is ''without bodies''',
	    p_name);
	delete from offhook.house_state s where s.name = p_name;
end
$$;
