-- offhook.filter_pattern(p_pattern text, p_values text[]) returns boolean
--
-- Purpose: whether one of the values contains what a regular expression of
--     PostgreSQL describes.
-- Returns: false, too, where PostgreSQL cannot say: a filter never fails.
--     (filter_check() lets only those be saved that it can.)
-- Errors: none.  Writes: nothing.
create or replace function offhook.filter_pattern(p_pattern text,
    p_values text[])
returns boolean
language plpgsql stable
as $$
declare
	v_value text;
begin
	foreach v_value in array p_values loop
		if v_value ~ p_pattern then
			return true;
		end if;
	end loop;
	return false;
exception when others then
	return false;
end
$$;
