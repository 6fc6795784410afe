/** The objectives that a plan's rows name: found by their words, or made. */

import { fold } from '#lib/fold.ts';
import type { PlanRow } from './plan.ts';

export type Standing = {
	id: string;
	parentId: string | null;
	kind: 'general' | 'specific' | 'theme';
	code: string;
	titleRo: string;
	titleEn: string;
	position: number;
};

type Names = Pick<PlanRow, 'objectiveRo' | 'objectiveEn' | 'specificObjective'>;

export class Objectives {
	readonly added: Standing[] = [];
	#standing = new Map<string, Standing>();
	#byId = new Map<string, Standing>();
	#position: number;

	constructor(standing: readonly Standing[]) {
		for (const one of standing) this.#know(one);
		this.#position = Math.max(0, ...standing.map(({ position }) => position));
	}

	/** The objective that is there already. */
	find({ objectiveRo, specificObjective }: Names): string | undefined {
		const general = this.#standing.get(keyOf(null, objectiveRo));
		if (!specificObjective) return general?.id;
		return general && this.#standing.get(keyOf(general.id, specificObjective))?.id;
	}

	/** The objective, made where there is none. */
	of(names: Names): string {
		const general = this.#make(null, names.objectiveRo, names.objectiveEn);
		return names.specificObjective ? this.#make(general, names.specificObjective, '') : general;
	}

	titleOf = (id: string) => this.#byId.get(id)?.titleRo ?? '';

	#make(parentId: string | null, words: string, titleEn: string): string {
		const known = this.#standing.get(keyOf(parentId, words));
		if (known) return known.id;
		const { code, title } = taken(words);
		const made: Standing = {
			...{ id: crypto.randomUUID(), parentId, kind: parentId ? 'specific' : 'general' },
			...{ code, titleRo: title, titleEn, position: ++this.#position }
		};
		this.added.push(made);
		this.#know(made);
		return made.id;
	}

	#know(one: Standing) {
		this.#byId.set(one.id, one);
		const key = keyOf(one.parentId, one.titleRo);
		if (!this.#standing.has(key)) this.#standing.set(key, one);
	}
}

/** „1.1 Informarea populației” is 1.1 and its title. */
function taken(words: string) {
	const [, code = '', title = words] = /^(\d+(?:\.\d+)*)\.?\s+(.+)$/.exec(words) ?? [];
	return { code, title };
}

const keyOf = (parentId: string | null, words: string) => `${parentId ?? ''} ${fold(taken(words).title)}`;
