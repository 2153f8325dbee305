/* The statements of the command line. See query.h. */
#include "query.h"

#define STAMP(column) \
    "to_char(" column " at time zone 'UTC', " \
    "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"

/* Of a delivery that was given up; $1 to $6 are the filters of dlq. */
#define DEAD_LETTERS \
    "from offhook.dead_letters d where " \
    "($1::text is null or d.destination = $1) and " \
    "($2::text is null or d.reason = $2 or ($2 like '%*' and " \
    "starts_with(d.reason, rtrim($2, '*')))) and " \
    "($3::text is null or d.kind = $3 or ($3 like '%*' and " \
    "starts_with(d.kind, rtrim($3, '*')))) and " \
    "($4::text is null or $4 in (d.\"from\", d.\"to\")) and " \
    "($5::text is null or d.finished_at >= $5::timestamptz) and " \
    "($6::text is null or d.finished_at < $6::timestamptz)"

/* What came of the last attempt: "status 503", or the error's name. */
#define LAST_ANSWER \
    "case when d.error is null or d.error = 'HTTP_STATUS' " \
    "then 'status ' || d.status when d.error = 'EXEC_EXIT' " \
    "then 'exit status ' || d.status else d.error end"

/* How a destination stands, in one word. */
#define DESTINATION_STATE \
    "case when d.paused then 'paused' when d.breaker = 'closed' " \
    "then 'running' when d.breaker = 'open' then 'resting' " \
    "else d.breaker end"

