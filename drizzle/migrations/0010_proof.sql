-- When a session ends by itself: idle 60 minutes (the secretariat 30), 12 hours at most; a named device after 30 days,
-- but not the secretariat's. One place, so that what holds and what a warning says never differ.
create function session_ends(s signin.sessions, role text) returns timestamptz language sql stable as $$
	select case
		when s.device is not null and role <> 'secretariat' then s.created_at + interval '30 days'
		else least(s.created_at + interval '12 hours',
			s.used_at + case when role = 'secretariat' then interval '30 minutes' else interval '60 minutes' end)
		end
$$;
--> statement-breakpoint
create or replace function session_holds(s signin.sessions, role text) returns boolean language sql stable as $$
	select s.ended_at is null and session_ends(s, role) > now()
$$;
--> statement-breakpoint
revoke execute on function session_ends from public;
--> statement-breakpoint
grant execute on function session_ends, instant to hora_signin;
