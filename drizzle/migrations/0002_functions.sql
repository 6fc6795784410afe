-- How rows are shown, and the functions through which alone they are numbered, moved, withdrawn and redacted.

create function instant(at timestamptz) returns text language sql immutable
	as $$ select to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
--> statement-breakpoint
create function steps_of(measure uuid) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object(
			'id', s.id, 'titleRo', s.title_ro, 'titleEn', s.title_en,
			'date', s.date, 'source', s.source, 'done', s.done) order by s.position, s.id), '[]')
		from steps s where s.measure_id = measure
$$;
--> statement-breakpoint
-- A row as pages and events carry it: one definition, so that a snapshot and an arrival cannot differ.
create function measure_row(m measures) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'subject', 'measure', 'id', m.id, 'circleId', m.circle_id,
		'version', (select s.version from subjects s where s.id = m.id),
		'code', m.code, 'position', m.position, 'objectiveId', m.objective_id,
		'titleRo', m.title_ro, 'titleEn', m.title_en,
		'descriptionRo', m.description_ro, 'descriptionEn', m.description_en,
		'indicators', m.indicators, 'resources', m.resources, 'source', m.source,
		'deadline', m.deadline, 'nextDate', m.next_date, 'status', m.status,
		'leads', coalesce((select jsonb_agg(o.organisation_id order by o.position)
			from measure_organisations o where o.measure_id = m.id and o.part = 'lead'), '[]'),
		'partners', coalesce((select jsonb_agg(o.organisation_id order by o.position)
			from measure_organisations o where o.measure_id = m.id and o.part = 'partner'), '[]'),
		'steps', steps_of(m.id),
		'illustrative', m.illustrative, 'example', m.example, 'asOf', m.as_of)
$$;
--> statement-breakpoint
create function update_row(u updates) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'subject', 'update', 'id', u.id, 'circleId', u.circle_id,
		'version', (select s.version from subjects s where s.id = u.id),
		'measureId', u.measure_id, 'replyTo', u.reply_to,
		'organisationId', u.organisation_id, 'memberId', u.member_id,
		'memberName', (select m.name from members m where m.id = u.member_id),
		'kind', u.kind, 'language', u.language, 'text', u.text, 'prose', u.prose,
		'postedAt', instant(u.posted_at), 'editedAt', instant(u.edited_at),
		'withdrawnAt', instant(u.withdrawn_at), 'example', u.example)
$$;
--> statement-breakpoint
-- What an entitled reader sees of a subject now, for those to whom it arrives.
create function content(what uuid) returns jsonb language sql stable as $$
	select measure_row(m) from measures m where m.id = what
	union all
	select update_row(u) from updates u where u.id = what
$$;
--> statement-breakpoint
create function nest() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into nested (circle_id, outer_id)
		select new.id, new.id union select new.id, outer_id from nested where circle_id = new.inside;
	insert into heads (circle_id) values (new.id);
	return null;
end $$;
--> statement-breakpoint
create trigger nest after insert on circles for each row execute function nest();
--> statement-breakpoint
-- Does one circle lie inside another? An organisation's own lies inside every circle that it is in.
create function lies_inside(a uuid, b uuid) returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from nested where circle_id = a and outer_id = b)
		or exists (select from circles own join circle_organisations co using (organisation_id)
			where own.id = a and own.kind = 'own' and co.circle_id = b);
end $$;
--> statement-breakpoint
-- The one of two circles that lies inside the other; null where neither does.
create function narrower(a uuid, b uuid) returns uuid language sql stable
	as $$ select case when lies_inside(a, b) then a when lies_inside(b, a) then b end $$;
--> statement-breakpoint
create function child_inside_parent() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (
		select from subjects child join subjects parent on parent.id = child.parent_id
			where (child.id = new.id or child.parent_id = new.id)
				and child.circle_id is distinct from child.own_id
				and not lies_inside(child.circle_id, parent.circle_id)
	) then
		raise exception 'a child lies inside its parent''s circle, or in its author''s own' using errcode = '23514';
	end if;
	return null;
end $$;
--> statement-breakpoint
create constraint trigger child_inside_parent after insert or update of circle_id, parent_id on subjects
	deferrable initially deferred for each row execute function child_inside_parent();
--> statement-breakpoint
-- The one way out. Takes [{circle, subject, version, type, data}], locks the circles' heads in id order so that
-- writers never wait for one another in a ring, numbers and inserts. Without a type: a shell without words.
create function number_events(happened jsonb) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform from heads where circle_id in (select (e->>'circle')::uuid from jsonb_array_elements(happened) e)
		order by circle_id for update;
	return query
	with numbered as (
		select h.circle_id, h.n + row_number() over (partition by h.circle_id order by i) as n,
			(e->>'subject')::uuid as subject_id, (e->>'version')::int as version, e->>'type' as type, e->'data' as data
		from jsonb_array_elements(happened) with ordinality x(e, i)
		join heads h on h.circle_id = (e->>'circle')::uuid
	), shells as (
		insert into events (circle_id, n, subject_id, version, at)
			select circle_id, n, subject_id, version, clock_timestamp() from numbered
	), said as (
		insert into words (event_circle_id, n, circle_id, subject_id, type, author, data)
			select circle_id, n, circle_id, subject_id, type, setting('member'), data from numbered where type is not null
	)
	update heads h set n = l.n from (select circle_id, max(n) as n from numbered group by 1) l
		where h.circle_id = l.circle_id returning h.circle_id, h.n;
