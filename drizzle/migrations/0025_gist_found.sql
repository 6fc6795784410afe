-- A post is found by its line in the other language, too. A stored column takes no other expression (PostgreSQL 15), so
-- it is made anew, and with it the view that reads all columns.
do $$
declare
	rows_of text := pg_get_viewdef('update_rows'::regclass);
begin
	drop view update_rows;
	alter table updates drop column found_by;
	alter table updates add column found_by tsvector generated always as (
		found_by(text, language) || found_by(gist, case language when 'ro' then 'en' else 'ro' end)) stored;
	execute 'create view update_rows with (security_invoker = true) as ' || rows_of;
end $$;
--> statement-breakpoint
create index updates_found_by on updates using gin (found_by) with (fastupdate = off);
--> statement-breakpoint
grant select on update_rows to hora_app;
