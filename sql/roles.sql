-- The roles and the schema.  Run by sql/migrate and install.sql, each time;
-- it changes only what differs, so a migrator that lacks a right which is
-- not needed any more does not fail.  psql variable one_role: on where the
-- provider gives one role; then only the schema is made.
--
-- Five groups that nobody logs in as; give them to login roles of your own:
--     create role web login password '...' in role offhook_responder;
-- And offhook_reply, which has no members: with its rights run the functions
-- of yours that make replies (routes with "sql").  Grant it what these need:
--     grant usage on schema app to offhook_reply;
--     grant select on app.customer to offhook_reply;
-- Settings of a group do not reach its members: repeat those below, with
-- alter role web set ..., or give LOGIN to offhook_responder itself.
\if :one_role
create schema if not exists offhook;
\else
do $$
declare
	v_role text;
	v_set text[];
	v_try integer;
begin
	-- Roles belong to the whole cluster: a migration of another database
	-- may be doing the same at this moment, hence the second try.
	for v_try in 1 .. 10 loop
	begin
		foreach v_role in array array['offhook_owner',
		    'offhook_responder', 'offhook_worker', 'offhook_reader',
		    'offhook_operator', 'offhook_reply'] loop
			if not exists (select from pg_roles
			    where rolname = v_role) then
				execute format('create role %I nologin',
				    v_role);
			end if;
		end loop;

		-- The migrator acts as the owner.  A superuser may anyway; who
		-- has CREATEROLE may make itself a member (since 16: of the
		-- roles that it made).  Before 16 membership is enough.
		if not (select rolsuper from pg_roles
		    where rolname = current_user)
		    and not pg_has_role(current_user, 'offhook_owner',
		    case when current_setting('server_version_num')::integer
		    >= 160000 then 'SET' else 'MEMBER' end) then
			execute format('grant offhook_owner to %I',
			    current_user);
		end if;

		-- Who owns offhook_reply's function may replace it.
		if not pg_has_role('offhook_owner', 'offhook_reply', 'MEMBER')
		    then
			grant offhook_reply to offhook_owner;
		end if;

		-- The responder's statements are short, and what it waits for
		-- is too: Twilio gives up after 15 s, mod_fcgid earlier.
		foreach v_set slice 1 in array array[
		    ['offhook_responder', 'default_transaction_isolation',
		        'read committed'],
		    ['offhook_responder', 'default_transaction_read_only',
		        'off'],
		    ['offhook_responder', 'default_transaction_deferrable',
		        'off'],
		    ['offhook_responder', 'statement_timeout', '2500ms'],
		    ['offhook_responder', 'lock_timeout', '2000ms'],
		    ['offhook_responder',
		        'idle_in_transaction_session_timeout', '5000ms'],
		    ['offhook_responder', 'synchronous_commit', 'on'],
		    ['offhook_responder', 'search_path',
		        'pg_catalog, offhook'],
		    ['offhook_worker', 'default_transaction_isolation',
		        'read committed'],
		    ['offhook_worker', 'lock_timeout', '5000ms'],
		    ['offhook_reader', 'default_transaction_read_only', 'on']
		    ] loop
			if not exists (select from pg_db_role_setting s
			    join pg_roles r on r.oid = s.setrole
			    where s.setdatabase = 0 and r.rolname = v_set[1]
			    and v_set[2] || '=' || v_set[3]
			    = any (s.setconfig)) then
				-- search_path is a list; quoted it were a name
				execute format('alter role %I set %I to '
				    || case v_set[2] when 'search_path'
				    then '%s' else '%L' end,
				    v_set[1], v_set[2], v_set[3]);
			end if;
		end loop;
		exit;
	exception when internal_error or unique_violation
	    or duplicate_object then
		if v_try = 10 then
			raise;
		end if;
		perform pg_sleep(0.05 * v_try);
	end;
	end loop;
end
$$;
create schema if not exists offhook authorization offhook_owner;
\endif
