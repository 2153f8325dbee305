-- What PUBLIC may do in this database besides the schema offhook: TEMP (on
-- every database by default) and CREATE in schema public (before 15).  Both
-- are taken from PUBLIC, since they cannot be taken from one role alone; a
-- role of yours that needs one of them: grant temporary on database ... to
-- it.  Not done with --one-role: the database may be shared there.
\if :one_role
\else
do $$
declare
	v_owner boolean;
begin
	select pg_has_role(current_user, d.datdba, 'USAGE')
	    or (select rolsuper from pg_roles where rolname = current_user)
	    into v_owner from pg_database d
	    where d.datname = current_database();
	if has_database_privilege('offhook_responder', current_database(),
	    'TEMPORARY') then
		if v_owner then
			execute format('revoke temporary on database %I '
			    'from public', current_database());
		else
			raise warning 'offhook_responder may make temporary '
			    'tables. The owner of the database should: '
			    'revoke temporary on database % from public',
			    quote_ident(current_database());
		end if;
	end if;
	if v_owner and not has_database_privilege('offhook_responder',
	    current_database(), 'CONNECT') then
		execute format('grant connect on database %I to '
		    'offhook_responder, offhook_worker, offhook_reader, '
		    'offhook_operator', current_database());
	end if;
	if to_regnamespace('public') is not null
	    and has_schema_privilege('offhook_responder', 'public', 'CREATE')
	    then
		if pg_has_role(current_user, (select n.nspowner
		    from pg_namespace n where n.nspname = 'public'), 'USAGE')
		    then
			revoke create on schema public from public;
		else
			raise warning 'offhook_responder may create tables '
			    'in schema public. Its owner should: '
			    'revoke create on schema public from public';
		end if;
	end if;
end
$$;
\endif