end $$;
--> statement-breakpoint
-- Whoever acts as the application changes what it can see, even through functions that see all.
create function refuse_unseen(what uuid[]) returns void
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	if current_setting('role') = 'hora_app' and exists (
		select from subjects s where s.id = any(what) and not s.circle_id = any(array(select my_circles()))
	) then
		raise exception 'new row violates row-level security: a subject that the actor cannot see' using errcode = '42501';
	end if;
end $$;
--> statement-breakpoint
-- What the application calls: [{subject, type, data}]. Circle and version are the subject's own, which `find` has
-- locked before any other row, so that a move in between cannot send words to the wrong circle.
create function append(happened jsonb) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (select from jsonb_array_elements(happened) e
			left join subjects s on s.id = (e->>'subject')::uuid where s.id is null) then
		raise exception 'an event names no subject' using errcode = '23503';
	end if;
	perform refuse_unseen(array(select (e->>'subject')::uuid from jsonb_array_elements(happened) e));
	return query select * from number_events((
		select jsonb_agg(e || jsonb_build_object('circle', s.circle_id, 'version', s.version) order by i)
			from jsonb_array_elements(happened) with ordinality x(e, i)
			join subjects s on s.id = (e->>'subject')::uuid));
end $$;
--> statement-breakpoint
-- Moves subjects of one circle to a narrower or wider one, their children and past words with them:
-- narrower carries along the children that shared the circle, leaves those inside the target, returns others to
-- their authors' own circles; wider takes only what belongs to the circle, posts stay with those to whom they were
-- promised. Into an organisation's own circle only its own posts go along. Every move leaves a shell without words.
create function move(what uuid[], target uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	was uuid; down boolean; private boolean; ids uuid[]; moved jsonb;
begin
	perform refuse_unseen(what);
	perform from subjects where id = any(what) order by id for update;
	select distinct circle_id into strict was from subjects where id = any(what);
	down := lies_inside(target, was);
	private := exists (select from circles where id = target and kind = 'own');
	if was = target or not (down or lies_inside(was, target)) then
		raise exception 'neither narrower nor wider' using errcode = '23514';
	end if;
	with recursive tree as (
		select * from subjects where id = any(what)
		union select s.* from subjects s join tree on s.parent_id = tree.id
	), placed as (
		select id, circle_id as old, case
			when down and private and own_id <> target then own_id
			when down then coalesce(narrower(circle_id, target), own_id)
			when id = any(what) or (own_id is null and circle_id = was) then target
			else circle_id end as new
		from tree
	), moving as (
		update subjects s set circle_id = placed.new, version = version + 1 from placed
			where s.id = placed.id and placed.old <> placed.new
			returning s.id, placed.old, placed.new, s.version
	)
	select jsonb_agg(to_jsonb(moving) order by id), array_agg(id) into moved, ids from moving;

	update words w set circle_id = narrower(w.circle_id, s.circle_id) from subjects s
		where s.id = w.subject_id and w.subject_id = any(ids) and w.circle_id <> s.circle_id;

	return query select * from number_events((
		select jsonb_agg(e order by m->>'id', part) from jsonb_array_elements(moved) m, lateral (values
			(1, jsonb_build_object('circle', m->>'old', 'subject', m->>'id', 'version', m->'version')),
			(2, jsonb_build_object('circle', m->>'new', 'subject', m->>'id', 'version', m->'version',
				'type', 'arrived', 'data', jsonb_build_object('row', content((m->>'id')::uuid))))) x(part, e)));
end $$;
--> statement-breakpoint
-- A withdrawn post: the row stays and says so, its words go to the organisation's own circle; what was written by role
-- (in Secretariat, where organisations are not) closes, for the rest of the organisation could not read it before.
create function withdraw(what uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_unseen(array[what]);
	update updates set text = '', prose = '[]', withdrawn_at = clock_timestamp() where id = what;
	update words w set circle_id = narrower(w.circle_id, s.own_id) from subjects s
		where s.id = w.subject_id and w.subject_id = what;
end $$;
--> statement-breakpoint
-- Words gone for good, from the row and from all that was said of it.
create function redact(what uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	update updates set text = '', prose = '[]', withdrawn_at = coalesce(withdrawn_at, clock_timestamp()) where id = what;
	delete from words where subject_id = what;
end $$;
--> statement-breakpoint
-- Who sits where, for the sockets: the sessions of these that still hold, and the circles of their members.
create function seats(wanted text[]) returns table (session text, member uuid, organisation uuid, circles uuid[])
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return query
		select s.id, m.id, m.organisation_id, array(select circles_of(m.id))
			from signin.sessions s join members m on m.id = s.member_id
			where s.id = any(wanted) and session_holds(s, m.role) and m.active;
end $$;
--> statement-breakpoint
-- Idle 60 minutes (the secretariat 30), 12 hours at most; on the database's clock.
create function session_holds(s signin.sessions, role text) returns boolean language sql stable as $$
	select s.ended_at is null
		and s.created_at > now() - interval '12 hours'
		and s.used_at > now() - case when role = 'secretariat' then interval '30 minutes' else interval '60 minutes' end
$$;
--> statement-breakpoint
-- An organisation joins a circle in which something was numbered: its successor starts, what belongs to the circle
-- moves over in the same act, posts stay with those to whom they were promised. All partners is the exception.
create function succeed(old uuid, successor uuid, newcomer uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into circles (id, name_ro, name_en, kind, inside)
		select successor, name_ro, name_en, kind, inside from circles where id = old;
	update circles set inside = successor, succeeded_by = successor where id = old;
	insert into nested (circle_id, outer_id)
		select inner_ones.circle_id, successor from nested inner_ones where inner_ones.outer_id = old;
	insert into circle_organisations (circle_id, organisation_id)
		select successor, organisation_id from circle_organisations where circle_id = old
		union select successor, newcomer;
	if exists (select from subjects where circle_id = old and own_id is null) then
		return query select * from move(
			(select array_agg(id) from subjects where circle_id = old and own_id is null), successor);
	end if;
end $$;
--> statement-breakpoint
-- Who leaves a circle leaves those inside it and sees nothing of them any more.
create function leave(circle uuid, organisation uuid) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	gone uuid[] := (select array_agg(n.circle_id) from nested n join circles c on c.id = n.circle_id
		where n.outer_id = leave.circle and c.kind in ('made', 'all'));
begin
	delete from circle_organisations co where co.organisation_id = organisation and co.circle_id = any(gone);
	update words w set circle_id = null from subjects s, circles own
		where s.id = w.subject_id and s.circle_id = any(gone) and w.circle_id = own.id
			and own.kind = 'own' and own.organisation_id = organisation;
end $$;
--> statement-breakpoint
revoke all on all tables in schema public from public;
--> statement-breakpoint
grant usage on schema public to hora_app, hora_delivery, hora_signin;
--> statement-breakpoint
grant execute on function setting, anybody, my_circles, instant, measure_row, steps_of, update_row, lies_inside, narrower,
	append, move, withdraw to hora_app;
--> statement-breakpoint
grant select on organisations, members, circles, circle_organisations, nested, workspace, subjects, heads, events, words,
	strategies, objectives, measures, measure_organisations, steps, updates, operations to hora_app;
--> statement-breakpoint
grant insert, update on updates, steps, operations to hora_app;
--> statement-breakpoint
grant update on measures to hora_app;
--> statement-breakpoint
-- A lock needs the right to change some column; the circle itself only `move` may change.
grant insert, update (parent_id) on subjects to hora_app;
--> statement-breakpoint
grant delete on steps to hora_app;
--> statement-breakpoint
grant select on events, words, heads, workspace to hora_delivery;
--> statement-breakpoint
create policy delivery on heads for select to hora_delivery using (true);
--> statement-breakpoint
grant execute on function seats, instant to hora_delivery;
--> statement-breakpoint
grant usage on schema signin to hora_signin;
--> statement-breakpoint
grant select, insert, update on signin.sessions to hora_signin;
--> statement-breakpoint
grant select, update on signin.accounts to hora_signin;
--> statement-breakpoint
grant select on members, organisations, circles, workspace to hora_signin;
--> statement-breakpoint
create policy signin on members for select to hora_signin using (true);
--> statement-breakpoint
create policy signin on organisations for select to hora_signin using (true);
--> statement-breakpoint
create policy signin on circles for select to hora_signin using (kind = 'own');
--> statement-breakpoint
grant execute on function session_holds to hora_signin;
--> statement-breakpoint
grant select, insert, update on operations to hora_signin;
--> statement-breakpoint
create policy signin on operations to hora_signin using (member_id = setting('member'));
--> statement-breakpoint
grant execute on function setting, append to hora_signin;
--> statement-breakpoint
-- Each member is a subject of the circle Secretariat: that is where a sign-in is written.
create function member_subject() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into subjects (id, circle_id) select new.id, id from circles where kind = 'secretariat';
	return null;
end $$;
--> statement-breakpoint
create trigger member_subject after insert on members for each row execute function member_subject();
--> statement-breakpoint
-- What the door says of the workspace before anybody has signed in.
create function strategy_title() returns table ("titleRo" text, "titleEn" text)
	language sql stable security definer set search_path = public, pg_temp as $$
	select s.title_ro, s.title_en from strategies s join circles c on c.id = s.circle_id
		where c.kind in ('public', 'all') order by s.title_ro limit 1
$$;
--> statement-breakpoint
grant execute on function strategy_title to hora_signin;
--> statement-breakpoint
-- Last: whoever may call a function was named above.
revoke execute on all functions in schema public from public;
