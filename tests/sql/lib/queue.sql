-- What the tests of deliveries begin with, after setup.sql.

-- Routing is one worker's at a time: another file of these may be at it.
select from offhook.baton where name = 'route' for update \g /dev/null

create function pg_temp.to(p_name text, p_spec jsonb default '{}')
returns integer language sql as $$
    insert into offhook.destination (name, spec)
    values (p_name, '{"url": "https://example.com/"}' || p_spec)
    returning id $$;

-- Events of a resource, each a status of its own, at this moment.
create function pg_temp.events(p_sid integer, p_n integer)
returns void language plpgsql as $$
begin
	for i in 1 .. p_n loop
		perform pg_temp.ing(pg_temp.sid(p_sid), 'status' || i,
		    at => clock_timestamp());
	end loop;
end $$;

create function pg_temp.worker(n integer) returns uuid language sql as $$
    select lpad(n::text, 32, '0')::uuid $$;

-- What a worker has: the number of events, then "destination:sid" of each.
create function pg_temp.say(offhook.task[]) returns text language sql as $$
    select string_agg(case when t.id is null then t.tries::text
    else d.name || ':' || coalesce(ltrim(right(t.sid, 24), '0'), '')
    || case when t.probe then '!' else '' end end, ' '
    order by t.id nulls first)
    from unnest($1) as t
    left join offhook.destination d on d.id = t.destination $$;

create temporary table held (id bigint, lease uuid, worker integer,
    name text, sid text, done boolean default false);
create temporary table marks (worker integer primary key, low jsonb);

create function pg_temp.keep(p_worker integer, p_tasks offhook.task[])
returns text language sql as $$
    insert into held select t.id, t.lease, p_worker, d.name, t.sid
    from unnest(p_tasks) as t
    join offhook.destination d on d.id = t.destination;
    select pg_temp.say(p_tasks) $$;

create function pg_temp.route(p_worker integer default 1,
    p_limit integer default 100, p_room integer default 100,
    p_lease integer default 60000, p_skip integer[] default '{}')
returns text language sql as $$
    select pg_temp.keep(p_worker, array(select t from offhook.worker_route(
    pg_temp.worker(p_worker), p_limit, p_room, p_lease, p_skip) as t)) $$;

create function pg_temp.take(p_worker integer default 1,
    p_room integer default 100, p_lease integer default 60000,
    p_full jsonb default '{}')
returns text language plpgsql as $$
declare
	v offhook.task[] := array(select t from offhook.worker_take(
	    pg_temp.worker(p_worker), p_room, p_lease, p_full,
	    (select low from marks where worker = p_worker)) as t);
begin
	insert into marks select p_worker, t.info from unnest(v) as t
	    where t.id is null
	    on conflict (worker) do update set low = excluded.low;
	return pg_temp.keep(p_worker, v);
end $$;

-- One outcome of all that a worker holds, or of those of a destination or
-- a resource.
create function pg_temp.finish(p_outcome text, p_more jsonb default '{}',
    p_worker integer default 1, p_name text default null,
    p_sid integer default null, p_most integer default null)
returns text language plpgsql as $$
declare
	v_ids bigint[] := array(select h.id from held h
	    where not h.done and h.worker = p_worker
	    and (p_name is null or h.name = p_name)
	    and (p_sid is null or h.sid = pg_temp.sid(p_sid))
	    order by h.id limit p_most);
	v text;
begin
	select string_agg(f.verdict, ' ' order by f.id) into v
	    from offhook.worker_finish(pg_temp.worker(p_worker),
	    (select jsonb_agg(jsonb_build_object('id', h.id, 'lease',
	    h.lease, 'outcome', p_outcome, 'at', extract(epoch from
	    clock_timestamp())::bigint * 1000, 'ms', 5) || p_more
	    order by h.id) from held h
	    where h.id = any (v_ids) and h.worker = p_worker
	    and not h.done)) as f
	    where f.verdict <> 'closed';
	update held h set done = true where h.id = any (v_ids)
	    and h.worker = p_worker;
	return v;
end $$;

-- Every delivery of a destination, in order: state, and what it waits for.
create function pg_temp.of(p_name text) returns text language sql as $$
    select string_agg(d.state || case when d.due_at is null then ''
    when d.due_at = 'infinity' then ' waits'
    when d.lease is not null and d.due_at > clock_timestamp() then ' leased'
    when d.due_at > clock_timestamp() then ' later' else ' due' end
    || case when d.reason is null then '' else ' (' || d.reason || ')' end,
    ', ' order by d.id)
    from offhook.delivery d join offhook.destination t
    on t.id = d.destination where t.name = p_name $$;

create function pg_temp.attempts(p_name text) returns text language sql as $$
    select string_agg(concat_ws(' ', a.n, a.status, a.error, case when a.late
    then 'late' end), ', ' order by a.delivery, a.n, a.late)
    from offhook.attempt a join offhook.delivery d on d.id = a.delivery
    join offhook.destination t on t.id = d.destination
    where t.name = p_name $$;

create function pg_temp.issue(p_type text) returns text language sql as $$
    select string_agg(i.subject || ' ' || i.count, ', ' order by i.subject)
    from offhook.issue i where i.type = p_type $$;
