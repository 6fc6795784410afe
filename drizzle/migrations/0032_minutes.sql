CREATE TABLE "minute_lines" (
	"meeting_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"position" integer NOT NULL,
	"subject_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"salt" text NOT NULL,
	"said" text NOT NULL,
	CONSTRAINT "minute_lines_meeting_id_version_position_pk" PRIMARY KEY("meeting_id","version","position")
);
--> statement-breakpoint
ALTER TABLE "minute_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "minutes" (
	"meeting_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"hashes" jsonb NOT NULL,
	"seal" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"approved_by" uuid NOT NULL,
	"approved_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "minutes_meeting_id_version_pk" PRIMARY KEY("meeting_id","version")
);
--> statement-breakpoint
ALTER TABLE "minutes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "minute_lines" ADD CONSTRAINT "minute_lines_subject_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("subject_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "minute_lines" ADD CONSTRAINT "minute_lines_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_approved_by_members_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("meeting_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "circle" ON "minute_lines" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "minutes" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));
--> statement-breakpoint
grant select on minutes, minute_lines to hora_app;
--> statement-breakpoint
-- The minutes of a meeting as they are now, line by line: the meeting itself, then its items in the order in which they
-- were taken, each with what was noted, put and decided under it. A line is in the circle of what it says; its hash says
-- nothing without its salt. The seal is over the hashes of all lines, so that every reader has the same.
create function seal_minutes(meeting uuid, because text, member uuid) returns integer
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	following integer := coalesce((select max(version) from minutes where meeting_id = meeting), 0) + 1;
	names jsonb := (select jsonb_object_agg(o.id, jsonb_build_object('shortRo', o.short_ro, 'shortEn', o.short_en))
		from meetings m join circle_organisations c using (circle_id) join organisations o on o.id = c.organisation_id
		where m.id = meeting);
begin
	insert into minute_lines (meeting_id, version, position, subject_id, circle_id, salt, said)
		with items as (
			select i.id, row_number() over (order by s.taken_at nulls last, s.position, s.id) as place
				from agenda_slots s join agenda_items i on i.slot_id = s.id
				where s.meeting_id = meeting and s.state not in ('proposed', 'removed')
		), lines as (
			select meeting as id, 0 as place, 0 as part, null::timestamptz as at,
					content(meeting) - array['sealed', 'hands', 'version'] || jsonb_build_object('organisations', names) as said
			union all select id, place, 1, null, content(id) from items
			union all select n.id, place, 2, n.written_at, content(n.id)
				from notes n join items on items.id = n.item_id where n.text <> ''
			union all select p.id, place, 3, p.put_at, content(p.id)
				from proposals p join items on items.id = p.item_id where p.withdrawn_at is null
			union all select d.id, place, 4, d.recorded_at, content(d.id)
				from decisions d join items on items.id = d.item_id where d.withdrawn_at is null
		)
		select meeting, following, row_number() over (order by place, part, at, id), id, s.circle_id,
				gen_random_uuid()::text || gen_random_uuid()::text, said::text
			from lines join subjects s using (id);

	insert into minutes (meeting_id, circle_id, version, hashes, seal, reason, approved_by)
		select meeting, m.circle_id, following, jsonb_agg(hash order by position),
				encode(sha256(convert_to(concat_ws(E'\n', 'hora-minutes-1', meeting, following,
					string_agg(hash, E'\n' order by position)), 'UTF8')), 'hex'),
				because, member
			from meetings m, (
				select position, encode(sha256(convert_to(salt || E'\n' || said, 'UTF8')), 'hex') as hash
					from minute_lines where meeting_id = meeting and version = following) lines
			where m.id = meeting group by m.circle_id;
	return following;
end $$;
--> statement-breakpoint
revoke execute on function seal_minutes from public;
--> statement-breakpoint
-- Its chair approves the minutes of a meeting that is over, or the secretariat does.
create function approve_minutes(meeting uuid, because text) returns integer
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_unseen(array[meeting]);
	if not exists (select from meetings m where m.id = meeting and m.state = 'closed'
			and (m.chair_id = setting('member') or i_am_secretariat())) then
		raise exception 'new row violates row-level security: approved by its chair' using errcode = '42501';
	end if;
	return seal_minutes(meeting, because, setting('member'));
end $$;
--> statement-breakpoint
revoke execute on function approve_minutes from public;
--> statement-breakpoint
grant execute on function approve_minutes to hora_app;
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
		'sealed', (select jsonb_build_object('version', f.version, 'seal', f.seal, 'reason', f.reason,
				'memberName', (select name from members where id = f.approved_by), 'approvedAt', instant(f.approved_at))
			from minutes f where f.meeting_id = m.id order by f.version desc limit 1),
		'example', m.example) as row
	from meetings m;
--> statement-breakpoint
grant select on meeting_rows to hora_app;
