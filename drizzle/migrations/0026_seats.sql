-- Who is in which circle, in one place: for one member (`circles_of`), and for all open pages at once, twice a second
-- (`seats`), where a function asked for each session was most of what the database did. Nobody is given the view.
create view member_circles with (security_invoker = true) as
	select m.id as member_id, co.circle_id
		from members m join circle_organisations co using (organisation_id) where sits(m)
	union all
	select m.id, c.id
		from members m, circles c
		where sits(m) and (c.kind = 'public' or (c.kind = 'secretariat' and m.role = 'secretariat'));
--> statement-breakpoint
create or replace function circles_of(who uuid) returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
begin
	return query select mc.circle_id from member_circles mc where mc.member_id = who;
end $$;
--> statement-breakpoint
create or replace function seats(wanted text[]) returns table (session text, member uuid, organisation uuid, circles uuid[])
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return query
		select s.id, m.id, m.organisation_id,
				array(select mc.circle_id from member_circles mc where mc.member_id = m.id)
			from signin.sessions s join members m on m.id = s.member_id
			where s.id = any(wanted) and session_holds(s, m.role) and sits(m);
end $$;
