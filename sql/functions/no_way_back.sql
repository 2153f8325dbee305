-- offhook.no_way_back() and its two triggers on offhook.resource
--
-- Purpose: nobody moves a resource backwards, not even its owner by hand.
--     Each column has a direction; an UPDATE may only follow it.
-- Errors: OF001, with the SID and both order keys.  Writes: nothing.
--
-- A WHEN clause is parsed again by each statement that fires it, 6,000
-- instructions a comparison.  So the trigger that each callback fires
-- compares the columns that each callback sets, and the other one is not
-- looked at unless one of its columns is named in the UPDATE.
create or replace function offhook.no_way_back()
returns trigger
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if new.ord < old.ord
	    or new.updated_at < old.updated_at
	    or new.sid <> old.sid
	    or new.bucket <> old.bucket
	    or new.kind <> old.kind
	    or new.account <> old.account
	    or new.first_seen > old.first_seen
	    -- both of them or none, and (err_ord, error_code) only grows
	    or (new.err_ord is null) <> (new.error_code is null)
	    or old.err_ord is not null and (new.err_ord is null
	    or (new.err_ord, new.error_code)
	    < (old.err_ord, old.error_code))
	    -- the first in byte order: null becomes a value, a value a less one
	    or old.from_ is not null
	    and (new.from_ is null or new.from_ > old.from_)
	    or old.to_ is not null
	    and (new.to_ is null or new.to_ > old.to_)
	    -- the last in byte order
	    or old.unknown_status is not null and (new.unknown_status is null
	    or new.unknown_status < old.unknown_status)
	    or old.parent is not null
	    and (new.parent is null or new.parent > old.parent)
	    or old.num_media is not null
	    and (new.num_media is null or new.num_media < old.num_media)
	    or old.asked and new.asked is not true
	    or old.consent is not null
	    and (new.consent is null or new.consent < old.consent)
	    -- each of them; mostly one is only added
	    or old.facts is not null
	    and not coalesce(new.facts @> old.facts, false) and new.facts
	    is distinct from offhook.facts_merge(old.facts, new.facts) then
		raise exception 'offhook: % cannot go back (order key % to %)',
		    old.sid, old.ord, new.ord
		    using errcode = 'OF001',
		    detail = format('old: %s, new: %s', to_jsonb(old),
		    to_jsonb(new)),
		    hint = 'A resource is the greatest of what its callbacks '
		    'said.';
	end if;
	return new;
end
$$;

create or replace trigger no_way_back
before update on offhook.resource
for each row
when (new.ord < old.ord or new.updated_at < old.updated_at)
execute function offhook.no_way_back();

create or replace trigger no_way_back_rest
before update of sid, bucket, kind, account, unknown_status, err_ord,
    error_code, from_, to_, first_seen, parent, num_media, consent, asked,
    facts on offhook.resource
for each row
execute function offhook.no_way_back();
