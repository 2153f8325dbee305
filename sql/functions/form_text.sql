-- offhook.form_text(p_hex text) returns text
--
-- Purpose: decodes one name or value of a form: '+' is a space, '%XX' a byte;
--     a '%' that is not followed by two hex digits stands for itself.
-- Arguments: p_hex the bytes as hex, each followed by a space: '61 2b 62 '.
-- Returns: text, see utf8_text() for what is not UTF-8.
-- Errors: none.  Writes: nothing.
--
-- Split at '%' (25): each further part begins with the two hex digits, as
-- bytes 3x, 4x or 6x, or is literal.
create or replace function offhook.form_text(p_hex text)
returns text
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_hex text := replace(p_hex, '2b ', '20 ');
	v_digit constant text := '(3[0-9]|[46][1-6]) ';
begin
	select string_agg(case
	    when t.n = 1 then t.part
	    when t.part ~ ('^' || v_digit || v_digit)
	    then case when left(t.part, 1) = '3' then substr(t.part, 2, 1)
	        else translate(substr(t.part, 2, 1), '123456', 'abcdef') end
	        || case when substr(t.part, 4, 1) = '3'
	        then substr(t.part, 5, 1)
	        else translate(substr(t.part, 5, 1), '123456', 'abcdef') end
	        || ' ' || substr(t.part, 7)
	    else '25 ' || t.part end, '' order by t.n)
	    into v_hex
	    from unnest(string_to_array(v_hex, '25 '))
	    with ordinality as t (part, n);
	return offhook.utf8_text(
	    decode(replace(coalesce(v_hex, ''), ' ', ''), 'hex'));
end
$$;
