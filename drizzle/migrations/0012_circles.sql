-- Circles, organisations and strategies, managed on screen.
alter table strategies add column made_at timestamp(3) with time zone default clock_timestamp() not null;
--> statement-breakpoint
-- Does this member sit at the table now? Nobody sits for an organisation that was retired.
create or replace function sits(m members) returns boolean language sql stable as $$
	select m.active and (m.until is null or m.until > clock_timestamp())
		and not exists (select from organisations o where o.id = m.organisation_id and o.retired_at is not null)
$$;
--> statement-breakpoint
-- Whoever keeps circles and organisations is the secretariat, whatever policy let the act through.
create function refuse_keeper() returns void language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	if not i_am_secretariat() then
		raise exception 'new row violates row-level security: kept by the secretariat alone' using errcode = '42501';
	end if;
end $$;
--> statement-breakpoint
-- Who is in a circle that lies inside another is in the outer one.
create function member_of_outer() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (
		select from circle_organisations co join nested n on n.circle_id = co.circle_id and n.outer_id <> co.circle_id
			where co.organisation_id = coalesce(new.organisation_id, old.organisation_id)
				and not exists (select from circle_organisations o
					where o.circle_id = n.outer_id and o.organisation_id = co.organisation_id)
	) then
		raise exception 'who is in a circle is in the one around it' using errcode = '23514';
	end if;
	return null;
end $$;
--> statement-breakpoint
create constraint trigger member_of_outer after insert or delete on circle_organisations
	deferrable initially deferred for each row execute function member_of_outer();
--> statement-breakpoint
-- Into a retired circle nothing new is written, through whatever door.
create function circle_takes_more() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (select from circles c where c.id = new.circle_id and c.retired_at is not null) then
		raise exception 'the circle was retired' using errcode = '23514';
	end if;
	return new;
end $$;
--> statement-breakpoint
create trigger circle_takes_more before insert or update of circle_id on subjects
	for each row execute function circle_takes_more();
--> statement-breakpoint
-- The circle that stands today where this one stood.
create function standing(circle uuid) returns uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
	now uuid := circle; next uuid;
begin
	loop
		select succeeded_by into next from circles where id = now;
		exit when next is null;
		now := next;
	end loop;
	return now;
end $$;
--> statement-breakpoint
-- As before; around the successor lies the circle that stands today, since the newcomer may be in that one alone.
create or replace function succeed(old uuid, successor uuid, newcomer uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into circles (id, name_ro, name_en, kind, inside, quoting)
		select successor, name_ro, name_en, kind, standing(inside), quoting from circles where id = old;
	update circles set inside = successor, succeeded_by = successor where id = old;
	insert into nested (circle_id, outer_id)
		select i.circle_id, o.outer_id from nested i, nested o where i.outer_id = old and o.circle_id = successor
		on conflict do nothing;
	insert into circle_organisations (circle_id, organisation_id, since)
		select successor, organisation_id, since from circle_organisations where circle_id = old
		union all select successor, newcomer, clock_timestamp();
	if exists (select from subjects where circle_id = old and own_id is null and id <> old) then
		return query select * from move(
			(select array_agg(id) from subjects where circle_id = old and own_id is null and id <> old), successor);
	end if;
end $$;
--> statement-breakpoint
-- Does whoever joins start a successor? Where anything but the circle's own history was written, and where the circle
-- still lies inside one that has a successor itself. All partners is the exception.
create function needs_successor(circle uuid) returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from circles c where c.id = circle and c.kind = 'made' and (
		exists (select from events e where e.circle_id = c.id and e.subject_id <> c.id)
		or exists (select from subjects s where s.circle_id = c.id and s.id <> c.id)
		or standing(c.inside) is distinct from c.inside));
end $$;
--> statement-breakpoint
-- A circle as its page shows it, read with the rights of whoever asks.
create function circle_facts(c circles) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'id', c.id, 'kind', c.kind, 'nameRo', c.name_ro, 'nameEn', c.name_en, 'insideId', standing(c.inside),
		'quoting', c.quoting, 'retired', c.retired_at is not null, 'retiredAt', instant(c.retired_at),
		'succeededBy', c.succeeded_by, 'succeedsId', (select e.id from circles e where e.succeeded_by = c.id),
		'organisations', coalesce((select jsonb_agg(jsonb_build_object('id', co.organisation_id, 'since', instant(co.since))
			order by co.since, co.organisation_id) from circle_organisations co where co.circle_id = c.id), '[]'))
$$;
--> statement-breakpoint
-- What the secretariat keeps, also where its organisation reads nothing: names and who is in them, no word more.
create function circles_kept() returns setof jsonb
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
declare
	mine uuid[] := array(select my_circles());
begin
	return query select circle_facts(c) || jsonb_build_object('read', c.id = any(mine), 'succeeds', needs_successor(c.id))
		from circles c where c.kind in ('all', 'made') and i_am_secretariat()
			and setting('viewing_as') is null and setting('for_circle') is null
		order by c.kind, c.name_ro, c.id;
end $$;
--> statement-breakpoint
-- The same of one circle, locked for a change. Who keeps nothing finds what they are in, and is then refused by policy.
create function hold_circle(circle uuid) returns jsonb
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if not i_am_secretariat() then
		return (select circle_facts(c) from circles c
			where c.id = circle and c.kind in ('all', 'made') and c.id = any(array(select my_circles())));
	end if;
	perform from subjects where id = circle for update;
	return (select circle_facts(c) || jsonb_build_object('succeeds', needs_successor(c.id))
		from circles c where c.id = circle and c.kind in ('all', 'made'));
