-- offhook.operation_note(p_what text, p_subject text, p_detail jsonb)
--     returns void
--
-- Purpose: notes who did what by hand: the session's user, now.
-- Arguments: p_what  'destination.set', 'dlq.purge' ...; p_subject  a name
--     or a number; p_detail  no secrets
-- Errors: none.  Writes: operation; the ten thousand latest are kept.
create or replace function offhook.operation_note(p_what text,
    p_subject text, p_detail jsonb default null)
returns void
language plpgsql
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_id bigint;
begin
	insert into offhook.operation (what, subject, detail)
	    values (p_what, p_subject, p_detail)
	    returning id into v_id;
	delete from offhook.operation o where o.id <= v_id - 10000;
end
$$;
