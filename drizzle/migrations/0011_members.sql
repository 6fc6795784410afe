-- Members, roles, and what happened to them.
--> statement-breakpoint
-- Who may be the last to go is asked of one organisation, and of the secretariat, by one after the other.
create function hold_members(organisation uuid) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform from subjects s where s.id in (organisation, (select c.id from circles c where c.kind = 'secretariat'))
		order by s.id for update;
end $$;
--> statement-breakpoint
-- An organisation takes its place in the ring with its first member.
create function take_seat() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	update organisations set seated = true where id = new.organisation_id and not seated;
	return null;
end $$;
--> statement-breakpoint
create trigger take_seat after insert on members for each row execute function take_seat();
--> statement-breakpoint
grant execute on function hold_members, instant to hora_signin;
--> statement-breakpoint
revoke execute on function hold_members, take_seat from public;
