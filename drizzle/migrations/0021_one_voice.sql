-- One voice: internal versions, a coordinator's approval, and a sentence in the other language.
CREATE TABLE "draft_comments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"draft_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"text" text NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "draft_comments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"measure_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"command" text NOT NULL,
	"input" jsonb NOT NULL,
	"prose" jsonb,
	"confirmed" jsonb,
	"state" text NOT NULL,
	"drafted_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp(3) with time zone,
	"decided_by" uuid,
	"decided_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "drafts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "approves" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "gist" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "gist_stale" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "updates" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comments" ADD CONSTRAINT "draft_comments_draft_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("draft_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_decided_by_members_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "draft_comments_draft_id_index" ON "draft_comments" USING btree ("draft_id");--> statement-breakpoint
CREATE INDEX "drafts_measure_id_index" ON "drafts" USING btree ("measure_id");--> statement-breakpoint
CREATE INDEX "drafts_circle_id_state_index" ON "drafts" USING btree ("circle_id","state");--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_approved_by_members_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "circle" ON "draft_comments" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "drafts" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));
--> statement-breakpoint
-- Who speaks for an authority is asked first; where one sits already, its coordinators may switch it off.
update organisations set approves = true where seated and not example and kind in ('ministry', 'agency');
--> statement-breakpoint
create or replace function update_row(u updates) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'subject', 'update', 'id', u.id, 'circleId', u.circle_id,
		'version', (select s.version from subjects s where s.id = u.id),
		'measureId', u.measure_id, 'replyTo', u.reply_to,
		'organisationId', u.organisation_id, 'memberId', u.member_id,
		'memberName', (select m.name from members m where m.id = u.member_id),
		'approvedBy', (select m.name from members m where m.id = u.approved_by),
		'kind', u.kind, 'language', u.language, 'text', u.text, 'prose', u.prose,
		'gist', u.gist, 'gistStale', u.gist_stale,
		'postedAt', instant(u.posted_at), 'editedAt', instant(u.edited_at), 'withdrawnAt', instant(u.withdrawn_at),
		'flaggedAt', instant(u.flagged_at), 'redactedAt', instant(u.redacted_at),
		'asked', case when u.withdrawn_at is null then asked_of(u.id) else '[]' end, 'example', u.example)
$$;
--> statement-breakpoint
create function comments_of(draft uuid) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text, 'at', instant(c.at),
			'memberName', (select m.name from members m where m.id = c.member_id)) order by c.at, c.id), '[]')
		from draft_comments c where c.draft_id = draft
$$;
--> statement-breakpoint
create function draft_row(d drafts) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'subject', 'draft', 'id', d.id, 'circleId', d.circle_id,
		'version', (select s.version from subjects s where s.id = d.id),
		'measureId', d.measure_id, 'organisationId', d.organisation_id, 'memberId', d.member_id,
		'memberName', (select m.name from members m where m.id = d.member_id),
		'command', d.command, 'input', d.input, 'prose', d.prose, 'state', d.state,
		'draftedAt', instant(d.drafted_at), 'editedAt', instant(d.edited_at),
		'decidedBy', (select m.name from members m where m.id = d.decided_by), 'decidedAt', instant(d.decided_at),
		'comments', comments_of(d.id))
$$;
--> statement-breakpoint
create or replace function content(what uuid) returns jsonb language sql stable as $$
	select measure_row(m) from measures m where m.id = what
	union all
	select update_row(u) from updates u where u.id = what
	union all
	select draft_row(d) from drafts d where d.id = what
