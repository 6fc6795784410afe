/** A small table of invented people for tests: one organisation of each kind, a member of each role, the circles. */

import { sql } from 'drizzle-orm';
import type { Actor, OrganisationKind, Role } from '#lib/access/actor.ts';
import { circleOrganisations, circles } from '#lib/access/tables.server.ts';
import { subjects, workspace } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { measureOrganisations, measures, objectives, strategies } from '#lib/strategy/tables.server.ts';
import type { TestDatabase } from './database.ts';

const seats = {
	comisia: 'parliament',
	minister: 'ministry',
	agentia: 'agency',
	ong: 'ngo',
	asociatia: 'ngo',
	ambasada: 'embassy',
	organismul: 'international'
} as const satisfies Record<string, OrganisationKind>;

export type Seat = keyof typeof seats;
export type CircleName = 'public' | 'all' | 'secretariat' | 'national' | 'state' | 'ngos' | `own ${Seat}`;

const made: Record<string, { inside: CircleName; seats: Seat[] }> = {
	national: { inside: 'all', seats: ['comisia', 'minister', 'agentia', 'ong', 'asociatia'] },
	state: { inside: 'national', seats: ['comisia', 'minister', 'agentia'] },
	ngos: { inside: 'national', seats: ['ong', 'asociatia'] }
};

type NewMeasure = { circle?: CircleName; leads?: Seat[]; partners?: Seat[]; title?: string };

export type Table = {
	organisation: Record<Seat, string>;
	circle: Record<CircleName, string>;
	/** `member('ong')` is its contributor; give a role for another. */
	member: (seat: Seat, role?: Role) => Actor;
	objectiveId: string;
	/** Makes a measure as the secretariat's import would. */
	addMeasure: (options?: NewMeasure) => Promise<string>;
};

/** Lays the table in an empty database. */
export async function layTable(database: TestDatabase): Promise<Table> {
	const organisation = {} as Record<Seat, string>;
	const circle = {} as Record<CircleName, string>;
	const actors = new Map<string, Actor>();
	const [objectiveId, strategyId] = [crypto.randomUUID(), crypto.randomUUID()];

	await database.asOwner(async (tx) => {
		const place = async (
			name: CircleName,
			values: Omit<typeof circles.$inferInsert, 'id' | 'nameRo' | 'nameEn'>
		) => {
			circle[name] = crypto.randomUUID();
			await tx.insert(circles).values({ id: circle[name], nameRo: name, nameEn: name, ...values });
		};
		const join = async (name: CircleName, seats: Seat[]) => {
			await tx
				.insert(circleOrganisations)
				.values(seats.map((seat) => ({ circleId: circle[name], organisationId: organisation[seat] })));
		};

		await place('public', { kind: 'public' });
		await place('all', { kind: 'all' });
		await place('secretariat', { kind: 'secretariat' });
		for (const [seat, kind] of Object.entries(seats) as [Seat, OrganisationKind][]) {
			organisation[seat] = crypto.randomUUID();
			const name = `${seat} Exemplu`;
			await tx.insert(organisations).values({
				id: organisation[seat],
				kind,
				...{ nameRo: name, nameEn: name, shortRo: seat, shortEn: seat, seated: true, example: true }
			});
			await place(`own ${seat}`, { kind: 'own', organisationId: organisation[seat] });
			await join(`own ${seat}`, [seat]);
		}
		await join('all', Object.keys(seats) as Seat[]);
		for (const [name, { inside, seats }] of Object.entries(made)) {
			await place(name as CircleName, { kind: 'made', inside: circle[inside] });
			await join(name as CircleName, seats);
		}
		for (const [seat, kind] of Object.entries(seats) as [Seat, OrganisationKind][]) {
			for (const role of ['coordinator', 'contributor', 'observer', 'secretariat'] as Role[]) {
				const actor: Actor = {
					memberId: crypto.randomUUID(),
					name: `${seat} ${role} Exemplu`,
					organisationId: organisation[seat],
					kind,
					role,
					ownCircleId: circle[`own ${seat}`],
					approves: false,
					proved: true
				};
				actors.set(`${seat} ${role}`, actor);
				const { memberId: id, name, organisationId } = actor;
				await tx.insert(members).values({ id, name, organisationId, role });
			}
		}
		await tx.insert(workspace).values({});
		await tx.insert(subjects).values([strategyId, objectiveId].map((id) => ({ id, circleId: circle.all })));
		await tx
			.insert(strategies)
			.values({ id: strategyId, circleId: circle.all, titleRo: 'Strategia', titleEn: 'Strategy' });
		await tx.insert(objectives).values({
			id: objectiveId,
			circleId: circle.all,
			strategyId,
			...{ kind: 'theme', titleRo: 'Protecția', titleEn: 'Protection', position: 1 }
		});
	});

	let code = 0;
	return {
		organisation,
		circle,
		objectiveId,
		member(seat, role = 'contributor') {
			return actors.get(`${seat} ${role}`) as Actor;
		},
		addMeasure: ({
			circle: name = 'all',
			leads = ['minister'],
			partners = ['ong'],
			title = 'Formular comun'
		}: NewMeasure = {}) =>
			database.asOwner(async (tx) => {
				const id = crypto.randomUUID();
				const circleId = circle[name];
				await tx.insert(subjects).values({ id, circleId });
				await tx.insert(measures).values({
					id,
					circleId,
					objectiveId,
					...{ code: `T${++code}`, position: code, titleRo: title, titleEn: title, status: 'in-progress' }
				});
				const part = (of: Seat[], part: 'lead' | 'partner') =>
					of.map((seat, position) => ({
						measureId: id,
						circleId,
						organisationId: organisation[seat],
						part,
						position
					}));
				await tx.insert(measureOrganisations).values([...part(leads, 'lead'), ...part(partners, 'partner')]);
				await announceAdded(tx, id);
				return id;
			})
	};
}

const announceAdded = (tx: Tx, id: string) =>
	rows(
		tx,
		sql`select append(jsonb_build_array(jsonb_build_object(
			'subject', ${id}::uuid, 'type', 'measure.added', 'data', jsonb_build_object('row', content(${id})))))`
	);
