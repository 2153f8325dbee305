-- offhook.filter_check_text(p_key text, p_text text, p_at text,
--     p_star boolean) returns void
--
-- Purpose: whether a text of a filter can be what an event has: kinds and
--     verdicts are known, error codes are numbers.
-- Arguments: p_key  whose, null: any text will do; p_star  whether "x*"
--     stands for what begins with x
-- Errors: 22023.  Writes: nothing.
create or replace function offhook.filter_check_text(p_key text,
    p_text text, p_at text, p_star boolean)
returns void
language plpgsql stable
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	v_words text[];
	v_begins boolean := p_star and right(p_text, 1) = '*';
	v_what text := case when p_star and right(p_text, 1) = '*'
	    then left(p_text, -1) else p_text end;
	v_near text;
begin
	if octet_length(p_text) > 1024 then
		raise exception 'offhook: % is longer than 1024 bytes', p_at
		    using errcode = '22023';
	end if;
	if p_key = 'error_code' and p_text !~ '^[0-9]{1,9}\*?$' then
		raise exception 'offhook: %: an error code is a number, not %',
		    p_at, to_json(p_text) using errcode = '22023';
	end if;
	if p_key = 'kind' then
		v_words := array(select k.kind from offhook.kind k
		    order by k.kind);
		-- of Event Streams there are more than we know
		if starts_with(v_what, 'stream.') then
			return;
		end if;
	elsif p_key = 'verdict' then
		v_words := '{applied,stale,unknown,recorded,replay}';
	else
		return;
	end if;
	if not exists (select from unnest(v_words) as w where w = v_what
	    or v_begins and starts_with(w, v_what)) then
		v_near := offhook.nearest(v_what, v_words);
		raise exception 'offhook: %: there is no % %', p_at, p_key,
		    to_json(p_text) using errcode = '22023',
		    hint = coalesce('Did you mean ' || v_near || '?',
		    case p_key when 'kind' then 'offhook kind list shows all.'
		    else 'There are ' || array_to_string(v_words, ', ')
		    || '.' end);
	end if;
end
$$;