const char *const query_statements[QUERIES] = {
	[QUERY_EVENTS] =
	    "select e.id, " STAMP("e.received_at") ", e.kind, e.sid, "
	    "e.status, e.http, e.verdict, e.\"from\", e.\"to\", e.duplicates "
	    "from offhook.events e order by e.received_at desc, e.id desc "
	    "limit $1::integer",
	[QUERY_EVENT] =
	    "select e.id, " STAMP("e.received_at") ", e.kind, e.sid, "
	    "e.status, e.verdict, e.account, e.duplicates, e.method, e.url, "
	    "e.token, e.params::text, e.http, e.ctype, e.reply, e.route, "
	    "e.reason from offhook.events e where e.id = $1::uuid "
	    "and e.received_at between $2::timestamptz and $3::timestamptz",
	[QUERY_RESOURCE] =
	    "select r.kind, r.sid, r.status, r.error_code, "
	    STAMP("r.first_seen") ", " STAMP("r.updated_at") ", r.\"from\", "
	    "r.\"to\", r.account, r.parent, r.terminal::text, "
	    "(select string_agg(f.key || ' = ' || f.value, e'\\n' "
	    "order by f.key) from jsonb_each_text(r.facts) as f), r.facts "
	    "from offhook.resources r where r.sid = $1",
	[QUERY_RELATED] =
	    "select r.kind, r.sid, r.status, r.error_code, "
	    STAMP("r.first_seen") ", " STAMP("r.updated_at") " "
	    "from offhook.resources r where r.parent = $1 "
	    "order by r.first_seen, r.sid limit 1000",
	[QUERY_TIMELINE] =
	    "select " STAMP("t.received_at") ", t.kind, t.status, t.verdict, "
	    "t.duplicates, t.http, t.error_code, t.seq, t.id, t.sid "
	    "from offhook.timeline($1) as t order by t.n",
	[QUERY_ROUTES] =
	    "select r.version, r.specs from offhook.routes() r",
	[QUERY_ROUTE_LIST] =
	    "select r.position, r.name, r.spec::text, " STAMP("r.set_at")
	    ", r.set_by from offhook.routes r order by r.position, r.name",
	[QUERY_ROUTE_SET] =
	    "select offhook.route_set($1, $2, $3, $4::integer, $5, "
	    "$6::boolean)",
	[QUERY_ROUTE_DELETE] = "select offhook.route_delete($1, $2)",
	[QUERY_ROUTE_DROP] = "select offhook.route_delete($1)",
	[QUERY_ROUTE_APPLY] =
	    "select offhook.route_apply($1::jsonb, $2, $3::bigint)",
	[QUERY_ROUTE_HISTORY] =
	    "select c.version, " STAMP("c.changed_at") ", c.changed_by, "
	    "jsonb_array_length(c.routes), c.comment "
	    "from offhook.route_change c order by c.version desc "
	    "limit $1::integer",
	[QUERY_ROUTE_VERSION] =
	    "select c.routes::text from offhook.route_change c "
	    "where c.version = $1::bigint",
	[QUERY_ROUTE_PREVIOUS] =
	    "select c.version from offhook.route_change c "
	    "order by c.version desc offset 1 limit 1",
	[QUERY_ROUTE_ROLLBACK] =
	    "select offhook.route_rollback($1::bigint, $2)",
	[QUERY_SERVER] =
	    "select current_setting('server_version_num'), "
	    "current_setting('server_version'), "
	    "current_setting('server_encoding'), "
	    "pg_is_in_recovery(), current_user, current_database(), "
	    "(extract(epoch from clock_timestamp()) * 1000)::bigint",
	[QUERY_SCHEMA] =
	    "select to_regnamespace('offhook') is not null, "
	    "to_regclass('offhook.schema_migration') is not null",
	[QUERY_RIGHTS] =
	    "select has_schema_privilege($1::text, 'offhook', 'usage'), "
	    "(select count(distinct p.proname) = 6 from pg_proc p where "
	    "p.pronamespace = 'offhook'::regnamespace and p.proname in "
	    "('ingest', 'await', 'decide', 'state', 'routes', 'reply_sql') "
	    "and has_function_privilege($1::text, p.oid, 'execute')), "
	    "exists (select from pg_class c where c.relnamespace = "
	    "'offhook'::regnamespace and c.relkind in ('r', 'p') and "
	    "has_table_privilege($1::text, c.oid, 'insert, update, delete'))",
	[QUERY_LOGIN] =
	    "select current_user, current_setting('transaction_isolation'), "
	    "current_setting('statement_timeout'), "
	    "current_setting('synchronous_commit'), "
	    "current_setting('transaction_read_only')",
	[QUERY_MIGRATIONS] =
	    "select count(*), coalesce((select version || ' ' || name "
	    "from offhook.schema_migration order by version desc limit 1), "
	    "'none') from offhook.schema_migration",
	[QUERY_PARTITIONS] =
	    "select count(*) filter (where c.relname > 'event_' || "
	    "to_char(clock_timestamp() at time zone 'UTC', 'YYYYMM') "
	    "and c.relname ~ '^event_[0-9]{6}$'), "
	    "coalesce(bool_or(c.relname = 'event_' || "
	    "to_char(clock_timestamp() at time zone 'UTC', 'YYYYMM')), false) "
	    "from pg_inherits i join pg_class c on c.oid = i.inhrelid "
	    "where i.inhparent = 'offhook.event'::regclass",
	[QUERY_ISSUES] =
	    "select type, subject, count, coalesce(detail ->> 'reason', '') "
	    "from offhook.issues "
	    "where state = 'open' order by last_seen desc limit 20",
	[QUERY_ISSUE_LIST] =
	    "select i.id, i.state, i.type, i.subject, i.count, "
	    STAMP("i.opened_at") ", " STAMP("i.last_seen") ", "
	    "i.detail ->> 'reason' from offhook.issues i "
	    "where case coalesce($1, '') when 'all' then true when '' then "
	    "i.state in ('open', 'acknowledged') else i.state = $1 end "
	    "and ($2::text is null or i.type = $2 or right($2, 1) = '*' "
	    "and starts_with(i.type, left($2, -1))) "
	    "order by i.last_seen desc, i.id desc limit $3::integer",
	[QUERY_ISSUE_SHOW] =
	    "select i.id, i.type, i.subject, i.state, i.count, "
	    STAMP("i.first_seen") ", " STAMP("i.last_seen") ", "
	    STAMP("i.opened_at") ", i.reopened, "
	    STAMP("i.acknowledged_at") ", i.acknowledged_by, "
	    STAMP("i.resolved_at") ", i.resolved_by, i.comment, "
	    STAMP("i.told_at") ", i.detail from offhook.issues i "
	    "where i.id = $1::bigint or i.type = $2 and i.subject = $3",
	[QUERY_CHANNEL_SET] = "select offhook.channel_set($1, $2::jsonb)",
	[QUERY_CHANNEL_LIST] =
	    "select c.name, c.type, array_to_string(c.target, ' '), "
	    "coalesce(nullif(array_to_string(c.types, ' '), ''), '*'), "
	    "c.quiet, " STAMP("c.told_at") ", c.failures, c.error, "
	    STAMP("c.next_at") " from offhook.channels c order by c.name",
	[QUERY_CHANNEL_DELETE] = "select offhook.channel_delete($1)",
	[QUERY_CHANNEL_TARGET] =
	    "select t.type, t.target, t.secret "
	    "from offhook.channel_target($1) t",
	[QUERY_ROLE] =
	    "select r.rolsuper, r.rolcreaterole, r.rolcreatedb, "
	    "coalesce((select pg_has_role(r.oid, n.nspowner, 'usage') "
	    "from pg_namespace n where n.nspname = 'offhook'), false) "
	    "from pg_roles r where r.rolname = current_user",
	[QUERY_HOUSE_MAKE] =
	    "select * from offhook.house_make($1::integer)",
	[QUERY_HOUSE_MOVE] =
	    "select * from offhook.house_move($1::integer)",
	[QUERY_HOUSE_DROP] = "select * from offhook.house_drop()",
	[QUERY_HOUSE_STRIP] =
	    "select * from offhook.house_strip($1::integer)",
	[QUERY_HOUSE_PURGE] =
	    "select * from offhook.house_purge($1, $2::integer)",
	[QUERY_HOUSE_DONE] = "select offhook.house_done()",
	[QUERY_HOUSE_PLAN] =
	    "select * from offhook.house_plan($1::integer)",
	[QUERY_HOUSE_PERIODS] =
	    "select r.what, r.keep, r.least from offhook.retention r "
	    "order by r.what",
	[QUERY_HOUSE_SET] = "select offhook.house_set($1, $2::interval)",
	[QUERY_HOUSE_STATUS] =
	    "select s.late, " STAMP("s.kept_at") ", s.accident, s.aside, "
	    STAMP("s.default_since") " from offhook.house_status() s",
	[QUERY_DESTINATION_LIST] =
	    "select d.name, " DESTINATION_STATE ", d.target, d.pending, "
	    STAMP("d.oldest_pending_at") ", d.delivered, d.dead, d.expired, "
	    "d.cancelled, d.filtered, " STAMP("d.last_success_at") " "
	    "from offhook.destinations d order by d.name",
	[QUERY_DESTINATION_SHOW] =
	    "select d.name, " DESTINATION_STATE ", d.target, d.pending, "
	    STAMP("d.oldest_pending_at") ", d.failures, "
	    STAMP("d.open_until") ", d.delivered, d.dead, d.expired, "
	    "d.cancelled, d.filtered, " STAMP("d.last_success_at") ", "
	    STAMP("d.last_failure_at") ", " STAMP("d.paused_at") ", "
	    STAMP("d.created_at") ", " STAMP("d.changed_at") ", "
	    "d.changed_by, " STAMP("d.old_secret_until") ", d.spec::text "
	    "from offhook.destinations d where d.name = $1",
	[QUERY_DESTINATION_SPEC] =
	    "select e ->> 'spec' from offhook.worker_destinations(-1) w, "
	    "json_array_elements(w.destinations::json) e "
	    "where e ->> 'name' = $1",
	[QUERY_DESTINATIONS_KNOWN] =
	    "select w.destinations from "
	    "offhook.worker_destinations($1::bigint) w",
	[QUERY_DESTINATION_ADD] =
	    "select offhook.destination_add($1, $2::jsonb, $3)",
	[QUERY_DESTINATION_SET] =
	    "select offhook.destination_set($1, $2::jsonb)",
	[QUERY_DESTINATION_PENDING] =
	    "select d.pending from offhook.destinations d "
	    "where d.name = $1",
	[QUERY_DESTINATION_DELETE] = "select offhook.destination_delete($1)",
	[QUERY_DESTINATION_PAUSE] = "select offhook.destination_pause($1)",
	[QUERY_DESTINATION_RESUME] = "select offhook.destination_resume($1)",
	[QUERY_DESTINATION_ROTATE] =
	    "select offhook.destination_rotate($1, coalesce($2::interval, "
	    "'1 day'))",
	[QUERY_DESTINATION_DROP_OLD] =
	    "select offhook.destination_drop_old_secret($1)",
	[QUERY_DESTINATION_FILTER] =
	    "select t.failed from offhook.destinations d cross join lateral "
	    "offhook.filter_test(coalesce(d.spec -> 'filter', '{}'), "
	    "$2::uuid) as t where d.name = $1",
	[QUERY_FILTER_CHECK] = "select offhook.filter_check($1::jsonb)",
	[QUERY_FILTER_TEST] =
	    "select e.id, " STAMP("e.received_at") ", e.kind, e.sid, "
	    "case when t.passes then 'yes' else 'no' end, t.failed, "
	    "t.condition, t.value from offhook.events e cross join lateral "
	    "offhook.filter_test($1::jsonb, e.id) as t "
	    "where e.id = $2::uuid "
	    "and e.received_at between $3::timestamptz and $4::timestamptz",
	[QUERY_TRANSFORM] =
	    "select offhook.transform_sql($1::integer, $2::jsonb)",
	[QUERY_TRANSFORM_CHECK] =
	    "select offhook.destination_check(jsonb_build_object('url', "
	    "'https://example.com/', 'transform_sql', $1::text))",
	[QUERY_TASK] =
	    "select e.id, " STAMP("e.received_at") ", e.error_code, "
	    "e.account, e.kind, e.sid, e.status, e.verdict, e.\"from\", "
	    "e.\"to\", (select r.parent from offhook.resources r "
	    "where r.sid = e.sid limit 1), e.method, e.format, e.token, "
	    "e.url, encode(e.raw, 'hex') from offhook.events e "
	    "where e.id = $1::uuid "
	    "and e.received_at between $2::timestamptz and $3::timestamptz",
	[QUERY_DELIVERY] =
	    "select d.id, d.wire_id, d.event_id, " STAMP("d.event_at") ", "
	    "d.kind, d.sid, d.event_status, d.\"from\", d.\"to\", "
	    "d.destination, d.state, d.reason, d.attempts, d.tries, "
	    STAMP("d.next_at") ", d.status, d.error, "
	    STAMP("d.routed_at") ", " STAMP("d.finished_at") ", d.trigger, "
	    "d.replay, d.lane, case when d.holds_lane then true end "
	    "from offhook.deliveries d where d.id = $1::bigint",
	/* What a pending one waits for: the first of its lane, and so on. */
	[QUERY_DELIVERY_WAITS] =
	    "select case when d.state = 'waiting' then "
	    "(select format('delivery %s of the same resource, which is "
	    "%s', b.id, concat_ws(': ', b.state, b.reason)) "
	    "from offhook.deliveries b where b.destination_id = "
	    "d.destination_id and b.lane = d.lane and b.id < d.id "
	    "and (b.outcome = 'pending' or b.holds_lane) "
	    "order by b.id limit 1) "
	    "when t.paused then 'the destination, which is paused' "
	    "when t.breaker <> 'closed' "
	    "then 'the destination, which rests after failures' "
	    "when d.next_at > clock_timestamp() then 'its next attempt' "
	    "when not exists (select from offhook.workers w where w.alive) "
	    "then 'a worker: none runs at this moment' end "
	    "from offhook.deliveries d "
	    "left join offhook.destinations t on t.name = d.destination "
	    "where d.id = $1::bigint and d.state in ('waiting', 'pending')",
	[QUERY_DELIVERIES_OF] =
	    "select d.id, d.destination, d.state, d.reason, d.attempts, "
	    "d.status, d.error, " STAMP("d.next_at") ", "
	    STAMP("d.finished_at") ", d.replay from offhook.deliveries d "
	    "where d.event_id = $1::uuid order by d.id limit 1000",
	[QUERY_ATTEMPTS] =
	    "select a.n, " STAMP("a.at") ", a.ms, a.status, a.error, "
	    "case when a.late then 'late' end, a.host, a.head "
	    "from offhook.attempts a where a.delivery = $1::bigint "
	    "order by a.n, a.at",
	[QUERY_DELIVERY_RETRY] = "select offhook.delivery_retry($1::bigint)",
	[QUERY_DELIVERY_CANCEL] =
	    "select offhook.delivery_cancel($1::bigint, "
	    "coalesce($2, 'operator'))",
	[QUERY_DLQ_LIST] =
	    "select d.destination, d.state, d.reason, " LAST_ANSWER ", "
	    "count(*), " STAMP("min(d.finished_at)") ", "
	    STAMP("max(d.finished_at)") ", "
	    "count(*) filter (where d.holds_lane), max(d.id) " DEAD_LETTERS
	    " group by 1, 2, 3, 4 "
	    "order by d.destination, count(*) desc, d.reason, 4",
	[QUERY_DLQ_COUNT] = "select count(*) " DEAD_LETTERS,
	[QUERY_DLQ_RETRY] =
	    "select offhook.dlq_retry($1, $2, $3, $4, $5::timestamptz, "
	    "$6::timestamptz)",
	[QUERY_DLQ_PURGE] =
	    "select offhook.dlq_purge($1, $2, $3, $4, $5::timestamptz, "
	    "$6::timestamptz)",
	[QUERY_STATUS_NAMES] =
	    "select s.name from offhook.status s where s.kind = $1 "
	    "order by s.code",
	[QUERY_NOW] = "select " STAMP("clock_timestamp()"),
	[QUERY_REPLAY_PLAN] =
	    "select p.id, p.events, p.deliveries, " STAMP("p.oldest_at") ", "
	    STAMP("p.newest_at") ", ceil(p.seconds)::bigint, p.without_body "
	    "from offhook.replay_plan($1::jsonb, $2::double precision) p",
	[QUERY_REPLAY_RUN] = "select offhook.replay_run($1::bigint)",
	[QUERY_REPLAY_STATUS] =
	    "select r.id, r.state, r.destination, r.total, r.made, "
	    "r.pending, r.delivered, r.dead, r.expired, r.cancelled, "
	    "ceil(r.seconds_left)::bigint, " STAMP("r.started_at") ", "
	    STAMP("r.finished_at") ", r.created_by, r.plan "
	    "from offhook.replays r where $1::bigint is null or r.id = "
	    "$1::bigint order by r.id desc limit 50",
	[QUERY_REPLAY_CANCEL] = "select offhook.replay_cancel($1::bigint)",
	[QUERY_WORK] =
	    "select (select count(*) from offhook.workers w where w.alive), "
	    "(select string_agg(distinct w.version, ', ') "
	    "from offhook.workers w where w.alive and w.version <> $1), "
	    "d.due or d.todo and exists (select from offhook.destinations), "
	    "extract(epoch from clock_timestamp() - "
	    "case when d.due then d.next_at end)::bigint, "
	    "extract(epoch from clock_timestamp() - "
	    "o.oldest_pending_at)::bigint, o.name, "
	    "pg_relation_size('offhook.todo') from offhook.worker_due() d "
	    "left join (select y.name, y.oldest_pending_at "
	    "from offhook.destinations y where not y.paused and "
	    "y.oldest_pending_at is not null "
	    "order by y.oldest_pending_at limit 1) as o on true",
	/* Also those that somebody may have forgotten to resume. */
	[QUERY_RESTING] =
	    "select d.name, d.failures, d.pending, " STAMP("d.open_until")
	    ", d.paused, " STAMP("d.paused_at")
	    " from offhook.destinations d where d.paused and d.pending > 0 "
	    "and d.paused_at < clock_timestamp() - interval '1 day' "
	    "or d.breaker <> 'closed' and not d.paused order by d.name",
	[QUERY_DEAD] =
	    "select c.destination, sum(c.deliveries)::bigint, "
	    STAMP("max(c.newest_at)") ", (array_agg(c.reason "
	    "order by c.deliveries desc))[1] from offhook.dead_letter_counts c "
	    "group by c.destination order by c.destination",
	/* The same request twice; the error undoes both. */
	[QUERY_STATUSES] =
	    "select sid, status, error_code::text from offhook.messages "
	    "where sid = any($1::text[]) union all "
	    "select sid, status, error_code::text from offhook.calls "
	    "where sid = any($1::text[])",
	[QUERY_EVENT_COUNTS] =
	    "select sid, count(*)::text from offhook.events "
	    "where sid = any($1::text[]) group by sid",
	[QUERY_TWICE] =
	    "do $$ declare a record; b record; k uuid := gen_random_uuid(); "
	    "i uuid := gen_random_uuid(); begin "
	    "select * into a from offhook.ingest(0::smallint, k, i, "
	    "clock_timestamp(), 'AC00000000000000000000000000000000', "
	    "'other', null, null, null, null, null, null, null, null, "
	    "'POST', 'offhook doctor', null, 'form', 'x'::bytea, null, null, "
	    "null, 200::smallint, 'text/xml', 'one'::bytea); "
	    "select * into b from offhook.ingest(0::smallint, k, "
	    "gen_random_uuid(), clock_timestamp(), "
	    "'AC00000000000000000000000000000000', "
	    "'other', null, null, null, null, null, null, null, null, "
	    "'POST', 'offhook doctor', null, 'form', 'x'::bytea, null, null, "
	    "null, 200::smallint, 'text/xml', 'two'::bytea); "
	    "raise exception 'offhook doctor: % % %', a.verdict, b.verdict, "
	    "case when a.reply = b.reply then 'same' else 'other' end "
	    "using errcode = 'OF900'; end $$",
};
