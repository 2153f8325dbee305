-- offhook.house_purge(p_table text, p_pages integer)
--     returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: deletes what is past the period of dedupe
--     from the next p_pages pages of once or past_reply; or the sessions that
--     have expired from those of session.  There is no index
--     for it on purpose: each webhook would pay for that.  A row that
--     somebody is using at this moment is left for the next time.
-- Returns: one row, and no row at the end of the table: the next call begins
--     at its start again.
-- Errors: OF010; 22023 p_table is none of these, or p_pages is not 1 to
--     1000000.
-- Writes: p_table, house_state.
--
-- Locks: the rows that it deletes, until the end of the step: only a retry
-- of a request that is that old could wait for one.
create or replace function offhook.house_purge(p_table text, p_pages integer)
returns table (action text, object text, detail text, rows bigint)
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
set lock_timeout = '500ms'
as $$
declare
	v_page bigint;
	v_end bigint;
	v_keep interval;
	v_column text := 'event_at';
	v_rows bigint;
begin
	if p_table is null or p_table not in ('once', 'past_reply', 'session')
	    or p_pages is null or p_pages not between 1 and 1000000 then
		raise exception 'offhook: once, past_reply or session, and '
		    'pages from 1 to 1000000' using errcode = '22023';
	end if;
	perform offhook.house_lock();
	select s.page into v_page from offhook.house_state s
	    where s.name = p_table;
	v_end := pg_relation_size(('offhook.' || p_table)::regclass)
	    / current_setting('block_size')::bigint;
	if v_page >= v_end then
		update offhook.house_state s set page = 0
		    where s.name = p_table and s.page <> 0;
		return;
	end if;
	if p_table = 'session' then
		v_column := 'expires_at';
		v_keep := '0';
	else
		select r.keep into v_keep from offhook.retention r
		    where r.what = 'dedupe';
	end if;
	execute format('delete from offhook.%I where ctid = any (array('
	    'select o.ctid from offhook.%1$I o where o.ctid >= $1 '
	    'and o.ctid < $2 and o.%I < $3 for update skip locked))',
	    p_table, v_column)
	    using format('(%s,0)', v_page)::tid,
	    format('(%s,0)', v_page + p_pages)::tid,
	    clock_timestamp() - v_keep;
	get diagnostics v_rows = row_count;
	update offhook.house_state s set page = v_page + p_pages
	    where s.name = p_table;
	return query select 'purge'::text, p_table,
	    case p_table when 'session' then 'expired'
	    else 'older than ' || v_keep end, v_rows;
end
$$;
