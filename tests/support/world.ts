/** A random world: people act through the product's commands, and the oracle foretells what each act may do. */

import { sql } from 'drizzle-orm';
import type { Role } from '#lib/access/actor.ts';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { editTexts, moveMeasure, setDate } from '#lib/strategy/edit-measure.server.ts';
import { addStep, removeStep } from '#lib/strategy/steps.server.ts';
import {
	editUpdate,
	moveUpdate,
	postUpdate,
	replyToUpdate,
	withdrawUpdate
} from '#lib/updates/post-update.server.ts';
import { updateKinds } from '#lib/updates/update.ts';
import type { TestDatabase } from './database.ts';
import { type Answer, Oracle, type Person, type Thing } from './oracle.ts';
import { type CircleName, layTable, type Seat, type Table } from './table.ts';

export const canary = /canar\d{6}/g;

const seats: Seat[] = ['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'];
const roles: Role[] = ['contributor', 'contributor', 'coordinator', 'coordinator', 'secretariat', 'observer'];

/** Where the world's measures begin; no command puts one into Public or Secretariat. */
const measuresIn: CircleName[] = [
	...(['public', 'secretariat', 'all', 'all', 'all', 'national', 'national', 'state', 'ngos'] as const)
];

/** How often each act is tried, of a hundred. */
const weights = {
	post: 20,
	reply: 12,
	edit: 11,
	withdraw: 4,
	'move a post narrower': 8,
	'move a post wider': 9,
	'move a measure narrower': 7,
	'move a measure wider': 7,
	'edit the wording': 6,
	'add a step': 4,
	'remove a step': 2,
	'set a date': 3,
	redact: 2,
	'add an organisation': 3,
	leave: 1
};
export type ActName = keyof typeof weights;
export const actNames = Object.keys(weights) as ActName[];

export class World {
	oracle = new Oracle();
	table: Table;
	/** How often each act was done, and how often it was refused as foretold. */
	tally = new Map(actNames.map((name) => [name, { done: 0, refused: 0 }]));
	acts = 0;
	#database: TestDatabase;
	#random: () => number;
	#words = 0;
	#people: Person[] = [];
	#steps = new Set<string>();
	#dates = new Map<string, string>();

	private constructor(database: TestDatabase, table: Table, seed: number) {
		this.#database = database;
		this.table = table;
		this.#random = mulberry32(seed);
	}

	static async open(database: TestDatabase, seed: number) {
		const world = new World(database, await layTable(database), seed);
		await world.#begin();
		return world;
	}

