-- offhook.route_xml_fault(p_twiml text) returns text
--
-- Purpose: what is wrong with fixed TwiML, as XML; the command line knows the
--     grammar as well (offhook twiml lint).
-- Returns: null when it is good, and on a server that was built without
--     libxml, as no packaged one is.
-- Errors: none.  Writes: nothing.
create or replace function offhook.route_xml_fault(p_twiml text)
returns text
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
begin
	if not xml_is_well_formed_document(p_twiml)
	    or p_twiml ~* '<!doctype' then
		return 'this is not well-formed TwiML';
	end if;
	return null;
exception when feature_not_supported then
	return null;
end
$$;
