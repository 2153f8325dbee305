-- offhook.channel_fault(p_type text, p_target text[]) returns text
--
-- Purpose: what is wrong with a channel's target: functions/channel_set.sql.
-- Returns: a sentence; null when nothing is.  Whether a program may be run
--     is not known here: the worker's OFFHOOK_EXEC says.
-- Errors: none.  Writes: nothing.
create or replace function offhook.channel_fault(p_type text, p_target text[])
returns text
language sql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
	select case
	    when coalesce(cardinality(p_target), 0) = 0
	    then 'a channel needs a target'
	    when octet_length(array_to_string(p_target, ' ')) > 4000
	    then 'the target is longer than 4000 bytes'
	    when exists (select from unnest(p_target) as t
	    where t is null or t ~ '[\u0001-\u001f\u007f]')
	    then 'the target has a control character'
	    when p_type = 'mail' then
	        (select format('%s is no mail address that can be written '
	            'to, such as ops@example.com', t)
	        from unnest(p_target) as t
	        where t !~ '^[A-Za-z0-9!#$%&''*+/=?^_`{|}~][A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]*(@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)?$'
	        limit 1)
	    when p_type = 'webhook' and (cardinality(p_target) <> 1
	    or p_target[1] !~ '^https?://[^/?#[:space:]]+([/?][^[:space:]]*)?$')
	    then 'a webhook''s target is one URL that begins with https:// '
	        'or http://'
	    when p_type = 'exec' and (p_target[1] !~ '^/'
	    or cardinality(p_target) > 32)
	    then 'the target of exec is a program''s absolute path, and up '
	        'to 31 arguments'
	end
$$;
