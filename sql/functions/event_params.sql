-- offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text)
--     returns jsonb
--
-- Purpose: what view events shows as params: a JSON body as it is, a form
--     decoded, and of a GET without a body the query of its URL.
-- Returns: null where a JSON body does not parse, or holds what jsonb
--     cannot (\u0000); the bytes are in the view's column raw.
-- Errors: none.  Writes: nothing.
create or replace function offhook.event_params(p_raw bytea, p_format text,
    p_method text, p_url text)
returns jsonb
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if p_method = 'GET' and coalesce(octet_length(p_raw), 0) = 0 then
		return offhook.params(convert_to(coalesce(
		    substr(p_url, nullif(strpos(p_url, '?'), 0) + 1), ''),
		    'UTF8'));
	end if;
	if p_format <> 'json' then
		return offhook.params(p_raw);
	end if;
	begin
		return convert_from(p_raw, 'UTF8')::jsonb;
	exception when data_exception or program_limit_exceeded then
		return null;
	end;
end
$$;
