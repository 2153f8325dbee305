-- offhook.transform_check(p_function text) returns void
--
-- Purpose: whether a destination's transform_sql can be called: a function
--     of the user's, schema.name(jsonb), that offhook_reply may execute.
-- Errors: 22023 that is no name; 42883 there is no such function; 42501
--     offhook_reply may not call it.
-- Writes: nothing.
create or replace function offhook.transform_check(p_function text)
returns void
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v record;
begin
	if p_function is null
	    or p_function !~ '^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$' then
		raise exception 'offhook: transform_sql is a function''s '
		    'schema.name, not %', to_json(p_function)
		    using errcode = '22023';
	end if;
	select p.oid, p.pronamespace into v
	    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
	    where n.nspname = split_part(p_function, '.', 1)
	    and p.proname = split_part(p_function, '.', 2)
	    and p.proargtypes = array['jsonb'::regtype]::oidvector
	    and p.prorettype in ('text'::regtype, 'json'::regtype,
	    'jsonb'::regtype, 'xml'::regtype)
	    and p.prokind = 'f' and not p.proretset;
	if not found then
		raise exception 'offhook: there is no function %(jsonb) that '
		    'returns text, json, jsonb or xml', p_function
		    using errcode = '42883';
	end if;
	if (select i.mode from offhook.schema_install i) = 'roles'
	    and not (has_schema_privilege('offhook_reply', v.pronamespace,
	    'usage') and has_function_privilege('offhook_reply', v.oid,
	    'execute')) then
		raise exception 'offhook: offhook_reply may not call %',
		    v.oid::regprocedure using errcode = '42501',
		    hint = format('grant usage on schema %s to '
		    'offhook_reply; grant execute on function %s to '
		    'offhook_reply;', v.pronamespace::regnamespace,
		    v.oid::regprocedure);
	end if;
end
$$;
