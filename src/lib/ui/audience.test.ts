import { expect, test } from 'vitest';
import type { OrganisationKind } from '#lib/access/actor.ts';
import { audienceSeats, audienceSentence, said, type Audience, type Seen } from './audience.ts';

const some = (kind: OrganisationKind, name: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		id: `${kind}${index}`,
		kind,
		name: count === 1 ? name : `${name} ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index]}`
	}));

const commission = some('parliament', 'Comisia Exemplu', 1);
const ministries = some('ministry', 'Ministerul Exemplu', 6);
const agencies = some('agency', 'Agenția Exemplu', 4);
const ngos = some('ngo', 'Asociația Exemplu', 6);
const embassy = some('embassy', 'Ambasada Exemplu', 1);
const state = [...commission, ...ministries, ...agencies];
const rest = [...ngos, ...embassy];

test('state institutions: a group of one is named, more are counted', () => {
	expect(audienceSentence(state, rest, 'ro')).toBe(
		'Văd: Comisia Exemplu, 10 ministere și agenții. Nu văd: 6 ONG-uri, Ambasada Exemplu.'
	);
	expect(audienceSentence(state, rest, 'en')).toBe(
		'Seen by: Comisia Exemplu, 10 ministries and agencies. Not seen by: 6 NGOs, Ambasada Exemplu.'
	);
});

test('everybody at the table: no second sentence', () => {
	expect(audienceSentence([...state, ...rest], [], 'ro')).toBe(
		'Văd: Comisia Exemplu, 10 ministere și agenții, 6 ONG-uri, Ambasada Exemplu.'
	);
});

test('where only some of a kind see it, both counts are said, and one alone by name', () => {
	expect(audienceSentence(ngos.slice(0, 2), ngos.slice(2), 'ro')).toBe('Văd: 2 ONG-uri. Nu văd: 4 ONG-uri.');
	expect(audienceSentence(ngos.slice(0, 1), ngos.slice(1), 'en')).toBe(
		'Seen by: Asociația Exemplu A. Not seen by: 5 NGOs.'
	);
	expect(audienceSentence([ministries[1]!], [ministries[0]!, ...agencies], 'ro')).toBe(
		'Văd: Ministerul Exemplu B. Nu văd: 5 ministere și agenții.'
	);
});

test('one kind alone keeps its own word, and Romanian says „de” from twenty on', () => {
	expect(audienceSentence(ministries, agencies, 'ro')).toBe('Văd: 6 ministere. Nu văd: 4 agenții.');
	expect(audienceSentence(some('ngo', 'ONG', 20), some('embassy', 'Ambasada', 3), 'ro')).toBe(
		'Văd: 20 de ONG-uri. Nu văd: 3 ambasade.'
	);
	expect(
		audienceSentence(
			some('embassy', 'Ambasada', 2),
			[...some('embassy', 'E', 1), ...some('international', 'I', 1)],
			'en'
		)
	).toBe('Seen by: 2 embassies. Not seen by: 2 embassies and international bodies.');
});

const circle = (kind: Audience['kind'], see: string[]): Audience => ({
	id: 'c',
	name: 'Cercul',
	kind,
	organisations: [...state, ...rest].map((organisation): Seen => ({
		...organisation,
		sees: see.includes(organisation.id)
	}))
});

test('the circles that are not made of organisations have their own words', () => {
	expect(said(circle('secretariat', []), 'ro')).toEqual({ sees: 'Văd: doar secretariatul.', seesNot: '' });
	expect(said(circle('public', []), 'en').sees).toBe('Seen by: anyone, even without an account.');
	expect(said(circle('made', []), 'ro').sees).toBe('Văd: nimeni.');
});

test('the ring of a circle has the whole table', () => {
	const seats = audienceSeats(circle('made', ['parliament0', 'ngo2']));
	expect(seats).toHaveLength(18);
	expect(seats.filter(({ sign }) => sign === 'full').map(({ id }) => id)).toEqual(['parliament0', 'ngo2']);
	expect(seats.every(({ sign }) => sign === 'full' || sign === 'line')).toBe(true);
});
