-- offhook.dlq_purge(p_destination text default null, p_reason text ...,
--     p_kind text, p_number text, p_since timestamptz, p_until timestamptz,
--     p_limit integer default 1000) returns bigint
--
-- Purpose: gives the oldest p_limit dead letters that suit up:
--     functions/dlq_pick.sql.  They become cancelled, for the reason
--     'purged', and stay in view deliveries until house keep deletes them.
--     Call it until it returns 0.
-- Returns: how many.
-- Errors: those of dlq_pick().
-- Writes: delivery, operation.
create or replace function offhook.dlq_purge(p_destination text default null,
    p_reason text default null, p_kind text default null,
    p_number text default null, p_since timestamptz default null,
    p_until timestamptz default null, p_limit integer default 1000)
returns bigint
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_n bigint;
begin
	v_n := offhook.delivery_end(offhook.lane_try(offhook.dlq_pick(
	    p_destination, p_reason, p_kind, p_number, p_since, p_until,
	    p_limit)), 'purged');
	if v_n > 0 then
		perform offhook.operation_note('dlq.purge',
		    coalesce(p_destination, '*'), jsonb_strip_nulls(
		    jsonb_build_object('reason', p_reason, 'kind', p_kind,
		    'number', p_number, 'since', p_since, 'until', p_until,
		    'deliveries', v_n)));
	end if;
	return v_n;
end
$$;
