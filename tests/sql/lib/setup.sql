-- What every pgTAP file here begins with, inside its transaction.  Nothing
-- of it stays: the files end with rollback.
set client_min_messages = warning;
create extension if not exists pgtap;
-- others may be calling at the same time; never wait for them for long
set local lock_timeout = '20s';

-- One ingest, with everything but the SID and status having a default.
-- Returns verdict|http|reply.
create function pg_temp.ing(sid text, status text, key text default null,
    acc text default 'AC00000000000000000000000000000001',
    rkind text default 'message', kind text default null,
    seq integer default null, clock bigint default null,
    error integer default null, from_ text default '+15550100001',
    to_ text default '+15550100002', win integer default null,
    routes bigint default null, issue text default null,
    reply text default '', at timestamptz default '2026-03-04 05:06:07Z',
    raw bytea default 'a=b', bucket integer default 7,
    id uuid default gen_random_uuid(), format text default 'form',
    method text default 'POST', url text default 'https://example.com/t',
    parent text default null, facts jsonb default null,
    ask integer default null, route text default null,
    reason text default null, session jsonb default null)
returns text
language plpgsql
as $$
declare
	r record;
begin
	select * into strict r from offhook.ingest(bucket::smallint,
	    md5(coalesce(key, concat_ws('/', acc, sid, status, seq, clock,
	    error)))::uuid, id, at, acc,
	    coalesce(kind, coalesce(rkind, 'message') || '.status'), rkind,
	    sid, status, seq, clock, error, from_, to_, method, url,
	    'token-1', format, raw, win, routes, issue, 204::smallint,
	    'text/xml', convert_to(reply, 'UTF8'), parent, facts, ask, route, reason,
	    session);
	return concat_ws('|', r.verdict, r.http,
	    convert_from(r.reply, 'UTF8'));
end
$$;

-- What becomes of a statement when a role tries it: its SQLSTATE, or 00000.
-- Its effects are rolled back.
create function pg_temp.try_as(p_role text, p_sql text)
returns text
language plpgsql
as $$
begin
	execute format('set local role %I', p_role);
	execute p_sql;
	raise exception using errcode = 'ZZ000', message = 'it worked';
exception
	when sqlstate 'ZZ000' then
		return '00000';
	when others then
		return sqlstate;
end
$$;

-- SIDs that no other test uses, so that a database may have rows already.
create function pg_temp.sid(n integer, prefix text default 'SM')
returns text
language sql
as $$ select prefix || '7e577e57' || lpad(to_hex(n), 24, '0') $$;

-- The rows of a query as one text, a line each: some columns of ours are
-- collate "C", which results_eq() does not compare with a plain text.
create function pg_temp.rows_of(p_sql text)
returns text
language plpgsql
as $$
declare
	v text;
begin
	execute format('select string_agg(q::text, e''\n'') from (%s) as q',
	    p_sql) into v;
	return v;
end
$$;
