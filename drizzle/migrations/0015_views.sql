-- Looking through another organisation's eyes is allowed by what one sees and wrote; the door's role records it.
create function sees_measure(measure uuid) returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from measures m where m.id = measure and m.circle_id = any(array(select my_circles())));
end $$;
--> statement-breakpoint
create function wrote_on(measure uuid, organisation uuid) returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from updates u where u.measure_id = measure and u.organisation_id = organisation
		and u.withdrawn_at is null);
end $$;
--> statement-breakpoint
revoke execute on function sees_measure, wrote_on from public;
--> statement-breakpoint
grant execute on function sees_measure, wrote_on to hora_signin;
