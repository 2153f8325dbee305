-- offhook.destination_fault_target(p_spec jsonb) returns text
--
-- Purpose: of destination_check(): where it goes, and the headers.
-- Arguments: p_spec  whose keys have the right types
-- Returns: what is wrong, or null.
-- Errors: none.  Writes: nothing.
create or replace function offhook.destination_fault_target(p_spec jsonb)
returns text
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_url text := p_spec ->> 'url';
	v_exec jsonb := p_spec -> 'exec';
	v_host text := substring(v_url from '^https?://([^/?#]*)');
	v_port text := substring(v_host from ':([0-9]+)$');
	v_idle text;
begin
	if (v_url is null) = (v_exec is null) then
		return 'it needs a url, or exec with a program, and not both';
	end if;
	if v_url is not null then
		return case
		    when octet_length(v_url) > 2048 then
		        'url is longer than 2048 bytes'
		    when v_host is null then
		        'url must begin with https:// or http://'
		    when v_url ~ '[[:cntrl:][:space:]]' then
		        'url must not have blanks: write %20'
		    when v_host ~ '@' then 'url must not have a user or a '
		        'password: put them in headers, '
		        '{"Authorization": "Basic ..."}'
		    when strpos(v_url, '#') > 0 then
		        'url must not have a fragment (#)'
		    when v_host !~ '^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])'
		        '(:[0-9]+)?$' then 'url has no host, or one that '
		        'cannot be: ' || to_json(v_host)
		    when length(v_port) > 5
		        or v_port::integer not between 1 and 65535 then
		        'url has a port that cannot be: ' || v_port
		    else offhook.destination_fault_headers(
		        p_spec -> 'headers') end;
	end if;
	v_idle := (select min(k) from unnest('{sign,headers,connect_ms,'
	    'first_byte_ms,retry_on}'::text[]) as k where p_spec ? k);
	return case
	    when jsonb_array_length(v_exec) not between 1 and 32
	        or jsonb_path_exists(v_exec, 'strict $[*] ? '
	        '(@.type() != "string")') then 'exec must be a list of '
	        'texts, a program and its arguments, 32 at most: '
	        '["/usr/local/lib/offhook/notify", "--quick"]'
	    when v_exec ->> 0 !~ '^/' or v_exec ->> 0 ~ '(^|/)\.\.?(/|$)'
	        or v_exec ->> 0 ~ '[[:cntrl:]]|/$' then 'exec must begin '
	        'with the absolute path of a program, without . or ..'
	    when octet_length(v_exec::text) > 8192 then
	        'exec is longer than 8192 bytes'
	    when v_idle is not null then
	        v_idle || ' is for a url: a program has none' end;
end
$$;
