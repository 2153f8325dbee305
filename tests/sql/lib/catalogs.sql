-- What the catalogs say of the schema offhook, object by object, sorted: for
-- tests/sql/migrate.sh, where pg_dump is too old for the server.  Only lists
-- of one server can be compared: the wording differs between versions.  Left
-- out, as in sql/dump-schema: the partitions of the history, the bodies of
-- functions.
set search_path = pg_catalog;
set client_min_messages = warning;

-- rights, with those that an object has by default
create function pg_temp.rights(p_acl aclitem[], p_kind "char", p_owner oid)
returns text
language sql
as $$
	select p_owner::regrole || ' ' || coalesce(string_agg(a::text, ' '
	    order by a::text), 'nobody')
	from unnest(coalesce(p_acl, acldefault(p_kind, p_owner))) as a
$$;

create temporary view rel as
select c.* from pg_class c
where c.relnamespace = 'offhook'::regnamespace and c.relname !~ '^event_[0-9]';

select string_agg(concat_ws(' ', what, name, says), e'\n'
    order by what, name collate "C", says collate "C")
from (
    select 'schema' as what, nspname::text as name,
	pg_temp.rights(nspacl, 'n', nspowner) as says
    from pg_namespace where nspname = 'offhook'
    union all
    select 'relation', relname, concat_ws(' ', relkind, relpersistence,
	relreplident, relrowsecurity, relforcerowsecurity,
	(select amname from pg_am where oid = relam), reloptions::text,
	(select inhparent::regclass::text from pg_inherits
	    where inhrelid = r.oid),
	pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
	pg_temp.rights(relacl, case relkind when 'S' then 's'::"char"
	    else 'r' end, relowner))
    from rel r
    union all
    select 'column', relname || '.' || attname, concat_ws(' ', attnum,
	format_type(atttypid, atttypmod), attnotnull,
	nullif(attcollation, 0)::regcollation, attidentity, attgenerated,
	attstorage, attcompression, attstattarget, attoptions::text,
	pg_get_expr(adbin, adrelid), attacl::text)
    from rel join pg_attribute a on attrelid = rel.oid
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
    union all
    select 'constraint', concat_ws('.', conrelid::regclass,
	nullif(contypid, 0)::regtype, conname), pg_get_constraintdef(oid)
    from pg_constraint
    where connamespace = 'offhook'::regnamespace and contype <> 'n'
	and (conrelid = 0 or conrelid in (select oid from rel))
    union all
    select 'index', relname, concat_ws(' ', pg_get_indexdef(oid),
	indisprimary, indisvalid, indisclustered, indisreplident)
    from rel join pg_index on indexrelid = rel.oid
    union all
    select 'sequence', relname, concat_ws(' ', seqtypid::regtype, seqstart,
	seqincrement, seqmin, seqmax, seqcache, seqcycle,
	(select pg_describe_object(refclassid, refobjid, refobjsubid)
	    from pg_depend where classid = 'pg_class'::regclass
	    and objid = rel.oid and deptype in ('a', 'i')
	    and refclassid = 'pg_class'::regclass))
    from rel join pg_sequence on seqrelid = rel.oid
    union all
    select 'rule', relname || '.' || rulename,
	concat_ws(' ', ev_enabled, pg_get_ruledef(w.oid))
    from rel join pg_rewrite w on ev_class = rel.oid
    union all
    select 'trigger', relname || '.' || tgname,
	concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
    from rel join pg_trigger t on tgrelid = rel.oid where not tgisinternal
    union all
    select 'policy', tablename || '.' || policyname, p::text
    from pg_policies p where schemaname = 'offhook'
    union all
    select 'statistics', stxname, pg_get_statisticsobjdef(oid)
    from pg_statistic_ext where stxnamespace = 'offhook'::regnamespace
    union all
    select 'function', oid::regprocedure::text, concat_ws(' ', prokind,
	case when prokind <> 'a' then regexp_replace(
	    pg_get_functiondef(oid), e'\nAS \\$.*', '') end,
	pg_temp.rights(proacl, 'f', proowner))
    from pg_proc where pronamespace = 'offhook'::regnamespace
    union all
    select 'type', typname, concat_ws(' ', typtype,
	nullif(typbasetype, 0)::regtype, typnotnull, typdefault,
	(select string_agg(enumlabel, ' ' order by enumsortorder)
	    from pg_enum where enumtypid = t.oid),
	pg_temp.rights(typacl, 'T', typowner))
    from pg_type t where typnamespace = 'offhook'::regnamespace
	and typname !~ '^_?event_[0-9]'
    union all
    select 'default', concat_ws(' ', defaclrole::regrole, defaclobjtype),
	defaclacl::text
    from pg_default_acl where defaclnamespace = 'offhook'::regnamespace
    union all
    select 'comment', pg_describe_object(classoid, objoid, objsubid),
	description
    from pg_description where pg_describe_object(classoid, objoid, objsubid)
	~ '\moffhook\M'
) as o;
