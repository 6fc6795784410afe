/**
 * A world of twelve organisations and sixty people, drawn at random, and who may read what of it: as plain data, by
 * the prose of the rules, sharing nothing with the code that it is held against.
 */

import { createHash, randomBytes } from 'node:crypto';
import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import { Client } from './client.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { insert } from './many.ts';
import { oneOf, shuffled } from './results.ts';
import { startServer, type TestServer } from './server.ts';

export type Person = {
	id: string;
	name: string;
	role: Role;
	kind: OrganisationKind;
	organisation: string;
	own: string;
	/** The membership is over. */
	ended: boolean;
	secret: string;
	session: string;
	cookie: string;
};
export type Ring = { id: string; kind: string; inside: string | null; organisations: Set<string> };
export type Promised = { id: string; circle: string; leads: string[]; title: string };
export type Said = { id: string; circle: string; organisation: string; measure: string; text: string };

const kinds: OrganisationKind[] = [
	...(['parliament', 'ministry', 'ministry', 'ministry', 'agency', 'agency'] as const),
	...(['ngo', 'ngo', 'ngo', 'embassy', 'embassy', 'international'] as const)
];
const uuid = () => crypto.randomUUID() as string;
const hex = (bytes: number) => randomBytes(bytes).toString('hex');

export class People {
	readonly people: Person[] = [];
	readonly circles: Ring[] = [];
	readonly measures: Promised[] = [];
	readonly posts: Said[] = [];
	/** Posts for acts that can be done only once. */
	readonly spare: Said[] = [];
	readonly objective = uuid();
	readonly all: string;
	#random: () => number;

