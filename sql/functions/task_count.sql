-- offhook.task_count(p_n bigint, p_info jsonb) returns offhook.task
--
-- Purpose: the first row of worker_route() and worker_take().  Its routed_at
--     is Postgres' time: workers judge the age of deliveries by it.
-- Errors: none.  Writes: nothing.
create or replace function offhook.task_count(p_n bigint, p_info jsonb)
returns offhook.task
language plpgsql volatile
as $$
declare
	v offhook.task;
begin
	v.tries := least(p_n, 32767);
	v.info := p_info;
	v.routed_at := clock_timestamp();
	return v;
end
$$;
