-- offhook.destination_check(p_spec jsonb) returns void
--
-- Purpose: whether p_spec is what a destination may be: every key, its type
--     and its range (docs/deliveries.md); its filter, and the function that
--     it calls.  src/core/destination.c reads what passes here.  Whether a
--     template can be read is src/core/template.c's: the command line asks
--     it first.
-- Errors: 22023 what is wrong, where, and what to write instead; 42883 there
--     is no such function, 42501 offhook_reply may not call it.
-- Writes: nothing.
create or replace function offhook.destination_check(p_spec jsonb)
returns void
language plpgsql stable security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_bad record;
	v_near text;
	v_why text;
begin
	if jsonb_typeof(p_spec) is distinct from 'object' then
		raise exception 'offhook: a destination is a JSON object'
		    using errcode = '22023', hint =
		    '{"url": "https://app.example.com/events"}';
	end if;

	-- a number: from low to high; a text: one of words, if there are any
	with key (name, type, low, high, words) as (values
	    ('url', 'string', null, null, null),
	    ('exec', 'array', null, null, null),
	    ('body', 'string', null, null, '{json,form,both}'),
	    ('raw', 'boolean', null, null, null),
	    ('sign', 'array', null, null, null),
	    ('headers', 'object', null, null, null),
	    ('filter', 'object', null, null, null),
	    ('template', 'string', null, null, null),
	    ('transform_sql', 'string', null, null, null),
	    ('type', 'string', null, null, null),
	    ('schedule_ms', 'array', null, null, null),
	    ('backoff', 'object', null, null, null),
	    ('backoff.first_ms', 'number', 0, 604800000, null),
	    ('backoff.cap_ms', 'number', 0, 604800000, null),
	    ('attempts', 'number', 1, 1000, null),
	    ('age_ms', 'number', 1000, 2592000000, null),
	    ('retry_on', 'string', null, null, null),
	    ('connect_ms', 'number', 1, 120000, null),
	    ('first_byte_ms', 'number', 1, 120000, null),
	    ('timeout_ms', 'number', 1, 120000, null),
	    ('rate', 'object', null, null, null),
	    ('rate.n', 'number', 1, 1000000, null),
	    ('rate.per_ms', 'number', 1, 86400000, null),
	    ('concurrency', 'number', 1, 10000, null),
	    ('order', 'string', null, null, '{none,resource}'),
	    ('stuck', 'string', null, null, '{skip,hold}'),
	    ('breaker', 'breaker', null, null, null),
	    ('breaker.failures', 'number', 1, 1000000, null),
	    ('breaker.cool_ms', 'number', 1, 604800000, null),
	    ('breaker.cap_ms', 'number', 1, 604800000, null),
	    ('response', 'number', 0, 65536, null)
	), have as (
	    select null as parent, e.key, e.value, e.key as path
	    from jsonb_each(p_spec) as e
	    union all
	    select p.key, e.key, e.value, p.key || '.' || e.key
	    from jsonb_each(p_spec) as p,
	    jsonb_each(case jsonb_typeof(p.value) when 'object'
	    then p.value else '{}' end) as e
	    where p.key in ('backoff', 'rate', 'breaker')
	), judged as (
	    select h.path, h.parent, h.key, k.type, k.low, k.high,
	    k.words::text[] as words, h.value, case
	    when k.name is null then 'unknown'
	    when k.type = 'breaker' then case
	        when h.value <> 'false' and jsonb_typeof(h.value) <> 'object'
	        then 'type' end
	    when jsonb_typeof(h.value) <> k.type then 'type'
	    when k.type = 'number' then case
	        when h.value #>> '{}' !~ '^[0-9]+$' or (h.value #>> '{}')
	        ::numeric not between k.low and k.high then 'range' end
	    when k.words is not null
	        and h.value #>> '{}' <> all (k.words::text[]) then 'word'
	    end as fault
	    from have h left join key k on k.name = h.path
	    and strpos(h.key, '.') = 0
	)
	select j.*, array(select substr(k.name, length(coalesce(j.parent
	    || '.', '')) + 1) from key k where split_part(k.name, '.', 1)
	    = coalesce(j.parent, k.name)
	    and (strpos(k.name, '.') > 0) = (j.parent is not null)) as keys
	    into v_bad
	    from judged j where j.fault is not null
	    order by j.path collate "C" limit 1;
	if found then
		v_near := offhook.nearest(v_bad.key, v_bad.keys);
		raise exception 'offhook: destination: %', case v_bad.fault
		    when 'unknown' then 'there is no key '
		        || to_json(v_bad.path)
		    when 'range' then format('%s must be a whole number from '
		        '%s to %s', v_bad.path, v_bad.low, v_bad.high)
		    when 'word' then format('%s must be %s', v_bad.path,
		        array_to_string(v_bad.words, ' or '))
		    else format('%s must be %s', v_bad.path,
		        case v_bad.type
		        when 'string' then 'a text'
		        when 'number' then format('a whole number from %s to '
		        '%s', v_bad.low, v_bad.high)
		        when 'boolean' then 'true or false'
		        when 'array' then 'a list'
		        when 'breaker' then 'false or an object'
		        else 'an object' end) end
		    using errcode = '22023', hint = case v_bad.fault
		    when 'unknown' then coalesce('Did you mean ' || v_near
		        || '?  ', '') || 'There are '
		        || array_to_string(v_bad.keys, ', ') || '.'
		    else '' end;
	end if;

	v_why := coalesce(offhook.destination_fault_target(p_spec),
	    offhook.destination_fault_body(p_spec),
	    offhook.destination_fault_policy(p_spec));
	if v_why is not null then
		raise exception 'offhook: destination: %', v_why
		    using errcode = '22023';
	end if;
	if p_spec ? 'filter' then
		perform offhook.filter_check(p_spec -> 'filter');
	end if;
	if p_spec ? 'transform_sql' then
		perform offhook.transform_check(p_spec ->> 'transform_sql');
	end if;
end
$$;
