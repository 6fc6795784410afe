-- Who is who, for the policies below. The columns they read come further down.
set local check_function_bodies = off;
--> statement-breakpoint
-- Does this member sit at the table now: neither switched off nor at the end of the membership?
create function sits(m members) returns boolean language sql stable
	as $$ select m.active and (m.until is null or m.until > clock_timestamp()) $$;
--> statement-breakpoint
create function i_am_secretariat() returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from members m where m.id = setting('member') and m.role = 'secretariat' and sits(m));
end $$;
--> statement-breakpoint
-- The coordinators of an organisation see to its members, the secretariat to everybody's.
create function i_coordinate(organisation uuid) returns boolean
	language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
	return exists (select from members m where m.id = setting('member') and sits(m)
		and (m.role = 'secretariat' or (m.role = 'coordinator' and m.organisation_id = organisation)));
end $$;
--> statement-breakpoint
CREATE TABLE "signin"."challenges" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"member_id" uuid,
	"challenge" text DEFAULT '' NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signin"."passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint DEFAULT 0 NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"name" text NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "signin"."recovery_codes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "signin"."resets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"made_by" uuid,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"used_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE TABLE "signin"."set_up" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "confirmations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"command" text NOT NULL,
	"field" text NOT NULL,
	"kinds" text[] NOT NULL,
	"reason" text NOT NULL,
	"subject_id" uuid,
	"at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"reviewed_by" uuid,
	"reviewed_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "confirmations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"circle_id" uuid NOT NULL,
	"update_id" uuid NOT NULL,
	"placed" jsonb NOT NULL,
	"words" text,
	"flagged_by" uuid NOT NULL,
	"author_organisation_id" uuid NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"at" timestamp(3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp(3) with time zone,
	"why" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"organisation_id" uuid,
	"address" text NOT NULL,
	"subject" text NOT NULL,
	"text" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"trouble" text DEFAULT '' NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"next_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"function_ro" text DEFAULT '' NOT NULL,
	"function_en" text DEFAULT '' NOT NULL,
	"language" text NOT NULL,
	"invited_by" uuid,
	"secret_hash" "bytea" NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"withdrawn_at" timestamp(3) with time zone,
	"used_at" timestamp(3) with time zone,
	"member_id" uuid
);
--> statement-breakpoint
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "offices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"role" text NOT NULL,
	"function_ro" text DEFAULT '' NOT NULL,
	"function_en" text DEFAULT '' NOT NULL,
	"since" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"until" timestamp(3) with time zone
);
--> statement-breakpoint
ALTER TABLE "offices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "signin"."accounts" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "circle_organisations" ADD COLUMN "since" timestamp(3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "circles" ADD COLUMN "quoting" text DEFAULT 'agreement' NOT NULL;--> statement-breakpoint
ALTER TABLE "circles" ADD COLUMN "retired_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "signin"."accounts" ADD COLUMN "totp_secret" "bytea";--> statement-breakpoint
ALTER TABLE "signin"."accounts" ADD COLUMN "totp_since" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "signin"."accounts" ADD COLUMN "totp_step" bigint;--> statement-breakpoint
ALTER TABLE "signin"."sessions" ADD COLUMN "proved_at" timestamp(3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "signin"."sessions" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "signin"."sessions" ADD COLUMN "browser" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "name_ro" text DEFAULT 'Hora' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "name_en" text DEFAULT 'Hora' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "skipped" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "since" timestamp(3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "until" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "retired_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "strategies" ADD COLUMN "retired_at" timestamp(3) with time zone;--> statement-breakpoint
ALTER TABLE "signin"."challenges" ADD CONSTRAINT "challenges_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."passkeys" ADD CONSTRAINT "passkeys_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."recovery_codes" ADD CONSTRAINT "recovery_codes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."resets" ADD CONSTRAINT "resets_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signin"."resets" ADD CONSTRAINT "resets_made_by_members_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_reviewed_by_members_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_circle_id_circles_id_fk" FOREIGN KEY ("circle_id") REFERENCES "public"."circles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_flagged_by_members_id_fk" FOREIGN KEY ("flagged_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_author_organisation_id_organisations_id_fk" FOREIGN KEY ("author_organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_decided_by_members_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_members_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offices" ADD CONSTRAINT "offices_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkeys_member_id_index" ON "signin"."passkeys" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_member_id_index" ON "signin"."recovery_codes" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "resets_member_id_index" ON "signin"."resets" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "confirmations_circle_id_at_index" ON "confirmations" USING btree ("circle_id","at");--> statement-breakpoint
CREATE INDEX "flags_update_id_index" ON "flags" USING btree ("update_id");--> statement-breakpoint
CREATE INDEX "flags_circle_id_index" ON "flags" USING btree ("circle_id");--> statement-breakpoint
CREATE INDEX "mails_state_next_at_index" ON "mails" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "invitations_organisation_id_index" ON "invitations" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "offices_member_id_index" ON "offices" USING btree ("member_id");--> statement-breakpoint
CREATE POLICY "circle" ON "confirmations" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "circle" ON "flags" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));--> statement-breakpoint
CREATE POLICY "secretariat" ON "mails" AS PERMISSIVE FOR ALL TO "hora_app" USING (i_am_secretariat());--> statement-breakpoint
CREATE POLICY "coordinators" ON "invitations" AS PERMISSIVE FOR ALL TO "hora_app" USING (i_coordinate(organisation_id));--> statement-breakpoint
CREATE POLICY "members" ON "offices" AS PERMISSIVE FOR ALL TO "hora_app" USING (setting('member') is not null);
