-- A circle that was retired may be opened again; `retired` is then false.
create or replace function change_circle(circle uuid, changes jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_keeper();
	update circles c set name_ro = coalesce(changes->>'nameRo', c.name_ro), name_en = coalesce(changes->>'nameEn', c.name_en),
			quoting = coalesce(changes->>'quoting', c.quoting),
			retired_at = case (changes->>'retired')::boolean
				when true then clock_timestamp() when false then null else c.retired_at end
		where c.id = circle and c.kind in ('all', 'made');
end $$;
