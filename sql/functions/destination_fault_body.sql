-- offhook.destination_fault_body(p_spec jsonb) returns text
--
-- Purpose: of destination_check(): what is sent, and how it is signed.
-- Arguments: p_spec  whose keys have the right types
-- Returns: what is wrong, or null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.destination_fault_body(p_spec jsonb)
returns text
language sql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select case
	    when jsonb_path_exists(p_spec -> 'sign', 'strict $[*] ? '
	        '(@.type() != "string" || @ != "standard" && @ != "twilio")')
	        or jsonb_array_length(p_spec -> 'sign') > (select
	        count(distinct s) from jsonb_array_elements(p_spec -> 'sign')
	        as s) then
	        'sign must be a list of standard, twilio, or nothing: []'
	    when p_spec ? 'template' and p_spec ? 'transform_sql' then
	        'it takes a template or transform_sql, and not both'
	    when p_spec ->> 'template' = ''
	        or octet_length(p_spec ->> 'template') >= 65536 then
	        'template must have 1 to 65535 bytes'
	    when p_spec ?| '{template,transform_sql}'
	        and p_spec ->> 'body' <> 'json' then
	        'body ' || (p_spec ->> 'body') || ' is what a template or '
	        'transform_sql would replace: leave one of them out'
	    when p_spec ? 'type' and not p_spec ?| '{template,transform_sql}'
	        then 'type is that of the result of a template or '
	        'transform_sql: there is none'
	    when p_spec ->> 'type' !~ ('^[A-Za-z0-9!#$&^_.+-]{1,64}/'
	        '[A-Za-z0-9!#$&^_.+-]{1,64}'
	        '( *; *[A-Za-z0-9_-]+=[A-Za-z0-9_."-]+)*$')
	        or octet_length(p_spec ->> 'type') > 200 then
	        'type must be a content type: application/json'
	    end
$$;
