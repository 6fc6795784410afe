CREATE TABLE "decision_bodies" (
	"decision_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"answer" text DEFAULT 'asked' NOT NULL,
	"answer_on" date,
	"reason" text DEFAULT '' NOT NULL,
	"member_id" uuid,
	"answered_at" timestamp(3) with time zone,
	CONSTRAINT "decision_bodies_decision_id_organisation_id_pk" PRIMARY KEY("decision_id","organisation_id")
);
--> statement-breakpoint
ALTER TABLE "decision_bodies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"text_ro" text NOT NULL,
	"text_en" text DEFAULT '' NOT NULL,
	"due_on" date,
	"measure_id" uuid,
	"recorded_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"withdrawn_at" timestamp(3) with time zone,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"text" text NOT NULL,
	"written_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "decision_bodies" ADD CONSTRAINT "decision_bodies_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_bodies" ADD CONSTRAINT "decision_bodies_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_bodies" ADD CONSTRAINT "decision_bodies_decision_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("decision_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "decision_bodies" ADD CONSTRAINT "decision_bodies_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_item_id_agenda_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."agenda_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_item_id_agenda_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."agenda_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "decision_bodies_organisation_id_index" ON "decision_bodies" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "decisions_meeting_id_index" ON "decisions" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "decisions_measure_id_index" ON "decisions" USING btree ("measure_id");--> statement-breakpoint
CREATE INDEX "notes_meeting_id_index" ON "notes" USING btree ("meeting_id");--> statement-breakpoint
CREATE POLICY "circle" ON "decision_bodies" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "decisions" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "notes" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
create view note_rows with (security_invoker = true) as
	select n.*, jsonb_build_object(
		'subject', 'note', 'id', n.id, 'circleId', n.circle_id,
		'version', (select s.version from subjects s where s.id = n.id),
		'meetingId', n.meeting_id, 'itemId', n.item_id, 'organisationId', n.organisation_id,
		'memberName', (select name from members where id = n.member_id),
		'text', n.text, 'writtenAt', instant(n.written_at), 'example', n.example) as row
	from notes n;
--> statement-breakpoint
create view decision_rows with (security_invoker = true) as
	select d.*, jsonb_build_object(
		'subject', 'decision', 'id', d.id, 'circleId', d.circle_id,
		'version', (select s.version from subjects s where s.id = d.id),
		'meetingId', d.meeting_id, 'decidedOn', (select m.day from meetings m where m.id = d.meeting_id),
		'itemId', d.item_id, 'organisationId', d.organisation_id,
		'memberName', (select name from members where id = d.member_id),
		'textRo', d.text_ro, 'textEn', d.text_en, 'dueOn', d.due_on, 'measureId', d.measure_id,
		'bodies', coalesce((select jsonb_agg(jsonb_build_object(
				'organisationId', b.organisation_id, 'answer', b.answer, 'on', b.answer_on, 'reason', b.reason,
				'memberName', (select name from members where id = b.member_id),
				'answeredAt', instant(b.answered_at)) order by b.position, b.organisation_id)
			from decision_bodies b where b.decision_id = d.id), '[]'),
		'recordedAt', instant(d.recorded_at), 'withdrawnAt', instant(d.withdrawn_at), 'example', d.example) as row
	from decisions d;
--> statement-breakpoint
grant select on note_rows, decision_rows to hora_app;
--> statement-breakpoint
grant select, insert, update on notes, decisions to hora_app;
--> statement-breakpoint
-- Whom a decision names is worded with it, until the meeting is closed.
grant select, insert, update, delete on decision_bodies to hora_app;
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
	select d.row from decision_rows d where d.id = what
$$;
