/** What the forms of an internal version bring, as its commands take it. */

type Fields = Record<string, string | undefined>;

export const draftIdOf = ({ draftId }: Fields) => ({ draftId });
export const commentOf = ({ draftId, text }: Fields) => ({ draftId, text });
export const returnOf = ({ draftId, reason }: Fields) => ({ draftId, reason });

/** Sent is what was read. */
export const approvalOf = ({ draftId, 'base.editedAt': editedAt }: Fields) => ({
	draftId,
	base: { editedAt: editedAt || null }
});

/** The act as it was written, on what stands now, with other words. */
export function rewordedOf({ draftId, command, editedAt, act, draft, ...fields }: Fields) {
	const words = ['text', 'reason', 'gist'].filter((name) => fields[name] !== undefined);
	return {
		...asObject(act),
		...Object.fromEntries(words.map((name) => [name, fields[name]])),
		...(fields.confirm !== undefined || fields.confirmed ? { confirmed: fields.confirmed } : {}),
		draft: { draftId, command, editedAt: editedAt || null, ask: draft === 'ask' }
	};
}

function asObject(json = ''): object {
	try {
		const parsed: unknown = JSON.parse(json);
		return typeof parsed === 'object' && parsed !== null ? parsed : {};
	} catch {
		return {};
	}
}

/** What was ticked: „pick.[id]” with the moment of what was read. */
export const pickedIn = (fields: Fields) =>
	Object.entries(fields).flatMap(([name, value]) => {
		const key = /^pick\.(.+)$/.exec(name)?.[1];
		return key ? [{ key, value: value ?? '' }] : [];
	});

export const approvalsOf = (fields: Fields) =>
	pickedIn(fields).map(({ key, value }) => ({
		key,
		input: { draftId: key, base: { editedAt: value === 'on' ? null : value || null } }
	}));

export const askedOf = (fields: Fields) =>
	pickedIn(fields).map(({ key }) => ({ key, input: { draftId: key } }));

/** One line of the sheet: what differs from what it was based on, and the sentence. */
export function reportOf(fields: Fields) {
	const { measureId, status, nextDate, text = '', language, circleId } = fields;
	const was = { status: fields['base.status'], nextDate: fields['base.nextDate'], done: fields['base.done'] };
	const ticked = Object.keys(fields).flatMap((name) => /^done\.(.+)$/.exec(name)?.[1] ?? []);
	const stood = was.done?.split(',').filter(Boolean) ?? [];
	// A box that is not ticked sends nothing at all: the steps are there where their basis is.
	const turned = was.done !== undefined && [...ticked].sort().join() !== [...stood].sort().join();
	const moved = status !== undefined && status !== was.status;
	const dated = nextDate !== undefined && nextDate !== was.nextDate;
	return {
		...{ measureId, text, language, circleId },
		...(moved && { status }),
		...(dated && { nextDate: nextDate || null }),
		...(turned && { doneIds: ticked }),
		base: {
			...(moved && { status: was.status }),
			...(dated && { nextDate: was.nextDate || null }),
			...(turned && { doneIds: stood })
		}
	};
}

/** The same sentence for all that were ticked, each in its own measure's circle. */
export const nothingNewOf = (fields: Fields, sentence: (reason: string) => string) =>
	pickedIn(fields).map(({ key }) => ({
		key,
		input: {
			measureId: key,
			text: fields.reason?.trim() ? sentence(fields.reason.trim()) : '',
			circleId: fields[`circle.${key}`],
			language: fields.language,
			base: {}
		}
	}));

/** One status, one date and one sentence for several measures; what is left empty stays as it is. */
export const batchOf = (fields: Fields) =>
	pickedIn(fields).map(({ key }) => {
		const base = (name: string) => fields[`base.${name}.${key}`];
		const one = {
			...{ measureId: key, text: fields.text, language: fields.language, circleId: fields[`circle.${key}`] },
			...(fields.status && { status: fields.status, 'base.status': base('status') }),
			...(fields.nextDate && { nextDate: fields.nextDate, 'base.nextDate': base('nextDate') ?? '' })
		};
		return { key, input: reportOf(one) };
	});

/** What a batch has just done, to be taken back: „undo.[measure]” with the report's id. */
export const undoneOf = (fields: Fields) =>
	Object.entries(fields).flatMap(([name, reportId]) => {
		const key = /^undo\.(.+)$/.exec(name)?.[1];
		return key ? [{ key, input: { measureId: key, reportId } }] : [];
	});
