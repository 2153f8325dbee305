-- offhook.dlq_pick(p_destination text, p_reason text, p_kind text,
--     p_number text, p_since timestamptz, p_until timestamptz,
--     p_limit integer) returns bigint[]
--
-- Purpose: the oldest dead letters (dead or expired) that suit, of one
--     destination after the other, locked, for dlq_retry() and dlq_purge();
--     one that is locked is left out.
-- Arguments: null: any; p_reason, p_kind, p_number  "x*": begins with x;
--     p_number  of either side; p_since, p_until  when it ended: from, and
--     before
-- Errors: P0002 there is no such destination; 22023 p_limit is not 1 to
--     100000.
-- Writes: nothing.
create or replace function offhook.dlq_pick(p_destination text,
    p_reason text, p_kind text, p_number text, p_since timestamptz,
    p_until timestamptz, p_limit integer)
returns bigint[]
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
	v_destinations integer[];
	v_to integer;
	v_ids bigint[] := '{}';
begin
	if p_limit is null or p_limit not between 1 and 100000 then
		raise exception 'offhook: a bite is 1 to 100000'
		    using errcode = '22023';
	end if;
	if p_destination is null then
		v_destinations := array(select d.id
		    from offhook.destination d where d.deleted_at is null
		    order by d.id);
	else
		v_destinations := array[
		    (offhook.destination_named(p_destination)).id];
	end if;
	-- Each in the order of its index, as far as is needed.
	foreach v_to in array v_destinations loop
		v_ids := v_ids || array(select d.id
		    from offhook.delivery d
		    where d.destination = v_to
		    and d.state in ('dead', 'expired')
		    and (p_reason is null or offhook.filter_condition(
		    to_jsonb(p_reason), array_remove(array[d.reason], null)))
		    and (p_since is null or d.finished_at >= p_since)
		    and (p_until is null or d.finished_at < p_until)
		    and (p_kind is null and p_number is null or exists (select
		    from offhook.event e
		    where e.received_at = d.event_at and e.id = d.event_id
		    and (p_kind is null or offhook.filter_condition(
		    to_jsonb(p_kind), array[e.kind]))
		    and (p_number is null or offhook.filter_condition(
		    to_jsonb(p_number),
		    array_remove(array[e.from_, e.to_], null)))))
		    order by d.id limit p_limit - cardinality(v_ids)
		    for update skip locked);
		exit when cardinality(v_ids) >= p_limit;
	end loop;
	return v_ids;
end
$$;
