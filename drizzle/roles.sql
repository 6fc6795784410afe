-- Run at every start, as whoever owns the database, before the migrations: who there is.
--   hora           owns tables and functions; nobody signs in as it
--   hora_login     what every connection is: owns nothing, inherits nothing, may nothing until it takes a role below
--   hora_app       reads and writes through row-level security
--   hora_delivery  reads events to deliver them, and who sits in which circle
--   hora_signin    knows accounts and sessions
do $$
declare name text;
begin
	foreach name in array array['hora', 'hora_login', 'hora_app', 'hora_delivery', 'hora_signin'] loop
		begin
			if not exists (select from pg_roles where rolname = name) then
				execute format('create role %I nologin noinherit', name);
			end if;
		exception when duplicate_object or unique_violation then null; -- another process was quicker
		end;
		begin
			-- Also who made a role must be granted it before taking it (PostgreSQL 16).
			execute format('grant %I to %I', name, session_user);
		exception when insufficient_privilege then null; -- granted by whoever made it
		end;
	end loop;
	foreach name in array array['hora_app', 'hora_delivery', 'hora_signin'] loop
		if not pg_has_role('hora_login', name, 'member') then
			execute format('grant %I to hora_login', name);
		end if;
	end loop;
	execute format('grant create on database %I to hora', current_database());
end $$;
grant usage, create on schema public to hora;
