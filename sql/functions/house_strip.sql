-- offhook.house_strip(p_pages integer)
--     returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: takes the bodies (raw, and the query of the
--     url) from the oldest partition that is past their period, by making a
--     copy without them, p_pages pages a step, that replaces it at the end.
--     The comment on the new table says that it was done.
-- Returns: one row (rows copied), and no row when no partition is due.
-- Errors: OF010; 22023 p_pages is not 1 to 1000000; 55P03 somebody held a
--     lock for half a second: try again.
-- Writes: partitions of event, house_state.
--
-- Nobody reads less meanwhile: the old table stays until the copy is whole.
-- A row that comes into that old month after all is noticed by a trigger,
-- and the copy begins again.  A crash loses one step.
--
-- Locks: the first step, share row exclusive on the old partition for a
-- moment (for the trigger); the last step, event, event_default and the
-- partition in access exclusive mode for a few milliseconds: nobody waits for
-- more than a second (its own waits are at most half a second each).  Those
-- in between: none that ingest could wait for.
create or replace function offhook.house_strip(p_pages integer)
returns table (action text, object text, detail text, rows bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '500ms'
set timezone = 'UTC'
as $$
declare
	v record;
	v_state offhook.house_state;
	v_pages bigint;
	v_rows bigint := 0;
	v_says text := 'copied';
begin
	if p_pages is null or p_pages not between 1 and 1000000 then
		raise exception 'offhook: pages must be 1 to 1000000'
		    using errcode = '22023';
	end if;
	perform offhook.house_lock();
	perform offhook.house_forget();
	select h.*, h.name || '_bare' as copy into v
	    from offhook.house_history() h
	    where h.due = 'strip' order by h.month limit 1;
	if not found then
		return;
	end if;
	select * into v_state from offhook.house_state s
	    where s.name = v.name;
	v_pages := pg_relation_size(('offhook.' || v.name)::regclass)
	    / current_setting('block_size')::bigint;

	if v_state.name is null then
		v_says := 'begun';
		-- the check spares attaching a look at each row
		execute format('create table offhook.%I (like offhook.event '
		    'including defaults including indexes, '
		    'constraint bounds check (received_at >= %L '
		    'and received_at < %L))', v.copy, v.month,
		    v.month + interval '1 month');
		execute format('create trigger house_watch after insert on '
		    'offhook.%I for each row '
		    'execute function offhook.house_watch()', v.name);
		insert into offhook.house_state (name) values (v.name);
	elsif v_state.late then
		v_says := 'begun again';
		execute format('truncate offhook.%I', v.copy);
		update offhook.house_state s set page = 0, late = false
		    where s.name = v.name;
	elsif v_state.page < v_pages then
		execute format('insert into offhook.%I (%s) select %s '
		    'from offhook.%I where ctid >= %L::tid and ctid < %L::tid',
		    v.copy, offhook.house_columns(null),
		    offhook.house_columns('true'), v.name,
		    format('(%s,0)', v_state.page),
		    format('(%s,0)', v_state.page + p_pages));
		get diagnostics v_rows = row_count;
		update offhook.house_state s set page = s.page + p_pages
		    where s.name = v.name;
	else
		lock table offhook.event in access exclusive mode;
		execute format('lock table offhook.%I in access exclusive '
		    'mode', v.name);
		select * into v_state from offhook.house_state s
		    where s.name = v.name;
		if not v_state.late then
			v_says := 'without bodies';
			perform offhook.house_swap(v.name, v.copy, v.month);
		end if;
	end if;
	return query select 'strip'::text, v.name, v_says, v_rows;
end
$$;
