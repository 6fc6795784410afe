-- No harm: what was confirmed against a warning, posts flagged for personal data, words removed for good.
alter table updates add column flagged_at timestamptz, add column redacted_at timestamptz;
--> statement-breakpoint
-- The secretariat need not see the post: what it hangs on is kept with the flag.
alter table flags add column measure_id uuid;
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
		'flaggedAt', instant(u.flagged_at), 'redactedAt', instant(u.redacted_at),
		'asked', case when u.withdrawn_at is null then asked_of(u.id) else '[]' end, 'example', u.example)
$$;
--> statement-breakpoint
-- As `append`, and with it what was warned of and confirmed: [{command, field, kinds, reason, subject}]. It stands in
-- the circle Secretariat, which whoever wrote it cannot see; one numbering for both, so that heads are locked in order.
create function append_confirmed(happened jsonb, confirmed jsonb) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	secretariat uuid := (select id from circles where kind = 'secretariat');
	made jsonb;
begin
	if exists (select from jsonb_array_elements(happened) e
			left join subjects s on s.id = (e->>'subject')::uuid where s.id is null) then
		raise exception 'an event names no subject' using errcode = '23503';
	end if;
	perform refuse_unseen(array(select (e->>'subject')::uuid from jsonb_array_elements(happened) e));
	with kept as (
		insert into confirmations (circle_id, member_id, command, field, kinds, reason, subject_id)
			select secretariat, setting('member'), c->>'command', c->>'field',
					array(select jsonb_array_elements_text(c->'kinds')), c->>'reason',
					case when c->>'subject' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (c->>'subject')::uuid end
				from jsonb_array_elements(confirmed) c
			returning id, command, field, kinds
	), placed as (
		insert into subjects (id, circle_id) select id, secretariat from kept
	)
	select jsonb_agg(jsonb_build_object('subject', id, 'circle', secretariat, 'version', 1, 'type', 'confirmation.made',
			'data', jsonb_build_object('command', command, 'field', field, 'kinds', kinds))) into made from kept;
	return query select * from number_events((
		select coalesce(jsonb_agg(e || jsonb_build_object('circle', s.circle_id, 'version', s.version) order by i), '[]')
			from jsonb_array_elements(happened) with ordinality x(e, i)
			join subjects s on s.id = (e->>'subject')::uuid) || coalesce(made, '[]'));
end $$;
--> statement-breakpoint
-- Kept only by the function above; of what is kept only that it was looked at is ever changed.
revoke insert, update on confirmations from hora_app;
--> statement-breakpoint
grant update (reviewed_by, reviewed_at) on confirmations to hora_app;
--> statement-breakpoint
-- Places subjects: {subject: circle}, past words with them, each in the narrower circle. Answers with what is to be
-- numbered: a shell without words where it was, the thing itself where it is now.
create function carry(places jsonb) returns jsonb
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	moved jsonb;
begin
	with moving as (
		update subjects s set circle_id = p.value::uuid, version = s.version + 1
			from jsonb_each_text(places) p join subjects was on was.id = p.key::uuid
			where s.id = was.id and was.circle_id <> p.value::uuid
			returning s.id, was.circle_id as old, s.circle_id as new, s.version
	)
	select coalesce(jsonb_agg(to_jsonb(moving) order by id), '[]') into moved from moving;

	update words w set circle_id = narrower(w.circle_id, s.circle_id) from subjects s
		where s.id = w.subject_id and w.circle_id <> s.circle_id
			and s.id in (select (m->>'id')::uuid from jsonb_array_elements(moved) m);

	return (select coalesce(jsonb_agg(e order by m->>'id', part), '[]') from jsonb_array_elements(moved) m, lateral (values
		(1, jsonb_build_object('circle', m->>'old', 'subject', m->>'id', 'version', m->'version')),
		(2, jsonb_build_object('circle', m->>'new', 'subject', m->>'id', 'version', m->'version',
			'type', 'arrived', 'data', jsonb_build_object('row', content((m->>'id')::uuid))))) x(part, e));
end $$;
--> statement-breakpoint
-- An event about a subject, where it stands now.
create function telling(what uuid, type text, data jsonb) returns jsonb
	language sql stable security definer set search_path = public, pg_temp as $$
	select jsonb_build_object('circle', s.circle_id, 'subject', s.id, 'version', s.version, 'type', type, 'data', data)
		from subjects s where s.id = what
$$;
--> statement-breakpoint
-- The post that asked, where this post answers it: what the page of whoever reads it holds of it changes too.
create function question_of(what uuid) returns uuid
	language sql stable security definer set search_path = public, pg_temp as $$
	select r.update_id from requests r join updates u on u.id = r.update_id
		where r.answer_id = what and u.withdrawn_at is null
