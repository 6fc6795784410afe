-- Memberships with dates, organisations and circles as subjects of their own history, and who may touch what at the door.
--> statement-breakpoint
create or replace function circles_of(who uuid) returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
begin
	return query
		select co.circle_id from members m join circle_organisations co using (organisation_id)
			where m.id = who and sits(m)
		union all
		select c.id from circles c, members m
			where m.id = who and sits(m)
				and (c.kind = 'public' or (c.kind = 'secretariat' and m.role = 'secretariat'));
end $$;
--> statement-breakpoint
-- What another sees: a member, or an organisation whoever may sit there.
create function circles_seen_by(other uuid) returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
begin
	return query
		select circles_of(other)
		union select co.circle_id from circle_organisations co where co.organisation_id = other
		union select c.id from circles c where c.kind = 'public';
end $$;
--> statement-breakpoint
create or replace function my_circles() returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
declare
	me uuid := setting('member');
	other uuid := setting('viewing_as');
	audience uuid := setting('for_circle');
begin
	if me is null then
		if current_setting('app.visitor', true) = 'yes' then
			return query select c.id from circles c where c.kind = 'public';
		end if;
	elsif other is null and audience is null then
		return query select circles_of(me);
	else
		return query select mine from circles_of(me) mine
			where (other is null or mine in (select circles_seen_by(other)))
				and (audience is null or mine in (select circles_common_to(audience)));
	end if;
end $$;
--> statement-breakpoint
create or replace function seats(wanted text[]) returns table (session text, member uuid, organisation uuid, circles uuid[])
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return query
		select s.id, m.id, m.organisation_id, array(select circles_of(m.id))
			from signin.sessions s join members m on m.id = s.member_id
			where s.id = any(wanted) and session_holds(s, m.role) and sits(m);
end $$;
--> statement-breakpoint
-- Idle 60 minutes (the secretariat 30), 12 hours at most; a named device 30 days, but not the secretariat's.
create or replace function session_holds(s signin.sessions, role text) returns boolean language sql stable as $$
	select s.ended_at is null and case
		when s.device is not null and role <> 'secretariat' then s.created_at > now() - interval '30 days'
		else s.created_at > now() - interval '12 hours'
			and s.used_at > now() - case when role = 'secretariat' then interval '30 minutes' else interval '60 minutes' end
		end
$$;
--> statement-breakpoint
-- The offices follow the members by themselves: whoever changes a role or a function closes one and opens the next.
create function keep_offices() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if tg_op = 'UPDATE' then
		if (new.role, new.function_ro, new.function_en, new.until) is not distinct from
			(old.role, old.function_ro, old.function_en, old.until) then
			return null;
		end if;
		update offices o set until = case when new.until is distinct from old.until then new.until else clock_timestamp() end
			where o.member_id = new.id and (o.until is null or o.until is not distinct from old.until);
		if (new.role, new.function_ro, new.function_en) is not distinct from (old.role, old.function_ro, old.function_en) then
			return null;
		end if;
	end if;
	insert into offices (member_id, role, function_ro, function_en, since, until)
		values (new.id, new.role, new.function_ro, new.function_en,
			case when tg_op = 'INSERT' then new.since else clock_timestamp() end, new.until);
	return null;
end $$;
--> statement-breakpoint
insert into offices (member_id, role, function_ro, function_en, since)
	select id, role, function_ro, function_en, since from members;
--> statement-breakpoint
create trigger keep_offices after insert or update on members for each row execute function keep_offices();
--> statement-breakpoint
-- What happens to a circle is written in the circle, what happens in an organisation in its own, what happens to the
-- whole table in All partners: so circles, organisations and the workspace are subjects.
create function circle_subject() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into subjects (id, circle_id) values (new.id, new.id);
	if new.kind = 'own' then
		insert into subjects (id, circle_id) values (new.organisation_id, new.id);
	end if;
	return null;
end $$;
--> statement-breakpoint
insert into subjects (id, circle_id)
	select id, id from circles
	union all select organisation_id, id from circles where kind = 'own'
	union all select w.id, c.id from workspace w, circles c where c.kind = 'all';
--> statement-breakpoint
create trigger subject after insert on circles for each row execute function circle_subject();
--> statement-breakpoint
create function workspace_subject() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into subjects (id, circle_id) select new.id, id from circles where kind = 'all';
	return null;
end $$;
--> statement-breakpoint
create trigger subject after insert on workspace for each row execute function workspace_subject();
--> statement-breakpoint
-- A successor takes over what belongs to the circle; the circle itself stays where it is, as do its own members' words.
create or replace function succeed(old uuid, successor uuid, newcomer uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into circles (id, name_ro, name_en, kind, inside, quoting)
		select successor, name_ro, name_en, kind, inside, quoting from circles where id = old;
	update circles set inside = successor, succeeded_by = successor where id = old;
	insert into nested (circle_id, outer_id)
		select inner_ones.circle_id, successor from nested inner_ones where inner_ones.outer_id = old;
	insert into circle_organisations (circle_id, organisation_id)
		select successor, organisation_id from circle_organisations where circle_id = old
		union select successor, newcomer;
	if exists (select from subjects where circle_id = old and own_id is null and id <> old) then
		return query select * from move(
			(select array_agg(id) from subjects where circle_id = old and own_id is null and id <> old), successor);
	end if;
end $$;
--> statement-breakpoint
grant execute on function sits, circles_seen_by, i_am_secretariat, i_coordinate to hora_app, hora_signin;
--> statement-breakpoint
grant execute on function sits to hora_delivery;
--> statement-breakpoint
grant select on offices, confirmations, flags to hora_app;
--> statement-breakpoint
grant insert, update on confirmations to hora_app;
--> statement-breakpoint
-- Neither the hash of an invitation's secret nor the words of a mail, which hold links, are for any page.
grant select (id, organisation_id, email, name, role, function_ro, function_en, language, invited_by, made_at, expires_at,
	withdrawn_at, used_at, member_id) on invitations to hora_app;
--> statement-breakpoint
grant select (id, kind, organisation_id, address, subject, state, tries, trouble, made_at, next_at, sent_at) on mails to hora_app;
--> statement-breakpoint
grant select, insert, update on invitations, mails to hora_signin;
--> statement-breakpoint
grant insert, update on members to hora_signin;
--> statement-breakpoint
create policy signin on invitations to hora_signin using (true);
--> statement-breakpoint
create policy signin on mails to hora_signin using (true);
--> statement-breakpoint
create policy signin_writes on members to hora_signin using (true);
--> statement-breakpoint
grant insert on signin.accounts to hora_signin;
--> statement-breakpoint
grant select, insert, update, delete on signin.passkeys, signin.recovery_codes, signin.challenges, signin.resets, signin.set_up to hora_signin;
--> statement-breakpoint
revoke execute on function circles_of, my_circles, seats, session_holds, sits, circles_seen_by, i_am_secretariat, i_coordinate,
	keep_offices, circle_subject, workspace_subject, succeed from public;
