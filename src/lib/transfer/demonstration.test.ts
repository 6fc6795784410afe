import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { organisationKinds, roles } from '#lib/access/actor.ts';
import { text } from '#lib/harm/words.ts';
import { isLate, statuses } from '#lib/strategy/measure.ts';
import { addDays } from '#lib/time.ts';
import { mayAsk } from '#lib/updates/asked.ts';
import { updateKinds } from '#lib/updates/update.ts';
import {
	chairs,
	circles,
	measures,
	members,
	organisations,
	themes,
	updates,
	type CircleKey,
	type ExampleMeasure,
	type ExampleUpdate,
	type OrganisationKey
} from '../../../drizzle/seed/demonstration.ts';
import { readPlan } from './plan.ts';

const seed = (name: string) =>
	readFileSync(new URL(`../../../drizzle/seed/${name}`, import.meta.url), 'utf8');
const reference = JSON.parse(seed('institutions.json'));

const keys = organisations.map(({ key }) => key);
const member = (window: string) => members.find((one) => one.window === window)!;
const kindOf = (window: string) => organisations.find(({ key }) => key === member(window).organisation)!.kind;
const unique = (values: readonly string[]) => expect([...values]).toEqual([...new Set(values)]);

/** Every post and reply, with the circle it is in. */
const posts = updates.flatMap((post) => [
	{ ...post, parent: undefined as ExampleUpdate | undefined },
	...(post.replies ?? []).map((reply) => ({
		...reply,
		measure: post.measure,
		circle: post.circle,
		parent: post
	}))
]);

const inCircle = (circle: CircleKey): readonly OrganisationKey[] =>
	circle === 'all' ? keys : circles.find(({ key }) => key === circle)!.organisations;
const outward = (circle: CircleKey): CircleKey[] =>
	circle === 'all' ? ['all'] : [circle, ...outward(circles.find(({ key }) => key === circle)!.inside)];

describe('the table', () => {
	test('has the eighteen of the mocks, in the order of the ring', () => {
		const ofKind = organisationKinds.map((kind) => organisations.filter((one) => one.kind === kind).length);
		expect(ofKind).toEqual([1, 6, 4, 6, 1, 0]);
		expect(organisations.map(({ shortRo }) => shortRo).join(', ')).toBe(
			'Comisia Ex., Min. A, Min. B, Min. C, Min. D, Min. E, Min. F, Ag. A, Ag. B, Ag. C, Ag. D, ' +
				'ONG A, ONG B, ONG C, ONG D, ONG E, ONG F, Ambasada Ex.'
		);
		expect(organisations.find(({ key }) => key === 'ong-c')).toEqual({
			key: 'ong-c',
			kind: 'ngo',
			nameRo: 'Asociația Exemplu C',
			nameEn: 'Exemplu Association C',
			shortRo: 'ONG C',
			shortEn: 'NGO C'
		});
	});

	test('bears the name Exemplu everywhere, and has addresses that lead nowhere', () => {
		for (const { nameRo, nameEn } of organisations) expect(nameRo + nameEn).toMatch(/Exemplu.*Exemplu/);
		for (const { name, email } of members) {
			expect(name).toMatch(/^\p{Lu}\p{L}+ Exemplu$/u);
			expect(email).toMatch(/^[a-z]+@[a-z-]+\.example$/);
		}
		unique(members.map(({ email }) => email));
	});

	test('offers each member a window of its own', () => {
		unique(members.map(({ window }) => window));
		for (const { window } of members) expect(window).toMatch(/^[a-z]+(-[a-z]+)*$/);
		expect(
			chairs.map((chair) => `${member(chair).organisation}: ${member(chair).name}, ${member(chair).role}`)
		).toEqual([
			'comisia: Elena Exemplu, coordinator',
			'min-b: Ana Exemplu, coordinator',
			'ong-a: Ioana Exemplu, contributor',
			'ambasada: Alex Exemplu, contributor'
		]);
	});

	test('has a coordinator at every seat, contributors, two observers and the secretariat', () => {
		const withRole = (role: (typeof roles)[number]) => members.filter((one) => one.role === role);
		expect([...new Set(withRole('coordinator').map(({ organisation }) => organisation))].sort()).toEqual(
			[...keys].sort()
		);
		expect(withRole('contributor').length).toBeGreaterThan(5);
		expect(withRole('observer')).toHaveLength(2);
		expect(withRole('secretariat')).toMatchObject([{ window: 'secretariat', organisation: 'comisia' }]);
	});
});

