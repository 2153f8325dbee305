-- offhook.notice_items(p_channel integer) returns jsonb
--
-- Purpose: what a channel is to be told now, the issues opened first before
--     the others, at most 50.
-- Returns: a list of objects, or null when there is nothing.  "why" is
--     'opened', 'reopened' or 'goes on'; "since" the cases since the channel
--     was told last; "opening" how often it had been opened again.
-- Errors: none.  Writes: nothing.
--
-- An issue is told when it is opened; when it is opened again, and that at
-- once only if a person had resolved it (what resolves itself may flap); and
-- when it goes on after the quiet time.
create or replace function offhook.notice_items(p_channel integer)
returns jsonb
language sql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type,
	    'subject', n.subject, 'why', n.why, 'count', n.count,
	    'since', n.count - n.told, 'opening', n.reopened,
	    'opened_at', n.opened_at, 'first_seen', n.first_seen,
	    'last_seen', n.last_seen, 'comment', n.comment,
	    'detail', n.detail) order by n.opened_at, n.id)
	from (
	    select i.id, i.type, i.subject, i.count, i.reopened, i.first_seen,
	        i.last_seen, i.comment, i.detail,
	        coalesce(i.opened_at, i.first_seen) as opened_at,
	        case when coalesce(t.opening, -1) = i.reopened then 'goes on'
	        when i.reopened = 0 then 'opened' else 'reopened' end as why,
	        coalesce(t.count, 0) as told
	    from offhook.channel c
	    cross join offhook.issue i
	    left join offhook.told t
	    on t.channel = c.id and t.issue = i.id
	    where c.id = p_channel and i.state = 'open'
	    and (c.types = '{}' or i.type = any (c.types)
	    or exists (select from unnest(c.types) as p
	    where right(p, 1) = '*' and starts_with(i.type,
	    left(p, -1))))
	    and (t.issue is null
	    or t.opening < i.reopened and i.resolved_by is not null
	    or (t.opening < i.reopened or t.count < i.count)
	    and t.at <= clock_timestamp() - c.quiet)
	    order by coalesce(i.opened_at, i.first_seen), i.id
	    limit 50
	) as n
$$;
