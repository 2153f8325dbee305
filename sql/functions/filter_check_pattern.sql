-- offhook.filter_check_pattern(p_pattern jsonb, p_at text) returns void
--
-- Purpose: whether p_pattern is a regular expression of PostgreSQL that can
--     be matched in a time that does not explode: without back-references,
--     256 bytes at most, and quick to compile.
-- Errors: 22023.  Writes: nothing.
create or replace function offhook.filter_check_pattern(p_pattern jsonb,
    p_at text)
returns void
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_pattern text := p_pattern #>> '{}';
	v_began timestamptz := clock_timestamp();
	v_why text;
begin
	if jsonb_typeof(p_pattern) <> 'string'
	    or octet_length(v_pattern) not between 1 and 256 then
		v_why := 'must be a regular expression of 1 to 256 bytes';
	elsif replace(v_pattern, '\\', '') ~ '\\[1-9]' then
		v_why := 'must not refer back (\1)';
	elsif v_pattern ~ '^\*\*\*' then
		v_why := 'must not begin with ***';
	else
		begin
			perform repeat('a', 200) ~ v_pattern;
			if clock_timestamp() - v_began > '200 ms' then
				v_why := 'takes too long';
			end if;
		exception when others then
			v_why := 'is no regular expression: ' || sqlerrm;
		end;
	end if;
	if v_why is not null then
		raise exception 'offhook: % %', p_at, v_why
		    using errcode = '22023';
	end if;
end
$$;