describe('the circles', () => {
	test('hold whom they say', () => {
		expect(circles.map(({ key, organisations }) => [key, organisations.length])).toEqual([
			['national', 17],
			['state', 11],
			['ngos-and-commission', 7],
			['ngos', 6]
		]);
		expect(inCircle('national')).not.toContain('ambasada');
		expect(inCircle('ngos-and-commission')).toContain('comisia');
	});

	test('lie inside one another, and nobody is in an inner one alone', () => {
		circles.forEach(({ key, inside, organisations }, at) => {
			expect(inside === 'all' || circles.slice(0, at).some((outer) => outer.key === inside)).toBe(true);
			unique(organisations);
			for (const organisation of organisations)
				expect([key, inCircle(inside)]).toEqual([key, expect.arrayContaining([organisation])]);
		});
		expect(outward('ngos')).toEqual(['ngos', 'ngos-and-commission', 'national', 'all']);
	});
});

test('the themes are those of the commitments and of the reference', () => {
	const pair = (one: { titleRo: string; titleEn: string }) => `${one.titleRo} | ${one.titleEn}`;
	const reading = readPlan(seed('commitments-2024.csv'));
	if (!reading.ok) throw new Error('The commitments cannot be read');

	expect(new Set(themes.map(pair))).toEqual(
		new Set(reading.rows.map((row) => `${row.objectiveRo} | ${row.objectiveEn}`))
	);
	expect(new Map(themes.map((theme) => [theme.key as string, pair(theme)]))).toEqual(
		new Map(
			reference.themes.map((theme: { key: string; titleRo: string; titleEn: string }) => [
				theme.key,
				pair(theme)
			])
		)
	);
});

