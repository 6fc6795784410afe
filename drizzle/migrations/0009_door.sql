-- From empty to working: the set-up that only a reader of the console can finish, bodies that take their seats, the first
-- days, and mail.
--> statement-breakpoint
-- Bodies take their seats: [{id, kind, nameRo, nameEn, shortRo, shortEn, aliases, source, position, group}]. Each gets its
-- own circle and comes into All partners; a group („ONG”) is only named. Whom a plan has named already (the same id) sits
-- down on the row that is there.
create function seat_organisations(bodies jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (select from workspace) and not i_am_secretariat() then
		raise exception 'only the secretariat seats organisations' using errcode = '42501';
	end if;
	insert into organisations (id, kind, name_ro, name_en, short_ro, short_en, aliases, source, position, is_group, seated)
		select b.id, b.kind, b."nameRo", b."nameEn", b."shortRo", b."shortEn", coalesce(b.aliases, '{}'),
				coalesce(b.source, ''), coalesce(b.position, (select coalesce(max(position), 0) + 1 from organisations where seated)),
				coalesce(b."group", false), not coalesce(b."group", false)
			from jsonb_to_recordset(bodies) b(id uuid, kind text, "nameRo" text, "nameEn" text, "shortRo" text,
				"shortEn" text, aliases text[], source text, position int, "group" boolean)
		on conflict (id) do update set kind = excluded.kind, name_ro = excluded.name_ro, name_en = excluded.name_en,
			short_ro = excluded.short_ro, short_en = excluded.short_en, position = excluded.position, seated = not organisations.is_group;
	insert into circles (kind, name_ro, name_en, organisation_id)
		select 'own', 'Doar ' || o.name_ro, 'Only ' || coalesce(nullif(o.name_en, ''), o.name_ro), o.id
			from organisations o join jsonb_to_recordset(bodies) b(id uuid) using (id)
			where o.seated and not exists (select from circles c where c.kind = 'own' and c.organisation_id = o.id);
	insert into circle_organisations (circle_id, organisation_id)
		select c.id, o.id from organisations o join jsonb_to_recordset(bodies) b(id uuid) using (id)
				join circles c on c.kind = 'all' or (c.kind = 'own' and c.organisation_id = o.id)
			where o.seated
		on conflict do nothing;
end $$;
--> statement-breakpoint
-- Has anybody a way in: a password or a passkey?
create function anybody_can_enter() returns boolean
	language sql stable security definer set search_path = public, pg_temp as $$
	select exists (select from signin.accounts where password_hash is not null) or exists (select from signin.passkeys)
$$;
--> statement-breakpoint
-- Lays the table with one code, once: of two at the same moment the second waits here and finds the code gone. Where
-- somebody began but lost the session before they had a password or a passkey, a newer code leads that member in.
-- Null: the code does not fit, or is used up.
create function set_up(hash bytea, given jsonb) returns uuid
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	first uuid; strategy uuid := gen_random_uuid();
begin
	delete from signin.set_up where code_hash = hash;
	if not found then
		return null;
	end if;
	if exists (select from organisations) then
		select m.id into first from members m
			where m.role = 'secretariat' and sits(m) and not anybody_can_enter() order by m.since limit 1;
		return first;
	end if;

	insert into circles (kind, name_ro, name_en) values
		('public', 'Public', 'Public'), ('all', 'Toți partenerii', 'All partners'), ('secretariat', 'Secretariat', 'Secretariat');
	perform seat_organisations(jsonb_build_array(given->'organisation'));
	insert into members (organisation_id, name, function_ro, function_en, role)
		values ((given->'organisation'->>'id')::uuid, given->'member'->>'name', given->'member'->>'functionRo',
			given->'member'->>'functionEn', 'secretariat')
		returning id into first;
	insert into signin.accounts (member_id, email) values (first, given->'member'->>'email');
	insert into workspace (name_ro, name_en) values (given->>'nameRo', given->>'nameEn');
	insert into subjects (id, circle_id) select strategy, id from circles where kind = 'all';
	insert into strategies (id, circle_id, title_ro, title_en, source)
		select strategy, id, given->'strategy'->>'titleRo', given->'strategy'->>'titleEn', given->'strategy'->>'source'
			from circles where kind = 'all';

	perform set_config('app.member', first::text, true);
	perform append((select jsonb_build_array(jsonb_build_object('subject', w.id, 'type', 'workspace.begun',
		'data', jsonb_build_object('new', jsonb_build_object('nameRo', w.name_ro, 'nameEn', w.name_en)))) from workspace w));
	return first;
end $$;
--> statement-breakpoint
-- Does a code wait to be typed in?
create function set_up_waits() returns boolean
	language sql stable security definer set search_path = public, pg_temp as $$
	select exists (select from signin.set_up)
$$;
--> statement-breakpoint
-- What of the first days is done: of everything that the database holds, as no single member sees it. For the secretariat;
-- nothing for others.
create function first_days() returns table (organisations boolean, circles boolean, plan boolean, invitations boolean)
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return query select
		(select count(*) > 1 from organisations o where o.seated),
		exists (select from circles c where c.kind = 'made'),
		exists (select from measures),
		exists (select from invitations) or (select count(*) > 1 from members)
		where i_am_secretariat();
end $$;
--> statement-breakpoint
create function pass_over(step text, passed boolean) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if not i_am_secretariat() then
		raise exception 'only the secretariat passes over a step' using errcode = '42501';
	end if;
	update workspace set skipped = array_remove(skipped, step) || case when passed then array[step] else '{}' end;
end $$;
--> statement-breakpoint
grant execute on function seat_organisations to hora_app, hora_signin;
--> statement-breakpoint
grant execute on function first_days, pass_over to hora_app;
--> statement-breakpoint
grant execute on function set_up, set_up_waits to hora_signin;
--> statement-breakpoint
-- The code is laid down at start, by the tables' owner: whoever runs pages can only use it up.
revoke all on signin.set_up from hora_signin;
--> statement-breakpoint
revoke execute on function seat_organisations, anybody_can_enter, set_up, set_up_waits, first_days, pass_over from public;
