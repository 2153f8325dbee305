-- offhook.house_move(p_pages integer)
--     returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: moves the rows of p_pages pages of a table
--     that make_partitions() has set aside to their months' partitions, the
--     latest first; what has no partition goes to event_default.  An empty
--     table is dropped.  Rows of a month past the period of bodies come
--     there without them.
-- Returns: one row, and no row when there is no such table (any more).
-- Errors: OF010; 22023 p_pages is not 1 to 1000000; 55P03 try again.
-- Writes: event, the table, house_state (a hint only: each bite is one
--     transaction, so a crash loses nothing and leaves nothing twice).
--
-- Locks: none that ingest could wait for.
create or replace function offhook.house_move(p_pages integer)
returns table (action text, object text, detail text, rows bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '500ms'
set timezone = 'UTC'
as $$
declare
	v_name text;
	v_from bigint;
	v_to bigint;
	v_rows bigint;
	v_more boolean;
begin
	if p_pages is null or p_pages not between 1 and 1000000 then
		raise exception 'offhook: pages must be 1 to 1000000'
		    using errcode = '22023';
	end if;
	perform offhook.house_lock();
	select a into v_name from offhook.house_aside() as a limit 1;
	if not found then
		return;
	end if;
	select s.page into v_to from offhook.house_state s
	    where s.name = v_name;
	if coalesce(v_to, 0) = 0 then
		v_to := pg_relation_size(('offhook.' || v_name)::regclass)
		    / current_setting('block_size')::bigint;
	end if;
	v_from := greatest(v_to - p_pages, 0);
	execute format('with moved as (delete from offhook.%I '
	    'where ctid >= %L::tid and ctid < %L::tid returning *) '
	    'insert into offhook.event (%s) select %s from moved', v_name,
	    format('(%s,0)', v_from), format('(%s,0)', v_to),
	    offhook.house_columns(null), offhook.house_columns(format(
	    'date_trunc(''month'', received_at) + interval ''1 month'' <= %L',
	    clock_timestamp() - (select r.keep from offhook.retention r
	    where r.what = 'bodies'))));
	get diagnostics v_rows = row_count;
	insert into offhook.house_state as s (name, page)
	    values (v_name, v_from)
	    on conflict (name) do update set page = excluded.page;
	if v_from = 0 then
		execute format('select exists (select from offhook.%I)',
		    v_name) into v_more;
		if not v_more then
			execute format('drop table offhook.%I', v_name);
			delete from offhook.house_state s
			    where s.name = v_name;
		end if;
	end if;
	return query select 'move'::text, 'event_default'::text,
	    'set aside as ' || v_name, v_rows;
end
$$;
