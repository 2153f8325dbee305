-- offhook.house_purge(p_table text, p_pages integer)
--     returns table (action, object, detail, rows)
--
-- Purpose: a step of house keep: deletes what is past the period of dedupe
--     from the next p_pages pages of once or past_reply; the sessions that
--     have expired from those of session; from those of delivery what ended
--     before the period of deliveries, and from those of attempt what is
--     as old and whose delivery is deleted; from those of late what is older
--     than 8 days.  There is no index for it on purpose: each webhook would
--     pay for that.  A row that somebody is using at this moment is left for
--     the next time.
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
	v_old text;
	v_says text;
	v_rows bigint;
begin
	v_old := case p_table when 'once' then 'o.event_at < $3'
	    when 'past_reply' then 'o.event_at < $3'
	    when 'session' then 'o.expires_at < $3'
	    when 'delivery' then 'o.due_at is null and o.finished_at < $3'
	    when 'attempt' then 'o.at < $3 and not exists (select '
	    'from offhook.delivery d where d.id = o.delivery)'
	    when 'late' then 'o.at < $3' end;
	if v_old is null or p_pages is null
	    or p_pages not between 1 and 1000000 then
		raise exception 'offhook: once, past_reply, session, '
		    'delivery, attempt or late, and pages from 1 to 1000000'
		    using errcode = '22023';
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
	if p_table in ('session', 'late') then
		v_keep := case p_table when 'late' then '8 days'
		    else '0' end;
		v_says := case p_table when 'late' then 'older than 8 days'
		    else 'expired' end;
	else
		select r.keep, 'older than ' || r.keep into v_keep, v_says
		    from offhook.retention r
		    where r.what = case when p_table in ('delivery',
		    'attempt') then 'deliveries' else 'dedupe' end;
	end if;
	execute format('delete from offhook.%I where ctid = any (array('
	    'select o.ctid from offhook.%1$I o where o.ctid >= $1 '
	    'and o.ctid < $2 and %s for update skip locked))',
	    p_table, v_old)
	    using format('(%s,0)', v_page)::tid,
	    format('(%s,0)', v_page + p_pages)::tid,
	    clock_timestamp() - v_keep;
	get diagnostics v_rows = row_count;
	update offhook.house_state s set page = v_page + p_pages
	    where s.name = p_table;
	return query select 'purge'::text, p_table, v_says, v_rows;
end
$$;
