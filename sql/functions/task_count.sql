-- offhook.task_count(p_n bigint, p_info jsonb, p_more bigint)
--     returns offhook.task
--
-- Purpose: the first row of worker_route() and worker_take().  Its routed_at
--     is Postgres' time: workers judge the age of deliveries by it; its
--     error_code is p_more, what there is to ask for next.
-- Errors: none.  Writes: nothing.
create or replace function offhook.task_count(p_n bigint, p_info jsonb,
    p_more bigint)
returns offhook.task
language plpgsql volatile
as $$
declare
	v offhook.task;
begin
	v.tries := least(p_n, 32767);
	v.info := p_info;
	if p_more is not null then
		v.error_code := least(p_more, 2147483647);
	end if;
	v.routed_at := clock_timestamp();
	return v;
end
$$;
