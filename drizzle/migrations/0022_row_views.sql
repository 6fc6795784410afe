-- A row as pages and events carry it, as a view: a function asked for each row's circles anew, five times a row.
-- Read as its reader (`security_invoker`), so that row-level security holds as before.

create view asked_rows with (security_invoker = true) as
	select r.update_id, jsonb_agg(jsonb_build_object(
			'organisationId', r.organisation_id, 'due', r.due, 'askedDue', r.asked_due, 'state', r.state, 'answerId', a.id)
			order by r.due, r.organisation_id) as asked
		from requests r left join updates a on a.id = r.answer_id and a.circle_id = r.circle_id
		group by r.update_id;
--> statement-breakpoint
create or replace function asked_of(post uuid) returns jsonb language sql stable as $$
	select coalesce((select a.asked from asked_rows a where a.update_id = post), '[]')
$$;
--> statement-breakpoint
create view measure_rows with (security_invoker = true) as
	select m.*, jsonb_build_object(
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
		'steps', coalesce((select jsonb_agg(jsonb_build_object(
				'id', s.id, 'titleRo', s.title_ro, 'titleEn', s.title_en,
				'date', s.date, 'source', s.source, 'done', s.done) order by s.position, s.id)
			from steps s where s.measure_id = m.id), '[]'),
		'illustrative', m.illustrative, 'example', m.example, 'asOf', m.as_of,
		'retired', m.retired_at is not null) as row
	from measures m;
--> statement-breakpoint
create view update_rows with (security_invoker = true) as
	select u.*, jsonb_build_object(
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
		'asked', coalesce((select a.asked from asked_rows a where a.update_id = u.id and u.withdrawn_at is null), '[]'),
		'example', u.example) as row
	from updates u;
--> statement-breakpoint
create view draft_rows with (security_invoker = true) as
	select d.*, jsonb_build_object(
		'subject', 'draft', 'id', d.id, 'circleId', d.circle_id,
		'version', (select s.version from subjects s where s.id = d.id),
		'measureId', d.measure_id, 'organisationId', d.organisation_id, 'memberId', d.member_id,
		'memberName', (select m.name from members m where m.id = d.member_id),
		'command', d.command, 'input', d.input, 'prose', d.prose, 'state', d.state,
		'draftedAt', instant(d.drafted_at), 'editedAt', instant(d.edited_at),
		'decidedBy', (select m.name from members m where m.id = d.decided_by), 'decidedAt', instant(d.decided_at),
		'comments', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text, 'at', instant(c.at),
				'memberName', (select m.name from members m where m.id = c.member_id)) order by c.at, c.id)
			from draft_comments c where c.draft_id = d.id), '[]')) as row
	from drafts d;
--> statement-breakpoint
grant select on asked_rows, measure_rows, update_rows, draft_rows to hora_app;
--> statement-breakpoint
create or replace function content(what uuid) returns jsonb language sql stable as $$
	select m.row from measure_rows m where m.id = what
	union all
	select u.row from update_rows u where u.id = what
	union all
	select d.row from draft_rows d where d.id = what
$$;
--> statement-breakpoint
drop function measure_row, steps_of, update_row, draft_row, comments_of;
