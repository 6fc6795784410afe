CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"strategy_id" uuid NOT NULL,
	"title_ro" text DEFAULT '' NOT NULL,
	"title_en" text DEFAULT '' NOT NULL,
	"first_year" integer,
	"last_year" integer,
	"made_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "plans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "predecessors" (
	"measure_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"fate" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "predecessors_measure_id_from_id_pk" PRIMARY KEY("measure_id","from_id")
);
--> statement-breakpoint
ALTER TABLE "predecessors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "import_columns" (
	"sheet" text NOT NULL,
	"title" text NOT NULL,
	"field" text
);
--> statement-breakpoint
ALTER TABLE "import_columns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"file" text NOT NULL,
	"sheets" text NOT NULL,
	"choices" jsonb NOT NULL,
	"review" jsonb,
	"writes" jsonb
);
--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "together" bigint;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "plan_id" uuid;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "planned" jsonb;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "predecessors" ADD CONSTRAINT "predecessors_from_id_measures_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "predecessors" ADD CONSTRAINT "predecessors_measure_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("measure_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "plans_strategy_id_index" ON "plans" USING btree ("strategy_id");--> statement-breakpoint
CREATE INDEX "predecessors_from_id_index" ON "predecessors" USING btree ("from_id");--> statement-breakpoint
CREATE INDEX "import_columns_sheet_title_index" ON "import_columns" USING btree ("sheet","title");--> statement-breakpoint
CREATE INDEX "imports_member_id_index" ON "imports" USING btree ("member_id");--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "measures_plan_id_index" ON "measures" USING btree ("plan_id");--> statement-breakpoint
CREATE POLICY "circle" ON "plans" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "predecessors" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "members" ON "import_columns" AS PERMISSIVE FOR ALL TO "hora_app" USING (setting('member') is not null);--> statement-breakpoint
CREATE POLICY "own" ON "imports" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member') and made_at > clock_timestamp() - interval '1 day');--> statement-breakpoint
-- Each strategy has its first plan from the beginning, and a measure that says nothing belongs to the newest one.
create function first_plan() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
	plan uuid := gen_random_uuid();
begin
	insert into subjects (id, circle_id, parent_id) values (plan, new.circle_id, new.id);
	insert into plans (id, circle_id, strategy_id, made_at) values (plan, new.circle_id, new.id, new.made_at);
	return null;
end $$;
--> statement-breakpoint
create function newest_plan() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
	new.plan_id := (select p.id from plans p join objectives o on o.strategy_id = p.strategy_id
		where o.id = new.objective_id order by p.made_at desc, p.id limit 1);
	return new;
end $$;
--> statement-breakpoint
do $$
declare
	s record; plan uuid;
begin
	for s in select * from strategies loop
		plan := gen_random_uuid();
		insert into subjects (id, circle_id, parent_id) values (plan, s.circle_id, s.id);
		insert into plans (id, circle_id, strategy_id, made_at) values (plan, s.circle_id, s.id, s.made_at);
		update measures m set plan_id = plan from objectives o where o.id = m.objective_id and o.strategy_id = s.id;
	end loop;
end $$;
--> statement-breakpoint
create trigger first_plan after insert on strategies for each row execute function first_plan();
--> statement-breakpoint
create trigger newest_plan before insert on measures for each row when (new.plan_id is null) execute function newest_plan();
--> statement-breakpoint
-- As before; of thousands that come at once most share their parent's circle, and each side finds by its own index.
create or replace function child_inside_parent() returns trigger
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if exists (
		select from subjects child join subjects parent on parent.id = child.parent_id
			where child.id = new.id and child.circle_id <> parent.circle_id
				and child.circle_id is distinct from child.own_id
				and not lies_inside(child.circle_id, parent.circle_id)
	) or exists (
		select from subjects child join subjects parent on parent.id = child.parent_id
			where child.parent_id = new.id and child.circle_id <> parent.circle_id
				and child.circle_id is distinct from child.own_id
				and not lies_inside(child.circle_id, parent.circle_id)
	) then
		raise exception 'a child lies inside its parent''s circle, or in its author''s own' using errcode = '23514';
	end if;
	return null;
end $$;
--> statement-breakpoint
-- Who may import is asked by policy; this asks the database again, for what every organisation then reads.
create function i_import() returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from members m join organisations o on o.id = m.organisation_id
		where m.id = setting('member') and sits(m)
			and (m.role = 'secretariat' or (o.kind = 'parliament' and m.role <> 'observer')));
