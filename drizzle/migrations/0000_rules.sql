-- Who reads what. The policies of the tables name these functions, so they come first.
set local check_function_bodies = off;
--> statement-breakpoint
create function setting(name text) returns uuid language sql stable
	as $$ select nullif(current_setting('app.' || name, true), '')::uuid $$;
--> statement-breakpoint
-- An actor is set: a member, or a visitor.
create function anybody() returns boolean language sql stable
	as $$ select setting('member') is not null or current_setting('app.visitor', true) = 'yes' $$;
--> statement-breakpoint
-- The circles of a member: those of the organisation, Public, and by role the circle Secretariat.
-- In plpgsql, since a function in SQL is planned anew on every call before PostgreSQL 18.
create function circles_of(who uuid) returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
begin
	return query
		select co.circle_id from members m join circle_organisations co using (organisation_id)
			where m.id = who and m.active
		union all
		select c.id from circles c, members m
			where m.id = who and m.active
				and (c.kind = 'public' or (c.kind = 'secretariat' and m.role = 'secretariat'));
end $$;
--> statement-breakpoint
-- What every organisation of a circle may read: no role counts, only where the organisations are.
create function circles_common_to(circle uuid) returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
begin
	return query
		select co.circle_id from circle_organisations co
			where co.organisation_id in (select o.organisation_id from circle_organisations o where o.circle_id = circle)
			group by co.circle_id
			having count(*) = (select count(*) from circle_organisations o where o.circle_id = circle)
		union
		select c.id from circles c where c.kind = 'public';
end $$;
--> statement-breakpoint
-- The only place that says what the actor of this transaction may read. No actor set: nothing.
create function my_circles() returns setof uuid
	language plpgsql stable security definer rows 20 set search_path = public, pg_temp as $$
declare
	me uuid := setting('member');
	other uuid := setting('viewing_as');
	audience uuid := setting('for_circle');
begin
	if me is null then
		if current_setting('app.visitor', true) = 'yes' then
			return query select c.id from circles c where c.kind = 'public';
		end if;
	elsif other is null and audience is null then
		return query select circles_of(me);
	else
		return query select mine from circles_of(me) mine
			where (other is null or mine in (select circles_of(other)))
				and (audience is null or mine in (select circles_common_to(audience)));
	end if;
end $$;
