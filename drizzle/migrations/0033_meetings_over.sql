-- What was noted, put and decided is its author's organisation's, as a post is: whoever joins a circle does not read it.
update subjects s set own_id = c.id
	from (select id, organisation_id from notes union all select id, organisation_id from proposals
		union all select id, organisation_id from decisions) said
		join circles c on c.kind = 'own' and c.organisation_id = said.organisation_id
	where s.id = said.id;
--> statement-breakpoint
-- As before; a meeting that is over stays with those whose meeting it was, its agenda too.
create or replace function succeed(old uuid, successor uuid, newcomer uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	moving uuid[];
begin
	insert into circles (id, name_ro, name_en, kind, inside, quoting)
		select successor, name_ro, name_en, kind, standing(inside), quoting from circles where id = old;
	update circles set inside = successor, succeeded_by = successor where id = old;
	insert into nested (circle_id, outer_id)
		select i.circle_id, o.outer_id from nested i, nested o where i.outer_id = old and o.circle_id = successor
		on conflict do nothing;
	insert into circle_organisations (circle_id, organisation_id, since)
		select successor, organisation_id, since from circle_organisations where circle_id = old
		union all select successor, newcomer, clock_timestamp();
	moving := array(select s.id from subjects s where s.circle_id = old and s.own_id is null and s.id <> old
		and not exists (select from meetings m where m.id in (s.id, s.parent_id) and m.state = 'closed'));
	if cardinality(moving) > 0 then
		return query select * from move(moving, successor);
	end if;
end $$;
