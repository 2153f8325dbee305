-- Trigger function offhook.house_watch(): a row has come into a partition
-- while house_strip() copies it, so that the copy is made again.  It is on
-- that one old partition only, and only for so long.
-- Writes: house_state.
create or replace function offhook.house_watch()
returns trigger
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	update offhook.house_state s set late = true
	    where s.name = tg_table_name and not s.late;
	return null;
end
$$;
