-- offhook.form_ascii(p_text text) returns text
--
-- Purpose: form_text() of a name or value that came as ASCII without a NUL or
--     a backslash, as nearly all do: the same, in less time.
-- Returns: text, see utf8_text() for what is not UTF-8 once decoded.
-- Errors: none.  Writes: nothing.
create or replace function offhook.form_ascii(p_text text)
returns text
language plpgsql immutable strict parallel safe
as $$
declare
	v bytea;
begin
	select string_agg(case
	    when t.n = 1 then t.part::bytea
	    when t.part ~ '^[0-9A-Fa-f]{2}'
	    then decode(left(t.part, 2), 'hex') || substr(t.part, 3)::bytea
	    else ('%' || t.part)::bytea end, '' order by t.n)
	    into v
	    from pg_catalog.unnest(string_to_array(
	    translate(p_text, '+', ' '), '%')) with ordinality as t (part, n);
	if strpos(encode(v, 'escape'), '\') = 0 then
		return convert_from(v, 'UTF8');
	end if;
	return offhook.utf8_text(v);
end
$$;
