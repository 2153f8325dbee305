-- offhook.no_way_back() and the trigger no_way_back on offhook.resource
--
-- Purpose: nobody moves a resource backwards, not even its owner by hand.
--     Each column has a direction; an UPDATE may only follow it.
-- Errors: OF001, with the SID and both order keys.  Writes: nothing.
create or replace function offhook.no_way_back()
returns trigger
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	raise exception 'offhook: % cannot go back (order key % to %)',
	    old.sid, old.ord, new.ord
	    using errcode = 'OF001',
	    detail = format('old: %s', to_jsonb(old))
	        || format(', new: %s', to_jsonb(new)),
	    hint = 'A resource is the greatest of what its callbacks said.';
end
$$;

create or replace trigger no_way_back
before update on offhook.resource
for each row
when (new.ord < old.ord
    or new.sid <> old.sid
    or new.bucket <> old.bucket
    or new.kind <> old.kind
    or new.account <> old.account
    -- both of them or none, and (err_ord, error_code) only grows
    or (new.err_ord is null) <> (new.error_code is null)
    or old.err_ord is not null
	and (new.err_ord is null or (new.err_ord, new.error_code)
	< (old.err_ord, old.error_code))
    or new.first_seen > old.first_seen
    or new.updated_at < old.updated_at
    -- the first of all in byte order: null may become a value, a value less
    or old.from_ is not null
	and (new.from_ is null or new.from_ > old.from_)
    or old.to_ is not null and (new.to_ is null or new.to_ > old.to_)
    -- the last of all in byte order
    or old.unknown_status is not null
	and (new.unknown_status is null
	or new.unknown_status < old.unknown_status))
execute function offhook.no_way_back();
