ALTER TABLE "agenda_slots" ADD COLUMN "carried_from" uuid;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "previous_id" uuid;--> statement-breakpoint
ALTER TABLE "agenda_slots" ADD CONSTRAINT "agenda_slots_carried_from_agenda_slots_id_fk" FOREIGN KEY ("carried_from") REFERENCES "public"."agenda_slots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_previous_id_meetings_id_fk" FOREIGN KEY ("previous_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_previous_id_index" ON "meetings" USING btree ("previous_id");
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
		'example', m.example) as row
	from meetings m;
--> statement-breakpoint
grant select on meeting_rows to hora_app;
