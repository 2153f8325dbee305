-- offhook.stream_params(p_event jsonb) returns jsonb
--
-- Purpose: the data of an element of Event Streams as the parameters that
--     the form of the same event would have.  The same as cloud_next() of
--     src/core/cloud.c, where the shapes are described.
-- Returns: an object of texts; {} for what is no such element.
-- Errors: none.  Writes: nothing.
create or replace function offhook.stream_params(p_event jsonb)
returns jsonb
language plpgsql immutable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_type text := p_event ->> 'type';
	v_data jsonb := p_event -> 'data';
	v_form jsonb;
	v_params jsonb;
begin
	if jsonb_typeof(v_data) = 'string' then
		begin
			v_data := (p_event ->> 'data')::jsonb;
		exception when data_exception then
			v_data := null;
		end;
	end if;
	if v_type like 'com.twilio.voice.%' then
		v_form := v_data #> '{request,parameters}';
	end if;
	v_params := offhook.json_params(v_data, case when v_form is null
	    then 3 else 1 end) || offhook.json_params(v_form, 3);
	-- what the form calls otherwise
	if v_type like 'com.twilio.messaging.%' then
		v_params := jsonb_strip_nulls(jsonb_build_object('NumSegments',
		    v_params -> 'NumberOfSegments')) || v_params;
	elsif v_type like 'com.twilio.voice.%' then
		v_params := jsonb_strip_nulls(jsonb_build_object('CallSid',
		    v_params -> 'Sid')) || v_params;
	elsif v_type like 'com.twilio.error%' then
		v_params := jsonb_strip_nulls(jsonb_build_object('Timestamp',
		    v_params -> 'DateCreated')) || v_params;
	elsif v_type like 'com.twilio.conversations.%' then
		v_params := jsonb_strip_nulls(jsonb_build_object('Body',
		    v_params -> 'MessageBody', 'EventType', 'on'
		    || replace(replace(initcap(substr(v_type, 26)), '.', ''),
		    '-', ''))) || v_params;
	end if;
	if v_params ? 'MessageStatus' then
		v_params := v_params || jsonb_build_object('MessageStatus',
		    lower(v_params ->> 'MessageStatus'));
	end if;
	return v_params;
end
$$;
