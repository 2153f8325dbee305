-- ingest refuses any isolation but read committed: the loser of a race
-- would not see the winner's answer.
begin isolation level repeatable read;
\ir lib/setup.sql
select plan(1);
select throws_ok($$select pg_temp.ing(pg_temp.sid(1), 'sent')$$, 'OF003',
    null, 'repeatable read is refused');
select * from finish();
rollback;
