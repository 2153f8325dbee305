-- public.make_events(N, EACH): stores N events, EACH of every resource, as
-- the responder would: a call of ingest and a transaction for each.  They come
-- in turns: the first of every resource, then the second ...; EACH 3 makes
-- messages that are queued, sent and delivered, others calls.
create procedure public.make_events(p_n integer, p_each integer)
language plpgsql
as $$
declare
	v_of integer := greatest(p_n / p_each, 1);
	v_call boolean := p_each <> 3;
	v_base bigint := coalesce((select max(seq) from public.made), 0);
	v_at timestamptz;
	v_sid text;
	v_seq integer;
	v_status text;
	v_raw text;
begin
	set synchronous_commit = off;
	for i in 0 .. p_n - 1 loop
		v_seq := i / v_of;
		v_sid := case when v_call then 'CA' else 'SM' end
		    || lpad(to_hex(v_base + i % v_of + 1), 32, '0');
		v_status := case when v_call then 'in-progress'
		    else (array['queued', 'sent', 'delivered'])[v_seq + 1] end;
		v_at := clock_timestamp();
		v_raw := 'AccountSid=AC00000000000000000000000000000001'
		    || '&ApiVersion=2010-04-01&From=%2B15550101001'
		    || '&To=%2B15550111234'
		    || case when v_call then '&CallSid=' || v_sid
		    || '&CallStatus=' || v_status
		    || '&CallbackSource=call-progress-events'
		    || '&Direction=outbound-api&SequenceNumber=' || v_seq
		    || '&Timestamp=Sun%2C+22+Nov+2026+02%3A00%3A00+%2B0000'
		    else '&MessageSid=' || v_sid || '&SmsSid=' || v_sid
		    || '&MessageStatus=' || v_status
		    || '&SmsStatus=' || v_status
		    || '&MessagingServiceSid=MG' || repeat('0', 31) || '7'
		    || '&RawDlrDoneDate=2611220157' end;
		perform offhook.ingest(offhook.bucket(v_sid),
		    gen_random_uuid(), offhook.uuid_at(gen_random_uuid(), v_at),
		    v_at, 'AC00000000000000000000000000000001',
		    case when v_call then 'call.status'
		        else 'message.status' end,
		    case when v_call then 'call' else 'message' end,
		    v_sid, v_status, case when v_call then v_seq end, null, null,
		    '+15550101001', '+15550111234', 'POST',
		    'https://hooks.example.test/twilio', gen_random_uuid()::text,
		    'form', convert_to(v_raw, 'UTF8'), null, null, null,
		    204::smallint, null, null);
		commit;
	end loop;
	insert into public.made values (v_base + v_of);
end
$$;
create table public.made (seq bigint);
