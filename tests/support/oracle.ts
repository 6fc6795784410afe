/**
 * Who may read which word: an independent picture in sets and maps, written from the prose of the rules ("who sees",
 * "what happened") and sharing nothing with the SQL that it is held against. A word is a canary: a string that is
 * written once and can be looked for wherever a reader can look.
 */

import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import type { UpdateKind } from '#lib/updates/update.ts';

export type Person = {
	memberId: string;
	organisationId: string;
	kind: OrganisationKind;
	role: Role;
	ownCircleId: string;
};

/** Who reads: a person, perhaps viewing as another or for a named circle; or a visitor. */
export type Looker = { person?: Person; visitor?: true; viewingAs?: Person; forCircle?: string };

type Circle = {
	id: string;
	kind: 'public' | 'all' | 'own' | 'secretariat' | 'made';
	inside: string | null;
	organisations: Set<string>;
	/** It has a successor: what is in it stays, nothing more is put into it but replies. */
	succeeded?: boolean;
	/** Its successor, and what lay around it before the successor did. */
	successor?: string;
	before?: string | null;
	/** Whose own circle it is. */
	organisationId?: string;
};

export type Thing = {
	id: string;
	kind: 'measure' | 'update';
	circle: string;
	/** A post hangs on its measure, a reply on its post. */
	parent: string | null;
	/** The author's own circle; null for a measure, which belongs to its circle. */
	own: string | null;
	organisationId: string | null;
	measure: string;
	isReply: boolean;
	withdrawn: boolean;
	/** Of a measure: who leads it. */
	leads: string[];
	/** The canaries that stand in its fields now. */
	says: Map<string, string>;
};

/** What one event said: the circle it was numbered in, and the circle that may still hear it (null: nobody). */
type Said = {
	thing: string;
	circle: string;
	n: number;
	heard: string | null;
	row: string[];
	values: string[];
};

/** What the rules answer to an act: done, or the code of the refusal. */
export type Answer = 'done' | 'not-found' | 'forbidden' | 'invalid';

const isReadBy = (circle: Circle, { organisationId, role }: Person) =>
	circle.organisations.has(organisationId) ||
	circle.kind === 'public' ||
	(circle.kind === 'secretariat' && role === 'secretariat');

const reporting: UpdateKind[] = ['progress', 'evidence', 'concern'];

export class Oracle {
	circles = new Map<string, Circle>();
	things = new Map<string, Thing>();
	/** Circle → how many events were numbered in it. */
	heads = new Map<string, number>();
	#said: Said[] = [];

	addCircle(circle: Omit<Circle, 'organisations'>, organisations: Iterable<string> = []) {
		this.circles.set(circle.id, { ...circle, organisations: new Set(organisations) });
		this.heads.set(circle.id, 0);
	}

	// ── Who sees ──

