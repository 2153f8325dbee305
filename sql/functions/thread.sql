-- offhook.thread(p_one text, p_other text, p_before timestamptz,
--     p_limit integer, p_before_sid text) returns table
--
-- Purpose: the messages and calls between two numbers, in both directions,
--     the newest first; of inbound messages the text.
-- Arguments: p_before null: from the newest on; else only what is older: the
--     first_seen (and p_before_sid the sid) of the last row of the page
--     before.  Numbers as in the views, "whatsapp:+15550101001" with its
--     channel.
-- Returns: body null where Twilio does not send the text (outbound), and once
--     history is dropped.
-- Errors: none.  Writes: nothing.
--
-- There is no index on pairs.  One of the numbers is usually our own, with
-- millions of rows, the other a customer's with a few: so count both sides up
-- to a bound that grows, and read the smaller one, filtering the other.  No
-- statistics are needed.  (Concatenating '' keeps an index from being used.)
create or replace function offhook.thread(p_one text, p_other text,
    p_before timestamptz default null, p_limit integer default 50,
    p_before_sid text default null)
returns table (sid text, kind text, direction text, "from" text, "to" text,
    status text, error_code integer, body text, num_media smallint,
    first_seen timestamptz, updated_at timestamptz)
language plpgsql stable
as $$
declare
	v_bound integer := 100;
	v_one integer;
	v_other integer;
	v_few text;
	v_many text;
begin
	loop
		select count(*) into v_one from (
		    (select from offhook.resources r where r."from" = p_one
		    order by r.first_seen limit v_bound)
		    union all
		    (select from offhook.resources r where r."to" = p_one
		    order by r.first_seen limit v_bound)) as c;
		select count(*) into v_other from (
		    (select from offhook.resources r where r."from" = p_other
		    order by r.first_seen limit v_bound)
		    union all
		    (select from offhook.resources r where r."to" = p_other
		    order by r.first_seen limit v_bound)) as c;
		exit when least(v_one, v_other) < v_bound
		    or v_bound >= 100000;
		v_bound := v_bound * 10;
	end loop;
	if v_one < v_other then
		v_few := p_one;
		v_many := p_other;
	else
		v_few := p_other;
		v_many := p_one;
	end if;
	return query
	select t.sid, t.kind,
	    case when t.status in ('received', 'receiving')
	    or t.facts ->> 'direction' = 'inbound' then 'inbound'
	    else 'outbound' end,
	    t."from", t."to", t.status, t.error_code, b.body, t.num_media,
	    t.first_seen, t.updated_at
	from (
	    (select r.* from offhook.resources r
	    where r."from" = v_few and r."to" || '' = v_many
	    and r.kind || '' in ('message', 'call')
	    and (p_before is null or r.first_seen <= p_before
	    and (r.first_seen, r.sid) < (p_before, coalesce(p_before_sid, '')))
	    order by r.first_seen desc, r.sid desc limit p_limit)
	    union all
	    (select r.* from offhook.resources r
	    where r."to" = v_few and r."from" || '' = v_many
	    and v_few <> v_many
	    and r.kind || '' in ('message', 'call')
	    and (p_before is null or r.first_seen <= p_before
	    and (r.first_seen, r.sid) < (p_before, coalesce(p_before_sid, '')))
	    order by r.first_seen desc, r.sid desc limit p_limit)
	) as t
	left join lateral (
	    select e.params ->> 'Body'
	    from offhook.events e
	    where e.sid = t.sid and e.received_at >= t.first_seen
	    and e.kind || '' = 'message.inbound'
	    order by e.received_at
	    limit 1
	) as b (body) on t.kind = 'message'
	order by t.first_seen desc, t.sid desc
	limit p_limit;
end
$$;
