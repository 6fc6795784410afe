/** Short lines under an item, while the meeting runs: one row each, so that two who write at once lose nothing. */

import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import type { Note } from './decision.ts';
import { notes } from './decision-tables.server.ts';
import type { Item, Meeting } from './meeting.ts';
import { canNote } from './policy.ts';
import { findInMeeting, readItem, readNote } from './queries.server.ts';

export const writeNote = command({
	name: 'note.write',
	act: 'meeting.run',

	input: z.object({ itemId: z.uuid(), text: text({ max: 1000 }) }),

	find: (tx, { itemId }) => findInMeeting(tx, itemId, readItem),

	allow: (actor, { meeting }: Item & { meeting: Meeting }) => canNote(actor, meeting),

	async run({ tx, actor, input, subject: { circleId, meetingId }, record }) {
		const id: string = crypto.randomUUID();
		const { organisationId, memberId } = actor;
		await placeSubject(tx, { id, circleId, parentId: input.itemId, ownId: actor.ownCircleId });
		await tx.insert(notes).values({ ...input, id, circleId, meetingId, organisationId, memberId });

		record({ subject: id, type: 'note.written', data: { row: await readNote(tx, id) } });
		return { id };
	}
});

export const editNote = command({
	name: 'note.edit',
	act: 'meeting.run',

	/** An empty line is struck out; what it said stays in the history. */
	input: z.object({
		noteId: z.uuid(),
		text: text({ max: 1000, min: 0 }),
		base: z.object({ text: text({ max: 1000, min: 0 }) })
	}),

	find: (tx, { noteId }) => findInMeeting(tx, noteId, readNote),

	allow: (actor, { meeting }: Note & { meeting: Meeting }) => canNote(actor, meeting),

	async run({ tx, input: { noteId, text }, subject: note, record }) {
		if (text === note.text) return { id: noteId };
		await tx.update(notes).set({ text }).where(eq(notes.id, noteId));

		record({ subject: noteId, type: 'note.edited', data: { old: { text: note.text }, new: { text } } });
		return { id: noteId };
	}
});
