CREATE SCHEMA "signin";
--> statement-breakpoint
CREATE TABLE "circle_organisations" (
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	CONSTRAINT "circle_organisations_organisation_id_circle_id_pk" PRIMARY KEY("organisation_id","circle_id")
);
--> statement-breakpoint
ALTER TABLE "circle_organisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "circles" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text DEFAULT 'made' NOT NULL,
	"name_ro" text NOT NULL,
	"name_en" text NOT NULL,
	"inside" uuid,
	"organisation_id" uuid,
	"succeeded_by" uuid
);
--> statement-breakpoint
ALTER TABLE "circles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "nested" (
	"circle_id" uuid NOT NULL,
	"outer_id" uuid NOT NULL,
	CONSTRAINT "nested_circle_id_outer_id_pk" PRIMARY KEY("circle_id","outer_id")
);
--> statement-breakpoint
ALTER TABLE "nested" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "signin"."accounts" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"demonstration_window" text,
	CONSTRAINT "accounts_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "signin"."sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"circle_id" uuid NOT NULL,
	"n" bigint NOT NULL,
	"subject_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_circle_id_n_pk" PRIMARY KEY("circle_id","n")
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "heads" (
	"circle_id" uuid PRIMARY KEY NOT NULL,
	"n" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "operations" (
	"member_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"command" text NOT NULL,
	"input" "bytea" NOT NULL,
	"result" jsonb,
	"at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operations_member_id_id_pk" PRIMARY KEY("member_id","id")
);
--> statement-breakpoint
ALTER TABLE "operations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "subjects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parent_id" uuid,
	"circle_id" uuid NOT NULL,
	"own_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "subjects_id_circle_id_unique" UNIQUE("id","circle_id")
);
--> statement-breakpoint
ALTER TABLE "subjects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "words" (
	"event_circle_id" uuid NOT NULL,
	"n" bigint NOT NULL,
	"circle_id" uuid,
	"subject_id" uuid NOT NULL,
	"type" text NOT NULL,
	"author" uuid,
	"data" jsonb NOT NULL,
	CONSTRAINT "words_event_circle_id_n_pk" PRIMARY KEY("event_circle_id","n")
);
--> statement-breakpoint
ALTER TABLE "words" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workspace" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" uuid DEFAULT gen_random_uuid() NOT NULL,
	"demonstration" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workspace" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"function_ro" text DEFAULT '' NOT NULL,
	"function_en" text DEFAULT '' NOT NULL,
	"role" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
ALTER TABLE "members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"name_ro" text NOT NULL,
	"name_en" text NOT NULL,
	"short_ro" text NOT NULL,
	"short_en" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"is_group" boolean DEFAULT false NOT NULL,
	"seated" boolean DEFAULT false NOT NULL,
	"example" boolean DEFAULT false NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "measure_organisations" (
	"measure_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"part" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "measure_organisations_measure_id_organisation_id_pk" PRIMARY KEY("measure_id","organisation_id")
);
--> statement-breakpoint
ALTER TABLE "measure_organisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "measures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"objective_id" uuid NOT NULL,
	"code" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"title_ro" text NOT NULL,
	"title_en" text NOT NULL,
	"description_ro" text DEFAULT '' NOT NULL,
	"description_en" text DEFAULT '' NOT NULL,
	"indicators" text DEFAULT '' NOT NULL,
	"resources" text DEFAULT '' NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"deadline" text DEFAULT '' NOT NULL,
	"next_date" date,
	"status" text DEFAULT 'proposed' NOT NULL,
	"illustrative" boolean DEFAULT false NOT NULL,
	"example" boolean DEFAULT false NOT NULL,
	"as_of" date
);
--> statement-breakpoint
ALTER TABLE "measures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "objectives" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"strategy_id" uuid NOT NULL,
	"parent_id" uuid,
	"kind" text NOT NULL,
	"code" text DEFAULT '' NOT NULL,
	"title_ro" text NOT NULL,
	"title_en" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "objectives" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "steps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"measure_id" uuid NOT NULL,
	"circle_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title_ro" text NOT NULL,
	"title_en" text DEFAULT '' NOT NULL,
	"date" date,
	"source" text DEFAULT '' NOT NULL,
	"done" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "strategies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"title_ro" text NOT NULL,
	"title_en" text NOT NULL,
	"source" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "strategies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "updates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"measure_id" uuid NOT NULL,
	"reply_to" uuid,
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"prose" jsonb NOT NULL,
	"posted_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp(3) with time zone,
	"withdrawn_at" timestamp(3) with time zone,
	"example" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "updates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "circle_organisations" ADD CONSTRAINT "circle_organisations_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "circle_organisations" ADD CONSTRAINT "circle_organisations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "circles" ADD CONSTRAINT "circles_inside_circles_id_fk" FOREIGN KEY ("inside") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "circles" ADD CONSTRAINT "circles_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "circles" ADD CONSTRAINT "circles_succeeded_by_circles_id_fk" FOREIGN KEY ("succeeded_by") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nested" ADD CONSTRAINT "nested_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nested" ADD CONSTRAINT "nested_outer_id_circles_id_fk" FOREIGN KEY ("outer_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."accounts" ADD CONSTRAINT "accounts_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."sessions" ADD CONSTRAINT "sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "heads" ADD CONSTRAINT "heads_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_parent_id_subjects_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."subjects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_own_id_circles_id_fk" FOREIGN KEY ("own_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "words" ADD CONSTRAINT "words_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "words" ADD CONSTRAINT "words_event_circle_id_n_events_circle_id_n_fk" FOREIGN KEY ("event_circle_id","n") REFERENCES "public"."events"("circle_id","n") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measure_organisations" ADD CONSTRAINT "measure_organisations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measure_organisations" ADD CONSTRAINT "measure_organisations_measure_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("measure_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_objective_id_objectives_id_fk" FOREIGN KEY ("objective_id") REFERENCES "public"."objectives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_strategy_id_strategies_id_fk" FOREIGN KEY ("strategy_id") REFERENCES "public"."strategies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_parent_id_objectives_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."objectives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_measure_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("measure_id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "strategies" ADD CONSTRAINT "strategies_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_reply_to_updates_id_fk" FOREIGN KEY ("reply_to") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_id_circle_id_subjects_id_circle_id_fk" FOREIGN KEY ("id","circle_id") REFERENCES "public"."subjects"("id","circle_id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "circle_organisations_circle_id_index" ON "circle_organisations" USING btree ("circle_id");--> statement-breakpoint
