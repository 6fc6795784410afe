CREATE TABLE "signin"."calendars" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"made_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp(3) with time zone,
	CONSTRAINT "calendars_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "mail_asked" (
	"member_id" uuid NOT NULL,
	"update_id" uuid NOT NULL,
	"asked_at" timestamp(3) with time zone NOT NULL,
	"due_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "mail_asked_member_id_update_id_pk" PRIMARY KEY("member_id","update_id")
);
--> statement-breakpoint
ALTER TABLE "mail_asked" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mail_choices" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"asked" text,
	"weekday" integer,
	"hour" integer,
	"language" text
);
--> statement-breakpoint
ALTER TABLE "mail_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "signin"."mail_key" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mail_weeks" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"heads" jsonb
);
--> statement-breakpoint
ALTER TABLE "mail_weeks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "about" jsonb;--> statement-breakpoint
ALTER TABLE "signin"."calendars" ADD CONSTRAINT "calendars_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_asked" ADD CONSTRAINT "mail_asked_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_asked" ADD CONSTRAINT "mail_asked_update_id_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_choices" ADD CONSTRAINT "mail_choices_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_weeks" ADD CONSTRAINT "mail_weeks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_asked_due_at_index" ON "mail_asked" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "own" ON "mail_asked" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "signin" ON "mail_asked" AS PERMISSIVE FOR ALL TO "hora_signin" USING (true);--> statement-breakpoint
CREATE POLICY "own" ON "mail_choices" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "signin" ON "mail_choices" AS PERMISSIVE FOR ALL TO "hora_signin" USING (true);--> statement-breakpoint
CREATE POLICY "own" ON "mail_weeks" AS PERMISSIVE FOR ALL TO "hora_app" USING (member_id = setting('member'));--> statement-breakpoint
CREATE POLICY "signin" ON "mail_weeks" AS PERMISSIVE FOR ALL TO "hora_signin" USING (true);--> statement-breakpoint
ALTER POLICY "secretariat" ON "mails" TO hora_app USING (member_id is null and i_am_secretariat());
--> statement-breakpoint
-- The moment at which a clock in Bucharest shows this hour of this day: where the clock leaps over it, the next that it
-- shows; where it shows it twice, the second.
create function mail_moment(day date, hour int) returns timestamptz language sql stable
	as $$ select (day + make_time(hour, 0, 0)) at time zone 'Europe/Bucharest' $$;
--> statement-breakpoint
-- The last day, as of a moment, on which the weekly mail was due. A clock that is set back does not make it due again:
-- it is the day that counts.
create function mail_day(weekday int, hour int, at timestamptz) returns date language sql stable as $$
	select case when mail_moment(day, hour) <= at then day else day - 7 end
		from (select date_trunc('week', at at time zone 'Europe/Bucharest')::date + weekday - 1 as day) this_week
$$;
--> statement-breakpoint
-- The next moment at which a clock in Bucharest shows this hour.
create function mail_hour(hour int, at timestamptz) returns timestamptz language sql stable as $$
	select mail_moment(case when mail_moment(today, hour) > at then today else today + 1 end, hour)
		from (select (at at time zone 'Europe/Bucharest')::date as today) now
$$;
--> statement-breakpoint
-- What a member is told by mail. Who answers for an organisation hears at once what it is asked, who works for it once a
-- day, who only looks on not at all; everybody has Monday's mail. An invitation knew the language.
create function mail_choice(m members) returns table (asked text, weekday int, hour int, language text)
	language sql stable as $$
	select coalesce(c.asked, case m.role when 'contributor' then 'daily' when 'observer' then 'never' else 'at-once' end),
			coalesce(c.weekday, 1), coalesce(c.hour, 8),
			coalesce(c.language, (select i.language from invitations i where i.member_id = m.id limit 1), 'ro')
		from (values (m.id)) me(id) left join mail_choices c on c.member_id = me.id
$$;
--> statement-breakpoint
-- Of a post that has just asked: its members of the organisations asked have still to hear of it. In the transaction of
-- the post itself, and only by who wrote it.
create function tell_asked(post uuid) returns void
	language plpgsql security definer set search_path = public, pg_temp as $$
begin
	insert into mail_asked (member_id, update_id, asked_at, due_at)
		select m.id, u.id, clock_timestamp(),
				case c.asked when 'at-once' then clock_timestamp() else mail_hour(c.hour, clock_timestamp()) end
			from updates u join requests r on r.update_id = u.id join members m on m.organisation_id = r.organisation_id
				join signin.accounts a on a.member_id = m.id, mail_choice(m) c
			where u.id = post and u.member_id = setting('member') and r.state = 'open' and sits(m) and c.asked <> 'never'
		on conflict do nothing;
end $$;
--> statement-breakpoint
insert into signin.mail_key (key)
	select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
--> statement-breakpoint
grant select, insert, update on mail_choices, mail_weeks to hora_signin;
--> statement-breakpoint
grant select, update, delete on mail_asked to hora_signin;
--> statement-breakpoint
grant select, insert, update, delete on signin.calendars to hora_signin;
--> statement-breakpoint
grant delete on mails to hora_signin;
--> statement-breakpoint
grant select on signin.mail_key to hora_signin;
--> statement-breakpoint
revoke execute on function mail_moment, mail_day, mail_hour, mail_choice, tell_asked from public;
--> statement-breakpoint
grant execute on function tell_asked to hora_app;
--> statement-breakpoint
grant execute on function mail_moment, mail_day, mail_hour, mail_choice to hora_signin;
