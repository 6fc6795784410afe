-- Search: words without diacritics, in what the reader may see. No extension is needed, and PostgreSQL 15, 18 and the
-- embedded one agree, since words are folded before any of them takes a text apart.

-- As `fold` in src/lib/harm/words.ts: without case and diacritics, so „Şedinţă”, „Ședință” and "sedinta" are one.
create function fold(words text) returns text language sql immutable parallel safe
	as $$ select lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g')) $$;
--> statement-breakpoint
-- What a text is found by: its words as they stand, and their stems in the language it is written in.
create function found_by(words text, language text) returns tsvector language sql immutable parallel safe
	as $$ select to_tsvector('pg_catalog.simple', public.fold(words)) || case language
		when 'en' then to_tsvector('pg_catalog.english', public.fold(words))
		else to_tsvector('pg_catalog.romanian', public.fold(words)) end $$;
--> statement-breakpoint
-- Joining an array is not immutable, since it might hold dates; these are texts.
create function joined(words text[]) returns text language sql immutable parallel safe
	as $$ select array_to_string(words, ' ') $$;
--> statement-breakpoint
alter table measures add column found_by tsvector generated always as (
	setweight(found_by(code || ' ' || title_ro, 'ro') || found_by(title_en, 'en'), 'A')
	|| found_by(description_ro, 'ro') || found_by(description_en, 'en')) stored;
--> statement-breakpoint
alter table updates add column found_by tsvector generated always as (found_by(text, language)) stored;
--> statement-breakpoint
alter table organisations add column found_by tsvector generated always as (
	setweight(found_by(short_ro, 'ro') || found_by(short_en, 'en'), 'A')
	|| found_by(name_ro || ' ' || joined(aliases), 'ro') || found_by(name_en, 'en')) stored;
--> statement-breakpoint
-- Without a pending list, which nobody would ever work off in the embedded database.
create index measures_found_by on measures using gin (found_by) with (fastupdate = off);
--> statement-breakpoint
create index updates_found_by on updates using gin (found_by) with (fastupdate = off);
--> statement-breakpoint
-- What was typed, as what to look for: all the words, each as it stands or by its stem, the last one also as a
-- beginning. Little words count only when they stand last. Any text is an answer, never a mistake.
create function looked_for(words text) returns tsquery language sql immutable parallel safe as $$
	with typed as (
		select word, i, max(i) over () as last
			from regexp_split_to_table(fold(left(words, 200)), '\s+') with ordinality as t (word, i)
			where numnode(plainto_tsquery('pg_catalog.simple', word)) > 0
	)
	select coalesce(string_agg(
		'(' || plainto_tsquery('pg_catalog.simple', word)::text
			|| case when i = last and length(word) > 1 then ':*' else '' end
			|| case when word ~ '^[a-z]{3,}$' then (
				-- A long stem also finds what begins with it: the two stemmers cut „formular” and „formulare” differently.
				select coalesce(string_agg(' | ' || case when length(stem) > 4 then stem || ':*' else lexeme end, ''), '')
					from unnest(tsvector_to_array(
						to_tsvector('pg_catalog.romanian', word) || to_tsvector('pg_catalog.english', word))) lexeme,
						regexp_replace(lexeme, '[aeiu]$', '') stem
			) else '' end || ')', ' & ' order by i), '')::tsquery
		from typed
		where i = last or word <> all (array['si', 'sau', 'in', 'din', 'la', 'de', 'cu', 'pe', 'pentru', 'prin', 'a', 'al',
			'ai', 'ale', 'un', 'o', 'care', 'ca', 'sa', 'se', 'the', 'of', 'and', 'or', 'to', 'for', 'on', 'by', 'with'])
$$;
--> statement-breakpoint
-- The index is of no use behind row-level security (@@ is not leakproof), so this looks with the owner's rights and
-- says itself what the policies say: `my_circles()` for measures and posts, anybody who is set for organisations. It
-- answers with ids alone, at most so many of each kind; their words are then read through row-level security.
create function search(words text, at_most integer) returns table (kind text, id uuid, place bigint, total bigint)
	language plpgsql stable security definer rows 60
	set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
	mine uuid[] := array(select my_circles());
	-- The measures that the reader sees. A post has no page but its measure's.
	measures_seen uuid[] := array(
		select m.id from measures m where m.circle_id = any(mine) and m.retired_at is null);
	query tsquery := looked_for(words);
	typed text := replace(fold(left(words, 200)), ' ', '');
	most integer := least(greatest(at_most, 0), 100);
begin
	return query
	(select 'measure', m.id,
			row_number() over (order by lower(replace(m.code, ' ', '')) = typed desc,
				starts_with(lower(replace(m.code, ' ', '')), typed) desc,
				ts_rank(m.found_by, query) desc, m.position, m.id),
			count(*) over ()
		from measures m
		where m.id = any(measures_seen)
			and (m.found_by @@ query or (typed <> '' and starts_with(lower(replace(m.code, ' ', '')), typed)))
		order by 3 limit most)
	union all
	(select 'organisation', o.id,
			row_number() over (order by
				typed in (replace(fold(o.short_ro), ' ', ''), replace(fold(o.short_en), ' ', '')) desc,
				ts_rank(o.found_by, query) desc, o.seated desc, o.position, o.id),
			count(*) over ()
		from organisations o
		where anybody() and o.found_by @@ query
		order by 3 limit most)
	union all
	-- The index first, whatever is known of the tables: nobody gathers statistics in the embedded database.
	(with found as materialized (
			select u.id, u.circle_id, u.measure_id, u.posted_at from updates u
				where u.found_by @@ query and u.withdrawn_at is null
		)
		select 'update', f.id, row_number() over (order by f.posted_at desc, f.id), count(*) over ()
		from found f
		where f.circle_id = any(mine) and f.measure_id = any(measures_seen)
		order by 3 limit most);
end $$;
--> statement-breakpoint
revoke execute on function fold, found_by, joined, looked_for, search from public;
--> statement-breakpoint
-- The first three because whoever writes a row computes what it is found by.
grant execute on function fold, found_by, joined, search to hora_app;
