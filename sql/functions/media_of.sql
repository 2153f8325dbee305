-- offhook.media_of(p_media text) returns table (n, url, content_type)
--
-- Purpose: the media of a message: its fact media, which is the text of a
--     JSON array of objects.
-- Returns: a row a medium, n from 0 as in MediaUrl0; none for null and for
--     what is no such array.
-- Errors: none.  Writes: nothing.
create or replace function offhook.media_of(p_media text)
returns table (n integer, url text, content_type text)
language plpgsql immutable strict
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_all jsonb;
begin
	begin
		v_all := p_media::jsonb;
	exception when data_exception or program_limit_exceeded then
		return;
	end;
	if jsonb_typeof(v_all) <> 'array' then
		return;
	end if;
	return query
	    select (m.ordinality - 1)::integer, m.value ->> 'url',
	    m.value ->> 'content_type'
	    from jsonb_array_elements(v_all) with ordinality as m
	    order by m.ordinality;
end
$$;
