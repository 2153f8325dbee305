-- offhook.country(p_number text) returns text
--
-- Purpose: the country of a number in E.164, by the longest calling code that
--     it begins with; a channel before it (whatsapp:, rcs:) does not count.
-- Returns: two letters (ISO 3166-1); null for what is no such number (short
--     codes, names, SIP addresses) and for codes that belong to no country.
-- Errors: none.  Writes: nothing.
create or replace function offhook.country(p_number text)
returns text
language plpgsql stable strict parallel safe
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_digits text := substring(p_number
	    from '^(?:[a-z]+:)?\+([1-9][0-9]{5,14})$');
begin
	if v_digits is null then
		return null;
	end if;
	return (
	    select c.country
	    from offhook.calling_code c
	    where c.prefix in (left(v_digits, 1), left(v_digits, 2),
	        left(v_digits, 3), left(v_digits, 4), left(v_digits, 5),
	        left(v_digits, 6), left(v_digits, 7))
	    order by length(c.prefix) desc
	    limit 1);
end
$$;
