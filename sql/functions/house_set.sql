-- offhook.house_set(p_what text, p_keep interval)
--
-- Purpose: sets how long 'bodies', 'history', 'dedupe' or 'deliveries' is
--     kept.
-- Errors: 22023 there is no such thing, or the period is too short, too
--     long, or bodies would outlive the history; nothing is changed.
-- Writes: retention.
create or replace function offhook.house_set(p_what text, p_keep interval)
returns void
language plpgsql security definer
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_least interval;
begin
	-- one at a time: the order of bodies and history is checked below
	lock table offhook.retention in share row exclusive mode;
	select r.least into v_least from offhook.retention r
	    where r.what = p_what;
	if not found then
		raise exception 'offhook: there is no period %; there are '
		    'bodies, history, dedupe and deliveries', p_what
		    using errcode = '22023';
	end if;
	if p_keep is null or p_keep < v_least
	    or p_keep > interval '100 years' then
		raise exception 'offhook: the period of % must be % to 100 '
		    'years', p_what, v_least using errcode = '22023';
	end if;
	update offhook.retention r set keep = p_keep where r.what = p_what;
	if (select r.keep from offhook.retention r where r.what = 'bodies')
	    > (select r.keep from offhook.retention r
	    where r.what = 'history') then
		raise exception 'offhook: bodies cannot be kept longer than '
		    'the history (%)', (select r.keep from offhook.retention r
		    where r.what = 'history') using errcode = '22023';
	end if;
end
$$;
