-- What the board needs: measures that can be retired, posts that ask, and what each member has seen.

create or replace function measure_row(m measures) returns jsonb language sql stable as $$
	select jsonb_build_object(
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
		'steps', steps_of(m.id),
		'illustrative', m.illustrative, 'example', m.example, 'asOf', m.as_of,
		'retired', m.retired_at is not null)
$$;
--> statement-breakpoint
-- Whom a post asks, and what became of it.
create function asked_of(post uuid) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object(
			'organisationId', r.organisation_id, 'due', r.due, 'state', r.state, 'answerId', r.answer_id)
			order by r.due, r.organisation_id), '[]')
		from requests r where r.update_id = post
$$;
--> statement-breakpoint
create or replace function update_row(u updates) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'subject', 'update', 'id', u.id, 'circleId', u.circle_id,
		'version', (select s.version from subjects s where s.id = u.id),
		'measureId', u.measure_id, 'replyTo', u.reply_to,
		'organisationId', u.organisation_id, 'memberId', u.member_id,
		'memberName', (select m.name from members m where m.id = u.member_id),
		'kind', u.kind, 'language', u.language, 'text', u.text, 'prose', u.prose,
		'postedAt', instant(u.posted_at), 'editedAt', instant(u.edited_at),
		'withdrawnAt', instant(u.withdrawn_at), 'asked', asked_of(u.id), 'example', u.example)
$$;
--> statement-breakpoint
revoke execute on function asked_of from public;
--> statement-breakpoint
grant execute on function asked_of to hora_app;
--> statement-breakpoint
grant insert on measures, objectives, measure_organisations to hora_app;
--> statement-breakpoint
grant update on objectives, measure_organisations to hora_app;
--> statement-breakpoint
grant delete on measure_organisations to hora_app;
--> statement-breakpoint
grant select, insert, update (due, state, answer_id, closed_at) on requests to hora_app;
--> statement-breakpoint
grant select, insert, update on seen, seen_all to hora_app;
--> statement-breakpoint
grant select, insert, update, delete on views to hora_app;
