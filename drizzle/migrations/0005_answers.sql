-- What a post asks, as far as it is told: nothing once it is withdrawn, and the answer only where it stands in the
-- post's circle (a post that widened leaves its answers behind, with those to whom they were written).

create or replace function asked_of(post uuid) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object(
			'organisationId', r.organisation_id, 'due', r.due, 'state', r.state, 'answerId', a.id)
			order by r.due, r.organisation_id), '[]')
		from requests r left join updates a on a.id = r.answer_id and a.circle_id = r.circle_id
		where r.update_id = post
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
		'postedAt', instant(u.posted_at), 'editedAt', instant(u.edited_at), 'withdrawnAt', instant(u.withdrawn_at),
		'asked', case when u.withdrawn_at is null then asked_of(u.id) else '[]' end, 'example', u.example)
$$;