$$;
--> statement-breakpoint
-- „Conține date personale”: the post goes at once to its author's organisation's own circle, its replies each to their
-- authors' own, and the flag with a copy of the words into the circle Secretariat. Whoever flags sees neither.
create function raise_flag(what uuid, flag uuid, why text) returns void
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
				u.text, setting('member'), u.organisation_id, why
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
-- What a flag is about, locked: its measure first, then the post that it answers, then itself and what hangs on it. Only the secretariat, only once.
create function hold_flagged(flag uuid) returns uuid
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	post updates;
begin
	perform refuse_unseen(array[flag]);
	select u.* into strict post from updates u join flags f on f.update_id = u.id where f.id = flag and f.state = 'open';
	perform from subjects where id = post.measure_id for update;
	perform from subjects where id = post.reply_to for update;
	perform from subjects where id = post.id or parent_id = post.id order by id for update;
	return post.id;
end $$;
--> statement-breakpoint
-- Back to where it stood, or as near to it as what it hangs on has come since; with the replies that had gone along
-- and that nobody has flagged themselves.
create function restore_flag(flag uuid, because text) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	what uuid := hold_flagged(flag);
	stood jsonb := (select f.placed from flags f where f.id = flag);
	question uuid := question_of(what);
	asked jsonb := asked_of(question);
	home uuid;
	told jsonb;
begin
	-- The copy was for the decision alone: the secretariat need not be in the circle.
	update flags set state = 'restored', words = null, decided_by = setting('member'), decided_at = clock_timestamp(),
			why = because
		where id = flag;
	update updates set flagged_at = null where id = what;
	-- A reply whose post is still flagged waits with it.
	update flags f set placed = f.placed || jsonb_strip_nulls(jsonb_build_object(what, stood->>what::text))
		from updates u where u.id = what and f.update_id = u.reply_to and f.state = 'open';

	select place(narrower((stood->>what::text)::uuid, parent.circle_id), s.own_id) into home
		from subjects s join subjects parent on parent.id = s.parent_id where s.id = what;
	told := carry((
			select jsonb_object_agg(s.id, case when s.id = what then home
					else place(narrower((stood->>s.id::text)::uuid, home), s.own_id) end)
				from subjects s left join updates u on u.id = s.id
				where s.id = what or (s.parent_id = what and s.circle_id = s.own_id and u.flagged_at is null)));
	told := told || telling(what, 'update.restored', jsonb_build_object('new', jsonb_build_object('flaggedAt', null)))
		|| telling(flag, 'flag.restored', jsonb_build_object('reason', because));
	if question is not null and asked <> asked_of(question) then
		told := told || telling(question, 'request.put-back', jsonb_build_object(
			'old', jsonb_build_object('asked', asked), 'new', jsonb_build_object('asked', asked_of(question))));
	end if;
	perform number_events(told);
end $$;
--> statement-breakpoint
-- One's own circle where there is no other, or where that is another organisation's own.
create function place(circle uuid, own uuid) returns uuid
	language sql stable security definer set search_path = public, pg_temp as $$
	select case when circle is null or exists (select from circles c where c.id = circle and c.kind = 'own') then own
		else circle end
$$;
--> statement-breakpoint
-- The words go for good: from the post, from all that was said of it, and from the flag. That they were removed, by
-- whom and why, stays; what this post answered is open again.
create function remove_flagged(flag uuid, because text) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	what uuid := hold_flagged(flag);
	question uuid := question_of(what);
	asked jsonb := asked_of(question);
	told jsonb;
begin
	update flags set state = 'removed', words = null, decided_by = setting('member'), decided_at = clock_timestamp(),
			why = because
		where id = flag;
	perform redact(what);
	update updates set flagged_at = null, redacted_at = clock_timestamp() where id = what;
	told := jsonb_build_array(
		telling(what, 'update.redacted', jsonb_build_object('row', content(what), 'reason', because)),
		telling(flag, 'flag.removed', jsonb_build_object('reason', because)));
	update requests set state = 'open', answer_id = null, closed_at = null where answer_id = what;
	if question is not null then
		told := told || telling(question, 'request.reopened', jsonb_build_object(
			'old', jsonb_build_object('asked', asked), 'new', jsonb_build_object('asked', asked_of(question))));
	end if;
	perform number_events(told);
end $$;
--> statement-breakpoint
revoke execute on function append_confirmed, carry, telling, question_of, raise_flag, hold_flagged, restore_flag, place,
	remove_flagged from public;
--> statement-breakpoint
grant execute on function append_confirmed to hora_app, hora_signin;
--> statement-breakpoint
grant execute on function raise_flag, restore_flag, remove_flagged to hora_app;