end $$;
--> statement-breakpoint
create function make_circle(made jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	insert into circles (id, name_ro, name_en, kind, inside)
		values ((made->>'id')::uuid, made->>'nameRo', made->>'nameEn', 'made', (made->>'insideId')::uuid);
	insert into circle_organisations (circle_id, organisation_id)
		select (made->>'id')::uuid, o::uuid from jsonb_array_elements_text(made->'organisationIds') o;
end $$;
--> statement-breakpoint
create function change_circle(circle uuid, changes jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	update circles c set name_ro = coalesce(changes->>'nameRo', c.name_ro), name_en = coalesce(changes->>'nameEn', c.name_en),
			quoting = coalesce(changes->>'quoting', c.quoting),
			retired_at = case when (changes->>'retired')::boolean then clock_timestamp() else c.retired_at end
		where c.id = circle and c.kind in ('all', 'made');
end $$;
--> statement-breakpoint
-- Answers the circle in which the organisation then is: this one, or its successor. Who is writing in it now is waited
-- for, so that nothing was promised to fewer than will read it.
create function join_circle(circle uuid, organisation uuid, successor uuid) returns uuid
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	perform from subjects s where s.circle_id = circle and s.own_id is null and exists (
			select from circles c where c.id = circle and c.kind = 'made') order by s.id for update;
	perform from circles c where c.id = circle for update;
	if needs_successor(circle) then
		perform succeed(circle, successor, organisation);
		return successor;
	end if;
	insert into circle_organisations (circle_id, organisation_id) values (circle, organisation);
	return circle;
end $$;
--> statement-breakpoint
-- Answers the circles that were left: this one and those inside it; not the earlier ones, whose members hear it here.
create function leave_circle(circle uuid, organisation uuid) returns setof uuid
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	gone uuid[] := array(
		select c.id from nested n join circles c on c.id = n.circle_id and c.kind in ('made', 'all') and c.succeeded_by is null
			join circle_organisations co on co.circle_id = c.id and co.organisation_id = leave_circle.organisation
			where n.outer_id = leave_circle.circle order by c.id = leave_circle.circle desc, c.id);
begin
	perform refuse_keeper();
	perform leave(circle, organisation);
	return query select unnest(gone);
end $$;
--> statement-breakpoint
-- What happens to the whole table is written under the workspace, one after the other.
create function hold_workspace() returns uuid
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	found uuid;
begin
	if not i_am_secretariat() then
		return (select w.id from workspace w where anybody());
	end if;
	select s.id into found from subjects s join workspace w on w.id = s.id for update of s;
	return found;
end $$;
--> statement-breakpoint
-- A new name; the old one stays among the spellings by which the organisation is found.
create function rename_organisation(organisation uuid, names jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	update organisations o set
			aliases = array(select distinct spelling from unnest(o.aliases || array(
				select was from (values (o.name_ro, 'nameRo'), (o.name_en, 'nameEn'), (o.short_ro, 'shortRo'), (o.short_en, 'shortEn'))
					t(was, field) where names ? field and was <> '' and was <> names->>field)) spelling order by spelling),
			name_ro = coalesce(names->>'nameRo', o.name_ro), name_en = coalesce(names->>'nameEn', o.name_en),
			short_ro = coalesce(names->>'shortRo', o.short_ro), short_en = coalesce(names->>'shortEn', o.short_en)
		where o.id = organisation;
	update circles c set name_ro = 'Doar ' || o.name_ro, name_en = 'Only ' || o.name_en
		from organisations o where o.id = organisation and c.organisation_id = o.id and c.kind = 'own';
end $$;
--> statement-breakpoint
-- Out of pickers, ring and lists, or back; what it wrote stays. Its members' sessions end at once.
create function retire_organisation(organisation uuid, retired boolean) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	update organisations o set retired_at = case when retired then clock_timestamp() end where o.id = organisation;
	if retired then
		update signin.sessions s set ended_at = clock_timestamp() from members m
			where m.id = s.member_id and m.organisation_id = organisation and s.ended_at is null;
	end if;
end $$;
--> statement-breakpoint
-- What the door says of the workspace before anybody has signed in: the newest strategy that stands.
create or replace function strategy_title() returns table ("titleRo" text, "titleEn" text)
	language sql stable security definer set search_path = public, pg_temp as $$
	select s.title_ro, s.title_en from strategies s join circles c on c.id = s.circle_id
		where c.kind in ('public', 'all') and s.retired_at is null order by s.made_at desc, s.title_ro limit 1
$$;
--> statement-breakpoint
grant insert, update on strategies to hora_app;
--> statement-breakpoint
revoke execute on function refuse_keeper, member_of_outer, circle_takes_more, standing, needs_successor, circle_facts,
	circles_kept, hold_circle, make_circle, change_circle, join_circle, leave_circle, hold_workspace,
	rename_organisation, retire_organisation from public;
--> statement-breakpoint
grant execute on function standing, circle_facts, circles_kept to hora_app;
--> statement-breakpoint
grant execute on function hold_circle, make_circle, change_circle, join_circle, leave_circle, hold_workspace,
	rename_organisation, retire_organisation to hora_signin;
