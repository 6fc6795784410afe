/** What one field of an editing form starts with after a refusal. Pure: the same in the served page and in the browser. */

/** A refused form: what was typed, and for a conflict what the fields are now. */
export type Refused = { values: Record<string, string>; refusal: { theirs?: Record<string, unknown> } };

export type Draft = {
	value: string;
	/** What the value is based on: what was seen when it was typed, or what a conflict has shown since. */
	base: string;
	/** Set where somebody else was faster in this field. */
	theirs?: string;
};

/** Of fields that were not touched nothing is kept: they show what stands there now, and are based on it. */
export function draftOf(name: string, current: string, refused?: Refused): Draft {
	const { [name]: typed, [`base.${name}`]: seen = '' } = refused?.values ?? {};
	if (typed === undefined || typed === seen) return { value: current, base: current };
	const theirs = refused?.refusal.theirs;
	if (!theirs || !(name in theirs)) return { value: typed, base: seen };
	const now = asTyped(theirs[name]);
	return { value: typed, base: now, theirs: now };
}

/** As a field holds it: no date is empty, a list of ids is one line. */
const asTyped = (value: unknown) => (Array.isArray(value) ? value.join(',') : String(value ?? ''));

/** Both texts, theirs first. */
export const both = (theirs: string, mine: string, lines: boolean) =>
	theirs && mine ? `${theirs}${lines ? '\n\n' : ' / '}${mine}` : theirs || mine;

export type Choice = 'mine' | 'theirs' | 'both';

/**
 * Without scripts what stays of a conflict is chosen by radio buttons that are sent along: `keep.titleRo`. By then the
 * field is based on theirs. A list is settled where its boxes are read (picked.ts).
 */
export function settled(fields: Record<string, string>): Record<string, string> {
	const settled = { ...fields };
	for (const [key, choice] of Object.entries(fields)) {
		const name = /^keep\.(.+)$/.exec(key)?.[1];
		if (name === undefined || !(name in fields)) continue;
		const [mine, theirs] = [fields[name] ?? '', fields[`base.${name}`] ?? ''];
		if (choice === 'theirs') settled[name] = theirs;
		if (choice === 'both' || choice === 'both-lines') settled[name] = both(theirs, mine, choice !== 'both');
		delete settled[key];
	}
	return settled;
}

/** Of the fields of a form only those that differ from what they were based on, and what that was. */
export function changesOf(fields: Record<string, string>, names: readonly string[]) {
	const changed = names.filter((name) => name in fields && fields[name] !== (fields[`base.${name}`] ?? ''));
	return {
		now: Object.fromEntries(changed.map((name) => [name, fields[name]])),
		base: Object.fromEntries(changed.map((name) => [name, fields[`base.${name}`] ?? '']))
	};
}