	/** The oracle learns who sits where from the table that was laid, not from the database. */
	async #begin() {
		const { table, oracle } = this;
		const organisations = (...named: Seat[]) => named.map((seat) => table.organisation[seat]);
		const place = (
			name: CircleName,
			kind: Parameters<Oracle['addCircle']>[0]['kind'],
			inside: CircleName | null,
			members: string[],
			organisationId?: string
		) =>
			oracle.addCircle(
				{ id: table.circle[name], kind, inside: inside && table.circle[inside], organisationId },
				members
			);
		place('public', 'public', null, []);
		place('secretariat', 'secretariat', null, []);
		place('all', 'all', null, organisations(...seats));
		place('national', 'made', 'all', organisations('comisia', 'minister', 'agentia', 'ong', 'asociatia'));
		place('state', 'made', 'national', organisations('comisia', 'minister', 'agentia'));
		place('ngos', 'made', 'national', organisations('ong', 'asociatia'));
		for (const seat of seats) {
			place(`own ${seat}`, 'own', null, organisations(seat), table.organisation[seat]);
			this.#people.push(...roles.map((role) => table.member(seat, role)));
		}
		for (const circle of measuresIn) {
			const title = this.word();
			const id = await table.addMeasure({ circle, title, leads: ['minister'], partners: ['ong'] });
			const placed = { id, kind: 'measure', circle: table.circle[circle], measure: id } as const;
			const leads = [table.organisation.minister];
			oracle.add(
				{ ...placed, parent: null, own: null, organisationId: null, isReply: false, leads },
				{ titleRo: title, titleEn: title }
			);
		}
	}

	/** A word that is written nowhere else. */
	word = () => `canar${String(++this.#words).padStart(6, '0')}`;

	number = (below: number) => Math.floor(this.#random() * below);

	pick = <T>(from: readonly T[]): T | undefined => from[this.number(from.length)];

	#chance = (share: number) => this.#random() < share;

	/** One act, done or refused as foretold. */
	async act(): Promise<void> {
		let at = this.number(Object.values(weights).reduce((sum, weight) => sum + weight));
		const name = actNames.find((name) => (at -= weights[name]) < 0) as ActName;
		const answer = await this.#act(name);
		if (answer === undefined) return this.act(); // nobody was there to do it to: another act instead
		this.acts++;
		const tally = this.tally.get(name) as { done: number; refused: number };
		if (answer === 'done') tally.done++;
		else tally.refused++;
	}

	#act(name: ActName): Promise<Answer | undefined> {
		switch (name) {
			case 'post':
				return this.#post();
			case 'reply':
				return this.#reply();
			case 'edit':
			case 'withdraw':
				return this.#changePost(name);
			case 'move a post narrower':
			case 'move a post wider':
				return this.#movePost(name.endsWith('narrower'));
			case 'move a measure narrower':
			case 'move a measure wider':
				return this.#moveMeasure(name.endsWith('narrower'));
			case 'edit the wording':
			case 'add a step':
			case 'remove a step':
			case 'set a date':
				return this.#changeMeasure(name);
			case 'redact':
				return this.#redact();
			case 'add an organisation':
				return this.#addOrganisation();
			case 'leave':
				return this.#leave();
		}
	}

	async #post() {
		const by = this.#somebody();
		const measure = this.#measureFor(by);
		const kind = this.pick(updateKinds) as (typeof updateKinds)[number];
		const circle = this.#circle((circle) => this.oracle.mayPost(by, measure.id, circle, kind) === 'done');
		const word = this.word();
		const input = { measureId: measure.id, circleId: circle, kind, text: this.#text(word) };
		return this.#attempt(postUpdate, by, input, this.oracle.mayPost(by, measure.id, circle, kind), ({ id }) =>
			this.#addPost(by, id as string, circle, measure.id, measure.id, word)
		);
	}

	async #reply() {
		const by = this.#somebody();
		const post = this.#postOf((post) => this.#chance(0.1) || this.oracle.mayReply(by, post.id) === 'done');
		if (!post) return undefined;
		const word = this.word();
		const answer = this.oracle.mayReply(by, post.id);
		return this.#attempt(replyToUpdate, by, { updateId: post.id, text: this.#text(word) }, answer, ({ id }) =>
			this.#addPost(by, id as string, post.circle, post.id, post.measure, word)
		);
	}

	#addPost(by: Person, id: string, circle: string, parent: string, measure: string, word: string) {
		const { organisationId, ownCircleId: own } = by;
		const isReply = parent !== measure;
		this.oracle.add(
			{ id, kind: 'update', circle, parent, own, organisationId, measure, isReply },
			{ text: word }
		);
	}

	async #changePost(name: 'edit' | 'withdraw') {
		const post = this.#postOf();
		if (!post) return undefined;
		const by = this.#somebodyOf(post);
		const answer = this.oracle.mayEdit(by, post.id);
		if (name === 'withdraw')
			return this.#attempt(withdrawUpdate, by, { updateId: post.id }, answer, () =>
				this.oracle.withdraw(post.id)
			);

		const word = this.word();
		const base = { text: this.#text(post.says.get('text') ?? '') };
		return this.#attempt(editUpdate, by, { updateId: post.id, text: this.#text(word), base }, answer, () =>
			this.oracle.change(post.id, { text: word })
		);
	}

	async #movePost(narrower: boolean) {
		const may = (by: Person, post: Thing, circle: string) => this.oracle.mayMovePost(by, post.id, circle);
		const found = this.#tries(
			() => {
				const post = this.#postOf(({ isReply, withdrawn }) => this.#chance(0.1) || (!isReply && !withdrawn));
				return post && { thing: post, by: this.#somebodyOf(post) };
			},
			narrower,
			may
		);
		if (!found) return undefined;
		const { by, thing: post, circle } = found;
		const input = { updateId: post.id, circleId: circle, base: { circleId: post.circle } };
		return this.#attempt(moveUpdate, by, input, may(by, post, circle), () =>
			this.oracle.move([post.id], circle)
		);
	}

	async #moveMeasure(narrower: boolean) {
		const may = (by: Person, measure: Thing, circle: string) =>
			this.oracle.mayMoveMeasure(by, measure.id, circle);
		const found = this.#tries(
			() => {
				const by = this.#chance(0.9) ? this.#somebody('secretariat') : this.#somebody();
				return { by, thing: this.#measureFor(by) };
			},
			narrower,
			may
		);
		if (!found) return undefined;
		const { by, thing: measure, circle } = found;
		const input = { measureId: measure.id, circleId: circle, base: { circleId: measure.circle } };
		return this.#attempt(moveMeasure, by, input, may(by, measure, circle), () =>
			this.oracle.move([measure.id], circle)
		);
	}

	/** Looks a few times for a move that will be done; now and then takes the first that comes, whatever the answer. */
	#tries(
		draw: () => { by: Person; thing: Thing } | undefined,
		narrower: boolean,
		may: (by: Person, thing: Thing, circle: string) => Answer
	) {
		const daring = this.#chance(0.2);
		for (let tries = 0; tries < 12; tries++) {
			const drawn = draw();
			if (!drawn) continue;
			const { by, thing } = drawn;
			const suits = (circle: string) =>
				may(by, thing, circle) === 'done' && this.oracle.inside(circle, thing.circle) === narrower;
			const circle = this.#circle(suits);
			if (daring || suits(circle)) return { by, thing, circle };
		}
		return undefined;
	}

	async #changeMeasure(name: ActName) {
		const by = this.#chance(0.8) ? this.#somebody('secretariat') : this.#somebody();
		const measure = this.#measureFor(by);
		const word = this.word();
		const { oracle } = this;
		const steps = [...measure.says.keys()].filter((field) => this.#steps.has(field));
		/** An event about a step says all of them, as they were and as they are. */
		const allSteps = () => steps.map((step) => measure.says.get(step) as string);

		if (name === 'edit the wording') {
			const base = { titleRo: measure.says.get('titleRo') };
			const input = { measureId: measure.id, texts: { titleRo: word }, base };
			const answer = oracle.mayChangeMeasure(by, measure.id, 'texts');
			return this.#attempt(editTexts, by, input, answer, () => oracle.change(measure.id, { titleRo: word }));
		}
		if (name === 'set a date') {
			const base = { nextDate: this.#dates.get(measure.id) ?? null };
			const to = `2026-0${1 + this.number(9)}-1${this.number(10)}`;
			const input = { measureId: measure.id, nextDate: to, reason: word, base };
			const answer = oracle.mayChangeMeasure(by, measure.id, 'date');
			return this.#attempt(setDate, by, input, answer, () => {
				this.#dates.set(measure.id, to);
				oracle.change(measure.id, {}, [word]);
			});
		}
		const answer = oracle.mayChangeMeasure(by, measure.id, 'steps');
		if (name === 'add a step') {
			if (steps.length > 3) return undefined;
			return this.#attempt(addStep, by, { measureId: measure.id, titleRo: word }, answer, ({ stepId }) => {
				this.#steps.add(stepId as string);
				oracle.change(measure.id, { [stepId as string]: word }, allSteps());
			});
		}
		const stepId = this.pick(steps);
		if (!stepId) return undefined;
		const input = { measureId: measure.id, stepId, base: { titleRo: measure.says.get(stepId) } };
		return this.#attempt(removeStep, by, input, answer, () =>
			oracle.change(measure.id, { [stepId]: undefined }, allSteps())
		);
	}

	/** A redaction is a function of the tables' owner; the event after it carries the whole row. */
	async #redact() {
		const post = this.#postOf();
		if (!post) return undefined;
		await this.#asOwner(async (tx) => {
			await tx.execute(sql`select from subjects where id = ${post.id} for update`);
			await tx.execute(sql`select redact(${post.id})`);
			await tx.execute(sql`select append(jsonb_build_array(jsonb_build_object('subject', ${post.id}::uuid,
				'type', 'update.redacted', 'data', jsonb_build_object('row', content(${post.id})))))`);
		});
		this.oracle.redact(post.id);
		return 'done' as const;
	}

	/** Into a circle joins who is in the circle around it; one that was succeeded takes nobody. */
	async #addOrganisation() {
		const { oracle } = this;
		const open = [...oracle.circles.values()]
			.filter(({ kind, succeeded }) => (kind === 'made' && !succeeded) || kind === 'all')
			.flatMap(({ id, inside, organisations }) => {
				const around =
					oracle.circles.get(inside ? oracle.standing(inside) : '')?.organisations ??
					Object.values(this.table.organisation);
				return [...around].filter((one) => !organisations.has(one)).map((one) => [id, one] as const);
			});
		const chosen = this.pick(open);
		if (!chosen) return undefined;
		const [circle, organisation] = chosen;

		if (oracle.needsSuccessor(circle)) {
			const successor = crypto.randomUUID();
			await this.#asOwner((tx) => tx.execute(sql`select succeed(${circle}, ${successor}, ${organisation})`));
			oracle.succeed(circle, successor, organisation);
		} else {
			await this.#asOwner((tx) =>
				tx.execute(sql`insert into circle_organisations (circle_id, organisation_id)
					values (${circle}, ${organisation})`)
			);
			oracle.join(circle, organisation);
		}
		return 'done' as const;
	}

	/** Two stay in each circle, or the world would come to rest. */
	async #leave() {
		const open = [...this.oracle.circles.values()]
			.filter(
				({ kind, organisations }) =>
					organisations.size > 2 && (kind === 'made' || (kind === 'all' && this.#chance(0.2)))
			)
			.flatMap(({ id, organisations }) =>
				[...organisations].map((organisation) => [id, organisation] as const)
			);
		const chosen = this.pick(open);
		if (!chosen) return undefined;
		await this.#asOwner((tx) => tx.execute(sql`select leave(${chosen[0]}, ${chosen[1]})`));
		this.oracle.leave(...chosen);
		return 'done' as const;
	}

	async #attempt(
		command: AnyCommand,
		by: Person,
		input: unknown,
		expected: Answer,
		then: (result: Record<string, string>) => void
	): Promise<Answer> {
		let answer: string;
		let result: Record<string, string> = {};
		try {
			({ result } = await execute(this.#database, command, by as App.Actor, input, crypto.randomUUID()));
			answer = 'done';
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			answer = error.code;
		}
		if (answer !== expected)
			throw new Error(
				`act ${this.acts + 1}, ${command.name} by ${by.kind} ${by.role}: expected ${expected}, got ${answer}\n` +
					JSON.stringify({ input, about: this.#describe(input as Record<string, string>) })
			);
		if (answer === 'done') then(result);
		return expected;
	}

	/** For a person who reads a failure: what the ids of an input are. */
	#describe(input: Record<string, string>) {
		const name = (circle: string | null | undefined) =>
			Object.entries(this.table.circle).find(([, id]) => id === circle)?.[0] ?? circle;
		const thing = this.oracle.things.get(input.updateId ?? input.measureId ?? '');
		const measure = thing && this.oracle.things.get(thing.measure);
		return { thing: name(thing?.circle), measure: name(measure?.circle), target: name(input.circleId) };
	}

	#asOwner = <T>(work: (tx: Tx) => Promise<T>) => this.#database.asOwner(work);

	#text = (word: string) => word && `Situația **${word}** rămâne deschisă.`;

	#somebody = (role?: Role) =>
		this.pick(role ? this.#people.filter((one) => one.role === role) : this.#people) as Person;

	/** Mostly somebody of the author's organisation. */
	#somebodyOf(post: Thing): Person {
		if (this.#chance(0.15)) return this.#somebody();
		return this.pick(
			this.#people.filter(({ organisationId }) => organisationId === post.organisationId)
		) as Person;
	}

	/** Mostly one that the person sees. */
	#measureFor(by: Person): Thing {
		const measures = [...this.oracle.things.values()].filter(({ kind }) => kind === 'measure');
		const seen = measures.filter(({ circle }) => this.oracle.sees(by, circle));
		return this.pick(seen.length > 0 && this.#chance(0.9) ? seen : measures) as Thing;
	}

	/** One of the latest posts that suit, as often as not of the very latest, which no page has read afresh yet. */
	#postOf(suits: (post: Thing) => boolean = () => true): Thing | undefined {
		const posts = [...this.oracle.things.values()].filter(({ kind }) => kind === 'update');
		return this.pick(posts.slice(this.#chance(0.5) ? -10 : -100).filter(suits));
	}

	/** Mostly one that suits, of those rather one with many in it; else any, or one that is nowhere. */
	#circle(suits: (circle: string) => boolean): string {
		const circles = [...this.oracle.circles.values()];
		const suitable = circles.filter(({ id }) => suits(id));
		const wide = suitable.filter(({ organisations }) => organisations.size > 1);
		if (suitable.length > 0 && this.#chance(0.85))
			return (this.pick(wide.length > 0 && this.#chance(0.7) ? wide : suitable) as { id: string }).id;
		return this.#chance(0.1) ? crypto.randomUUID() : (this.pick(circles) as { id: string }).id;
	}
}

/** A small generator of numbers that are the same for the same seed. */
function mulberry32(seed: number) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
