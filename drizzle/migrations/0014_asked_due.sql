-- The day that a post itself named stays beside the one promised since: only the first makes a question a request.
ALTER TABLE "requests" ADD COLUMN "asked_due" date;
--> statement-breakpoint
update requests set asked_due = due;
--> statement-breakpoint
-- Where a day has been promised, what stood there before the first promise.
update requests r set asked_due = first.asked_due
	from (select distinct on (w.subject_id, m.organisation_id) w.subject_id, m.organisation_id,
				(w.data->'promise'->>'from')::date as asked_due
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n join members m on m.id = w.author
			where w.type = 'request.promised' order by w.subject_id, m.organisation_id, e.at, e.n) first
	where first.subject_id = r.update_id and first.organisation_id = r.organisation_id;
--> statement-breakpoint
create or replace function asked_of(post uuid) returns jsonb language sql stable as $$
	select coalesce(jsonb_agg(jsonb_build_object(
			'organisationId', r.organisation_id, 'due', r.due, 'askedDue', r.asked_due, 'state', r.state, 'answerId', a.id)
			order by r.due, r.organisation_id), '[]')
		from requests r left join updates a on a.id = r.answer_id and a.circle_id = r.circle_id
		where r.update_id = post
$$;