describe('the example measures', () => {
	const today = '2024-10-01';
	const measure = (code: string) => measures.find((one) => one.code === code)!;
	const dated = ({ status, nextDay, steps }: ExampleMeasure) => ({
		status,
		nextDate: nextDay === null ? null : addDays(today, nextDay),
		steps: steps.map((step, at) => ({
			...step,
			id: String(at),
			source: '',
			date: step.day === null ? null : addDays(today, step.day)
		}))
	});

	test('are E1 to E24, in every status, some late', () => {
		expect(measures.map(({ code }) => code)).toEqual(Array.from({ length: 24 }, (_, at) => `E${at + 1}`));
		expect(new Set(measures.map(({ status }) => status))).toEqual(new Set(statuses));
		expect(measures.filter((one) => isLate(dated(one), today)).map(({ code }) => code)).toEqual([
			'E2',
			'E7',
			'E12'
		]);
	});

	test('are those of the mocks where the mocks draw them', () => {
		const drawn = (code: string) => {
			const { status, nextDay, leads, partners, steps } = measure(code);
			return [
				status,
				nextDay,
				`${steps.filter(({ done }) => done).length}/${steps.length}`,
				leads.join(),
				partners.join()
			];
		};
		expect(drawn('E1')).toEqual(['in-progress', 60, '2/4', 'min-d', 'ong-a']);
		expect(drawn('E2')).toEqual(['in-progress', -11, '1/4', 'min-a', 'ag-a,ong-b,ambasada']);
		expect(drawn('E3')).toEqual(['in-progress', 14, '2/5', 'min-b', 'ong-a,ong-b']);
		expect(drawn('E4')).toEqual(['proposed', null, '0/3', 'ag-b', 'min-c,ong-c,ong-d,ambasada']);
		expect(drawn('E5')).toEqual([
			'in-progress',
			2,
			'3/6',
			'min-a,min-b,min-c,min-d,min-e,min-f',
			'comisia,ag-a'
		]);
		expect(drawn('E6').slice(0, 1).concat(drawn('E6').slice(2))).toEqual([
			'blocked',
			'1/4',
			'min-b',
			'ag-d,ong-e'
		]);
		expect(drawn('E7')).toEqual(['in-progress', -4, '0/3', 'min-c', 'min-a,ambasada']);
		expect(drawn('E8')).toEqual(['done', -15, '3/3', 'min-b', 'comisia']);
		expect(measure('E3').steps.map(({ day }) => addDays(today, day!))).toEqual([
			'2024-06-12',
			'2024-09-30',
			'2024-10-15',
			'2024-11-14',
			'2024-12-31'
		]);
	});

	test('bring every organisation to the table, each once on a measure, and only where it can read', () => {
		for (const { code, circle, leads, partners } of measures) {
			unique([...leads, ...partners]);
			expect([code, leads.length > 0]).toEqual([code, true]);
			for (const one of [...leads, ...partners])
				expect([code, inCircle(circle).includes(one)]).toEqual([code, true]);
		}
		expect(new Set(measures.flatMap(({ leads, partners }) => [...leads, ...partners]))).toEqual(
			new Set(keys)
		);
	});

	test('hang under every theme, mostly among all partners, some in narrower circles', () => {
		expect(new Set(measures.map(({ theme }) => theme))).toEqual(new Set(themes.map(({ key }) => key)));
		const inside = (circle: CircleKey) => measures.filter((one) => one.circle === circle).length;
		expect([inside('all'), inside('national'), inside('state'), inside('ngos-and-commission')]).toEqual([
			19, 2, 2, 1
		]);
	});

	test('say when in a date, a word, a phrase or not at all; a word sets no date', () => {
		for (const { code, deadline, nextDay } of measures)
			if (deadline) expect([code, nextDay]).toEqual([code, null]);
		const deadlines = measures.map(({ deadline }) => deadline);
		expect(deadlines).toEqual(expect.arrayContaining(['Anual', 'Permanent', 'după aprobarea bugetului', '']));
	});

	test('have steps that agree with where they stand', () => {
		for (const { code, status, steps } of measures) {
			const done = steps.filter((step) => step.done);
			if (status === 'done') expect([code, done.length]).toEqual([code, steps.length]);
			if (status === 'proposed') expect([code, done.length]).toEqual([code, 0]);
			for (const { day } of done) expect([code, day !== null && day <= 0]).toEqual([code, true]);
		}
	});

	test('are written soundly, in both languages, within the bounds of the forms', () => {
		for (const one of measures) {
			for (const words of [one.titleRo, one.titleEn]) expect(text({ max: 300 }).parse(words)).toBe(words);
			for (const words of [one.descriptionRo, one.descriptionEn])
				expect(text({ max: 4000 }).parse(words)).toBe(words);
			for (const words of [one.indicators, one.resources])
				expect(text({ max: 1000 }).parse(words)).toBe(words);
			expect(text({ max: 200, min: 0 }).parse(one.deadline)).toBe(one.deadline);
			for (const { titleRo, titleEn } of one.steps)
				for (const words of [titleRo, titleEn]) expect(text({ max: 200 }).parse(words)).toBe(words);
		}
	});
});

