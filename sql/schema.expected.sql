
CREATE SCHEMA offhook;

ALTER SCHEMA offhook OWNER TO offhook_owner;

CREATE TYPE offhook.answer AS (
	verdict text,
	http smallint,
	ctype text,
	reply bytea
);

ALTER TYPE offhook.answer OWNER TO offhook_owner;

CREATE TYPE offhook.task AS (
	id bigint,
	lease uuid,
	tries smallint,
	destination integer,
	probe boolean,
	routed_at timestamp with time zone,
	event_id uuid,
	event_at timestamp with time zone,
	account text,
	kind text,
	sid text,
	status text,
	verdict text,
	seq bigint,
	error_code integer,
	from_ text,
	to_ text,
	parent text,
	method text,
	format text,
	token text,
	url text,
	raw bytea,
	trigger text,
	replay bigint,
	info jsonb
);

ALTER TYPE offhook.task OWNER TO offhook_owner;

CREATE FUNCTION offhook.await(p_bucket smallint, p_key uuid, p_lease integer) RETURNS offhook.answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.await(p_bucket smallint, p_key uuid, p_lease integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.bucket(p_id text) RETURNS smallint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.bucket(p_id text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.channel_delete(p_name text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.channel_delete(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.channel_fault(p_type text, p_target text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.channel_fault(p_type text, p_target text[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.channel_set(p_name text, p_changes jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.channel_set(p_name text, p_changes jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.channel_target(p_name text) RETURNS TABLE(type text, target text, secret text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.channel_target(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.country(p_number text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.country(p_number text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) RETURNS offhook.answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.delivery_again(p_ids bigint[]) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.delivery_again(p_ids bigint[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.delivery_cancel(p_id bigint, p_reason text DEFAULT 'operator'::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.delivery_cancel(p_id bigint, p_reason text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.delivery_end(p_ids bigint[], p_reason text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.delivery_end(p_ids bigint[], p_reason text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.delivery_retry(p_id bigint) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.delivery_retry(p_id bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_add(p_name text, p_spec jsonb, p_secret text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_add(p_name text, p_spec jsonb, p_secret text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_changed(p_what text, p_name text, p_detail jsonb DEFAULT NULL::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_changed(p_what text, p_name text, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_check(p_spec jsonb) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_check(p_spec jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_delete(p_name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_delete(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_drop_old_secret(p_name text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_drop_old_secret(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_fault_body(p_spec jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_fault_body(p_spec jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_fault_headers(p_headers jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_fault_headers(p_headers jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_fault_policy(p_spec jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_fault_policy(p_spec jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_fault_target(p_spec jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_fault_target(p_spec jsonb) OWNER TO offhook_owner;

CREATE TABLE offhook.destination_state (
    destination integer NOT NULL,
    n bigint NOT NULL,
    breaker text DEFAULT 'closed'::text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    opened_at timestamp with time zone,
    open_until timestamp with time zone,
    cool_ms integer,
    probe uuid,
    probe_until timestamp with time zone,
    rate_at timestamp with time zone,
    last_success_at timestamp with time zone,
    last_failure_at timestamp with time zone
);

ALTER TABLE offhook.destination_state OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_health(p_destination integer) RETURNS offhook.destination_state
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.destination_health(p_destination integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_heard(p_destination integer, p_good boolean, p_bad integer, p_leases uuid[], p_said text[], p_why text) RETURNS void
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.destination_heard(p_destination integer, p_good boolean, p_bad integer, p_leases uuid[], p_said text[], p_why text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_hold(p_name text, p_paused boolean) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_hold(p_name text, p_paused boolean) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_lock(p_destination integer) RETURNS void
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.destination_lock(p_destination integer) OWNER TO offhook_owner;

CREATE TABLE offhook.destination (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    spec jsonb NOT NULL,
    paused boolean DEFAULT false NOT NULL,
    paused_at timestamp with time zone,
    since xid8 DEFAULT pg_current_xact_id() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    changed_by text DEFAULT SESSION_USER NOT NULL,
    deleted_at timestamp with time zone,
    swept_at timestamp with time zone
);

ALTER TABLE offhook.destination OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_named(p_name text) RETURNS offhook.destination
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_named(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_new_secret(p_secret text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_new_secret(p_secret text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_note(p_state offhook.destination_state) RETURNS void
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.destination_note(p_state offhook.destination_state) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_pause(p_name text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_pause(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_resume(p_name text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_resume(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_rotate(p_name text, p_keep interval DEFAULT '1 day'::interval, p_secret text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_rotate(p_name text, p_keep interval, p_secret text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_set(p_name text, p_changes jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_set(p_name text, p_changes jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.destination_sweep(p_limit integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.destination_sweep(p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.dlq_pick(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) RETURNS bigint[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.dlq_pick(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.dlq_purge(p_destination text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_kind text DEFAULT NULL::text, p_number text DEFAULT NULL::text, p_since timestamp with time zone DEFAULT NULL::timestamp with time zone, p_until timestamp with time zone DEFAULT NULL::timestamp with time zone, p_limit integer DEFAULT 1000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.dlq_purge(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.dlq_retry(p_destination text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_kind text DEFAULT NULL::text, p_number text DEFAULT NULL::text, p_since timestamp with time zone DEFAULT NULL::timestamp with time zone, p_until timestamp with time zone DEFAULT NULL::timestamp with time zone, p_limit integer DEFAULT 1000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.dlq_retry(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_from(p_low jsonb, p_destination integer, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS ...

ALTER FUNCTION offhook.due_from(p_low jsonb, p_destination integer, p_now timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_gone(p_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.due_gone(p_ids bigint[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_lost(p_limit integer) RETURNS bigint
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.due_lost(p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_low(p_low jsonb, p_now timestamp with time zone, p_destinations integer[], p_reached timestamp with time zone[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS ...

ALTER FUNCTION offhook.due_low(p_low jsonb, p_now timestamp with time zone, p_destinations integer[], p_reached timestamp with time zone[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_room(p_destination integer, p_most integer, p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.due_room(p_destination integer, p_most integer, p_now timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_taken(p_destination integer, p_n integer, p_lease uuid, p_until timestamp with time zone, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.due_taken(p_destination integer, p_n integer, p_lease uuid, p_until timestamp with time zone, p_now timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.due_wait(p_destination integer, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE sql
    AS ...

ALTER FUNCTION offhook.due_wait(p_destination integer, p_now timestamp with time zone) OWNER TO offhook_owner;

CREATE TABLE offhook.event (
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seq bigint,
    error_code integer,
    bucket smallint NOT NULL,
    key uuid NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    rkind text,
    sid text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    verdict text NOT NULL,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    method text NOT NULL,
    format text NOT NULL,
    token text,
    url text,
    raw bytea,
    clock bigint,
    parent text COLLATE pg_catalog."C",
    route text
)
PARTITION BY RANGE (received_at);

ALTER TABLE offhook.event OWNER TO offhook_owner;

CREATE FUNCTION offhook.event_by_id(p_id uuid) RETURNS offhook.event
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.event_by_id(p_id uuid) OWNER TO offhook_owner;

CREATE FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.events_after(p_cursor jsonb, p_since timestamp with time zone, p_filter jsonb, p_limit integer) RETURNS SETOF offhook.task
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.events_after(p_cursor jsonb, p_since timestamp with time zone, p_filter jsonb, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.fact(p_facts jsonb, p_name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.fact(p_facts jsonb, p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.fact_boolean(p_facts jsonb, p_name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.fact_boolean(p_facts jsonb, p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.fact_decimal(p_facts jsonb, p_name text) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.fact_decimal(p_facts jsonb, p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.fact_integer(p_facts jsonb, p_name text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.fact_integer(p_facts jsonb, p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.facts_at(p_facts jsonb, p_ord bigint) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.facts_at(p_facts jsonb, p_ord bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.facts_merge(p_one jsonb, p_other jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.facts_merge(p_one jsonb, p_other jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.facts_of(p_kind text, p_rkind text, p_status text, p_params jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.facts_of(p_kind text, p_rkind text, p_status text, p_params jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_check(p_filter jsonb, p_at text DEFAULT 'filter'::text) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.filter_check(p_filter jsonb, p_at text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_check_condition(p_key text, p_condition jsonb, p_at text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.filter_check_condition(p_key text, p_condition jsonb, p_at text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_check_pattern(p_pattern jsonb, p_at text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.filter_check_pattern(p_pattern jsonb, p_at text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_check_text(p_key text, p_text text, p_at text, p_star boolean) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.filter_check_text(p_key text, p_text text, p_at text, p_star boolean) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_condition(p_condition jsonb, p_values text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_condition(p_condition jsonb, p_values text[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_match(p_filter jsonb, p_event offhook.event, p_params jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_match(p_filter jsonb, p_event offhook.event, p_params jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_match_any(p_filters jsonb, p_event offhook.event, p_params jsonb, p_all boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_match_any(p_filters jsonb, p_event offhook.event, p_params jsonb, p_all boolean) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_needs_params(p_filter jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.filter_needs_params(p_filter jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_param(p_params jsonb, p_name text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_param(p_params jsonb, p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_pattern(p_pattern text, p_values text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_pattern(p_pattern text, p_values text[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_test(p_filter jsonb, p_event uuid) RETURNS TABLE(passes boolean, failed text, condition jsonb, value text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.filter_test(p_filter jsonb, p_event uuid) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_texts(p_value jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.filter_texts(p_value jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.filter_try(p_filter jsonb, p_event offhook.event, p_params boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.filter_try(p_filter jsonb, p_event offhook.event, p_params boolean) OWNER TO offhook_owner;

CREATE FUNCTION offhook.form_ascii(p_text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.form_ascii(p_text text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.form_text(p_hex text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.form_text(p_hex text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_accident() RETURNS SETOF timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_accident() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_aside() RETURNS SETOF text
    LANGUAGE sql STABLE
    AS ...

ALTER FUNCTION offhook.house_aside() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_begins(p_name text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_begins(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_columns(p_bare text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_columns(p_bare text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_done() RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_done() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_drop() RETURNS TABLE(action text, object text, detail text, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '500ms'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_drop() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_due(p_month timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_due(p_month timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_forget() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_forget() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_history() RETURNS TABLE(name text, month timestamp with time zone, due text, rows_estimate bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_history() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_lock() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_lock() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_make(p_months_ahead integer) RETURNS TABLE(action text, object text, detail text, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_make(p_months_ahead integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_missing(p_months_ahead integer) RETURNS SETOF timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_missing(p_months_ahead integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_move(p_pages integer) RETURNS TABLE(action text, object text, detail text, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '500ms'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_move(p_pages integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_plan(p_months_ahead integer) RETURNS TABLE(action text, object text, detail text, rows_estimate bigint, bytes bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_plan(p_months_ahead integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_purge(p_table text, p_pages integer) RETURNS TABLE(action text, object text, detail text, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS ...

ALTER FUNCTION offhook.house_purge(p_table text, p_pages integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_set(p_what text, p_keep interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_set(p_what text, p_keep interval) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_status() RETURNS TABLE(kept_at timestamp with time zone, late boolean, default_since timestamp with time zone, accident boolean, aside bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_status() OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_strip(p_pages integer) RETURNS TABLE(action text, object text, detail text, rows bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '500ms'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_strip(p_pages integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_swap(p_name text, p_copy text, p_month timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.house_swap(p_name text, p_copy text, p_month timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.house_watch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.house_watch() OWNER TO offhook_owner;

CREATE FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text DEFAULT NULL::text, p_facts jsonb DEFAULT NULL::jsonb, p_ask integer DEFAULT NULL::integer, p_route text DEFAULT NULL::text, p_reason text DEFAULT NULL::text, p_session jsonb DEFAULT NULL::jsonb) RETURNS offhook.answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.ingest_guard(p_bucket smallint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.ingest_guard(p_bucket smallint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.is_between(p_xmin xid, p_max bigint, p_seen pg_snapshot, p_until pg_snapshot) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.is_between(p_xmin xid, p_max bigint, p_seen pg_snapshot, p_until pg_snapshot) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_acknowledge(p_id bigint, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_acknowledge(p_id bigint, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_acknowledge(p_type text, p_subject text, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_acknowledge(p_type text, p_subject text, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_again(p_type text, p_subject text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_again(p_type text, p_subject text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_change(p_id bigint, p_type text, p_subject text, p_state text, p_comment text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_change(p_id bigint, p_type text, p_subject text, p_state text, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_dead(p_name text, p_n integer, p_at timestamp with time zone, p_reason text) RETURNS void
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.issue_dead(p_name text, p_n integer, p_at timestamp with time zone, p_reason text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_fold(p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_fold(p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_ignore(p_id bigint, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_ignore(p_id bigint, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_ignore(p_type text, p_subject text, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_ignore(p_type text, p_subject text, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_over(p_type text, p_subject text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_over(p_type text, p_subject text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_reopen(p_id bigint, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_reopen(p_id bigint, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_reopen(p_type text, p_subject text, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_reopen(p_type text, p_subject text, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_resolve(p_id bigint, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_resolve(p_id bigint, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_resolve(p_type text, p_subject text, p_comment text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_resolve(p_type text, p_subject text, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_settle(p_pending interval) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_settle(p_pending interval) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_signatures(p_subject text, p_first timestamp with time zone, p_last timestamp with time zone, p_detail jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_signatures(p_subject text, p_first timestamp with time zone, p_last timestamp with time zone, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.issue_watch(p_type text, p_subject text, p_detail jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.issue_watch(p_type text, p_subject text, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.json_params(p_object jsonb, p_levels integer) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.json_params(p_object jsonb, p_levels integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.lane_hold(p_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.lane_hold(p_ids bigint[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.lane_lock(p_destinations integer[], p_lanes text[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.lane_lock(p_destinations integer[], p_lanes text[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.lane_next(p_ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.lane_next(p_ids bigint[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.lane_try(p_ids bigint[]) RETURNS bigint[]
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.lane_try(p_ids bigint[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.make_partitions(p_months_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '500ms'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.make_partitions(p_months_ahead integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.media_of(p_media text) RETURNS TABLE(n integer, url text, content_type text)
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.media_of(p_media text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.nearest(p_word text, p_words text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.nearest(p_word text, p_words text[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.no_way_back() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.no_way_back() OWNER TO offhook_owner;

CREATE FUNCTION offhook.notice_done(p_id integer, p_lease uuid, p_error text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    AS ...

ALTER FUNCTION offhook.notice_done(p_id integer, p_lease uuid, p_error text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.notice_items(p_channel integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.notice_items(p_channel integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.notice_take(p_limit integer) RETURNS TABLE(id integer, lease uuid, channel text, type text, target text, secret text, items text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    AS ...

ALTER FUNCTION offhook.notice_take(p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.operation_note(p_what text, p_subject text, p_detail jsonb DEFAULT NULL::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.operation_note(p_what text, p_subject text, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS ...

ALTER FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.pace_count(p_route text, p_ms integer, p_budget integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.pace_count(p_route text, p_ms integer, p_budget integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.params(p_raw bytea) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.params(p_raw bytea) OWNER TO offhook_owner;

CREATE FUNCTION offhook.pending_old(p_limit interval) RETURNS TABLE(destination text, since timestamp with time zone, detail jsonb)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS ...

ALTER FUNCTION offhook.pending_old(p_limit interval) OWNER TO offhook_owner;

CREATE FUNCTION offhook.rate_room(p_rate jsonb, p_rate_at timestamp with time zone, p_now timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS ...

ALTER FUNCTION offhook.rate_room(p_rate jsonb, p_rate_at timestamp with time zone, p_now timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.refold(p_kind text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.refold(p_kind text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_cancel(p_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.replay_cancel(p_id bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_event(p_id jsonb) RETURNS offhook.event
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.replay_event(p_id jsonb) OWNER TO offhook_owner;

CREATE TABLE offhook.replay (
    id bigint NOT NULL,
    plan jsonb NOT NULL,
    filter jsonb NOT NULL,
    destination integer NOT NULL,
    source integer NOT NULL,
    outcomes text[],
    event uuid,
    rate double precision,
    state text DEFAULT 'planned'::text NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    events bigint,
    total bigint,
    seen bigint DEFAULT 0 NOT NULL,
    made bigint DEFAULT 0 NOT NULL,
    cursor_at timestamp with time zone NOT NULL,
    cursor_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    paced_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by text DEFAULT SESSION_USER NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    changed_by text,
    CONSTRAINT replay_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'running'::text, 'done'::text, 'cancelled'::text])))
)
WITH (fillfactor='50');

ALTER TABLE offhook.replay OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_place(p_replay offhook.replay, p_ordered boolean, p_ids uuid[], p_at timestamp with time zone[]) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.replay_place(p_replay offhook.replay, p_ordered boolean, p_ids uuid[], p_at timestamp with time zone[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_plan(p_plan jsonb, p_rate double precision DEFAULT NULL::double precision) RETURNS TABLE(id bigint, events bigint, deliveries bigint, oldest_at timestamp with time zone, newest_at timestamp with time zone, seconds double precision, without_body bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.replay_plan(p_plan jsonb, p_rate double precision) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_read(p_plan jsonb) RETURNS offhook.replay
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.replay_read(p_plan jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_run(p_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.replay_run(p_id bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_step(p_id bigint, p_limit integer) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.replay_step(p_id bigint, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_time(p_key text, p_time jsonb) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS ...

ALTER FUNCTION offhook.replay_time(p_key text, p_time jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.replay_wants(p_replay offhook.replay, p_filter jsonb, p_params boolean, p_event offhook.event) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.replay_wants(p_replay offhook.replay, p_filter jsonb, p_params boolean, p_event offhook.event) OWNER TO offhook_owner;

CREATE FUNCTION offhook.reply_sql(p_route text, p_event jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.reply_sql(p_route text, p_event jsonb) OWNER TO offhook_reply;

CREATE FUNCTION offhook.route_apply(p_routes jsonb, p_comment text, p_base bigint DEFAULT NULL::bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_apply(p_routes jsonb, p_comment text, p_base bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_changed(p_comment text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_changed(p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_check(p_spec jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_check(p_spec jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_delete(p_name text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_delete(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_delete(p_kind text, p_to text) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_delete(p_kind text, p_to text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_function(p_name text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_function(p_name text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_json_fault(p_reply text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_json_fault(p_reply text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_replace(p_routes jsonb, p_positions integer[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_replace(p_routes jsonb, p_positions integer[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_rollback(p_version bigint, p_comment text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_rollback(p_version bigint, p_comment text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text, p_http integer DEFAULT 200, p_in_trouble text DEFAULT NULL::text, p_template boolean DEFAULT false) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text, p_http integer, p_in_trouble text, p_template boolean) OWNER TO offhook_owner;

CREATE FUNCTION offhook.route_xml_fault(p_twiml text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.route_xml_fault(p_twiml text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.routes() RETURNS TABLE(version bigint, specs text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.routes() OWNER TO offhook_owner;

CREATE FUNCTION offhook.session_patch(p_patch jsonb, p_account text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.session_patch(p_patch jsonb, p_account text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.spool_flush() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.spool_flush() OWNER TO offhook_owner;

CREATE FUNCTION offhook.spool_ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) RETURNS offhook.answer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.spool_ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.spool_issue(p_type text, p_subject text, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '2000ms'
    AS ...

ALTER FUNCTION offhook.spool_issue(p_type text, p_subject text, p_detail jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.state(p_account text, p_kind text, p_from text, p_to text, p_rkind text, p_sid text, p_thread text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS ...

ALTER FUNCTION offhook.state(p_account text, p_kind text, p_from text, p_to text, p_rkind text, p_sid text, p_thread text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.stream_params(p_event jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.stream_params(p_event jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.task_count(p_n bigint, p_info jsonb, p_more bigint) RETURNS offhook.task
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.task_count(p_n bigint, p_info jsonb, p_more bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.thread(p_one text, p_other text, p_before timestamp with time zone DEFAULT NULL::timestamp with time zone, p_limit integer DEFAULT 50, p_before_sid text DEFAULT NULL::text) RETURNS TABLE(sid text, kind text, direction text, "from" text, "to" text, status text, error_code integer, body text, num_media smallint, first_seen timestamp with time zone, updated_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.thread(p_one text, p_other text, p_before timestamp with time zone, p_limit integer, p_before_sid text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.timeline(p_sid text, p_limit integer DEFAULT 1000) RETURNS TABLE(n bigint, received_at timestamp with time zone, sid text, kind text, status text, verdict text, duplicates integer, http smallint, error_code integer, seq bigint, id uuid)
    LANGUAGE plpgsql STABLE
    AS ...

ALTER FUNCTION offhook.timeline(p_sid text, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.todo_next(p_limit integer) RETURNS TABLE(at tid, bucket smallint, event_id uuid, event_at timestamp with time zone, xid xid8)
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.todo_next(p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.todo_seen(p_seen pg_snapshot) RETURNS pg_snapshot
    LANGUAGE plpgsql
    AS ...

ALTER FUNCTION offhook.todo_seen(p_seen pg_snapshot) OWNER TO offhook_owner;

CREATE FUNCTION offhook.transform_check(p_function text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.transform_check(p_function text) OWNER TO offhook_owner;

CREATE FUNCTION offhook.transform_function(p_destination integer) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.transform_function(p_destination integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.transform_sql(p_destination integer, p_event jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.transform_sql(p_destination integer, p_event jsonb) OWNER TO offhook_reply;

CREATE FUNCTION offhook.undecided(p_minutes integer, p_within interval DEFAULT '3 days'::interval) RETURNS TABLE(kind text, sid text, status text, minutes integer, error_code integer, first_seen timestamp with time zone, updated_at timestamp with time zone, "from" text, "to" text, account text, parent text)
    LANGUAGE plpgsql STABLE
    SET enable_seqscan TO 'off'
    AS ...

ALTER FUNCTION offhook.undecided(p_minutes integer, p_within interval) OWNER TO offhook_owner;

CREATE FUNCTION offhook.utf8_text(p_bytes bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.utf8_text(p_bytes bytea) OWNER TO offhook_owner;

CREATE FUNCTION offhook.uuid_at(p_id uuid, p_at timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.uuid_at(p_id uuid, p_at timestamp with time zone) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_beat(p_worker uuid, p_host text, p_pid integer, p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer) RETURNS SETOF bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.worker_beat(p_worker uuid, p_host text, p_pid integer, p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_destinations(p_version bigint) RETURNS TABLE(version bigint, destinations text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.worker_destinations(p_version bigint) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_due() RETURNS TABLE(todo boolean, due boolean, leased boolean, next_at timestamp with time zone, oldest_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET jit TO 'off'
    AS ...

ALTER FUNCTION offhook.worker_due() OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_finish(p_worker uuid, p_results jsonb) RETURNS TABLE(id bigint, verdict text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.worker_finish(p_worker uuid, p_results jsonb) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_gone(p_worker uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    AS ...

ALTER FUNCTION offhook.worker_gone(p_worker uuid) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_replay(p_worker uuid, p_limit integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    AS ...

ALTER FUNCTION offhook.worker_replay(p_worker uuid, p_limit integer) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_route(p_worker uuid, p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[]) RETURNS SETOF offhook.task
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.worker_route(p_worker uuid, p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[]) OWNER TO offhook_owner;

CREATE FUNCTION offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb) RETURNS SETOF offhook.task
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'offhook', 'pg_temp'
    SET lock_timeout TO '5000ms'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET jit TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS ...

ALTER FUNCTION offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb) OWNER TO offhook_owner;

CREATE AGGREGATE offhook.facts_max(jsonb) (
    SFUNC = offhook.facts_merge,
    STYPE = jsonb,
    COMBINEFUNC = offhook.facts_merge,
    PARALLEL = safe
);

ALTER AGGREGATE offhook.facts_max(jsonb) OWNER TO offhook_owner;

CREATE TABLE offhook.resource (
    sid text NOT NULL COLLATE pg_catalog."C",
    bucket smallint NOT NULL,
    kind text NOT NULL,
    account text NOT NULL,
    ord bigint NOT NULL,
    unknown_status text COLLATE pg_catalog."C",
    err_ord bigint,
    error_code integer,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    first_seen timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    parent text COLLATE pg_catalog."C",
    num_media smallint,
    consent text COLLATE pg_catalog."C",
    asked boolean,
    facts jsonb
)
WITH (fillfactor='70');

ALTER TABLE offhook.resource OWNER TO offhook_owner;

CREATE TABLE offhook.status (
    kind text NOT NULL,
    code smallint NOT NULL,
    rank smallint,
    name text NOT NULL,
    terminal boolean NOT NULL,
    source text NOT NULL,
    base bigint GENERATED ALWAYS AS ((((COALESCE((rank)::integer, 0))::bigint << 40) | (code)::bigint)) STORED NOT NULL,
    label text NOT NULL,
    CONSTRAINT status_code_check CHECK (((code >= 1) AND (code <= 255))),
    CONSTRAINT status_rank_check CHECK (((rank >= 0) AND (rank <= 255)))
);

ALTER TABLE offhook.status OWNER TO offhook_owner;

CREATE VIEW offhook.resource_now AS
 SELECT r.sid,
    r.kind,
    COALESCE(s.label, r.unknown_status) AS status,
    COALESCE(s.terminal, false) AS terminal,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_,
    r.to_,
    r.account,
    r.parent,
    r.num_media,
    r.consent,
    r.facts,
    s.name AS told
   FROM (offhook.resource r
     LEFT JOIN offhook.status s ON (((s.kind = r.kind) AND (s.code = (r.ord & (255)::bigint)))));

ALTER TABLE offhook.resource_now OWNER TO offhook_owner;

CREATE VIEW offhook.alerts AS
 SELECT r.sid,
    r.status AS level,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.parent AS resource_sid,
    offhook.fact(r.facts, 'message'::text) AS message,
    offhook.fact(r.facts, 'url'::text) AS url,
    offhook.fact_integer(r.facts, 'http_status'::text) AS http_status,
    offhook.fact(r.facts, 'source_component'::text) AS source_component,
    offhook.fact(r.facts, 'service_sid'::text) AS service_sid,
    offhook.fact(r.facts, 'occurred_at'::text) AS occurred_at,
    offhook.fact(r.facts, 'webhook_type'::text) AS webhook_type
   FROM offhook.resource_now r
  WHERE (r.kind = 'alert'::text);

ALTER TABLE offhook.alerts OWNER TO offhook_owner;

CREATE VIEW offhook.alert_counts AS
 SELECT a.error_code,
    a.account,
    a.level,
    count(*) AS alerts,
    count(DISTINCT a.resource_sid) AS resources,
    min(a.first_seen) AS first_seen,
    max(a.first_seen) AS last_seen,
    (array_agg(a.sid ORDER BY a.first_seen DESC, a.sid DESC))[1] AS last_sid
   FROM offhook.alerts a
  GROUP BY a.error_code, a.account, a.level;

ALTER TABLE offhook.alert_counts OWNER TO offhook_owner;

CREATE TABLE offhook.attempt (
    delivery bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    ms integer,
    n smallint NOT NULL,
    status smallint,
    late boolean DEFAULT false NOT NULL,
    worker uuid,
    error text,
    head text
);

ALTER TABLE offhook.attempt OWNER TO offhook_owner;

CREATE TABLE offhook.delivery (
    id bigint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL,
    routed_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    due_at timestamp with time zone,
    lease uuid,
    worker uuid,
    destination integer NOT NULL,
    bucket smallint NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    lost smallint DEFAULT 0 NOT NULL,
    status smallint,
    slot boolean,
    lane text COLLATE pg_catalog."C",
    state text DEFAULT 'pending'::text NOT NULL,
    reason text,
    error text,
    trigger text DEFAULT 'initial'::text NOT NULL,
    replay bigint
);

ALTER TABLE offhook.delivery OWNER TO offhook_owner;

CREATE TABLE offhook.worker (
    id uuid NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    in_flight integer NOT NULL,
    gone_at timestamp with time zone
)
WITH (fillfactor='50');

ALTER TABLE offhook.worker OWNER TO offhook_owner;

CREATE VIEW offhook.attempts AS
 SELECT a.delivery,
    a.n,
    a.at,
    a.ms,
    a.status,
    a.error,
    a.head,
    a.late,
    d.event_id,
    n.name AS destination,
    a.worker,
    w.host,
    w.pid
   FROM (((offhook.attempt a
     JOIN offhook.delivery d ON ((d.id = a.delivery)))
     JOIN offhook.destination n ON ((n.id = d.destination)))
     LEFT JOIN offhook.worker w ON ((w.id = a.worker)));

ALTER TABLE offhook.attempts OWNER TO offhook_owner;

CREATE TABLE offhook.baton (
    name text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE offhook.baton OWNER TO offhook_owner;

CREATE TABLE offhook.calling_code (
    prefix text NOT NULL COLLATE pg_catalog."C",
    country text NOT NULL,
    CONSTRAINT calling_code_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT calling_code_prefix_check CHECK ((prefix ~ '^[1-9][0-9]{0,6}$'::text))
);

ALTER TABLE offhook.calling_code OWNER TO offhook_owner;

CREATE VIEW offhook.calls AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    r.terminal,
    r.parent AS parent_call_sid,
    offhook.fact(r.facts, 'direction'::text) AS direction,
    offhook.fact_integer(r.facts, 'duration_seconds'::text) AS duration_seconds,
    offhook.fact_integer(r.facts, 'billed_minutes'::text) AS billed_minutes,
    offhook.fact(r.facts, 'answered_by'::text) AS answered_by,
    offhook.fact_integer(r.facts, 'machine_detection_ms'::text) AS machine_detection_ms,
    COALESCE(offhook.fact(r.facts, 'from_country'::text), offhook.country(r.from_)) AS from_country,
    COALESCE(offhook.fact(r.facts, 'to_country'::text), offhook.country(r.to_)) AS to_country,
    offhook.fact_decimal(r.facts, 'price'::text) AS price,
    offhook.fact(r.facts, 'price_unit'::text) AS price_unit,
    offhook.fact_integer(r.facts, 'sip_response_code'::text) AS sip_response_code,
    offhook.fact(r.facts, 'recording_sid'::text) AS recording_sid,
    offhook.fact(r.facts, 'recording_url'::text) AS recording_url,
    offhook.fact_integer(r.facts, 'recording_seconds'::text) AS recording_seconds,
    offhook.fact(r.facts, 'dial_call_sid'::text) AS dial_call_sid,
    offhook.fact(r.facts, 'dial_call_status'::text) AS dial_call_status,
    offhook.fact_integer(r.facts, 'dial_call_seconds'::text) AS dial_call_seconds,
    offhook.fact_boolean(r.facts, 'dial_bridged'::text) AS dial_bridged,
    offhook.fact_integer(r.facts, 'dial_sip_response_code'::text) AS dial_sip_response_code,
    offhook.fact(r.facts, 'queue_sid'::text) AS queue_sid,
    offhook.fact(r.facts, 'queue_result'::text) AS queue_result,
    offhook.fact_integer(r.facts, 'queue_seconds'::text) AS queue_seconds,
    offhook.fact(r.facts, 'refer_call_status'::text) AS refer_call_status,
    offhook.fact(r.facts, 'forwarded_from'::text) AS forwarded_from,
    offhook.fact(r.facts, 'caller_name'::text) AS caller_name,
    offhook.fact(r.facts, 'stir_verstat'::text) AS stir_verstat,
    offhook.fact(r.facts, 'stir_status'::text) AS stir_status,
    offhook.fact(r.facts, 'sip_domain'::text) AS sip_domain,
    offhook.fact(r.facts, 'sip_domain_sid'::text) AS sip_domain_sid,
    offhook.fact(r.facts, 'sip_username'::text) AS sip_username,
    offhook.fact(r.facts, 'sip_call_id'::text) AS sip_call_id
   FROM offhook.resource_now r
  WHERE (r.kind = 'call'::text);

ALTER TABLE offhook.calls OWNER TO offhook_owner;

CREATE TABLE offhook.channel (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL,
    target text[] NOT NULL,
    types text[] DEFAULT '{}'::text[] NOT NULL,
    quiet interval DEFAULT '01:00:00'::interval NOT NULL,
    secret text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    due_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    lease uuid,
    items jsonb,
    tries smallint DEFAULT 0 NOT NULL,
    told_at timestamp with time zone,
    error text,
    error_at timestamp with time zone,
    CONSTRAINT channel_type_check CHECK ((type = ANY (ARRAY['mail'::text, 'webhook'::text, 'exec'::text])))
)
WITH (fillfactor='50');

ALTER TABLE offhook.channel OWNER TO offhook_owner;

CREATE SEQUENCE offhook.channel_id
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.channel_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.channel_id OWNED BY offhook.channel.id;

CREATE VIEW offhook.channels AS
 SELECT c.name,
    c.type,
    c.target,
    c.types,
    c.quiet,
    c.told_at,
    c.tries AS failures,
    c.error,
    c.error_at,
        CASE
            WHEN (c.due_at > clock_timestamp()) THEN c.due_at
            ELSE NULL::timestamp with time zone
        END AS next_at,
    c.created_at
   FROM offhook.channel c;

ALTER TABLE offhook.channels OWNER TO offhook_owner;

CREATE VIEW offhook.conferences AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    offhook.fact(r.facts, 'friendly_name'::text) AS friendly_name,
    offhook.fact(r.facts, 'ended_reason'::text) AS ended_reason,
    offhook.fact(r.facts, 'ended_by_call_sid'::text) AS ended_by_call_sid,
    offhook.fact(r.facts, 'ended_by_label'::text) AS ended_by_label,
    offhook.fact(r.facts, 'announcement_error'::text) AS announcement_error
   FROM offhook.resource_now r
  WHERE (r.kind = 'conference'::text);

ALTER TABLE offhook.conferences OWNER TO offhook_owner;

CREATE VIEW offhook.consents AS
 SELECT DISTINCT ON (c.account, c.number, c.sender) c.account,
    c.number,
    c.sender,
    c.state,
    c.since,
    c.evidence,
    c.sid
   FROM ( SELECT r.account,
            r.from_ AS number,
            COALESCE(offhook.fact(r.facts, 'messaging_service_sid'::text), r.to_) AS sender,
            r.consent AS state,
            r.first_seen AS since,
            COALESCE(offhook.fact(r.facts, 'consent_word'::text), r.consent) AS evidence,
            r.sid
           FROM offhook.resource r
          WHERE ((r.consent IS NOT NULL) AND (r.from_ !~~ '%xxxx'::text))
        UNION ALL
         SELECT r.account,
            r.to_,
            COALESCE(offhook.fact(r.facts, 'messaging_service_sid'::text), r.from_) AS "coalesce",
            'opted_out'::text AS state,
            r.first_seen,
            'error 21610'::text AS evidence,
            r.sid
           FROM offhook.resource r
          WHERE ((r.error_code = 21610) AND (r.to_ !~~ '%xxxx'::text))) c
  ORDER BY c.account, c.number, c.sender, c.since DESC, c.sid DESC;

ALTER TABLE offhook.consents OWNER TO offhook_owner;

CREATE VIEW offhook.contradictions AS
 SELECT e.rkind AS kind,
    e.sid,
    e.account,
    array_agg(DISTINCT e.status ORDER BY e.status) AS statuses,
    min(e.received_at) AS first_seen,
    max(e.received_at) AS updated_at
   FROM (offhook.event e
     JOIN offhook.status s ON (((s.kind = e.rkind) AND (s.name = e.status))))
  WHERE (s.terminal AND (s.rank IS NOT NULL) AND (e.sid IS NOT NULL))
  GROUP BY e.rkind, e.sid, e.account, s.rank
 HAVING (count(DISTINCT s.code) > 1);

ALTER TABLE offhook.contradictions OWNER TO offhook_owner;

CREATE VIEW offhook.conversation_messages AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS conversation_sid,
    r.from_ AS author,
    offhook.fact_integer(r.facts, 'message_index'::text) AS message_index,
    offhook.fact(r.facts, 'attributes'::text) AS attributes,
    offhook.fact(r.facts, 'source'::text) AS source,
    offhook.fact(r.facts, 'client_identity'::text) AS client_identity,
    offhook.fact(r.facts, 'messaging_service_sid'::text) AS messaging_service_sid,
    offhook.fact(r.facts, 'channel_message_sid'::text) AS channel_message_sid
   FROM offhook.resource_now r
  WHERE (r.kind = 'conversation_message'::text);

ALTER TABLE offhook.conversation_messages OWNER TO offhook_owner;

CREATE VIEW offhook.conversation_participants AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS conversation_sid,
    offhook.fact(r.facts, 'identity'::text) AS identity,
    r.from_ AS address,
    r.to_ AS proxy_address,
    offhook.fact(r.facts, 'role_sid'::text) AS role_sid,
    offhook.fact_integer(r.facts, 'last_read_index'::text) AS last_read_index,
    offhook.fact(r.facts, 'attributes'::text) AS attributes,
    offhook.fact(r.facts, 'source'::text) AS source,
    offhook.fact(r.facts, 'client_identity'::text) AS client_identity
   FROM offhook.resource_now r
  WHERE (r.kind = 'conversation_participant'::text);

ALTER TABLE offhook.conversation_participants OWNER TO offhook_owner;

CREATE VIEW offhook.conversation_users AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS service_sid,
    offhook.fact(r.facts, 'identity'::text) AS identity,
    offhook.fact(r.facts, 'friendly_name'::text) AS friendly_name,
    offhook.fact(r.facts, 'role_sid'::text) AS role_sid,
    offhook.fact_boolean(r.facts, 'is_online'::text) AS is_online,
    offhook.fact_boolean(r.facts, 'is_notifiable'::text) AS is_notifiable,
    offhook.fact(r.facts, 'attributes'::text) AS attributes
   FROM offhook.resource_now r
  WHERE (r.kind = 'conversation_user'::text);

ALTER TABLE offhook.conversation_users OWNER TO offhook_owner;

CREATE VIEW offhook.conversations AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS service_sid,
    offhook.fact(r.facts, 'friendly_name'::text) AS friendly_name,
    offhook.fact(r.facts, 'unique_name'::text) AS unique_name,
    offhook.fact(r.facts, 'attributes'::text) AS attributes,
    offhook.fact(r.facts, 'state_reason'::text) AS state_reason,
    offhook.fact(r.facts, 'messaging_service_sid'::text) AS messaging_service_sid,
    offhook.fact(r.facts, 'source'::text) AS source,
    offhook.fact(r.facts, 'client_identity'::text) AS client_identity
   FROM offhook.resource_now r
  WHERE (r.kind = 'conversation'::text);

ALTER TABLE offhook.conversations OWNER TO offhook_owner;

CREATE VIEW offhook.dead_letter_counts AS
 SELECT n.name AS destination,
    d.reason,
    d.state,
    count(*) AS deliveries,
    min(d.finished_at) AS oldest_at,
    max(d.finished_at) AS newest_at,
    max(d.id) AS last_id
   FROM (offhook.delivery d
     JOIN offhook.destination n ON (((n.id = d.destination) AND (n.deleted_at IS NULL))))
  WHERE (d.state = ANY (ARRAY['dead'::text, 'expired'::text]))
  GROUP BY n.name, d.reason, d.state;

ALTER TABLE offhook.dead_letter_counts OWNER TO offhook_owner;

CREATE VIEW offhook.dead_letters AS
 SELECT d.id,
    d.event_id,
    e.kind,
    e.sid,
    n.name AS destination,
    d.state,
    d.reason,
    d.attempts,
    d.status,
    d.error,
    d.routed_at,
    d.finished_at,
    d.trigger,
    d.replay,
    d.event_at,
    e.account,
    e.from_ AS "from",
    e.to_ AS "to",
    d.lane,
    COALESCE((d.due_at = 'infinity'::timestamp with time zone), false) AS holds_lane
   FROM ((offhook.delivery d
     JOIN offhook.destination n ON (((n.id = d.destination) AND (n.deleted_at IS NULL))))
     LEFT JOIN offhook.event e ON (((e.received_at = d.event_at) AND (e.id = d.event_id))))
  WHERE (d.state = ANY (ARRAY['dead'::text, 'expired'::text]));

ALTER TABLE offhook.dead_letters OWNER TO offhook_owner;

CREATE VIEW offhook.deliveries AS
 SELECT d.id,
    d.event_id,
    e.kind,
    e.sid,
    n.name AS destination,
        CASE
            WHEN (d.state <> 'pending'::text) THEN d.state
            WHEN (d.due_at = 'infinity'::timestamp with time zone) THEN 'waiting'::text
            WHEN ((d.lease IS NOT NULL) AND (d.due_at > statement_timestamp())) THEN 'sending'::text
            ELSE 'pending'::text
        END AS state,
    d.reason,
    d.tries,
    d.attempts,
        CASE
            WHEN ((d.state = 'pending'::text) AND (d.lease IS NULL) AND (d.due_at < 'infinity'::timestamp with time zone)) THEN d.due_at
            ELSE NULL::timestamp with time zone
        END AS next_at,
    d.status,
    d.error,
    d.routed_at,
    d.finished_at,
    d.trigger,
    d.replay,
    d.event_at,
    e.account,
    e.status AS event_status,
    e.from_ AS "from",
    e.to_ AS "to",
    d.lane,
    d.worker,
    d.state AS outcome,
    ((d.due_at = 'infinity'::timestamp with time zone) AND (d.state <> 'pending'::text)) AS holds_lane,
    ((('dlv_'::text || d.event_id) || '_'::text) || d.id) AS wire_id,
    d.destination AS destination_id,
    (d.due_at IS NOT NULL) AS open
   FROM ((offhook.delivery d
     JOIN offhook.destination n ON ((n.id = d.destination)))
     LEFT JOIN offhook.event e ON (((e.received_at = d.event_at) AND (e.id = d.event_id))));

ALTER TABLE offhook.deliveries OWNER TO offhook_owner;

CREATE SEQUENCE offhook.delivery_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.delivery_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.delivery_id OWNED BY offhook.delivery.id;

CREATE VIEW offhook.delivery_receipts AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS message_sid,
    offhook.fact(r.facts, 'channel_message_sid'::text) AS channel_message_sid
   FROM offhook.resource_now r
  WHERE (r.kind = 'delivery_receipt'::text);

ALTER TABLE offhook.delivery_receipts OWNER TO offhook_owner;

CREATE SEQUENCE offhook.destination_id
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.destination_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.destination_id OWNED BY offhook.destination.id;

CREATE TABLE offhook.destination_secret (
    destination integer NOT NULL,
    secrets text[] NOT NULL,
    old_until timestamp with time zone
);

ALTER TABLE offhook.destination_secret OWNER TO offhook_owner;

CREATE SEQUENCE offhook.destination_state_n
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.destination_state_n OWNER TO offhook_owner;

ALTER SEQUENCE offhook.destination_state_n OWNED BY offhook.destination_state.n;

CREATE TABLE offhook.destination_version (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT destination_version_one_check CHECK (one)
);

ALTER TABLE offhook.destination_version OWNER TO offhook_owner;

CREATE TABLE offhook.filtered (
    destination integer NOT NULL,
    reason text NOT NULL,
    id bigint NOT NULL,
    n bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE offhook.filtered OWNER TO offhook_owner;

CREATE VIEW offhook.destinations AS
 SELECT d.id,
    d.name,
        CASE
            WHEN (d.spec ? 'exec'::text) THEN 'exec'::text
            ELSE 'http'::text
        END AS type,
    COALESCE((d.spec ->> 'url'::text), ( SELECT string_agg(t.a, ' '::text ORDER BY t.n) AS string_agg
           FROM jsonb_array_elements_text((d.spec -> 'exec'::text)) WITH ORDINALITY t(a, n))) AS target,
    d.paused,
    d.paused_at,
    COALESCE(s.breaker, 'closed'::text) AS breaker,
    COALESCE(s.failures, 0) AS failures,
    s.open_until,
    ( SELECT count(*) AS count
           FROM offhook.delivery y
          WHERE ((y.destination = d.id) AND (y.due_at IS NOT NULL) AND (y.state = 'pending'::text))) AS pending,
    ( SELECT min(y.routed_at) AS min
           FROM offhook.delivery y
          WHERE ((y.destination = d.id) AND (y.due_at IS NOT NULL) AND (y.state = 'pending'::text))) AS oldest_pending_at,
    COALESCE(c.delivered, (0)::bigint) AS delivered,
    ( SELECT count(*) AS count
           FROM offhook.delivery y
          WHERE ((y.destination = d.id) AND (y.state = ANY (ARRAY['dead'::text, 'expired'::text])) AND (y.state = 'dead'::text))) AS dead,
    ( SELECT count(*) AS count
           FROM offhook.delivery y
          WHERE ((y.destination = d.id) AND (y.state = ANY (ARRAY['dead'::text, 'expired'::text])) AND (y.state = 'expired'::text))) AS expired,
    COALESCE(c.cancelled, (0)::bigint) AS cancelled,
    ( SELECT (COALESCE(sum(f.n), (0)::numeric))::bigint AS "coalesce"
           FROM offhook.filtered f
          WHERE (f.destination = d.id)) AS filtered,
    s.last_success_at,
    s.last_failure_at,
    d.created_at,
    d.changed_at,
    d.changed_by,
    cardinality(k.secrets) AS secrets,
    k.old_until AS old_secret_until,
        CASE
            WHEN (d.spec ? 'headers'::text) THEN jsonb_set(d.spec, '{headers}'::text[], ( SELECT COALESCE(jsonb_object_agg(h.key, '***'), '{}'::jsonb) AS "coalesce"
               FROM jsonb_each((d.spec -> 'headers'::text)) h(key, value)))
            ELSE d.spec
        END AS spec
   FROM (((offhook.destination d
     LEFT JOIN offhook.destination_secret k ON ((k.destination = d.id)))
     LEFT JOIN ( SELECT y.destination,
            count(*) FILTER (WHERE (y.state = 'delivered'::text)) AS delivered,
            count(*) FILTER (WHERE (y.state = 'cancelled'::text)) AS cancelled
           FROM offhook.delivery y
          GROUP BY y.destination) c ON ((c.destination = d.id)))
     LEFT JOIN LATERAL ( SELECT x.destination,
            x.n,
            x.breaker,
            x.failures,
            x.opened_at,
            x.open_until,
            x.cool_ms,
            x.probe,
            x.probe_until,
            x.rate_at,
            x.last_success_at,
            x.last_failure_at
           FROM offhook.destination_state x
          WHERE (x.destination = d.id)
          ORDER BY x.n DESC
         LIMIT 1) s ON (true))
  WHERE (d.deleted_at IS NULL);

ALTER TABLE offhook.destinations OWNER TO offhook_owner;

CREATE TABLE offhook.event_default (
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    seq bigint,
    error_code integer,
    bucket smallint NOT NULL,
    key uuid NOT NULL,
    account text NOT NULL,
    kind text NOT NULL,
    rkind text,
    sid text COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    verdict text NOT NULL,
    from_ text COLLATE pg_catalog."C",
    to_ text COLLATE pg_catalog."C",
    method text NOT NULL,
    format text NOT NULL,
    token text,
    url text,
    raw bytea,
    clock bigint,
    parent text COLLATE pg_catalog."C",
    route text
);

ALTER TABLE offhook.event_default OWNER TO offhook_owner;

CREATE TABLE offhook.once (
    key uuid NOT NULL,
    bucket smallint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL,
    dups integer DEFAULT 0 NOT NULL,
    http smallint,
    ctype text,
    reply bytea,
    lease timestamp with time zone,
    reason text
)
WITH (fillfactor='90');

ALTER TABLE offhook.once OWNER TO offhook_owner;

CREATE TABLE offhook.past_reply (
    event_id uuid NOT NULL,
    bucket smallint NOT NULL,
    event_at timestamp with time zone NOT NULL,
    dups integer NOT NULL,
    http smallint,
    ctype text,
    reply bytea,
    reason text
);

ALTER TABLE offhook.past_reply OWNER TO offhook_owner;

CREATE VIEW offhook.events AS
 SELECT e.id,
    e.kind,
    e.sid,
    e.status,
    e.received_at,
    offhook.event_params(e.raw, e.format, e.method, e.url) AS params,
    offhook.utf8_text(COALESCE(o.reply, p.reply)) AS reply,
    COALESCE(o.http, p.http) AS http,
    e.verdict,
    e.account,
    e.from_ AS "from",
    e.to_ AS "to",
    e.method,
    e.url,
    e.format,
    e.raw,
    COALESCE(o.dups, p.dups) AS duplicates,
    COALESCE(o.ctype, p.ctype) AS ctype,
    e.seq,
    e.error_code,
    e.token,
    e.key,
    e.route,
    COALESCE(o.reason, p.reason) AS reason
   FROM ((offhook.event e
     LEFT JOIN offhook.once o ON (((o.key = e.key) AND (o.bucket = e.bucket) AND (o.event_id = e.id))))
     LEFT JOIN offhook.past_reply p ON (((p.event_id = e.id) AND (p.bucket = e.bucket))));

ALTER TABLE offhook.events OWNER TO offhook_owner;

CREATE VIEW offhook.failures AS
 SELECT r.kind,
    r.sid,
    r.status,
    r.error_code,
        CASE
            WHEN r.inbound THEN r.from_
            ELSE r.to_
        END AS number,
        CASE
            WHEN r.inbound THEN COALESCE(offhook.fact(r.facts, 'from_country'::text), offhook.country(r.from_))
            ELSE COALESCE(offhook.fact(r.facts, 'to_country'::text), offhook.country(r.to_))
        END AS country,
    date_trunc('hour'::text, r.first_seen, 'UTC'::text) AS hour,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    r.parent,
    offhook.fact(r.facts, 'error_message'::text) AS error_message
   FROM ( SELECT n.sid,
            n.kind,
            n.status,
            n.terminal,
            n.error_code,
            n.first_seen,
            n.updated_at,
            n.from_,
            n.to_,
            n.account,
            n.parent,
            n.num_media,
            n.consent,
            n.facts,
            n.told,
            COALESCE(((n.status = ANY (ARRAY['received'::text, 'receiving'::text])) OR (offhook.fact(n.facts, 'direction'::text) = 'inbound'::text)), false) AS inbound
           FROM offhook.resource_now n) r
  WHERE (r.error_code IS NOT NULL);

ALTER TABLE offhook.failures OWNER TO offhook_owner;

CREATE TABLE offhook.field (
    topic text NOT NULL COLLATE pg_catalog."C",
    "position" smallint NOT NULL,
    param text NOT NULL COLLATE pg_catalog."C",
    place text NOT NULL,
    fact text,
    class text,
    type text,
    meaning text NOT NULL,
    CONSTRAINT field_class_check CHECK ((class = ANY (ARRAY['constant'::text, 'latest'::text]))),
    CONSTRAINT field_type_check CHECK ((type = ANY (ARRAY['text'::text, 'integer'::text, 'decimal'::text, 'boolean'::text])))
);

ALTER TABLE offhook.field OWNER TO offhook_owner;

CREATE VIEW offhook.filtered_counts AS
 SELECT n.name AS destination,
    f.reason,
    (sum(f.n))::bigint AS events,
    max(f.at) AS last_at
   FROM (offhook.filtered f
     JOIN offhook.destination n ON (((n.id = f.destination) AND (n.deleted_at IS NULL))))
  GROUP BY n.name, f.reason;

ALTER TABLE offhook.filtered_counts OWNER TO offhook_owner;

CREATE SEQUENCE offhook.filtered_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.filtered_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.filtered_id OWNED BY offhook.filtered.id;

CREATE VIEW offhook.history AS
 SELECT e.sid,
    row_number() OVER (PARTITION BY e.sid ORDER BY e.received_at, e.id) AS n,
    e.received_at,
    e.kind,
    e.status,
    e.verdict,
    e.error_code,
    e.seq,
    e.clock,
    e.from_ AS "from",
    e.to_ AS "to",
    e.account,
    e.id
   FROM offhook.event e
  WHERE (e.sid IS NOT NULL);

ALTER TABLE offhook.history OWNER TO offhook_owner;

CREATE TABLE offhook.house_state (
    name text NOT NULL COLLATE pg_catalog."C",
    page bigint DEFAULT 0 NOT NULL,
    late boolean DEFAULT false NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE offhook.house_state OWNER TO offhook_owner;

CREATE TABLE offhook.issue (
    id bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    state text DEFAULT 'open'::text NOT NULL,
    count bigint DEFAULT 1 NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    detail jsonb,
    opened_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text,
    resolved_at timestamp with time zone,
    resolved_by text,
    comment text,
    reopened integer DEFAULT 0 NOT NULL,
    CONSTRAINT issue_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'resolved'::text, 'ignored'::text])))
)
WITH (fillfactor='70');

ALTER TABLE offhook.issue OWNER TO offhook_owner;

CREATE SEQUENCE offhook.issue_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.issue_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.issue_id OWNED BY offhook.issue.id;

CREATE TABLE offhook.issue_more (
    type text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE offhook.issue_more OWNER TO offhook_owner;

CREATE TABLE offhook.told (
    channel integer NOT NULL,
    issue bigint NOT NULL,
    opening integer NOT NULL,
    count bigint NOT NULL,
    at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE offhook.told OWNER TO offhook_owner;

CREATE VIEW offhook.issues AS
 SELECT i.id,
    i.type,
    i.subject,
    i.state,
    (i.count + ( SELECT count(*) AS count
           FROM offhook.issue_more m
          WHERE ((m.type = i.type) AND (m.subject = i.subject)))) AS count,
    i.first_seen,
    i.last_seen,
    i.detail,
    COALESCE(i.opened_at, i.first_seen) AS opened_at,
    i.acknowledged_at,
    i.acknowledged_by,
    i.resolved_at,
    i.resolved_by,
    i.comment,
    i.reopened,
    ( SELECT max(t.at) AS max
           FROM offhook.told t
          WHERE (t.issue = i.id)) AS told_at
   FROM offhook.issue i;

ALTER TABLE offhook.issues OWNER TO offhook_owner;

CREATE TABLE offhook.kind (
    kind text NOT NULL,
    notice boolean NOT NULL,
    reply text DEFAULT 'none'::text NOT NULL,
    resource text,
    sid text,
    parent text,
    status text,
    clock text,
    ordered text DEFAULT 'none'::text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    source text DEFAULT ''::text NOT NULL
);

ALTER TABLE offhook.kind OWNER TO offhook_owner;

CREATE TABLE offhook.late (
    bucket smallint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL
);

ALTER TABLE offhook.late OWNER TO offhook_owner;

CREATE VIEW offhook.media AS
 SELECT r.kind,
    r.sid,
    m.n,
    m.url,
    m.content_type,
    r.first_seen,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account
   FROM (offhook.resource_now r
     CROSS JOIN LATERAL offhook.media_of(offhook.fact(r.facts, 'media'::text)) m(n, url, content_type))
  WHERE (r.num_media > 0);

ALTER TABLE offhook.media OWNER TO offhook_owner;

CREATE VIEW offhook.media_streams AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS call_sid,
    offhook.fact(r.facts, 'stream_name'::text) AS stream_name,
    offhook.fact(r.facts, 'stream_error'::text) AS stream_error
   FROM offhook.resource_now r
  WHERE (r.kind = 'media_stream'::text);

ALTER TABLE offhook.media_streams OWNER TO offhook_owner;

CREATE VIEW offhook.messages AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    r.terminal,
        CASE
            WHEN (r.status = ANY (ARRAY['received'::text, 'receiving'::text])) THEN 'inbound'::text
            ELSE 'outbound'::text
        END AS direction,
    r.num_media,
    offhook.fact_integer(r.facts, 'num_segments'::text) AS num_segments,
    offhook.fact(r.facts, 'messaging_service_sid'::text) AS messaging_service_sid,
    COALESCE(offhook.fact(r.facts, 'from_country'::text), offhook.country(r.from_)) AS from_country,
    COALESCE(offhook.fact(r.facts, 'to_country'::text), offhook.country(r.to_)) AS to_country,
    offhook.fact(r.facts, 'error_message'::text) AS error_message,
    offhook.fact_decimal(r.facts, 'price'::text) AS price,
    offhook.fact(r.facts, 'price_unit'::text) AS price_unit,
    r.consent,
    offhook.fact(r.facts, 'consent_word'::text) AS consent_word,
    offhook.fact(r.facts, 'message_type'::text) AS message_type,
    offhook.fact(r.facts, 'channel_prefix'::text) AS channel_prefix,
    offhook.fact(r.facts, 'channel_status_message'::text) AS channel_status_message,
    offhook.fact(r.facts, 'profile_name'::text) AS profile_name,
    offhook.fact(r.facts, 'wa_id'::text) AS wa_id,
    offhook.fact(r.facts, 'button_text'::text) AS button_text,
    offhook.fact(r.facts, 'button_payload'::text) AS button_payload,
    offhook.fact(r.facts, 'button_type'::text) AS button_type,
    offhook.fact(r.facts, 'replied_message_sid'::text) AS replied_message_sid,
    offhook.fact(r.facts, 'referral_source_id'::text) AS referral_source_id,
    offhook.fact_decimal(r.facts, 'latitude'::text) AS latitude,
    offhook.fact_decimal(r.facts, 'longitude'::text) AS longitude
   FROM offhook.resource_now r
  WHERE (r.kind = 'message'::text);

ALTER TABLE offhook.messages OWNER TO offhook_owner;

CREATE TABLE offhook.operation (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    by_ text DEFAULT SESSION_USER NOT NULL,
    what text NOT NULL,
    subject text NOT NULL,
    detail jsonb
);

ALTER TABLE offhook.operation OWNER TO offhook_owner;

CREATE SEQUENCE offhook.operation_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.operation_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.operation_id OWNED BY offhook.operation.id;

CREATE VIEW offhook.operations AS
 SELECT o.id,
    o.at,
    o.by_ AS by,
    o.what,
    o.subject,
    o.detail
   FROM offhook.operation o;

ALTER TABLE offhook.operations OWNER TO offhook_owner;

CREATE VIEW offhook.participants AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent AS conference_sid,
    NULLIF(split_part(r.sid, '/'::text, 2), ''::text) AS call_sid,
    r.told,
    offhook.fact(r.facts, 'label'::text) AS label,
    offhook.fact_boolean(r.facts, 'muted'::text) AS muted,
    offhook.fact_boolean(r.facts, 'hold'::text) AS hold,
    offhook.fact_boolean(r.facts, 'coaching'::text) AS coaching,
    offhook.fact(r.facts, 'coached_call_sid'::text) AS coached_call_sid,
    offhook.fact_boolean(r.facts, 'start_on_enter'::text) AS start_on_enter,
    offhook.fact_boolean(r.facts, 'end_on_exit'::text) AS end_on_exit,
    offhook.fact(r.facts, 'call_status'::text) AS call_status,
    offhook.fact(r.facts, 'left_reason'::text) AS left_reason,
    offhook.fact(r.facts, 'friendly_name'::text) AS friendly_name
   FROM offhook.resource_now r
  WHERE (r.kind = 'participant'::text);

ALTER TABLE offhook.participants OWNER TO offhook_owner;

CREATE VIEW offhook.recordings AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.account,
    r.terminal,
    r.parent,
        CASE
            WHEN (r.parent ~~ 'CA%'::text) THEN r.parent
            ELSE NULL::text
        END AS call_sid,
    COALESCE(offhook.fact(r.facts, 'conference_sid'::text),
        CASE
            WHEN (r.parent ~~ 'CF%'::text) THEN r.parent
            ELSE NULL::text
        END) AS conference_sid,
    offhook.fact(r.facts, 'url'::text) AS url,
    offhook.fact_integer(r.facts, 'duration_seconds'::text) AS duration_seconds,
    offhook.fact_integer(r.facts, 'channels'::text) AS channels,
    offhook.fact(r.facts, 'source'::text) AS source,
    offhook.fact(r.facts, 'track'::text) AS track,
    offhook.fact(r.facts, 'start_time'::text) AS start_time
   FROM offhook.resource_now r
  WHERE (r.kind = 'recording'::text);

ALTER TABLE offhook.recordings OWNER TO offhook_owner;

CREATE SEQUENCE offhook.replay_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.replay_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.replay_id OWNED BY offhook.replay.id;

CREATE VIEW offhook.replays AS
 SELECT r.id,
    r.state,
    n.name AS destination,
    s.name AS source,
    r.plan,
    r.rate,
    r.since,
    r.until,
    r.events,
    r.total,
    r.seen,
    r.made,
    c.pending,
    c.delivered,
    c.dead,
    c.expired,
    c.cancelled,
    NULLIF(r.cursor_at, '-infinity'::timestamp with time zone) AS cursor_at,
        CASE
            WHEN ((r.state = 'running'::text) AND (r.rate > (0)::double precision)) THEN ((GREATEST((r.total - r.made), (0)::bigint))::double precision / r.rate)
            ELSE NULL::double precision
        END AS seconds_left,
    r.created_at,
    r.created_by,
    r.started_at,
    r.finished_at,
    r.changed_by
   FROM (((offhook.replay r
     JOIN offhook.destination n ON ((n.id = r.destination)))
     JOIN offhook.destination s ON ((s.id = r.source)))
     CROSS JOIN LATERAL ( SELECT count(*) FILTER (WHERE (d.state = 'pending'::text)) AS pending,
            count(*) FILTER (WHERE (d.state = 'delivered'::text)) AS delivered,
            count(*) FILTER (WHERE (d.state = 'dead'::text)) AS dead,
            count(*) FILTER (WHERE (d.state = 'expired'::text)) AS expired,
            count(*) FILTER (WHERE (d.state = 'cancelled'::text)) AS cancelled
           FROM offhook.delivery d
          WHERE (d.replay = r.id)) c);

ALTER TABLE offhook.replays OWNER TO offhook_owner;

CREATE VIEW offhook.resources AS
 SELECT r.kind,
    r.sid,
    r.status,
    r.terminal,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    r.parent,
    r.num_media,
    ( SELECT jsonb_object_agg(f.key, (f.value ->> 1)) AS jsonb_object_agg
           FROM jsonb_each(r.facts) f(key, value)) AS facts
   FROM offhook.resource_now r;

ALTER TABLE offhook.resources OWNER TO offhook_owner;

CREATE TABLE offhook.retention (
    what text NOT NULL COLLATE pg_catalog."C",
    keep interval NOT NULL,
    "least" interval NOT NULL,
    CONSTRAINT retention_check CHECK (((keep >= "least") AND (keep <= '100 years'::interval)))
);

ALTER TABLE offhook.retention OWNER TO offhook_owner;

CREATE TABLE offhook.route (
    name text NOT NULL COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    spec jsonb NOT NULL,
    set_at timestamp with time zone NOT NULL,
    set_by text NOT NULL
);

ALTER TABLE offhook.route OWNER TO offhook_owner;

CREATE TABLE offhook.route_change (
    version bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by text NOT NULL,
    comment text,
    routes jsonb NOT NULL,
    positions integer[] NOT NULL
);

ALTER TABLE offhook.route_change OWNER TO offhook_owner;

CREATE TABLE offhook.route_pace (
    name text NOT NULL COLLATE pg_catalog."C",
    began timestamp with time zone NOT NULL,
    n integer NOT NULL,
    slow integer NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE offhook.route_pace OWNER TO offhook_owner;

CREATE TABLE offhook.route_version (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT route_version_one_check CHECK (one)
);

ALTER TABLE offhook.route_version OWNER TO offhook_owner;

CREATE VIEW offhook.routes AS
 SELECT r.name,
    r."position",
        CASE jsonb_typeof((r.spec -> 'kind'::text))
            WHEN 'string'::text THEN (r.spec ->> 'kind'::text)
            WHEN 'array'::text THEN ( SELECT string_agg(k.value, ', '::text) AS string_agg
               FROM jsonb_array_elements_text((r.spec -> 'kind'::text)) k(value))
            ELSE '*'::text
        END AS kind,
        CASE jsonb_typeof((r.spec -> 'to'::text))
            WHEN 'string'::text THEN (r.spec ->> 'to'::text)
            WHEN 'array'::text THEN ( SELECT string_agg(t.value, ', '::text) AS string_agg
               FROM jsonb_array_elements_text((r.spec -> 'to'::text)) t(value))
            ELSE '*'::text
        END AS "to",
    ( SELECT k.k
           FROM unnest(ARRAY['twiml'::text, 'template'::text, 'json'::text, 'reject'::text, 'sql'::text, 'app'::text, 'redirect'::text]) k(k)
          WHERE (r.spec ? k.k)) AS reply,
    r.set_at,
    r.set_by,
    r.spec
   FROM offhook.route r
  ORDER BY r."position", r.name;

ALTER TABLE offhook.routes OWNER TO offhook_owner;

CREATE VIEW offhook.routes_list AS
 SELECT r.kind,
    r."to",
    COALESCE((r.spec ->> 'twiml'::text), (r.spec ->> 'json'::text), ''::text) AS twiml,
    r.set_at,
    ( SELECT v.version
           FROM offhook.route_version v) AS version,
    COALESCE(((r.spec ->> 'reject'::text))::smallint, (200)::smallint) AS http,
    (r.spec ->> 'in_trouble'::text) AS in_trouble
   FROM offhook.routes r
  WHERE (r.reply = ANY (ARRAY['twiml'::text, 'json'::text, 'reject'::text]));

ALTER TABLE offhook.routes_list OWNER TO offhook_owner;

CREATE TABLE offhook.schema_install (
    one boolean DEFAULT true NOT NULL,
    mode text NOT NULL,
    sha256 text,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT schema_install_mode_check CHECK ((mode = ANY (ARRAY['roles'::text, 'one-role'::text]))),
    CONSTRAINT schema_install_one_check CHECK (one)
);

ALTER TABLE offhook.schema_install OWNER TO offhook_owner;

CREATE TABLE offhook.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT schema_migration_version_check CHECK ((version > 0))
);

ALTER TABLE offhook.schema_migration OWNER TO offhook_owner;

CREATE TABLE offhook.session (
    thread text NOT NULL COLLATE pg_catalog."C",
    bucket smallint NOT NULL,
    account text NOT NULL,
    vars jsonb NOT NULL,
    revision bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE offhook.session OWNER TO offhook_owner;

CREATE VIEW offhook.sessions AS
 SELECT s.thread,
    s.account,
    s.vars,
    s.revision,
    s.started_at,
    s.updated_at,
    s.expires_at
   FROM offhook.session s
  WHERE (s.expires_at > clock_timestamp());

ALTER TABLE offhook.sessions OWNER TO offhook_owner;

CREATE TABLE offhook.todo (
    bucket smallint NOT NULL,
    event_id uuid NOT NULL,
    event_at timestamp with time zone NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL
);

ALTER TABLE offhook.todo OWNER TO offhook_owner;

CREATE TABLE offhook.todo_cursor (
    id bigint NOT NULL,
    done pg_snapshot,
    pass pg_snapshot,
    xid xid8,
    full_at timestamp with time zone
);

ALTER TABLE offhook.todo_cursor OWNER TO offhook_owner;

CREATE SEQUENCE offhook.todo_cursor_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE offhook.todo_cursor_id OWNER TO offhook_owner;

ALTER SEQUENCE offhook.todo_cursor_id OWNED BY offhook.todo_cursor.id;

CREATE VIEW offhook.transcriptions AS
 SELECT r.sid,
    r.status,
    r.error_code,
    r.first_seen,
    r.updated_at,
    r.from_ AS "from",
    r.to_ AS "to",
    r.account,
    r.terminal,
    r.parent,
        CASE
            WHEN (r.parent ~~ 'RE%'::text) THEN r.parent
            ELSE NULL::text
        END AS recording_sid,
    COALESCE(offhook.fact(r.facts, 'call_sid'::text),
        CASE
            WHEN (r.parent ~~ 'CA%'::text) THEN r.parent
            ELSE NULL::text
        END) AS call_sid,
    offhook.fact(r.facts, 'recording_url'::text) AS recording_url,
    offhook.fact(r.facts, 'url'::text) AS url,
    offhook.fact(r.facts, 'engine'::text) AS engine,
    offhook.fact(r.facts, 'language'::text) AS language,
    offhook.fact(r.facts, 'error_message'::text) AS error_message,
    offhook.fact(r.facts, 'track'::text) AS track
   FROM offhook.resource_now r
  WHERE (r.kind = 'transcription'::text);

ALTER TABLE offhook.transcriptions OWNER TO offhook_owner;

CREATE VIEW offhook.undecided AS
 SELECT undecided.kind,
    undecided.sid,
    undecided.status,
    undecided.minutes,
    undecided.error_code,
    undecided.first_seen,
    undecided.updated_at,
    undecided."from",
    undecided."to",
    undecided.account,
    undecided.parent
   FROM offhook.undecided(60) undecided(kind, sid, status, minutes, error_code, first_seen, updated_at, "from", "to", account, parent);

ALTER TABLE offhook.undecided OWNER TO offhook_owner;

CREATE VIEW offhook.workers AS
 SELECT w.id,
    w.host,
    w.pid,
    w.version,
    w.started_at,
    w.seen_at,
    w.in_flight,
    (w.seen_at > (statement_timestamp() - '00:00:30'::interval)) AS alive
   FROM offhook.worker w
  WHERE (w.gone_at IS NULL);

ALTER TABLE offhook.workers OWNER TO offhook_owner;

ALTER TABLE ONLY offhook.event ATTACH PARTITION offhook.event_default DEFAULT;

ALTER TABLE ONLY offhook.channel ALTER COLUMN id SET DEFAULT nextval('offhook.channel_id'::regclass);

ALTER TABLE ONLY offhook.delivery ALTER COLUMN id SET DEFAULT nextval('offhook.delivery_id'::regclass);

ALTER TABLE ONLY offhook.destination ALTER COLUMN id SET DEFAULT nextval('offhook.destination_id'::regclass);

ALTER TABLE ONLY offhook.destination_state ALTER COLUMN n SET DEFAULT nextval('offhook.destination_state_n'::regclass);

ALTER TABLE ONLY offhook.filtered ALTER COLUMN id SET DEFAULT nextval('offhook.filtered_id'::regclass);

ALTER TABLE ONLY offhook.issue ALTER COLUMN id SET DEFAULT nextval('offhook.issue_id'::regclass);

ALTER TABLE ONLY offhook.operation ALTER COLUMN id SET DEFAULT nextval('offhook.operation_id'::regclass);

ALTER TABLE ONLY offhook.replay ALTER COLUMN id SET DEFAULT nextval('offhook.replay_id'::regclass);

ALTER TABLE ONLY offhook.todo_cursor ALTER COLUMN id SET DEFAULT nextval('offhook.todo_cursor_id'::regclass);

ALTER TABLE ONLY offhook.baton
    ADD CONSTRAINT baton_pkey PRIMARY KEY (name);

ALTER TABLE ONLY offhook.calling_code
    ADD CONSTRAINT calling_code_pkey PRIMARY KEY (prefix);

ALTER TABLE ONLY offhook.channel
    ADD CONSTRAINT channel_name_key UNIQUE (name);

ALTER TABLE ONLY offhook.channel
    ADD CONSTRAINT channel_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.destination
    ADD CONSTRAINT destination_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.destination_secret
    ADD CONSTRAINT destination_secret_pkey PRIMARY KEY (destination);

ALTER TABLE ONLY offhook.destination_state
    ADD CONSTRAINT destination_state_pkey PRIMARY KEY (destination, n);

ALTER TABLE ONLY offhook.destination_version
    ADD CONSTRAINT destination_version_pkey PRIMARY KEY (one);

ALTER TABLE ONLY offhook.field
    ADD CONSTRAINT field_pkey PRIMARY KEY (topic, param);

ALTER TABLE ONLY offhook.filtered
    ADD CONSTRAINT filtered_pkey PRIMARY KEY (destination, reason, id);

ALTER TABLE ONLY offhook.house_state
    ADD CONSTRAINT house_state_pkey PRIMARY KEY (name);

ALTER TABLE ONLY offhook.issue
    ADD CONSTRAINT issue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.issue
    ADD CONSTRAINT issue_type_subject_key UNIQUE (type, subject);

ALTER TABLE ONLY offhook.kind
    ADD CONSTRAINT kind_pkey PRIMARY KEY (kind);

ALTER TABLE ONLY offhook.once
    ADD CONSTRAINT once_pkey PRIMARY KEY (key, bucket);

ALTER TABLE ONLY offhook.operation
    ADD CONSTRAINT operation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.past_reply
    ADD CONSTRAINT past_reply_pkey PRIMARY KEY (event_id, bucket);

ALTER TABLE ONLY offhook.replay
    ADD CONSTRAINT replay_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (sid, bucket);

ALTER TABLE ONLY offhook.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (what);

ALTER TABLE ONLY offhook.route_change
    ADD CONSTRAINT route_change_pkey PRIMARY KEY (version);

ALTER TABLE ONLY offhook.route_pace
    ADD CONSTRAINT route_pace_pkey PRIMARY KEY (name);

ALTER TABLE ONLY offhook.route
    ADD CONSTRAINT route_pkey PRIMARY KEY (name);

ALTER TABLE ONLY offhook.route_version
    ADD CONSTRAINT route_version_pkey PRIMARY KEY (one);

ALTER TABLE ONLY offhook.schema_install
    ADD CONSTRAINT schema_install_pkey PRIMARY KEY (one);

ALTER TABLE ONLY offhook.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);

ALTER TABLE ONLY offhook.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (thread, bucket);

ALTER TABLE ONLY offhook.status
    ADD CONSTRAINT status_pkey PRIMARY KEY (kind, code);

ALTER TABLE ONLY offhook.todo_cursor
    ADD CONSTRAINT todo_cursor_pkey PRIMARY KEY (id);

ALTER TABLE ONLY offhook.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (channel, issue);

ALTER TABLE ONLY offhook.worker
    ADD CONSTRAINT worker_pkey PRIMARY KEY (id);

CREATE INDEX attempt_delivery ON offhook.attempt USING btree (delivery);

CREATE INDEX delivery_dead ON offhook.delivery USING btree (destination, id) WHERE (state = ANY (ARRAY['dead'::text, 'expired'::text]));

CREATE INDEX delivery_due ON offhook.delivery USING btree (destination, due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX delivery_event ON offhook.delivery USING btree (event_id);

CREATE INDEX delivery_lane ON offhook.delivery USING btree (destination, lane, id) WHERE (lane IS NOT NULL);

CREATE INDEX delivery_lost ON offhook.delivery USING btree (worker) WHERE ((lost > 1) AND (due_at IS NOT NULL));

CREATE UNIQUE INDEX delivery_replay ON offhook.delivery USING btree (replay, event_id) WHERE (replay IS NOT NULL);

CREATE INDEX delivery_slot ON offhook.delivery USING btree (destination, due_at) WHERE slot;

CREATE UNIQUE INDEX destination_name ON offhook.destination USING btree (name) WHERE (deleted_at IS NULL);

CREATE INDEX event_kind ON ONLY offhook.event USING btree (kind, received_at) WHERE (kind <> 'message.status'::text);

CREATE INDEX event_default_kind_received_at_idx ON offhook.event_default USING btree (kind, received_at) WHERE (kind <> 'message.status'::text);

CREATE INDEX event_received ON ONLY offhook.event USING btree (received_at);

CREATE INDEX event_default_received_at_idx ON offhook.event_default USING btree (received_at);

CREATE INDEX event_sid ON ONLY offhook.event USING btree (sid, received_at);

CREATE INDEX event_default_sid_received_at_idx ON offhook.event_default USING btree (sid, received_at);

CREATE INDEX issue_more_of ON offhook.issue_more USING btree (type, subject);

CREATE INDEX issue_open ON offhook.issue USING btree (id) WHERE (state = 'open'::text);

CREATE INDEX late_xid ON offhook.late USING btree (xid);

CREATE INDEX resource_consent ON offhook.resource USING btree (from_, first_seen) WHERE (consent IS NOT NULL);

CREATE INDEX resource_error ON offhook.resource USING btree (error_code, first_seen) WHERE (error_code IS NOT NULL);

CREATE INDEX resource_from ON offhook.resource USING btree (from_, first_seen);

CREATE INDEX resource_media ON offhook.resource USING btree (first_seen) WHERE (num_media > 0);

CREATE INDEX resource_parent ON offhook.resource USING btree (parent) WHERE (parent IS NOT NULL);

CREATE INDEX resource_recent ON offhook.resource USING btree (kind, first_seen);

CREATE INDEX resource_to ON offhook.resource USING btree (to_, first_seen);

CREATE UNIQUE INDEX status_name ON offhook.status USING btree (kind, name);

CREATE INDEX todo_xid ON offhook.todo USING btree (xid);

ALTER INDEX offhook.event_kind ATTACH PARTITION offhook.event_default_kind_received_at_idx;

ALTER INDEX offhook.event_received ATTACH PARTITION offhook.event_default_received_at_idx;

ALTER INDEX offhook.event_sid ATTACH PARTITION offhook.event_default_sid_received_at_idx;

CREATE TRIGGER no_way_back BEFORE UPDATE ON offhook.resource FOR EACH ROW WHEN (((new.ord < old.ord) OR (new.updated_at < old.updated_at))) EXECUTE FUNCTION offhook.no_way_back();

CREATE TRIGGER no_way_back_rest BEFORE UPDATE OF sid, bucket, kind, account, unknown_status, err_ord, error_code, from_, to_, first_seen, parent, num_media, consent, asked, facts ON offhook.resource FOR EACH ROW EXECUTE FUNCTION offhook.no_way_back();

ALTER TABLE ONLY offhook.told
    ADD CONSTRAINT told_channel_fkey FOREIGN KEY (channel) REFERENCES offhook.channel(id) ON DELETE CASCADE;

GRANT USAGE ON SCHEMA offhook TO offhook_responder;
GRANT USAGE ON SCHEMA offhook TO offhook_worker;
GRANT USAGE ON SCHEMA offhook TO offhook_reader;
GRANT USAGE ON SCHEMA offhook TO offhook_operator;
GRANT USAGE ON SCHEMA offhook TO offhook_reply;

REVOKE ALL ON FUNCTION offhook.await(p_bucket smallint, p_key uuid, p_lease integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.await(p_bucket smallint, p_key uuid, p_lease integer) TO offhook_responder;

REVOKE ALL ON FUNCTION offhook.bucket(p_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.bucket(p_id text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.bucket(p_id text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.channel_delete(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.channel_delete(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.channel_fault(p_type text, p_target text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.channel_set(p_name text, p_changes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.channel_set(p_name text, p_changes jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.channel_target(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.channel_target(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.country(p_number text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.country(p_number text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.country(p_number text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) TO offhook_responder;
GRANT ALL ON FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.decide(p_bucket smallint, p_key uuid, p_http smallint, p_ctype text, p_reply bytea, p_reason text, p_issue text, p_route text, p_ms integer, p_budget integer, p_session jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.delivery_again(p_ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.delivery_cancel(p_id bigint, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.delivery_cancel(p_id bigint, p_reason text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.delivery_end(p_ids bigint[], p_reason text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.delivery_retry(p_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.delivery_retry(p_id bigint) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_add(p_name text, p_spec jsonb, p_secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_add(p_name text, p_spec jsonb, p_secret text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_changed(p_what text, p_name text, p_detail jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_check(p_spec jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_check(p_spec jsonb) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.destination_check(p_spec jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_delete(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_delete(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_drop_old_secret(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_drop_old_secret(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_fault_body(p_spec jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_fault_headers(p_headers jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_fault_policy(p_spec jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_fault_target(p_spec jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_health(p_destination integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_heard(p_destination integer, p_good boolean, p_bad integer, p_leases uuid[], p_said text[], p_why text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_hold(p_name text, p_paused boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_lock(p_destination integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_named(p_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_new_secret(p_secret text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_note(p_state offhook.destination_state) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.destination_pause(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_pause(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_resume(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_resume(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_rotate(p_name text, p_keep interval, p_secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_rotate(p_name text, p_keep interval, p_secret text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_set(p_name text, p_changes jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.destination_set(p_name text, p_changes jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.destination_sweep(p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.dlq_pick(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.dlq_purge(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.dlq_purge(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.dlq_retry(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.dlq_retry(p_destination text, p_reason text, p_kind text, p_number text, p_since timestamp with time zone, p_until timestamp with time zone, p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.due_from(p_low jsonb, p_destination integer, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_gone(p_ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_lost(p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_low(p_low jsonb, p_now timestamp with time zone, p_destinations integer[], p_reached timestamp with time zone[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_room(p_destination integer, p_most integer, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_taken(p_destination integer, p_n integer, p_lease uuid, p_until timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.due_wait(p_destination integer, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.event_by_id(p_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.event_params(p_raw bytea, p_format text, p_method text, p_url text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.events_after(p_cursor jsonb, p_since timestamp with time zone, p_filter jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.events_after(p_cursor jsonb, p_since timestamp with time zone, p_filter jsonb, p_limit integer) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.events_after(p_cursor jsonb, p_since timestamp with time zone, p_filter jsonb, p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.fact(p_facts jsonb, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.fact(p_facts jsonb, p_name text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.fact(p_facts jsonb, p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.fact_boolean(p_facts jsonb, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.fact_boolean(p_facts jsonb, p_name text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.fact_boolean(p_facts jsonb, p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.fact_decimal(p_facts jsonb, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.fact_decimal(p_facts jsonb, p_name text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.fact_decimal(p_facts jsonb, p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.fact_integer(p_facts jsonb, p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.fact_integer(p_facts jsonb, p_name text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.fact_integer(p_facts jsonb, p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.facts_at(p_facts jsonb, p_ord bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.facts_merge(p_one jsonb, p_other jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.facts_of(p_kind text, p_rkind text, p_status text, p_params jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_check(p_filter jsonb, p_at text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.filter_check(p_filter jsonb, p_at text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.filter_check(p_filter jsonb, p_at text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.filter_check_condition(p_key text, p_condition jsonb, p_at text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_check_pattern(p_pattern jsonb, p_at text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_check_text(p_key text, p_text text, p_at text, p_star boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_condition(p_condition jsonb, p_values text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_match(p_filter jsonb, p_event offhook.event, p_params jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_match_any(p_filters jsonb, p_event offhook.event, p_params jsonb, p_all boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_needs_params(p_filter jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_param(p_params jsonb, p_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_pattern(p_pattern text, p_values text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_test(p_filter jsonb, p_event uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.filter_test(p_filter jsonb, p_event uuid) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.filter_test(p_filter jsonb, p_event uuid) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.filter_texts(p_value jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.filter_try(p_filter jsonb, p_event offhook.event, p_params boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.form_ascii(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.form_ascii(p_text text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.form_ascii(p_text text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.form_text(p_hex text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.form_text(p_hex text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.form_text(p_hex text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_accident() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_aside() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_begins(p_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_columns(p_bare text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_done() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_done() TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_done() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_drop() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_drop() TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_drop() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_due(p_month timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_forget() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_history() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_lock() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_make(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_make(p_months_ahead integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_make(p_months_ahead integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_missing(p_months_ahead integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_move(p_pages integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_move(p_pages integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_move(p_pages integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_plan(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_plan(p_months_ahead integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_plan(p_months_ahead integer) TO offhook_operator;
GRANT ALL ON FUNCTION offhook.house_plan(p_months_ahead integer) TO offhook_reader;

REVOKE ALL ON FUNCTION offhook.house_purge(p_table text, p_pages integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_purge(p_table text, p_pages integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_purge(p_table text, p_pages integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_set(p_what text, p_keep interval) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_set(p_what text, p_keep interval) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_status() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_status() TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_status() TO offhook_operator;
GRANT ALL ON FUNCTION offhook.house_status() TO offhook_reader;

REVOKE ALL ON FUNCTION offhook.house_strip(p_pages integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.house_strip(p_pages integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.house_strip(p_pages integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.house_swap(p_name text, p_copy text, p_month timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.house_watch() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) TO offhook_responder;

REVOKE ALL ON FUNCTION offhook.ingest_guard(p_bucket smallint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.is_between(p_xmin xid, p_max bigint, p_seen pg_snapshot, p_until pg_snapshot) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_acknowledge(p_id bigint, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_acknowledge(p_id bigint, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_acknowledge(p_type text, p_subject text, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_acknowledge(p_type text, p_subject text, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_again(p_type text, p_subject text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_change(p_id bigint, p_type text, p_subject text, p_state text, p_comment text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_count(p_type text, p_subject text, p_at timestamp with time zone, p_detail jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_dead(p_name text, p_n integer, p_at timestamp with time zone, p_reason text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_fold(p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.issue_ignore(p_id bigint, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_ignore(p_id bigint, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_ignore(p_type text, p_subject text, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_ignore(p_type text, p_subject text, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_over(p_type text, p_subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_over(p_type text, p_subject text) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.issue_over(p_type text, p_subject text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_reopen(p_id bigint, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_reopen(p_id bigint, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_reopen(p_type text, p_subject text, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_reopen(p_type text, p_subject text, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_resolve(p_id bigint, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_resolve(p_id bigint, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_resolve(p_type text, p_subject text, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_resolve(p_type text, p_subject text, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_settle(p_pending interval) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_settle(p_pending interval) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.issue_settle(p_pending interval) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_signatures(p_subject text, p_first timestamp with time zone, p_last timestamp with time zone, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_signatures(p_subject text, p_first timestamp with time zone, p_last timestamp with time zone, p_detail jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.issue_signatures(p_subject text, p_first timestamp with time zone, p_last timestamp with time zone, p_detail jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.issue_watch(p_type text, p_subject text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.issue_watch(p_type text, p_subject text, p_detail jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.issue_watch(p_type text, p_subject text, p_detail jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.json_params(p_object jsonb, p_levels integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.lane_hold(p_ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.lane_lock(p_destinations integer[], p_lanes text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.lane_next(p_ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.lane_try(p_ids bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.make_partitions(p_months_ahead integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.make_partitions(p_months_ahead integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.make_partitions(p_months_ahead integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.media_of(p_media text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.media_of(p_media text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.media_of(p_media text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.nearest(p_word text, p_words text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.no_way_back() FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.notice_done(p_id integer, p_lease uuid, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.notice_done(p_id integer, p_lease uuid, p_error text) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.notice_done(p_id integer, p_lease uuid, p_error text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.notice_items(p_channel integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.notice_take(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.notice_take(p_limit integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.notice_take(p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.operation_note(p_what text, p_subject text, p_detail jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.order_key(p_rank smallint, p_code smallint, p_authority integer, p_seq integer, p_clock bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.pace_count(p_route text, p_ms integer, p_budget integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.params(p_raw bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.params(p_raw bytea) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.params(p_raw bytea) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.pending_old(p_limit interval) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.rate_room(p_rate jsonb, p_rate_at timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.refold(p_kind text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_cancel(p_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.replay_cancel(p_id bigint) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.replay_event(p_id jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_place(p_replay offhook.replay, p_ordered boolean, p_ids uuid[], p_at timestamp with time zone[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_plan(p_plan jsonb, p_rate double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.replay_plan(p_plan jsonb, p_rate double precision) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.replay_read(p_plan jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_run(p_id bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.replay_run(p_id bigint) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.replay_step(p_id bigint, p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_time(p_key text, p_time jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.replay_wants(p_replay offhook.replay, p_filter jsonb, p_params boolean, p_event offhook.event) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.reply_sql(p_route text, p_event jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.reply_sql(p_route text, p_event jsonb) TO offhook_responder;
GRANT ALL ON FUNCTION offhook.reply_sql(p_route text, p_event jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_apply(p_routes jsonb, p_comment text, p_base bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_apply(p_routes jsonb, p_comment text, p_base bigint) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_changed(p_comment text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.route_check(p_spec jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.route_delete(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_delete(p_name text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_delete(p_kind text, p_to text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_delete(p_kind text, p_to text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_function(p_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_function(p_name text) TO offhook_reply;

REVOKE ALL ON FUNCTION offhook.route_json_fault(p_reply text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.route_replace(p_routes jsonb, p_positions integer[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.route_rollback(p_version bigint, p_comment text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_rollback(p_version bigint, p_comment text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text, p_http integer, p_in_trouble text, p_template boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.route_set(p_kind text, p_to text, p_twiml text, p_http integer, p_in_trouble text, p_template boolean) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.route_xml_fault(p_twiml text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.routes() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.routes() TO offhook_responder;
GRANT ALL ON FUNCTION offhook.routes() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.session_patch(p_patch jsonb, p_account text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.spool_flush() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.spool_flush() TO offhook_worker;
GRANT ALL ON FUNCTION offhook.spool_flush() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.spool_ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.spool_ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.spool_ingest(p_bucket smallint, p_key uuid, p_id uuid, p_at timestamp with time zone, p_account text, p_kind text, p_rkind text, p_sid text, p_status text, p_seq integer, p_clock bigint, p_error integer, p_from text, p_to text, p_method text, p_url text, p_token text, p_format text, p_raw bytea, p_window integer, p_routes bigint, p_issue text, p_http smallint, p_ctype text, p_reply bytea, p_parent text, p_facts jsonb, p_ask integer, p_route text, p_reason text, p_session jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.spool_issue(p_type text, p_subject text, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.spool_issue(p_type text, p_subject text, p_detail jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.spool_issue(p_type text, p_subject text, p_detail jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.state(p_account text, p_kind text, p_from text, p_to text, p_rkind text, p_sid text, p_thread text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.state(p_account text, p_kind text, p_from text, p_to text, p_rkind text, p_sid text, p_thread text) TO offhook_responder;
GRANT ALL ON FUNCTION offhook.state(p_account text, p_kind text, p_from text, p_to text, p_rkind text, p_sid text, p_thread text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.stream_params(p_event jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.task_count(p_n bigint, p_info jsonb, p_more bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.thread(p_one text, p_other text, p_before timestamp with time zone, p_limit integer, p_before_sid text) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.thread(p_one text, p_other text, p_before timestamp with time zone, p_limit integer, p_before_sid text) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.thread(p_one text, p_other text, p_before timestamp with time zone, p_limit integer, p_before_sid text) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.timeline(p_sid text, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.timeline(p_sid text, p_limit integer) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.timeline(p_sid text, p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.todo_next(p_limit integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.todo_seen(p_seen pg_snapshot) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.transform_check(p_function text) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.transform_function(p_destination integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.transform_function(p_destination integer) TO offhook_reply;

REVOKE ALL ON FUNCTION offhook.transform_sql(p_destination integer, p_event jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.transform_sql(p_destination integer, p_event jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.transform_sql(p_destination integer, p_event jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.undecided(p_minutes integer, p_within interval) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.undecided(p_minutes integer, p_within interval) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.undecided(p_minutes integer, p_within interval) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) TO offhook_reader;
GRANT ALL ON FUNCTION offhook.utf8_text(p_bytes bytea) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.uuid_at(p_id uuid, p_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION offhook.worker_beat(p_worker uuid, p_host text, p_pid integer, p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_beat(p_worker uuid, p_host text, p_pid integer, p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_beat(p_worker uuid, p_host text, p_pid integer, p_version text, p_ids bigint[], p_leases uuid[], p_lease_ms integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_destinations(p_version bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_destinations(p_version bigint) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_destinations(p_version bigint) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_due() FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_due() TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_due() TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_finish(p_worker uuid, p_results jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_finish(p_worker uuid, p_results jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_finish(p_worker uuid, p_results jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_gone(p_worker uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_gone(p_worker uuid) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_gone(p_worker uuid) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_replay(p_worker uuid, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_replay(p_worker uuid, p_limit integer) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_replay(p_worker uuid, p_limit integer) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_route(p_worker uuid, p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_route(p_worker uuid, p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[]) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_route(p_worker uuid, p_limit integer, p_room integer, p_lease_ms integer, p_skip integer[]) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb) TO offhook_worker;
GRANT ALL ON FUNCTION offhook.worker_take(p_worker uuid, p_room integer, p_lease_ms integer, p_full jsonb, p_low jsonb) TO offhook_operator;

REVOKE ALL ON FUNCTION offhook.facts_max(jsonb) FROM PUBLIC;

GRANT SELECT ON TABLE offhook.status TO offhook_reader;
GRANT SELECT ON TABLE offhook.status TO offhook_operator;

GRANT SELECT ON TABLE offhook.alerts TO offhook_reader;
GRANT SELECT ON TABLE offhook.alerts TO offhook_operator;

GRANT SELECT ON TABLE offhook.alert_counts TO offhook_reader;
GRANT SELECT ON TABLE offhook.alert_counts TO offhook_operator;

GRANT SELECT ON TABLE offhook.attempts TO offhook_reader;
GRANT SELECT ON TABLE offhook.attempts TO offhook_operator;

GRANT SELECT ON TABLE offhook.calling_code TO offhook_reader;
GRANT SELECT ON TABLE offhook.calling_code TO offhook_operator;

GRANT SELECT ON TABLE offhook.calls TO offhook_reader;
GRANT SELECT ON TABLE offhook.calls TO offhook_operator;

GRANT SELECT ON TABLE offhook.channels TO offhook_reader;
GRANT SELECT ON TABLE offhook.channels TO offhook_operator;

GRANT SELECT ON TABLE offhook.conferences TO offhook_reader;
GRANT SELECT ON TABLE offhook.conferences TO offhook_operator;

GRANT SELECT ON TABLE offhook.consents TO offhook_reader;
GRANT SELECT ON TABLE offhook.consents TO offhook_operator;

GRANT SELECT ON TABLE offhook.contradictions TO offhook_reader;
GRANT SELECT ON TABLE offhook.contradictions TO offhook_operator;

GRANT SELECT ON TABLE offhook.conversation_messages TO offhook_reader;
GRANT SELECT ON TABLE offhook.conversation_messages TO offhook_operator;

GRANT SELECT ON TABLE offhook.conversation_participants TO offhook_reader;
GRANT SELECT ON TABLE offhook.conversation_participants TO offhook_operator;

GRANT SELECT ON TABLE offhook.conversation_users TO offhook_reader;
GRANT SELECT ON TABLE offhook.conversation_users TO offhook_operator;

GRANT SELECT ON TABLE offhook.conversations TO offhook_reader;
GRANT SELECT ON TABLE offhook.conversations TO offhook_operator;

GRANT SELECT ON TABLE offhook.dead_letter_counts TO offhook_reader;
GRANT SELECT ON TABLE offhook.dead_letter_counts TO offhook_operator;

GRANT SELECT ON TABLE offhook.dead_letters TO offhook_reader;
GRANT SELECT ON TABLE offhook.dead_letters TO offhook_operator;

GRANT SELECT ON TABLE offhook.deliveries TO offhook_reader;
GRANT SELECT ON TABLE offhook.deliveries TO offhook_operator;

GRANT SELECT ON TABLE offhook.delivery_receipts TO offhook_reader;
GRANT SELECT ON TABLE offhook.delivery_receipts TO offhook_operator;

GRANT SELECT ON TABLE offhook.destinations TO offhook_reader;
GRANT SELECT ON TABLE offhook.destinations TO offhook_operator;

GRANT SELECT ON TABLE offhook.events TO offhook_reader;
GRANT SELECT ON TABLE offhook.events TO offhook_operator;

GRANT SELECT ON TABLE offhook.failures TO offhook_reader;
GRANT SELECT ON TABLE offhook.failures TO offhook_operator;

GRANT SELECT ON TABLE offhook.field TO offhook_reader;
GRANT SELECT ON TABLE offhook.field TO offhook_operator;

GRANT SELECT ON TABLE offhook.filtered_counts TO offhook_reader;
GRANT SELECT ON TABLE offhook.filtered_counts TO offhook_operator;

GRANT SELECT ON TABLE offhook.history TO offhook_reader;
GRANT SELECT ON TABLE offhook.history TO offhook_operator;

GRANT SELECT ON TABLE offhook.issues TO offhook_reader;
GRANT SELECT ON TABLE offhook.issues TO offhook_operator;

GRANT SELECT ON TABLE offhook.kind TO offhook_reader;
GRANT SELECT ON TABLE offhook.kind TO offhook_operator;

GRANT SELECT ON TABLE offhook.media TO offhook_reader;
GRANT SELECT ON TABLE offhook.media TO offhook_operator;

GRANT SELECT ON TABLE offhook.media_streams TO offhook_reader;
GRANT SELECT ON TABLE offhook.media_streams TO offhook_operator;

GRANT SELECT ON TABLE offhook.messages TO offhook_reader;
GRANT SELECT ON TABLE offhook.messages TO offhook_operator;

GRANT SELECT ON TABLE offhook.operations TO offhook_reader;
GRANT SELECT ON TABLE offhook.operations TO offhook_operator;

GRANT SELECT ON TABLE offhook.participants TO offhook_reader;
GRANT SELECT ON TABLE offhook.participants TO offhook_operator;

GRANT SELECT ON TABLE offhook.recordings TO offhook_reader;
GRANT SELECT ON TABLE offhook.recordings TO offhook_operator;

GRANT SELECT ON TABLE offhook.replays TO offhook_reader;
GRANT SELECT ON TABLE offhook.replays TO offhook_operator;

GRANT SELECT ON TABLE offhook.resources TO offhook_reader;
GRANT SELECT ON TABLE offhook.resources TO offhook_operator;

GRANT SELECT ON TABLE offhook.retention TO offhook_worker;
GRANT SELECT ON TABLE offhook.retention TO offhook_operator;
GRANT SELECT ON TABLE offhook.retention TO offhook_reader;

GRANT SELECT ON TABLE offhook.route_change TO offhook_reader;
GRANT SELECT ON TABLE offhook.route_change TO offhook_operator;

GRANT SELECT ON TABLE offhook.routes TO offhook_reader;
GRANT SELECT ON TABLE offhook.routes TO offhook_operator;

GRANT SELECT ON TABLE offhook.routes_list TO offhook_reader;
GRANT SELECT ON TABLE offhook.routes_list TO offhook_operator;

GRANT SELECT ON TABLE offhook.schema_install TO offhook_reader;
GRANT SELECT ON TABLE offhook.schema_install TO offhook_operator;

GRANT SELECT ON TABLE offhook.schema_migration TO offhook_reader;
GRANT SELECT ON TABLE offhook.schema_migration TO offhook_operator;

GRANT SELECT ON TABLE offhook.sessions TO offhook_reader;
GRANT SELECT ON TABLE offhook.sessions TO offhook_operator;

GRANT SELECT ON TABLE offhook.transcriptions TO offhook_reader;
GRANT SELECT ON TABLE offhook.transcriptions TO offhook_operator;

GRANT SELECT ON TABLE offhook.undecided TO offhook_reader;
GRANT SELECT ON TABLE offhook.undecided TO offhook_operator;

GRANT SELECT ON TABLE offhook.workers TO offhook_reader;
GRANT SELECT ON TABLE offhook.workers TO offhook_operator;

