CREATE TABLE "delegates" (
	"meeting_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "delegates_meeting_id_organisation_id_pk" PRIMARY KEY("meeting_id","organisation_id")
);
--> statement-breakpoint
ALTER TABLE "delegates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "positions" (
	"proposal_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"stance" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"member_id" uuid NOT NULL,
	"noted" boolean NOT NULL,
	"taken_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "positions_proposal_id_organisation_id_pk" PRIMARY KEY("proposal_id","organisation_id")
);
--> statement-breakpoint
ALTER TABLE "positions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"text_ro" text NOT NULL,
	"text_en" text DEFAULT '' NOT NULL,
	"put_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"closed_at" timestamp(3) with time zone,
	"withdrawn_at" timestamp(3) with time zone,
	"count_for" integer,
	"count_against" integer,
	"count_abstain" integer,
	"reservation" text DEFAULT '' NOT NULL,
	"present" jsonb,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "votes" (
	"proposal_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"vote" text NOT NULL,
	"noted" boolean NOT NULL,
	"cast_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "votes_proposal_id_member_id_pk" PRIMARY KEY("proposal_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "votes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_meeting_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("meeting_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "delegates" ADD CONSTRAINT "delegates_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_proposal_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("proposal_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "positions" ADD CONSTRAINT "positions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_item_id_agenda_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."agenda_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_proposal_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("proposal_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposals_meeting_id_index" ON "proposals" USING btree ("meeting_id");--> statement-breakpoint
CREATE POLICY "circle" ON "delegates" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "positions" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "proposals" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "votes" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
alter table proposals add constraint counts_whole check (num_nonnulls(count_for, count_against, count_abstain) in (0, 3));
--> statement-breakpoint
create view proposal_rows with (security_invoker = true) as
	select p.*, jsonb_build_object(
		'subject', 'proposal', 'id', p.id, 'circleId', p.circle_id,
		'version', (select s.version from subjects s where s.id = p.id),
		'meetingId', p.meeting_id, 'itemId', p.item_id, 'organisationId', p.organisation_id,
		'memberName', (select name from members where id = p.member_id),
		'textRo', p.text_ro, 'textEn', p.text_en, 'putAt', instant(p.put_at),
		'closedAt', instant(p.closed_at), 'withdrawnAt', instant(p.withdrawn_at),
		'positions', coalesce((select jsonb_agg(jsonb_build_object(
				'organisationId', o.organisation_id, 'stance', o.stance, 'reason', o.reason,
				'memberName', (select name from members where id = o.member_id), 'noted', o.noted,
				'takenAt', instant(o.taken_at)) order by o.taken_at, o.organisation_id)
			from positions o where o.proposal_id = p.id), '[]'),
		'votes', coalesce((select jsonb_agg(jsonb_build_object(
				'memberId', v.member_id, 'memberName', (select name from members where id = v.member_id),
				'vote', v.vote, 'noted', v.noted, 'castAt', instant(v.cast_at)) order by v.cast_at, v.member_id)
			from votes v where v.proposal_id = p.id), '[]'),
		'counts', case when p.count_for is not null then jsonb_build_object(
			'for', p.count_for, 'against', p.count_against, 'abstain', p.count_abstain) end,
		'reservation', p.reservation, 'present', p.present, 'example', p.example) as row
	from proposals p;
--> statement-breakpoint
grant select on proposal_rows to hora_app;
--> statement-breakpoint
grant select, insert, update on proposals, positions, votes to hora_app;
--> statement-breakpoint
-- Whoever was named may be named no longer.
grant select, insert, update, delete on delegates to hora_app;
--> statement-breakpoint
drop view meeting_rows;
--> statement-breakpoint
create view meeting_rows with (security_invoker = true) as
	select m.*, jsonb_build_object(
		'subject', 'meeting', 'id', m.id, 'circleId', m.circle_id,
		'version', (select s.version from subjects s where s.id = m.id),
		'previousId', m.previous_id, 'title', m.title, 'day', m.day, 'time', m.time,
		'startsAt', instant((m.day + m.time::time) at time zone 'Europe/Bucharest'),
		'place', m.place, 'link', m.link,
		'chairId', m.chair_id, 'chairName', (select name from members where id = m.chair_id),
		'secretaryId', m.secretary_id, 'secretaryName', (select name from members where id = m.secretary_id),
		'state', m.state, 'openedAt', instant(m.opened_at), 'closedAt', instant(m.closed_at),
		'endsAt', instant(m.ends_at), 'left', m.left_ms,
		'quorumOf', m.quorum_of, 'quorumShare', m.quorum_share,
		'slots', coalesce((select jsonb_agg(jsonb_build_object(
				'id', s.id, 'minutes', s.minutes, 'state', s.state, 'organisationId', s.organisation_id,
				'carriedFrom', (select before.day from agenda_slots b join meetings before on before.id = b.meeting_id
					where b.id = s.carried_from),
				'takenAt', instant(s.taken_at), 'endedAt', instant(s.ended_at)) order by s.position, s.id)
			from agenda_slots s where s.meeting_id = m.id), '[]'),
		'hands', coalesce((select jsonb_agg(jsonb_build_object(
				'id', h.id, 'organisationId', h.organisation_id, 'memberId', h.member_id,
				'memberName', (select name from members where id = h.member_id), 'kind', h.kind,
				'raisedAt', instant(h.raised_at), 'since', instant(h.since)) order by h.position, h.raised_at, h.id)
			from hands h where h.meeting_id = m.id and h.lowered_at is null), '[]'),
		'attendance', coalesce((select jsonb_agg(jsonb_build_object(
				'id', a.id, 'memberId', a.member_id, 'organisationId', a.organisation_id,
				'name', coalesce((select name from members where id = a.member_id), a.guest_name), 'body', a.guest_body,
				'arrivedAt', instant(a.arrived_at), 'leftAt', instant(a.left_at)) order by a.arrived_at, a.id)
			from attendances a where a.meeting_id = m.id), '[]'),
		'delegates', coalesce((select jsonb_agg(jsonb_build_object(
				'organisationId', d.organisation_id, 'memberId', d.member_id,
				'memberName', (select name from members where id = d.member_id)) order by d.organisation_id)
			from delegates d where d.meeting_id = m.id), '[]'),
		'example', m.example) as row
	from meetings m;
--> statement-breakpoint
grant select on meeting_rows to hora_app;
--> statement-breakpoint
create or replace function content(what uuid) returns jsonb language sql stable as $$
	select m.row from measure_rows m where m.id = what
	union all
	select u.row from update_rows u where u.id = what
	union all
	select d.row from draft_rows d where d.id = what
	union all
	select m.row from meeting_rows m where m.id = what
	union all
	select i.row from item_rows i where i.id = what
	union all
	select n.row from note_rows n where n.id = what
	union all
	select p.row from proposal_rows p where p.id = what
	union all
	select d.row from decision_rows d where d.id = what
$$;