	/** A member: the organisation's circles, Public, and by role the circle Secretariat. A visitor: Public only. */
	circlesOf({ person, visitor, viewingAs, forCircle }: Looker): Set<string> {
		const seen = [...this.circles.values()].filter(
			(circle) =>
				(person ? isReadBy(circle, person) : visitor && circle.kind === 'public') &&
				(!viewingAs || isReadBy(circle, viewingAs)) &&
				(!forCircle || this.#isReadIn(circle, forCircle))
		);
		return new Set(seen.map(({ id }) => id));
	}

	sees(person: Person, id: string): boolean {
		const circle = this.circles.get(id);
		return circle !== undefined && isReadBy(circle, person);
	}

	/** What every organisation of a circle may read; what is for a circle without organisations is for everybody. */
	#isReadIn(circle: Circle, named: string) {
		const audience = [...this.#circle(named).organisations];
		return (
			circle.kind === 'public' ||
			(audience.length > 0 && audience.every((organisation) => circle.organisations.has(organisation)))
		);
	}

	/** Recorded, never by comparing members; an organisation's own lies inside every circle that it is in. */
	inside(inner: string, outer: string): boolean {
		if (this.#liesIn(inner, outer)) return true;
		const own = this.#circle(inner);
		return own.kind === 'own' && this.#circle(outer).organisations.has(own.organisationId as string);
	}

	/** Once inside is inside for good: a successor comes around a circle, and takes nothing away that lay around it. */
	#liesIn(inner: string, outer: string): boolean {
		if (inner === outer) return true;
		const { inside, before } = this.#circle(inner);
		return [inside, before].some((around) => around && this.#liesIn(around, outer));
	}

	/** The circle that stands today where this one stood. */
	standing(id: string): string {
		const { successor } = this.#circle(id);
		return successor ? this.standing(successor) : id;
	}

	narrower(a: string | null, b: string): string | null {
		if (a === null) return null;
		return this.inside(a, b) ? a : this.inside(b, a) ? b : null;
	}

	// ── What may be done, as far as circles and authorship decide it ──

	mayPost(by: Person, measure: string, circle: string, kind: UpdateKind): Answer {
		const about = this.#seen(by, measure);
		if (!about) return 'not-found';
		const embassy = by.role !== 'secretariat' && (by.kind === 'embassy' || by.kind === 'international');
		if (by.role === 'observer' || (embassy && reporting.includes(kind))) return 'forbidden';
		return this.#mayHold(by, circle, about.circle) ? 'done' : 'invalid';
	}

	mayReply(by: Person, post: string): Answer {
		const about = this.#seen(by, post);
		if (!about) return 'not-found';
		if (by.role === 'observer') return 'forbidden';
		return about.isReply || about.withdrawn ? 'invalid' : 'done';
	}

	/** Edits and withdraws: one's own organisation's posts, until they are withdrawn. */
	mayEdit(by: Person, post: string): Answer {
		const about = this.#seen(by, post);
		if (!about) return 'not-found';
		return by.role === 'observer' || about.withdrawn || about.organisationId !== by.organisationId
			? 'forbidden'
			: 'done';
	}

	mayMovePost(by: Person, post: string, circle: string): Answer {
		const answer = this.mayEdit(by, post);
		if (answer !== 'done') return answer;
		const about = this.#thing(post);
		if (about.isReply) return 'forbidden';
		const measure = this.#seen(by, about.measure);
		const within = measure && this.#mayHold(by, circle, measure.circle);
		return within && this.#narrowerOrWider(by, about.circle, circle) ? 'done' : 'invalid';
	}

	mayMoveMeasure(by: Person, measure: string, circle: string): Answer {
		const about = this.#seen(by, measure);
		if (!about) return 'not-found';
		if (by.role !== 'secretariat') return 'forbidden';
		return this.#narrowerOrWider(by, about.circle, circle) ? 'done' : 'invalid';
	}

	/** The wording is the secretariat's and the Commission's; dates also, and steps only, the leads'. */
	mayChangeMeasure(by: Person, measure: string, what: 'texts' | 'steps' | 'date'): Answer {
		const about = this.#seen(by, measure);
		if (!about) return 'not-found';
		if (by.role === 'secretariat') return 'done';
		if (by.role === 'observer') return 'forbidden';
		const commission = by.kind === 'parliament' && what !== 'steps';
		return commission || (about.leads.includes(by.organisationId) && what !== 'texts') ? 'done' : 'forbidden';
	}

	/** A child's circle is its parent's, one inside it, or its author's own. Into Public nobody posts yet, into the past neither. */
	#mayHold(by: Person, circle: string, parent: string) {
		if (circle === by.ownCircleId) return true;
		if (!this.sees(by, circle)) return false;
		const { kind, succeeded } = this.#circle(circle);
		return kind !== 'public' && !succeeded && this.inside(circle, parent);
	}

	#narrowerOrWider(by: Person, from: string, to: string) {
		return (
			from !== to && this.sees(by, to) && !this.#circle(to).succeeded && this.narrower(from, to) !== null
		);
	}

