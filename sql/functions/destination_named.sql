-- offhook.destination_named(p_name text) returns offhook.destination
--
-- Purpose: the destination of that name, which is not deleted.
-- Errors: P0002 there is none; the hint names one that is near.
-- Writes: nothing.
create or replace function offhook.destination_named(p_name text)
returns offhook.destination
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v offhook.destination;
begin
	select * into v from offhook.destination d
	    where d.name = p_name and d.deleted_at is null;
	if not found then
		raise exception 'offhook: there is no destination %',
		    coalesce(to_json(p_name)::text, 'without a name')
		    using errcode = 'P0002', hint = coalesce('Did you mean '
		    || offhook.nearest(p_name, array(select d.name
		    from offhook.destination d where d.deleted_at is null
		    order by d.name)) || '?', '');
	end if;
	return v;
end
$$;
