CREATE TABLE "attendances" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"meeting_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"member_id" uuid,
	"organisation_id" uuid,
	"guest_name" text DEFAULT '' NOT NULL,
	"guest_body" text DEFAULT '' NOT NULL,
	"arrived_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"left_at" timestamp(3) with time zone,
	"noted_by" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attendances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "quorum_of" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "quorum_share" integer DEFAULT 50 NOT NULL;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_noted_by_members_id_fk" FOREIGN KEY ("noted_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_meeting_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("meeting_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "attendances" ADD CONSTRAINT "attendances_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attendances_meeting_id_index" ON "attendances" USING btree ("meeting_id");--> statement-breakpoint
CREATE POLICY "circle" ON "attendances" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));
--> statement-breakpoint
drop view meeting_rows;
--> statement-breakpoint
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
		'quorumOf', m.quorum_of, 'quorumShare', m.quorum_share,
		'slots', coalesce((select jsonb_agg(jsonb_build_object(
				'id', s.id, 'minutes', s.minutes, 'state', s.state, 'organisationId', s.organisation_id,
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
		'example', m.example) as row
	from meetings m;
--> statement-breakpoint
grant select on meeting_rows to hora_app;
--> statement-breakpoint
grant select, insert, update on attendances to hora_app;