	constructor(random: () => number, spare = 0) {
		this.#random = random;
		const organisations = kinds.map((kind, at) => ({ id: uuid(), kind, own: uuid(), at }));
		const ids = organisations.map(({ id }) => id);
		for (const { id, kind, own, at } of organisations) {
			this.circles.push({ id: own, kind: 'own', inside: null, organisations: new Set([id]) });
			const roles: Role[] = ['coordinator', 'contributor', 'contributor', 'observer', 'contributor'];
			if (at < 3) roles[4] = 'secretariat';
			for (const [n, role] of roles.entries()) {
				const [session, secret] = [hex(16), hex(32)];
				this.people.push({
					...{ id: uuid(), name: `Persoana ${hex(4)} Exemplu`, role, kind, organisation: id, own },
					...{ ended: at >= 3 && n === 4, session, secret, cookie: `hora_session=${session}.${secret}` }
				});
			}
		}
		const ring = (kind: string, inside: string | null, seated: string[]) => {
			const made = { id: uuid(), kind, inside, organisations: new Set(seated) };
			this.circles.push(made);
			return made;
		};
		ring('public', null, []);
		const secretariat = ring('secretariat', null, []);
		const all = ring('all', null, ids);
		this.all = all.id;
		const rings = [all];
		for (let n = 0; n < 6; n++) {
			const around = oneOf(random, rings);
			const seated = shuffled(random, [...around.organisations]);
			rings.push(ring('made', around.id, seated.slice(0, Math.max(2, Math.ceil(seated.length * 0.6)))));
		}
		for (const circle of [...rings, ...rings, secretariat])
			for (let n = 0; n < 3; n++)
				this.measures.push({
					...{ id: uuid(), circle: circle.id, leads: shuffled(random, ids).slice(0, 2) },
					title: `Măsura ${hex(4)}`
				});
		for (let n = 0; n < 180; n++) this.posts.push(this.#post());
		for (let n = 0; n < spare; n++) this.spare.push(this.#post());
	}

	#post(): Said {
		const measure = oneOf(this.#random, this.measures);
		const circle = oneOf(
			this.#random,
			this.circles.filter(({ id, kind }) => kind === 'own' || this.inside(id, measure.circle))
		);
		const seated = [...circle.organisations];
		const organisation = seated.length > 0 ? oneOf(this.#random, seated) : this.secretariat.organisation;
		return { id: uuid(), circle: circle.id, organisation, measure: measure.id, text: `Cuvântul ${hex(6)}` };
	}

	get secretariat() {
		return this.people.find(({ role }) => role === 'secretariat') as Person;
	}

	/** Recorded, never by comparing members. */
	inside(inner: string, outer: string): boolean {
		for (let at: string | null = inner; at; at = this.circle(at).inside) if (at === outer) return true;
		return false;
	}

	circle = (id: string) => this.circles.find((circle) => circle.id === id) as Ring;

	/** A member reads the circles of the organisation, Public, and by role the circle Secretariat; who left, nothing. */
	sees({ organisation, role, ended }: Person, circle: string): boolean {
		const { kind, organisations } = this.circle(circle);
		if (ended) return false;
		return (
			kind === 'public' ||
			(kind === 'secretariat' && role === 'secretariat') ||
			organisations.has(organisation)
		);
	}

	async lay(database: TestDatabase) {
		const { circles, people, measures, objective } = this;
		const organisations = [...new Set(people.map(({ organisation }) => organisation))].map((id, position) => {
			const name = `Organizația ${position} Exemplu`;
			const kind = people.find(({ organisation }) => organisation === id)?.kind;
			const names = {
				name_ro: name,
				name_en: name,
				short_ro: `Org ${position}`,
				short_en: `Org ${position}`
			};
			return { id, kind, ...names, position, seated: true, example: true, is_group: false, aliases: [] };
		});
		const strategy = { id: uuid(), circle_id: this.all, title_ro: 'Strategia', title_en: 'Strategy' };
		const posts = [...this.posts, ...this.spare];
		await database.asOwner(async (tx) => {
			await insert(tx, 'organisations', organisations);
			const owner = (circle: Ring) => (circle.kind === 'own' ? [...circle.organisations][0] : null);
			for (const circle of circles)
				await insert(tx, 'circles', [
					{
						...{ id: circle.id, kind: circle.kind, inside: circle.inside, organisation_id: owner(circle) },
						...{ name_ro: circle.kind, name_en: circle.kind }
					}
				]);
			await insert(
				tx,
				'circle_organisations',
				circles.flatMap(({ id, organisations }) =>
					[...organisations].map((organisation_id) => ({ circle_id: id, organisation_id }))
				)
			);
			await insert(
				tx,
				'members',
				people.map(({ id, name, role, organisation, ended }) => ({
					...{
						id,
						name,
						role,
						organisation_id: organisation,
						active: true,
						function_ro: '',
						function_en: ''
					},
					...{ since: '2020-01-01T00:00:00Z', until: ended ? '2026-01-01T00:00:00Z' : null }
				}))
			);
			await insert(tx, 'workspace', [{ id: uuid(), one: true, demonstration: false, epoch: uuid() }]);
			await insert(tx, 'subjects', [
				...[strategy, { ...strategy, id: objective }].map(({ id }) => ({
					id,
					circle_id: this.all,
					version: 1
				})),
				...measures.map(({ id, circle }) => ({ id, circle_id: circle, version: 1 })),
				...posts.map(({ id, circle, measure, organisation }) => ({
					...{ id, circle_id: circle, version: 1, parent_id: measure },
					own_id: people.find((one) => one.organisation === organisation)?.own
				}))
			]);
			await insert(tx, 'strategies', [strategy]);
			const titles = { title_ro: 'Protecția', title_en: 'Protection' };
			const placed = { circle_id: this.all, strategy_id: strategy.id, kind: 'theme', position: 1 };
			await insert(tx, 'objectives', [{ id: objective, ...placed, ...titles }]);
			await insert(
				tx,
				'measures',
				measures.map(({ id, circle, title }, position) => ({
					...{ id, circle_id: circle, objective_id: objective, code: `M${position}`, position },
					...{ title_ro: title, title_en: title, status: 'in-progress' }
				}))
			);
			await insert(
				tx,
				'measure_organisations',
				measures.flatMap(({ id, circle, leads }) =>
					leads.map((organisation_id, position) => ({
						...{ measure_id: id, circle_id: circle, organisation_id, part: 'lead', position }
					}))
				)
			);
			const writer = (organisation: string) =>
				people.find((one) => one.organisation === organisation && one.role === 'contributor')?.id;
			await insert(
				tx,
				'updates',
				posts.map(({ id, circle, measure, organisation, text }) => ({
					...{ id, circle_id: circle, measure_id: measure, organisation_id: organisation },
					...{ member_id: writer(organisation), kind: 'comment', language: 'ro', text },
					...{ prose: [{ type: 'paragraph', spans: [{ text }] }], posted_at: '2026-11-01T10:00:00Z' }
				}))
			);
			await insert(
				tx,
				'signin.sessions',
				people.map(({ id, session, secret }) => ({
					...{ id: session, member_id: id },
					secret_hash: `\\x${createHash('sha256').update(secret).digest('hex')}`
				}))
			);
		});
	}
}

export type Doors = {
	database: TestDatabase;
	servers: TestServer[];
	url: string;
	as: (person: Person, server?: number) => Client;
	close: () => Promise<void>;
};

/** The world behind the doors of real servers: each a process of its own, on one PostgreSQL. */
export async function openDoors(
	world: { lay(database: TestDatabase): Promise<unknown> },
	{ processes = 1, env = { HORA_LIMITS: 'off' } as Record<string, string> } = {}
): Promise<Doors> {
	const database = await openTestDatabase('postgres');
	await world.lay(database);
	const options = { databaseUrl: database.url, demo: 'off', env } as const;
	const servers = await Promise.all(Array.from({ length: processes }, () => startServer(options)));
	return {
		database,
		servers,
		url: (servers[0] as TestServer).url,
		as: ({ cookie }, server = 0) => Client.holding((servers[server] as TestServer).url, cookie),
		async close() {
			await Promise.all(servers.map((server) => server.kill()));
			await database.close();
		}
	};
}
