-- offhook.house_forget()
--
-- Purpose: takes back the copies that house_strip() has begun and that
--     nobody wants any more: the month was dropped, or its period was made
--     longer.
-- Errors: 55P03 try again.  Writes: the copies, house_state.
create or replace function offhook.house_forget()
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_name text;
begin
	for v_name in
	    select s.name from offhook.house_state s
	    where offhook.house_begins(s.name) is not null
	    and not exists (select from offhook.house_history() h
	    where h.name = s.name and h.due = 'strip')
	loop
		execute format('drop table if exists offhook.%I',
		    v_name || '_bare');
		if to_regclass('offhook.' || v_name) is not null then
			execute format('drop trigger if exists house_watch '
			    'on offhook.%I', v_name);
		end if;
		delete from offhook.house_state s where s.name = v_name;
	end loop;
end
$$;