	// ── What happens ──

	add(
		thing: Omit<Thing, 'withdrawn' | 'says' | 'leads'> & { leads?: string[] },
		says: Record<string, string>
	) {
		const made = { leads: [], ...thing, withdrawn: false, says: new Map(Object.entries(says)) };
		this.things.set(thing.id, made);
		this.#say(made, [...made.says.values()], []);
	}

	/** Fields change: the event keeps the old and the new values. `undefined` takes a field away. */
	change(id: string, changes: Record<string, string | undefined>, alsoSaid: string[] = []) {
		const thing = this.#thing(id);
		const values = [...alsoSaid];
		for (const [field, now] of Object.entries(changes)) {
			const was = thing.says.get(field);
			values.push(...[was, now].filter((word) => word !== undefined));
			if (now === undefined) thing.says.delete(field);
			else thing.says.set(field, now);
		}
		this.#say(thing, [], values);
	}

	/** The row stays and says so; its words move to the organisation's own circle, or close where that is no narrower. */
	withdraw(id: string) {
		const thing = this.#thing(id);
		thing.withdrawn = true;
		thing.says.clear();
		for (const said of this.#saidOf(id)) said.heard = this.narrower(said.heard, thing.own as string);
		this.#say(thing, [], []);
	}

	/** The words are gone for good. */
	redact(id: string) {
		const thing = this.#thing(id);
		thing.withdrawn = true;
		thing.says.clear();
		this.#said = this.#said.filter((said) => said.thing !== id);
		this.#say(thing, [], []);
	}

	move(ids: string[], target: string) {
		const was = this.#thing(ids[0] as string).circle;
		const down = this.inside(target, was);
		const placed = ids.map((id): [Thing, string] => [this.#thing(id), target]);
		const goes = new Map(ids.map((id) => [id, target]));
		if (down)
			for (const child of ids.flatMap((id) => this.#below(id))) {
				const circle = this.#goesTo(child, was, target);
				const under = goes.get(child.parent as string) as string;
				goes.set(child.id, this.inside(circle, under) ? circle : (child.own as string));
				placed.push([child, goes.get(child.id) as string]);
			}

		for (const [thing, circle] of placed) {
			if (thing.circle === circle) continue;
			this.#number(thing.circle); // "gone"
			thing.circle = circle;
			for (const said of this.#saidOf(thing.id)) said.heard = this.narrower(said.heard, circle);
			this.#say(thing, [...thing.says.values()], []); // "arrived"
		}
	}

	/**
	 * Narrowing carries along what shared the circle, leaves what is inside the new one, returns the rest to its authors;
	 * into an organisation's own circle only its own posts go along. A post in a circle between the two goes along as
	 * well: whoever reads the new circle could read it already. What hangs on something that went home goes home too.
	 */
	#goesTo(child: Thing, was: string, target: string): string {
		const own = child.own as string;
		if (this.#circle(target).kind === 'own') return own;
		if (this.inside(child.circle, target)) return child.circle;
		return child.circle === was || this.inside(target, child.circle) ? target : own;
	}

	/**
	 * Somebody joins: a circle in which something was numbered gets a successor, except All partners; so does one that
	 * lies inside a circle with a successor, where the newcomer may be in the successor alone.
	 */
	needsSuccessor(circle: string) {
		const { kind, inside } = this.#circle(circle);
		return (
			kind !== 'all' &&
			((this.heads.get(circle) as number) > 0 || (inside !== null && this.standing(inside) !== inside))
		);
	}

	join(circle: string, organisation: string) {
		this.#circle(circle).organisations.add(organisation);
	}

	/** The earlier circle lies inside its successor; measures move over, posts stay with those they were promised to. */
	succeed(old: string, successor: string, newcomer: string) {
		const earlier = this.#circle(old);
		const { kind, inside } = earlier;
		this.addCircle({ id: successor, kind, inside: inside && this.standing(inside) }, [
			...earlier.organisations,
			newcomer
		]);
		earlier.before = inside;
		earlier.inside = earlier.successor = successor;
		earlier.succeeded = true;
		const measures = [...this.things.values()].filter(({ circle, own }) => circle === old && own === null);
		if (measures.length > 0)
			this.move(
				measures.map(({ id }) => id),
				successor
			);
	}

	/** Who leaves a circle leaves those inside it, and of what is in them keeps not even its own withdrawn words. */
	leave(circle: string, organisation: string) {
		const left = [...this.circles.values()].filter(
			({ id, kind }) => kind !== 'own' && this.inside(id, circle)
		);
		for (const one of left) one.organisations.delete(organisation);

		const leftIds = new Set(left.map(({ id }) => id));
		for (const said of this.#said)
			if (leftIds.has(this.#thing(said.thing).circle) && said.heard !== null) {
				const { kind, organisationId } = this.#circle(said.heard);
				if (kind === 'own' && organisationId === organisation) said.heard = null;
			}
	}

	// ── What a reader may obtain ──

	/** Every word, of rows as they are now and of what was said. */
	words(looker: Looker): Set<string> {
		const circles = this.circlesOf(looker);
		const now = [...this.things.values()].filter(({ circle }) => circles.has(circle));
		const past = this.#said.filter(({ heard }) => heard !== null && circles.has(heard));
		return new Set([
			...now.flatMap(({ says }) => [...says.values()]),
			...past.flatMap(({ row, values }) => [...row, ...values])
		]);
	}

	/**
	 * The old and new values of a measure and of the posts on it, and of a withdrawn post also its first words. The shell,
	 * which bears the date, is read as well.
	 */
	history(looker: Looker, measure: string): Set<string> {
		const circles = this.circlesOf(looker);
		return new Set(
			this.#said
				.filter(({ circle, heard }) => heard !== null && circles.has(heard) && circles.has(circle))
				.map((said) => ({ ...said, about: this.#thing(said.thing) }))
				.filter(({ about }) => about.measure === measure && circles.has(about.circle))
				.flatMap(({ row, values, about }) => (about.withdrawn ? [...values, ...row] : values))
		);
	}

	/** What the log delivers past these heads: words go out only where shell and words are of one circle. */
	delivered(looker: Looker, since: Record<string, number> = {}): Set<string> {
		const circles = this.circlesOf(looker);
		return new Set(
			this.#said
				.filter(({ circle, n, heard }) => heard === circle && circles.has(circle) && n > (since[circle] ?? 0))
				.flatMap(({ row, values }) => [...row, ...values])
		);
	}

	/** The ids of what stands on a reader's pages. */
	shown(looker: Looker): string[] {
		const circles = this.circlesOf(looker);
		return [...this.things.values()].filter(({ circle }) => circles.has(circle)).map(({ id }) => id);
	}

	#say(thing: Thing, row: string[], values: string[]) {
		const { id, circle } = thing;
		this.#said.push({ thing: id, circle, n: this.#number(circle), heard: circle, row, values });
	}

	#number(circle: string) {
		const n = (this.heads.get(circle) as number) + 1;
		this.heads.set(circle, n);
		return n;
	}

	#saidOf = (id: string) => this.#said.filter(({ thing }) => thing === id);

	#below(id: string): Thing[] {
		const children = [...this.things.values()].filter(({ parent }) => parent === id);
		return children.flatMap((child) => [child, ...this.#below(child.id)]);
	}

	#seen(by: Person, id: string): Thing | undefined {
		const thing = this.things.get(id);
		return thing && this.sees(by, thing.circle) ? thing : undefined;
	}

	#thing = (id: string) => this.things.get(id) as Thing;
	#circle = (id: string) => this.circles.get(id) as Circle;
}
