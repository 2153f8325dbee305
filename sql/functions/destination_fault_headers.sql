-- offhook.destination_fault_headers(p_headers jsonb) returns text
--
-- Purpose: of destination_check(): headers that are added to each request.
-- Arguments: p_headers  an object, or null
-- Returns: what is wrong, or null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.destination_fault_headers(p_headers jsonb)
returns text
language sql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select case
	    when count(*) > 16 then 'headers has more than 16'
	    when bool_or(jsonb_typeof(h.value) <> 'string') then
	        'headers must be names with texts: {"Name": "value"}'
	    -- RFC 9110, sections 5.1 and 5.5
	    when bool_or(h.key !~ '^[A-Za-z0-9!#$%&''*+.^_`|~-]{1,128}$') then
	        'headers: this cannot be a name: ' || min(to_json(h.key)::text)
	        filter (where h.key
	        !~ '^[A-Za-z0-9!#$%&''*+.^_`|~-]{1,128}$')
	    when bool_or(h.value #>> '{}' ~ '[[:cntrl:]]'
	        or h.value #>> '{}' !~ '^([^ ]|[^ ].*[^ ])?$'
	        or octet_length(h.value #>> '{}') > 4096) then
	        'headers: a value has 4096 bytes at most, no line breaks, and '
	        'no blanks at its ends'
	    when count(distinct lower(h.key)) < count(*) then
	        'headers: a name is there twice'
	    when bool_or(lower(h.key) = 'content-type') then
	        'headers: Content-Type is made from the body; that of a '
	        'template''s result is the key type'
	    when bool_or(lower(h.key) ~ ours.names) then
	        'headers: this is ours to send: ' || min(h.key)
	        filter (where lower(h.key) ~ ours.names)
	    end
	from jsonb_each(p_headers) as h,
	(values ('^(host|content-length|transfer-encoding|connection|'
	    'keep-alive|te|trailer|upgrade|expect|proxy-.*|webhook-.*|'
	    'x-offhook-.*|x-twilio-signature)$')) as ours (names)
$$;
