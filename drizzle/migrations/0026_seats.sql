-- Who sits where is asked for all open pages twice a second: one query for them, not one function a session. The same
-- circles as `circles_of`, of members who sit.
create or replace function seats(wanted text[]) returns table (session text, member uuid, organisation uuid, circles uuid[])
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return query
		select s.id, m.id, m.organisation_id, array(
				select co.circle_id from circle_organisations co where co.organisation_id = m.organisation_id
				union all
				select c.id from circles c
					where c.kind = 'public' or (c.kind = 'secretariat' and m.role = 'secretariat'))
			from signin.sessions s join members m on m.id = s.member_id
			where s.id = any(wanted) and session_holds(s, m.role) and sits(m);
end $$;
