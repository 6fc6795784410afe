-- As before; and going down, a child whose parent went home to its author goes home to its own: the circle in which it
-- stood may lie inside the target through a successor while its parent's does not.
create or replace function move(what uuid[], target uuid) returns table (circle uuid, last bigint)
	language plpgsql security definer set search_path = public, pg_temp as $$
declare
	was uuid; down boolean; private boolean; ids uuid[]; moved jsonb;
begin
	perform refuse_unseen(what);
	perform from subjects where id = any(what) order by id for update;
	select distinct circle_id into strict was from subjects where id = any(what);
	down := lies_inside(target, was);
	private := exists (select from circles where id = target and kind = 'own');
	if was = target or not (down or lies_inside(was, target)) then
		raise exception 'neither narrower nor wider' using errcode = '23514';
	end if;
	with recursive placed as (
		select id, circle_id as old, target as new from subjects where id = any(what)
		union select s.id, s.circle_id, case
				when down and not lies_inside(goes.circle, parent.new) then coalesce(s.own_id, goes.circle)
				else goes.circle end
			from subjects s join placed parent on s.parent_id = parent.id,
			lateral (select case
				when s.id = any(what) then target
				when down and private and s.own_id <> target then s.own_id
				when down then coalesce(narrower(s.circle_id, target), s.own_id)
				when s.own_id is null and s.circle_id = was then target
				else s.circle_id end as circle) goes
	), moving as (
		update subjects s set circle_id = placed.new, version = version + 1 from placed
			where s.id = placed.id and placed.old <> placed.new
			returning s.id, placed.old, placed.new, s.version
	)
	select jsonb_agg(to_jsonb(moving) order by id), array_agg(id) into moved, ids from moving;

	update words w set circle_id = narrower(w.circle_id, s.circle_id) from subjects s
		where s.id = w.subject_id and w.subject_id = any(ids) and w.circle_id <> s.circle_id;

	return query select * from number_events((
		select jsonb_agg(e order by m->>'id', part) from jsonb_array_elements(moved) m, lateral (values
			(1, jsonb_build_object('circle', m->>'old', 'subject', m->>'id', 'version', m->'version')),
			(2, jsonb_build_object('circle', m->>'new', 'subject', m->>'id', 'version', m->'version',
				'type', 'arrived', 'data', jsonb_build_object('row', content((m->>'id')::uuid))))) x(part, e)));
end $$;
