CREATE TABLE "report_paragraphs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"report_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"place_id" uuid,
	"position" integer NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "report_paragraphs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"title" text NOT NULL,
	"language" text NOT NULL,
	"from_day" date,
	"to_day" date,
	"objectives" uuid[] DEFAULT '{}' NOT NULL,
	"sources" jsonb NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"retired_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "report_paragraphs" ADD CONSTRAINT "report_paragraphs_report_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("report_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "report_paragraphs" ADD CONSTRAINT "report_paragraphs_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "report_paragraphs_report_id_index" ON "report_paragraphs" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "reports_circle_id_index" ON "reports" USING btree ("circle_id");--> statement-breakpoint
CREATE POLICY "circle" ON "report_paragraphs" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "reports" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
-- A circle of the actor's that something may go out for: whoever records that it did has another role.
create function circle_named(circle uuid) returns jsonb
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return (select jsonb_build_object('id', c.id, 'nameRo', c.name_ro, 'nameEn', c.name_en) from circles c
		where c.id = circle and c.kind in ('all', 'made', 'own') and c.id = any(array(select my_circles())));
end $$;
--> statement-breakpoint
revoke execute on function circle_named from public;
--> statement-breakpoint
grant execute on function circle_named to hora_signin;
--> statement-breakpoint
grant select, insert, update on reports, report_paragraphs to hora_app;
--> statement-breakpoint
grant delete on report_paragraphs to hora_app;
