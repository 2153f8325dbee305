-- The yardstick: three inserts and nothing else, the 'base' that ingest is
-- compared with.  A schema of its own; not part of the product.
--
--     psql -X -v ON_ERROR_STOP=1 -f tests/bench/bare.sql
drop schema if exists bare cascade;
create schema bare;
create table bare.event (
	id bigserial primary key,
	key text not null unique,
	params text not null,
	received_at timestamptz not null default now()
);
create table bare.message_status (
	sid text primary key,
	status text not null,
	rank smallint not null,
	updated_at timestamptz not null default now()
);
create table bare.job (
	id bigserial primary key,
	event_id bigint not null,
	state smallint not null default 0,
	run_at timestamptz not null default now()
);
create index job_due on bare.job (run_at) where state = 0;

-- Returns true for the first delivery, false for a duplicate.
create function bare.ingest(p_key text, p_sid text, p_status text,
    p_rank smallint, p_params text)
returns boolean
language plpgsql
as $$
declare
	v_id bigint;
begin
	insert into bare.event (key, params) values (p_key, p_params)
	    on conflict (key) do nothing returning id into v_id;
	if v_id is null then
		return false;
	end if;
	insert into bare.message_status as m (sid, status, rank)
	    values (p_sid, p_status, p_rank)
	    on conflict (sid) do update set status = excluded.status,
	    rank = excluded.rank, updated_at = now()
	    where excluded.rank > m.rank;
	insert into bare.job (event_id) values (v_id);
	return true;
end
$$;
