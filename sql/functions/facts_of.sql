-- offhook.facts_of(p_kind text, p_rkind text, p_status text,
--     p_params jsonb) returns jsonb
--
-- Purpose: what ingest's caller makes of a request (src/core/event.c), made
--     of the history: p_facts of ingest.  Tested to be equal.
-- Arguments: p_kind and p_rkind of the event, p_status as folded; p_params
--     its parameters, as view events shows them (of an element of Event
--     Streams stream_params() of it).
-- Returns: as functions/facts_at.sql takes it, with "num_media", "consent"
--     and "asked"; null when it says nothing.
-- Errors: none.  Writes: nothing.
create or replace function offhook.facts_of(p_kind text, p_rkind text,
    p_status text, p_params jsonb)
returns jsonb
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_payload jsonb;
	v_constant jsonb;
	v_latest jsonb;
	v_more jsonb := '{}';
	v_word text;
	v_media text;
begin
	-- of a parameter that comes more than once the first, as in C
	select jsonb_object_agg(p.key, case jsonb_typeof(p.value)
	    when 'array' then p.value -> 0 else p.value end)
	    into p_params from jsonb_each(p_params) as p;
	if p_rkind = 'alert' then
		begin
			v_payload := offhook.json_params(
			    (p_params ->> 'Payload')::jsonb, 3);
		exception when data_exception then
			v_payload := null;
		end;
	end if;
	select jsonb_object_agg(v.fact, v.value order by v.position)
	    filter (where v.class = 'constant'),
	    jsonb_object_agg(v.fact, v.value order by v.position)
	    filter (where v.class = 'latest')
	    into v_constant, v_latest
	    from (
	        select f.fact, f.class, f.position, f.type, case
	            when f.param like 'Payload.%'
	            then v_payload ->> substr(f.param, 9)
	            else p_params ->> f.param end as value
	        from offhook.field f
	        where f.place = 'fact' and f.topic = case
	            when p_rkind = 'participant' then 'conference'
	            when p_rkind = 'media_stream' then 'call'
	            when p_rkind = 'delivery_receipt'
	            or p_rkind like 'conversation\_%' then 'conversation'
	            else p_rkind end
	    ) as v
	    where v.value <> '' and octet_length(v.value) <= 1024
	    and case v.type
	        when 'integer' then v.value ~ '^[0-9]{1,9}$'
	        when 'decimal'
	        then v.value ~ '^-?[0-9]{1,12}(\.[0-9]{1,12})?$'
	        when 'boolean' then v.value in ('true', 'false')
	        else true end;
	v_constant := coalesce(v_constant, '{}');
	v_latest := coalesce(v_latest, '{}');

	if p_rkind = 'message' then
		select '[' || string_agg(format(
		    '{"url": %s, "content_type": %s}',
		    to_json(p_params ->> ('MediaUrl' || i)),
		    to_json(coalesce(p_params ->> ('MediaContentType' || i),
		    ''))), ', ' order by i) || ']'
		    into v_media
		    from generate_series(0, 9) as i
		    where p_params ->> ('MediaUrl' || i) <> '';
		if octet_length(v_media) < 4096 then
			v_constant := v_constant
			    || jsonb_build_object('media', v_media);
		end if;
	end if;
	if p_kind = 'message.inbound'
	    or p_kind = 'call.inbound' and p_status = 'ringing' then
		v_more := '{"asked": true}';
	end if;
	if p_rkind = 'message' and (p_kind = 'message.inbound'
	    or p_kind like 'stream.%.inbound-message.%') then
		if p_params ->> 'NumMedia' ~ '^0*([1-9][0-9]?|100)$' then
			v_more := v_more || jsonb_build_object('num_media',
			    (p_params ->> 'NumMedia')::integer);
		end if;
		v_word := upper(coalesce(nullif(p_params ->> 'OptOutType', ''),
		    btrim(p_params ->> 'Body', E' \t\r\n')) collate "C");
		if v_word in ('STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL',
		    'END', 'QUIT', 'REVOKE', 'OPTOUT') then
			v_more := v_more || '{"consent": "opted_out"}';
		elsif v_word in ('START', 'YES', 'UNSTOP') then
			v_more := v_more || '{"consent": "opted_in"}';
		end if;
		if v_more ? 'consent' then
			v_constant := v_constant
			    || jsonb_build_object('consent_word', v_word);
		end if;
	end if;
	if v_constant = '{}' and v_latest = '{}' and v_more = '{}' then
		return null;
	end if;
	select coalesce(jsonb_object_agg(c.key, jsonb_build_array(0, c.value)),
	    '{}') into v_constant from jsonb_each(v_constant) as c;
	if v_latest <> '{}' then
		v_more := v_more || jsonb_build_object('l', v_latest);
	end if;
	return v_more || jsonb_build_object('c', v_constant);
end
$$;
