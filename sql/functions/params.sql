-- offhook.params(p_raw bytea) returns jsonb
--
-- Purpose: the parameters of a form body or a query string, decoded once:
--     an object of texts.  A name that comes more than once has an array, in
--     the order of arrival.  'a' and 'a=' are both {"a": ""}; '=b' has the
--     name ''.
-- Returns: null for null, {} for nothing.
-- Errors: none.  Writes: nothing.
create or replace function offhook.params(p_raw bytea)
returns jsonb
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, offhook, pg_temp
as $$
declare
	-- NUL and what is not ASCII as \ooo, and a backslash doubled
	v_text text := encode(p_raw, 'escape');
begin
	if strpos(v_text, '\') = 0 then
		return (
		    select coalesce(jsonb_object_agg(f.name, f.val), '{}')
		    from (
		        select d.name, case count(*)
		            when 1 then to_jsonb(min(d.val))
		            else jsonb_agg(d.val order by d.n) end as val
		        from (
		            select p.n, case when strpos(p.name, '%') = 0
		                then translate(p.name, '+', ' ')
		                else offhook.form_ascii(p.name) end as name,
		                case when strpos(p.val, '%') = 0
		                then translate(p.val, '+', ' ')
		                else offhook.form_ascii(p.val) end as val
		            from (
		                select t.n, split_part(t.pair, '=', 1) as name,
		                substr(t.pair, strpos(t.pair || '=', '=') + 1)
		                as val
		                from unnest(string_to_array(v_text, '&'))
		                with ordinality as t (pair, n)
		                where t.pair <> ''
		            ) as p
		        ) as d
		        group by d.name
		    ) as f);
	end if;
	return (
	    select coalesce(jsonb_object_agg(f.name, f.val), '{}')
	    from (
	        select d.name, case count(*)
	            when 1 then to_jsonb(min(d.val))
	            else jsonb_agg(d.val order by d.n) end as val
	        from (
	            select t.n,
	                offhook.form_text(split_part(t.pair, '3d ', 1)) as name,
	                offhook.form_text(case when strpos(t.pair, '3d ') = 0
	                    then '' else substr(t.pair,
	                    strpos(t.pair, '3d ') + 3) end) as val
	            from unnest(string_to_array(regexp_replace(
	                encode(p_raw, 'hex'), '(..)', '\1 ', 'g'), '26 '))
	                with ordinality as t (pair, n)
	            where t.pair <> ''
	        ) as d
	        group by d.name
	    ) as f);
end
$$;
