CREATE TABLE "agenda_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"meeting_id" uuid NOT NULL,
	"slot_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"title_ro" text NOT NULL,
	"title_en" text DEFAULT '' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"measures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"links" text DEFAULT '' NOT NULL,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agenda_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "agenda_slots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"meeting_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"minutes" integer NOT NULL,
	"state" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"taken_at" timestamp(3) with time zone,
	"ended_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "agenda_slots" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "hands" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"meeting_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"position" integer NOT NULL,
	"raised_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"since" timestamp(3) with time zone,
	"lowered_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "hands" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"title" text NOT NULL,
	"day" date NOT NULL,
	"time" text NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"link" text DEFAULT '' NOT NULL,
	"chair_id" uuid NOT NULL,
	"secretary_id" uuid,
	"state" text DEFAULT 'planned' NOT NULL,
	"opened_at" timestamp(3) with time zone,
	"closed_at" timestamp(3) with time zone,
	"ends_at" timestamp(3) with time zone,
	"left_ms" integer,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "meetings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_slot_id_agenda_slots_id_fk" FOREIGN KEY ("slot_id") REFERENCES "public"."agenda_slots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_items" ADD CONSTRAINT "agenda_items_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "agenda_slots" ADD CONSTRAINT "agenda_slots_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agenda_slots" ADD CONSTRAINT "agenda_slots_meeting_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("meeting_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "agenda_slots" ADD CONSTRAINT "agenda_slots_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hands" ADD CONSTRAINT "hands_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hands" ADD CONSTRAINT "hands_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hands" ADD CONSTRAINT "hands_meeting_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("meeting_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "hands" ADD CONSTRAINT "hands_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_chair_id_members_id_fk" FOREIGN KEY ("chair_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_secretary_id_members_id_fk" FOREIGN KEY ("secretary_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "agenda_items_meeting_id_index" ON "agenda_items" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "agenda_slots_meeting_id_index" ON "agenda_slots" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "hands_meeting_id_index" ON "hands" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "meetings_day_index" ON "meetings" USING btree ("day");--> statement-breakpoint
CREATE POLICY "circle" ON "agenda_items" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "agenda_slots" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "hands" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "meetings" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
create view meeting_rows with (security_invoker = true) as
	select m.*, jsonb_build_object(
		'subject', 'meeting', 'id', m.id, 'circleId', m.circle_id,
		'version', (select s.version from subjects s where s.id = m.id),
		'title', m.title, 'day', m.day, 'time', m.time,
		'startsAt', instant((m.day + m.time::time) at time zone 'Europe/Bucharest'),
		'place', m.place, 'link', m.link,
		'chairId', m.chair_id, 'chairName', (select name from members where id = m.chair_id),
		'secretaryId', m.secretary_id, 'secretaryName', (select name from members where id = m.secretary_id),
		'state', m.state, 'openedAt', instant(m.opened_at), 'closedAt', instant(m.closed_at),
		'endsAt', instant(m.ends_at), 'left', m.left_ms,
		'slots', coalesce((select jsonb_agg(jsonb_build_object(
				'id', s.id, 'minutes', s.minutes, 'state', s.state, 'organisationId', s.organisation_id,
				'takenAt', instant(s.taken_at), 'endedAt', instant(s.ended_at)) order by s.position, s.id)
			from agenda_slots s where s.meeting_id = m.id), '[]'),
		'hands', coalesce((select jsonb_agg(jsonb_build_object(
				'id', h.id, 'organisationId', h.organisation_id, 'memberId', h.member_id,
				'memberName', (select name from members where id = h.member_id), 'kind', h.kind,
				'raisedAt', instant(h.raised_at), 'since', instant(h.since)) order by h.position, h.raised_at, h.id)
			from hands h where h.meeting_id = m.id and h.lowered_at is null), '[]'),
		'example', m.example) as row
	from meetings m;
--> statement-breakpoint
create view item_rows with (security_invoker = true) as
	select i.*, jsonb_build_object(
		'subject', 'item', 'id', i.id, 'circleId', i.circle_id,
		'version', (select s.version from subjects s where s.id = i.id),
		'meetingId', i.meeting_id, 'slotId', i.slot_id, 'organisationId', i.organisation_id,
		'titleRo', i.title_ro, 'titleEn', i.title_en, 'text', i.text, 'measures', i.measures, 'links', i.links,
		'example', i.example) as row
	from agenda_items i;
--> statement-breakpoint
grant select on meeting_rows, item_rows to hora_app;
--> statement-breakpoint
grant select, insert, update on meetings, agenda_slots, agenda_items, hands to hora_app;
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
$$;