describe('the posts', () => {
	test('are many, of every kind, in both languages, in several circles, some long, some formatted', () => {
		expect(posts.length).toBeGreaterThanOrEqual(60);
		expect(posts.filter(({ parent }) => parent).length).toBeGreaterThan(20);
		expect(new Set(posts.map(({ kind }) => kind))).toEqual(new Set(updateKinds));
		expect(new Set(posts.map(({ circle }) => circle))).toEqual(
			new Set(['all', 'national', 'state', 'ngos-and-commission', 'ngos', 'own'])
		);
		expect(posts.filter(({ language }) => language === 'en').length).toBeGreaterThan(5);
		for (const form of [/\*\*[^*]+\*\*/, /^- /m, /^1\. /m, /\]\(https:\/\/example\.org\//])
			expect(posts.filter(({ text }) => form.test(text)).length).toBeGreaterThan(0);
		expect(Math.max(...posts.map(({ text }) => text.length))).toBeGreaterThan(900);
	});

	test('stand on example measures, in the measure’s circle, one inside it, or the author’s own', () => {
		for (const { measure: code, by, circle, text } of posts) {
			const measure = measures.find((one) => one.code === code)!;
			const { organisation } = member(by);
			expect([text, inCircle(measure.circle).includes(organisation)]).toEqual([text, true]);
			if (circle === 'own') continue;
			expect([text, outward(circle).includes(measure.circle)]).toEqual([text, true]);
			expect([text, inCircle(circle).includes(organisation)]).toEqual([text, true]);
		}
	});

	test('in an organisation’s own circle are answered by itself alone', () => {
		for (const { circle, by, parent } of posts)
			if (circle === 'own' && parent) expect(member(by).organisation).toBe(member(parent.by).organisation);
	});

	test('observers post nothing; embassies offer, ask and comment', () => {
		for (const { by, kind, text } of posts) {
			expect([text, member(by).role]).not.toEqual([text, 'observer']);
			if (kindOf(by) === 'embassy')
				expect([text, ['offer', 'question', 'comment'].includes(kind)]).toEqual([text, true]);
		}
		expect(posts.some(({ by }) => kindOf(by) === 'embassy')).toBe(true);
	});

	test('ask others who can read them: the Commission with a date, one overdue, one answered, one declined', () => {
		const asking = updates.filter(({ asks }) => asks);
		for (const { kind, by, circle, asks, replies = [], text } of asking) {
			expect([text, mayAsk(kind)]).toEqual([text, true]);
			unique(asks!.who);
			for (const who of asks!.who) {
				expect([text, who]).not.toEqual([text, member(by).organisation]);
				expect([text, circle !== 'own' && inCircle(circle).includes(who)]).toEqual([text, true]);
			}
			for (const { by, closes } of replies)
				if (closes) expect([text, asks!.who.includes(member(by).organisation)]).toEqual([text, true]);
		}
		const closes = posts.flatMap((post) => post.closes ?? []);
		expect(new Set(closes)).toEqual(new Set(['answered', 'declined']));
		expect(asking.some(({ by, asks }) => kindOf(by) === 'parliament' && asks!.day! > 0)).toBe(true);
		const open = ({ asks, replies = [] }: (typeof asking)[number]) =>
			replies.filter((reply) => reply.closes).length < asks!.who.length;
		expect(asking.filter((one) => open(one) && one.asks!.day !== null && one.asks!.day < 0)).toHaveLength(1);
	});

	test('come before now, and replies after what they answer, in order', () => {
		for (const { minutesAgo, replies = [] } of updates) {
			const moments = [minutesAgo, ...replies.map((reply) => reply.minutesAgo)];
			expect(moments).toEqual([...moments].sort((a, b) => b - a));
			expect(moments.every((minutes) => Number.isInteger(minutes) && minutes > 0)).toBe(true);
		}
	});

	test('are written soundly, and lead only to example.org', () => {
		for (const { text: words } of posts) {
			expect(text({ max: 5000, multiline: true }).parse(words)).toBe(words);
			for (const [address] of words.matchAll(/https?:[^\s)]+/g))
				expect(address).toMatch(/^https:\/\/example\.org\//);
		}
	});
});

test('no invented word stands under a real body’s name, and none looks like a case', () => {
	const real: string[] = reference.institutions
		.flatMap((one: Record<string, string> & { aliases: string[] }) => [
			one.shortRo,
			one.shortEn,
			one.nameRo,
			one.nameEn,
			...one.aliases
		])
		// Words that any organisation of the kind is called by.
		.filter(
			(name: string) =>
				![
					'Comisia',
					'ONG',
					'ONG-uri',
					'NGOs',
					'Organizații neguvernamentale',
					'Non-governmental organisations'
				].includes(name)
		);
	const invented = JSON.stringify([organisations, members, measures, posts]);

	const escaped = (name: string) => name.replace(/[().]/g, '\\$&');
	const stands = (name: string) => new RegExp(`(?<!\\p{L})${escaped(name)}(?!\\p{L})`, 'u').test(invented);
	expect(real.filter(stands)).toEqual([]);
	expect(stands('Ministerul Exemplu A')).toBe(true);
	expect(invented).not.toMatch(/\d+\/\d+\/20\d\d|nr\. \d+\/P|\b07\d{8}\b|\bRO\d\d/);
});

test('the real bodies are known by name, kind and source', () => {
	expect(reference.institutions).toHaveLength(44);
	unique(reference.institutions.map((one: { key: string }) => one.key));
	expect(reference.institutions.filter((one: { group: boolean }) => one.group)).toHaveLength(4);
	for (const { kind, nameRo, nameEn, shortRo, shortEn, source, verified } of reference.institutions) {
		expect(organisationKinds).toContain(kind);
		expect([nameRo, nameEn, shortRo, shortEn].every(Boolean)).toBe(true);
		expect(Boolean(source)).toBe(verified);
	}
	expect(reference.strategy).toMatchObject({
		approvedBy: 'HG 533/2024',
		source: expect.stringMatching(/^https:/)
	});
});
