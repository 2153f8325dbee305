-- offhook.nearest(p_word text, p_words text[]) returns text
--
-- Purpose: of the words the one that somebody who wrote p_word most likely
--     meant: the fewest letters to insert, delete or replace, and no more
--     than two, or a third of them.
-- Returns: null where none is near.
-- Errors: none.  Writes: nothing.
create or replace function offhook.nearest(p_word text, p_words text[])
returns text
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_word text;
	v_best text;
	v_least integer := greatest(2, length(p_word) / 3) + 1;
	v_row integer[];
	v_above integer[];
begin
	if length(p_word) > 64 then
		return null;
	end if;
	foreach v_word in array p_words loop
		-- distances from each beginning of p_word to those of v_word
		v_row := array(select generate_series(0, length(v_word)));
		for i in 1 .. length(p_word) loop
			v_above := v_row;
			v_row[1] := i;
			for j in 1 .. length(v_word) loop
				v_row[j + 1] := least(v_above[j + 1] + 1,
				    v_row[j] + 1, v_above[j]
				    + (substr(p_word, i, 1)
				    <> substr(v_word, j, 1))::integer);
			end loop;
		end loop;
		if v_row[length(v_word) + 1] < v_least then
			v_least := v_row[length(v_word) + 1];
			v_best := v_word;
		end if;
	end loop;
	return v_best;
end
$$;
