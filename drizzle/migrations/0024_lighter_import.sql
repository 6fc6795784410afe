-- An import of thousands of rows, for the embedded database above all: one thread does everything.

-- Many rows have most of their words in common: entered together each word is looked up once, not once a row. So short
-- a list is worked off by whoever makes it longer, and read in no time before.
alter index measures_found_by set (fastupdate = on, gin_pending_list_limit = 64);
--> statement-breakpoint
-- As before, of all that come with one statement at once.
create function circle_takes_these() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (select from circles c
			where c.retired_at is not null and c.id in (select circle_id from added)) then
		raise exception 'the circle was retired' using errcode = '23514';
	end if;
	return null;
end $$;
--> statement-breakpoint
drop trigger circle_takes_more on subjects;
--> statement-breakpoint
create trigger circle_takes_more before update of circle_id on subjects
	for each row execute function circle_takes_more();
--> statement-breakpoint
create trigger circle_takes_these after insert on subjects referencing new table as added
	for each statement execute function circle_takes_these();
--> statement-breakpoint
revoke execute on function circle_takes_these from public;
