-- offhook.destination_fault_policy(p_spec jsonb) returns text
--
-- Purpose: of destination_check(): retries, limits, order, breaker.
-- Arguments: p_spec  whose keys have the right types and ranges
-- Returns: what is wrong, or null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.destination_fault_policy(p_spec jsonb)
returns text
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_total bigint := coalesce((p_spec ->> 'timeout_ms')::bigint, 15000);
	v_key text;
	v_word text;
begin
	if p_spec ? 'schedule_ms' and p_spec ? 'backoff' then
		return 'it takes schedule_ms or backoff, and not both';
	end if;
	if p_spec ? 'schedule_ms' and (jsonb_array_length(
	    p_spec -> 'schedule_ms') not between 1 and 64
	    or exists (select from jsonb_array_elements(
	    p_spec -> 'schedule_ms') as e where e::text !~ '^[0-9]{1,9}$'
	    or e::text::bigint > 604800000)) then
		return 'schedule_ms must be a list of 1 to 64 whole numbers, '
		    'none above 604800000 (7 days)';
	end if;
	if coalesce((p_spec #>> '{backoff,first_ms}')::bigint, 10000)
	    > coalesce((p_spec #>> '{backoff,cap_ms}')::bigint, 3600000) then
		return format('backoff.first_ms (%s) is greater than '
		    'backoff.cap_ms (%s)', coalesce(p_spec #>>
		    '{backoff,first_ms}', '10000'), coalesce(p_spec #>>
		    '{backoff,cap_ms}', '3600000'));
	end if;
	if coalesce((p_spec #>> '{breaker,cool_ms}')::bigint, 30000)
	    > coalesce((p_spec #>> '{breaker,cap_ms}')::bigint, 600000) then
		return format('breaker.cool_ms (%s) is greater than '
		    'breaker.cap_ms (%s)', coalesce(p_spec #>>
		    '{breaker,cool_ms}', '30000'), coalesce(p_spec #>>
		    '{breaker,cap_ms}', '600000'));
	end if;
	if p_spec ? 'rate' and not p_spec -> 'rate' ?& '{n,per_ms}' then
		return 'rate needs n and per_ms: {"n": 10, "per_ms": 1000}';
	end if;
	if p_spec ? 'stuck' and p_spec ->> 'order' is distinct from 'resource'
	    then
		return 'stuck is for what has an order: add "order": '
		    '"resource"';
	end if;
	foreach v_key in array '{connect_ms,first_byte_ms}'::text[] loop
		if (p_spec ->> v_key)::bigint > v_total then
			return format('%s is greater than timeout_ms (%s)',
			    v_key, v_total);
		end if;
	end loop;
	if cardinality(regexp_split_to_array(p_spec ->> 'retry_on',
	    '[ ,]+')) > 32 then
		return 'retry_on has more than 32 statuses and ranges';
	end if;
	foreach v_word in array regexp_split_to_array(
	    coalesce(p_spec ->> 'retry_on', ''), '[ ,]+') loop
		if v_word !~ '^(!?[1-5][0-9][0-9](-[1-5][0-9][0-9])?)?$'
		    or right(split_part(v_word, '-', 1), 3)
		    > split_part(v_word, '-', 2) and strpos(v_word, '-') > 0
		    then
			return 'retry_on: ' || to_json(v_word) || ' is no '
			    'status: write 429, 500-599, or !501 for not that';
		end if;
	end loop;
	return null;
end
$$;