$$;
--> statement-breakpoint
-- What is taken back or removed takes its sentence in the other language along.
create or replace function withdraw(what uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_unseen(array[what]);
	update updates set text = '', prose = '[]', gist = '', gist_stale = false, withdrawn_at = clock_timestamp() where id = what;
	update words w set circle_id = narrower(w.circle_id, s.own_id) from subjects s
		where s.id = w.subject_id and w.subject_id = what;
end $$;
--> statement-breakpoint
create or replace function redact(what uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	update updates set text = '', prose = '[]', gist = '', gist_stale = false,
			withdrawn_at = coalesce(withdrawn_at, clock_timestamp())
		where id = what;
	delete from words where subject_id = what;
end $$;
--> statement-breakpoint
create or replace function raise_flag(what uuid, flag uuid, why text) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	secretariat uuid := (select id from circles where kind = 'secretariat');
	question uuid := question_of(what);
	asked jsonb := asked_of(question);
	told jsonb;
begin
	perform refuse_unseen(array[what]);
	perform from subjects where id = what or parent_id = what order by id for update;
	insert into subjects (id, circle_id) values (flag, secretariat);
	insert into flags (id, circle_id, update_id, measure_id, placed, words, flagged_by, author_organisation_id, reason)
		select flag, secretariat, u.id, u.measure_id, coalesce((
					select jsonb_object_agg(s.id, s.circle_id) from subjects s
						where (s.id = what or s.parent_id = what) and s.circle_id <> s.own_id), '{}'),
				u.text || case when u.gist <> '' then E'\n\n' || u.gist else '' end, setting('member'), u.organisation_id, why
			from updates u where u.id = what;
	update updates set flagged_at = clock_timestamp() where id = what;

	told := carry((select coalesce(jsonb_object_agg(s.id, s.own_id), '{}') from subjects s
			where (s.id = what or s.parent_id = what) and s.circle_id <> s.own_id));
	-- In a statement of its own: it sees where things stand now.
	told := told || telling(what, 'update.flagged',
			jsonb_build_object('reason', why, 'new', jsonb_build_object('flaggedAt', (select instant(flagged_at) from updates where id = what))))
		|| telling(flag, 'flag.raised', jsonb_build_object('reason', why));
	if question is not null and asked <> asked_of(question) then
		told := told || telling(question, 'request.set-aside', jsonb_build_object(
			'old', jsonb_build_object('asked', asked), 'new', jsonb_build_object('asked', asked_of(question))));
	end if;
	perform number_events(told);
end $$;
--> statement-breakpoint
create or replace function seat_organisations(bodies jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (select from workspace) and not i_am_secretariat() then
		raise exception 'only the secretariat seats organisations' using errcode = '42501';
	end if;
	insert into organisations (id, kind, name_ro, name_en, short_ro, short_en, aliases, source, position, is_group, seated, approves)
		select b.id, b.kind, b."nameRo", b."nameEn", b."shortRo", b."shortEn", coalesce(b.aliases, '{}'),
				coalesce(b.source, ''), coalesce(b.position, (select coalesce(max(position), 0) + 1 from organisations where seated)),
				coalesce(b."group", false), not coalesce(b."group", false), b.kind in ('ministry', 'agency')
			from jsonb_to_recordset(bodies) b(id uuid, kind text, "nameRo" text, "nameEn" text, "shortRo" text,
				"shortEn" text, aliases text[], source text, position int, "group" boolean)
		on conflict (id) do update set kind = excluded.kind, name_ro = excluded.name_ro, name_en = excluded.name_en,
			short_ro = excluded.short_ro, short_en = excluded.short_en, position = excluded.position, seated = not organisations.is_group,
			approves = case when organisations.seated then organisations.approves else excluded.approves end;
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
-- Whether its contributors wait for a coordinator is switched by its coordinators alone, whatever policy let the act through.
create function set_approval(organisation uuid, wanted boolean) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if not exists (select from members m where m.id = setting('member') and sits(m) and m.role = 'coordinator'
			and m.organisation_id = organisation) then
		raise exception 'new row violates row-level security: switched by its coordinators alone' using errcode = '42501';
	end if;
	update organisations o set approves = wanted where o.id = organisation;
end $$;
--> statement-breakpoint
grant select, insert, update (input, prose, confirmed, state, edited_at, decided_by, decided_at) on drafts to hora_app;
--> statement-breakpoint
grant select, insert on draft_comments to hora_app;
--> statement-breakpoint
revoke execute on function comments_of, draft_row, set_approval from public;
--> statement-breakpoint
grant execute on function comments_of, draft_row, set_approval to hora_app;
--> statement-breakpoint
-- As before; what was approved is told in the transaction of who approved it.
create or replace function tell_asked(post uuid) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into mail_asked (member_id, update_id, asked_at, due_at)
		select m.id, u.id, clock_timestamp(),
				case c.asked when 'at-once' then clock_timestamp() else mail_hour(c.hour, clock_timestamp()) end
			from updates u join requests r on r.update_id = u.id join members m on m.organisation_id = r.organisation_id
				join signin.accounts a on a.member_id = m.id, mail_choice(m) c
			where u.id = post and setting('member') in (u.member_id, u.approved_by)
				and r.state = 'open' and sits(m) and c.asked <> 'never'
		on conflict do nothing;
end $$;
