-- offhook.destination_set(p_name text, p_changes jsonb) returns jsonb
--
-- Purpose: changes a destination: the keys of p_changes replace those of its
--     spec, and null removes one.  What is routed from the commit on follows
--     it, and so does each attempt as soon as the worker has read it.  (url
--     removes exec, template transform_sql, schedule_ms backoff, and the
--     other way round.)  Dead heads that hold their lanes let these go when
--     they need not any more.
-- Returns: the spec as it is now.
-- Errors: P0002 there is none of that name; 22023 p_changes is no object;
--     those of destination_check(), of the whole; nothing is changed then.
-- Writes: destination, destination_version, operation, delivery.
create or replace function offhook.destination_set(p_name text,
    p_changes jsonb)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.destination;
	v_spec jsonb;
	v_pair text[];
	v_held bigint[];
begin
	if jsonb_typeof(p_changes) is distinct from 'object' then
		raise exception 'offhook: changes are a JSON object: '
		    '{"attempts": 20, "filter": null}'
		    using errcode = '22023';
	end if;
	perform from offhook.destination_version for update;
	v := offhook.destination_named(p_name);
	v_spec := v.spec;
	foreach v_pair slice 1 in array '{{url,exec},{exec,url},'
	    '{template,transform_sql},{transform_sql,template},'
	    '{schedule_ms,backoff},{backoff,schedule_ms}}'::text[] loop
		if p_changes -> v_pair[1] <> 'null'
		    and not p_changes ? v_pair[2] then
			v_spec := v_spec - v_pair[2];
		end if;
	end loop;
	v_spec := (v_spec || p_changes) - array(select e.key
	    from jsonb_each(p_changes) as e where e.value = 'null');
	perform offhook.destination_check(v_spec);
	if v_spec <> v.spec then
		update offhook.destination d set spec = v_spec,
		    changed_at = clock_timestamp(), changed_by = session_user
		    where d.id = v.id;
		perform offhook.destination_changed('set', p_name, p_changes);
		v_held := array(select d.id from offhook.delivery d
		    where d.destination = v.id and d.due_at = 'infinity'
		    and d.state <> 'pending'
		    and not v_spec @> '{"order": "resource", "stuck": "hold"}');
		if v_held <> '{}' then
			perform offhook.lane_hold(v_held);
			update offhook.delivery d set due_at = null
			    where d.id = any (v_held)
			    and d.state <> 'pending';
			perform offhook.lane_next(v_held);
		end if;
	end if;
	return v_spec;
end
$$;
