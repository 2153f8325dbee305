-- offhook.destination_pause(p_name text) returns boolean
-- offhook.destination_resume(p_name text) returns boolean
--
-- Purpose: pauses a destination: its deliveries are made and wait, and none
--     is dropped, however long that is; or lets it go on.
-- Returns: whether that changed anything.
-- Errors: P0002 there is none of that name.
-- Writes: destination, destination_version, operation.
create or replace function offhook.destination_pause(p_name text)
returns boolean
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select offhook.destination_hold(p_name, true)
$$;

create or replace function offhook.destination_resume(p_name text)
returns boolean
language sql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
	select offhook.destination_hold(p_name, false)
$$;
