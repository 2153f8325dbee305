-- offhook.house_plan(p_months_ahead integer)
--     returns table (action, object, detail, rows_estimate, bytes)
--
-- Purpose: what house keep would do now, in its order.  It decides by the
--     same functions as the steps do: house_missing(), house_accident(),
--     house_aside(), house_history().
-- Returns: bytes: of the table with its indexes; rows_estimate:
--     Postgres's, null where it has none yet.
-- Errors: none.  Writes: nothing.
create or replace function offhook.house_plan(p_months_ahead integer)
returns table (action text, object text, detail text, rows_estimate bigint,
    bytes bigint)
language sql stable security definer
set search_path = pg_catalog, offhook, pg_temp
set timezone = 'UTC'
as $$
	with missing as (
	    select m as month, 'event_' || to_char(m, 'YYYYMM') as name
	    from offhook.house_missing(p_months_ahead) as m
	), moving as (
	    select 'event_default' as name, min(a) as since
	    from offhook.house_accident() as a having count(*) > 0
	    union all
	    select a, null from offhook.house_aside() as a
	), due as (
	    select h.name, h.month, h.due from offhook.house_history() h
	    union all
	    select m.name, m.month, 'drop' from missing m
	    where offhook.house_due(m.month) = 'drop'
	), steps as (
	    select 1 as step, 'set aside' as action, m.name as object,
	        'accident: rows since ' || to_char(m.since, 'YYYY-MM')
	        as detail, m.name as relation
	    from moving m where m.since is not null
	    union all
	    select 2, 'make', m.name, null, null from missing m
	    union all
	    select 3, 'move', 'event_default', 'to their months, from '
	        || m.name, m.name from moving m
	    union all
	    select case d.due when 'drop' then 4 else 5 end, d.due, d.name,
	        'older than ' || r.keep, d.name
	    from due d join offhook.retention r on r.what = case d.due
	    when 'drop' then 'history' when 'strip' then 'bodies' end
	    union all
	    select 6, 'purge', s.name, case s.name when 'session'
	        then 'expired' when 'late' then 'older than 8 days'
	        else 'older than ' || r.keep end, s.name
	    from offhook.house_state s, offhook.retention r
	    where s.name in ('once', 'past_reply', 'session', 'delivery',
	        'attempt', 'late')
	    and r.what = case when s.name in ('delivery', 'attempt')
	        then 'deliveries' else 'dedupe' end
	    and pg_relation_size(to_regclass('offhook.' || s.name)) > 0
	)
	select s.action, s.object, s.detail, nullif(c.reltuples, -1)::bigint,
	    pg_total_relation_size(c.oid)
	from steps s
	left join pg_class c on c.oid = to_regclass('offhook.' || s.relation)
	order by s.step, s.object
$$;
