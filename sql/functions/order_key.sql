-- offhook.order_key(p_rank, p_code, p_authority, p_seq, p_clock)
--     returns bigint
--
-- Purpose: the place of one status among all others of its resource, from
--     that one callback alone: the state of a resource is the maximum, so no
--     order of arrival and no repetition can change it.
-- Arguments: p_rank, p_code of offhook.status, both null for a status that is
--     not in that table, p_rank alone null for a kind that cycles;
--     p_authority 1 when Twilio's REST API said so, 0 for a callback;
--     p_seq SequenceNumber or null; p_clock ms since 1970 or null.
-- Returns: rank<<40 | authority<<39 | (seq+1)<<8 | code; for a kind that
--     cycles clock<<21 | (seq+1)<<8 | code, seq up to 8190; 0, below all that
--     is known, for an unknown status.  The low byte is the code.
-- Errors: none.  Writes: nothing.
--
-- A sequence number orders within a rank only: some callbacks have none, and
-- a stream that subscribed to "completed" alone starts at 0.  Behind a clock
-- it tells apart what happened within one second (voice has RFC 2822 dates).  This function
-- has no search_path of its own so that it is inlined where it is used.  Mind
-- the parentheses: << and | bind alike, from left to right.
create or replace function offhook.order_key(p_rank smallint,
    p_code smallint, p_authority integer, p_seq integer, p_clock bigint)
returns bigint
language sql immutable parallel safe
as $$
	select case
	    when p_code is null then 0
	    when p_rank is null
	    then (least(greatest(coalesce(p_clock, 0), 0), 4398046511103) << 21)
	    | ((least(greatest(coalesce(p_seq, -1), -1), 8190) + 1)::bigint
	    << 8) | p_code
	    else (p_rank::bigint << 40) | (p_authority::bigint << 39)
	    | ((least(greatest(coalesce(p_seq, -1), -1), 1000000) + 1)::bigint
	    << 8) | p_code
	    end
$$;