CREATE INDEX "circles_inside_index" ON "circles" USING btree ("inside");--> statement-breakpoint
CREATE INDEX "nested_outer_id_index" ON "nested" USING btree ("outer_id");--> statement-breakpoint
CREATE INDEX "sessions_member_id_index" ON "signin"."sessions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "events_subject_id_index" ON "events" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "subjects_parent_id_index" ON "subjects" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "subjects_circle_id_index" ON "subjects" USING btree ("circle_id");--> statement-breakpoint
CREATE INDEX "words_subject_id_index" ON "words" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "words_circle_id_index" ON "words" USING btree ("circle_id");--> statement-breakpoint
CREATE INDEX "members_organisation_id_index" ON "members" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "measure_organisations_organisation_id_index" ON "measure_organisations" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "measures_circle_id_index" ON "measures" USING btree ("circle_id");--> statement-breakpoint
CREATE INDEX "measures_objective_id_index" ON "measures" USING btree ("objective_id");--> statement-breakpoint
CREATE INDEX "objectives_strategy_id_index" ON "objectives" USING btree ("strategy_id");--> statement-breakpoint
CREATE INDEX "steps_measure_id_index" ON "steps" USING btree ("measure_id");--> statement-breakpoint
CREATE INDEX "updates_measure_id_index" ON "updates" USING btree ("measure_id");--> statement-breakpoint
CREATE INDEX "updates_circle_id_posted_at_index" ON "updates" USING btree ("circle_id","posted_at");--> statement-breakpoint
CREATE POLICY "circle" ON "circle_organisations" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "circles" AS PERMISSIVE FOR ALL TO "hora_app" USING (id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "nested" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "events" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "delivery" ON "events" AS PERMISSIVE FOR SELECT TO "hora_delivery" USING (true);--> statement-breakpoint
CREATE POLICY "circle" ON "heads" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "own" ON "operations" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "circle" ON "subjects" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "words" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "delivery" ON "words" AS PERMISSIVE FOR SELECT TO "hora_delivery" USING (true);--> statement-breakpoint
CREATE POLICY "anybody" ON "workspace" AS PERMISSIVE FOR ALL TO "hora_app" USING (anybody());--> statement-breakpoint
CREATE POLICY "delivery" ON "workspace" AS PERMISSIVE FOR SELECT TO "hora_delivery" USING (true);--> statement-breakpoint
CREATE POLICY "signin" ON "workspace" AS PERMISSIVE FOR SELECT TO "hora_signin" USING (true);--> statement-breakpoint
CREATE POLICY "members" ON "members" AS PERMISSIVE FOR ALL TO "hora_app" USING (setting('member') is not null);--> statement-breakpoint
CREATE POLICY "anybody" ON "organisations" AS PERMISSIVE FOR ALL TO "hora_app" USING (anybody());--> statement-breakpoint
CREATE POLICY "circle" ON "measure_organisations" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "measures" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "objectives" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "steps" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "strategies" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "updates" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));