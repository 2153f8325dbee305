-- offhook.utf8_text(p_bytes bytea) returns text
--
-- Purpose: bytes of a stranger as text: each NUL and each byte that is not
--     part of well-formed UTF-8 becomes U+FFFD, so that it never fails.
-- Returns: null for null.
-- Errors: none.  Writes: nothing.
--
-- Works on the hex form, each byte as 'xx ', so that a pattern cannot match
-- across a byte.  All that is well formed is kept in '<...>' and what stands
-- outside is replaced.
create or replace function offhook.utf8_text(p_bytes bytea)
returns text
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_hex text;
	v_good constant text := '((?:[1-7]. |0[1-9a-f] |c[2-9a-f] [89ab]. '
	    '|d. [89ab]. |e0 [ab]. [89ab]. |e[1-9abcef] [89ab]. [89ab]. '
	    '|ed [89]. [89ab]. |f0 [9ab]. [89ab]. [89ab]. '
	    '|f[1-3] [89ab]. [89ab]. [89ab]. |f4 8. [89ab]. [89ab]. )+)';
begin
	v_hex := regexp_replace(encode(p_bytes, 'hex'), '(..)', '\1 ', 'g');
	if v_hex ~ '(00|[89a-f].) ' then
		v_hex := regexp_replace(v_hex, v_good, '<\1>', 'g');
		select string_agg(
		    regexp_replace(split_part(t.part, '<', 1), '.. ',
		    'efbfbd', 'g') || split_part(t.part, '<', 2), ''
		    order by t.n)
		    into v_hex
		    from unnest(string_to_array(v_hex, '>'))
		    with ordinality as t (part, n);
	end if;
	return convert_from(decode(replace(v_hex, ' ', ''), 'hex'), 'UTF8');
end
$$;
