-- refold: after a migration listed a status, the resources are what ingest
-- would have made of them.
begin;
\ir lib/setup.sql
select plan(12);

create function pg_temp.life(p_from integer) returns void language plpgsql
as $$
declare
	s text;
	n integer := p_from;
begin
	-- each status alone, and each pair, with and without an error
	for s in select a.s || ' ' || b.s from
	    unnest(array['queued', 'sent', 'failed', 'beamed', 'abducted',
	    'read']) as a (s), unnest(array['queued', 'sent', 'failed',
	    'beamed', 'abducted', 'read']) as b (s) loop
		n := n + 1;
		perform pg_temp.ing(pg_temp.sid(n), split_part(s, ' ', 1),
		    error => case when n % 2 = 0 then 30000 + n % 7 end,
		    from_ => case when n % 3 > 0 then '+1555010' || n % 5 end,
		    at => '2026-03-04'::timestamptz + n % 11 * interval '1 s');
		perform pg_temp.ing(pg_temp.sid(n), split_part(s, ' ', 2),
		    key => n || 'second', seq => n % 4,
		    error => case when n % 5 = 0 then 30000 + n % 3 end,
		    at => '2026-03-04'::timestamptz + n % 13 * interval '1 s');
	end loop;
end
$$;
create function pg_temp.state(p_from integer) returns text language sql as $$
    select string_agg(concat_ws(' ', r.ord, v.status, r.err_ord, r.error_code,
    r.from_, r.to_, r.first_seen, r.updated_at), e'\n' order by r.sid)
    from offhook.resource r join offhook.messages v using (sid)
    where r.sid > pg_temp.sid(p_from) and r.sid <= pg_temp.sid(p_from + 36)
$$;

select pg_temp.life(100) \g /dev/null
select is(offhook.refold('message'), 0::bigint,
    'nothing to do where nothing is new');
create temporary table before as select pg_temp.state(100) as s;
-- the migration: a status below and one above all others
insert into offhook.status (kind, code, rank, name, terminal, source, label)
    values ('message', 100, 0, 'beamed', false, 'test', 'beamed'),
    ('message', 101, 9, 'abducted', true, 'test', 'abducted');
select is((select count(*) from offhook.messages where status = 'beamed'
    and sid between pg_temp.sid(101) and pg_temp.sid(136)), 3::bigint,
    'before: unknown, and shown');
select is(offhook.refold('call'), 0::bigint, 'another kind');
select is(pg_temp.state(100), (select s from before), 'is not touched');
select cmp_ok(offhook.refold('message'), '>', 10::bigint, 'refold');
select isnt(pg_temp.state(100), (select s from before), 'changes');
-- numbers that give the same errors, numbers and times: 2 * 3 * 5 * 7 * ...
select pg_temp.life(100 + 60060) \g /dev/null
select is(pg_temp.state(100), pg_temp.state(100 + 60060),
    'refolded and ingested are equal');
select is(offhook.refold('message'), 0::bigint, 'again: nothing to do');
select is((select count(*) from offhook.resource r join offhook.messages m
    using (sid) where m.status = 'abducted'
    and r.sid like 'SM7e577e57%'), 22::bigint,
    'the new one is above all others');

-- a resource that was lost comes back; one whose history was dropped stays
create temporary table was as select * from offhook.resource
    where sid = pg_temp.sid(101);
delete from offhook.resource where sid = pg_temp.sid(101);
select is(offhook.refold('message'), 1::bigint, 'one was missing');
select is((select r::text from offhook.resource r
    where sid = pg_temp.sid(101)), (select w::text from was w),
    'and is as it was');
delete from offhook.event where sid = pg_temp.sid(102);
select is(offhook.refold('message'), 0::bigint, 'without history: unchanged');
select * from finish();
rollback;
