-- What the statuses must be in the end, of the callbacks in view public.told
-- (kind, sid, status, seq, error): view public.oracle (kind, sid, status,
-- error_code).  Knows nothing of offhook's tables: the words of Twilio's
-- documentation in their order, typed here again; of one line the later wins.
-- A word that is not here is below all.
create table public.word (kind text, rank integer, place integer, status text);
insert into public.word values
    ('message', 0, 1, 'scheduled'), ('message', 0, 2, 'receiving'),
    ('message', 1, 1, 'accepted'), ('message', 2, 1, 'queued'),
    ('message', 3, 1, 'sending'), ('message', 4, 1, 'sent'),
    ('message', 5, 1, 'canceled'), ('message', 5, 2, 'failed'),
    ('message', 5, 3, 'undelivered'), ('message', 5, 4, 'partially_delivered'),
    ('message', 5, 5, 'delivered'), ('message', 5, 6, 'received'),
    ('message', 6, 1, 'read'),
    ('call', 0, 1, 'queued'), ('call', 1, 1, 'initiated'),
    ('call', 2, 1, 'ringing'), ('call', 3, 1, 'in-progress'),
    ('call', 4, 1, 'canceled'), ('call', 4, 2, 'no-answer'),
    ('call', 4, 3, 'busy'), ('call', 4, 4, 'failed'),
    ('call', 4, 5, 'completed');
create view public.oracle as
with sent as (
    select split_part(j.kind, '.', 1) as kind, j.sid, j.status, j.error,
        array[coalesce(w.rank, -1), coalesce(j.seq, -1),
        coalesce(w.place, 0)] as ord
    from public.told j left join public.word w
    on w.kind = split_part(j.kind, '.', 1) and w.status = j.status
)
select kind, sid,
    (array_agg(status order by ord desc, status collate "C" desc))[1]
        as status,
    (array_agg(error order by ord desc, error desc)
        filter (where error is not null))[1] as error_code
from sent group by kind, sid;
