CREATE TABLE "seen" (
	"member_id" uuid NOT NULL,
	"measure_id" uuid NOT NULL,
	"heads" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "seen_member_id_measure_id_pk" PRIMARY KEY("member_id","measure_id")
);
--> statement-breakpoint
ALTER TABLE "seen" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "seen_all" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"heads" jsonb NOT NULL,
	"at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "seen_all" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "requests" (
	"update_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"due" date,
	"state" text DEFAULT 'open' NOT NULL,
	"answer_id" uuid,
	"closed_at" timestamp(3) with time zone,
	CONSTRAINT "requests_update_id_organisation_id_pk" PRIMARY KEY("update_id","organisation_id")
);
--> statement-breakpoint
ALTER TABLE "requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "retired_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "seen" ADD CONSTRAINT "seen_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seen_all" ADD CONSTRAINT "seen_all_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_answer_id_updates_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_update_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("update_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "requests_organisation_id_index" ON "requests" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "views_member_id_index" ON "views" USING btree ("member_id");--> statement-breakpoint
CREATE POLICY "own" ON "seen" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "own" ON "seen_all" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "circle" ON "requests" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "own" ON "views" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));