end $$;
--> statement-breakpoint
-- A class of bodies that a plan names („ONG”) stays a name: without members, circle or rights.
create function name_groups(made jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if not i_import() then
		raise exception 'new row violates row-level security: who imports a plan' using errcode = '42501';
	end if;
	insert into organisations (id, kind, name_ro, name_en, short_ro, short_en, is_group)
		select (g->>'id')::uuid, 'agency', g->>'name', g->>'name', g->>'name', g->>'name', true from jsonb_array_elements(made) g;
end $$;
--> statement-breakpoint
-- A spelling by which a plan has called an organisation is known the next time.
create function remember_spellings(met jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
	if not i_import() then
		raise exception 'new row violates row-level security: who imports a plan' using errcode = '42501';
	end if;
	update organisations o set aliases = array(
			select distinct spelling from unnest(o.aliases || array(
				select a->>'name' from jsonb_array_elements(met) a where (a->>'id')::uuid = o.id)) spelling order by spelling)
		where o.id in (select (a->>'id')::uuid from jsonb_array_elements(met) a);
end $$;
--> statement-breakpoint
-- Many at once, [{subject, type, data}]: each is numbered and told to its own subject as ever; after them stands, in every
-- circle that was met, what was done as a whole, and that alone is delivered: the pages then read again.
create function append_together(happened jsonb, about uuid, kind text, said jsonb) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	perform refuse_unseen(array(select (e->>'subject')::uuid from jsonb_array_elements(happened) e) || about);
	perform from heads where circle_id in (
			select s.circle_id from subjects s where s.id = about
				or s.id in (select (e->>'subject')::uuid from jsonb_array_elements(happened) e))
		order by circle_id for update;
	with each_one as (
		select s.circle_id, s.id, s.version, i, e->>'type' as type, coalesce(e->'data', '{}') as data
			from jsonb_array_elements(happened) with ordinality x(e, i) join subjects s on s.id = (e->>'subject')::uuid
	), whole as (
		select circle_id from each_one union select s.circle_id from subjects s where s.id = about
	), numbered as (
		select h.circle_id, h.n + row_number() over (partition by h.circle_id order by a.i) as n, a.*,
				h.n + count(*) over (partition by h.circle_id) as last
			from heads h join (
				select circle_id as circle, id, version, i, type, data from each_one
				union all select w.circle_id, s.id, s.version, 1000000000, kind, said from whole w, subjects s where s.id = about
			) a on a.circle = h.circle_id
	), shells as (
		insert into events (circle_id, n, subject_id, version, at, together)
			select circle_id, n, id, version, clock_timestamp(), last from numbered
	), told as (
		insert into words (event_circle_id, n, circle_id, subject_id, type, author, data)
			select circle_id, n, circle_id, id, type, setting('member'), data from numbered
	)
	update heads h set n = l.n from (select circle_id, max(last) as n from numbered group by 1) l where h.circle_id = l.circle_id;
end $$;
--> statement-breakpoint
-- What was brought and not applied is gone after a day.
create function forget_imports() returns void language sql security definer set search_path = public, pg_temp as $$
	delete from imports where made_at < clock_timestamp() - interval '1 day'
$$;
--> statement-breakpoint
revoke execute on function first_plan, newest_plan, i_import, name_groups, remember_spellings, append_together, forget_imports
	from public;
--> statement-breakpoint
grant execute on function name_groups, remember_spellings, append_together to hora_app;
--> statement-breakpoint
grant execute on function forget_imports to hora_signin;
--> statement-breakpoint
grant select, insert on plans, predecessors to hora_app;
--> statement-breakpoint
grant select, insert, update, delete on imports, import_columns to hora_app;
