import { expect, test } from 'vitest';
import type { Decision, Note } from './decision.ts';
import type { Item, Meeting, Slot, SlotState } from './meeting.ts';
import { minutesOf } from './minutes.ts';

const slot = (id: string, state: SlotState, takenAt: string | null, endedAt: string | null = null): Slot => ({
	...{ id, state, takenAt, endedAt },
	...{ minutes: 10, organisationId: 'o', carriedFrom: null }
});
const at = (time: string) => `2026-12-01T${time}:00.000Z`;
const meeting = {
	slots: [
		slot('one', 'done', at('09:00'), at('09:12')),
		slot('two', 'put-off', null),
		slot('three', 'done', at('08:30'), at('08:30')),
		slot('proposed', 'proposed', null),
		slot('four', 'now', at('09:12')),
		slot('off', 'removed', null)
	]
} as Meeting;
const items = [
	{ id: 'i1', slotId: 'one' },
	{ id: 'i4', slotId: 'four' }
] as Item[];
const notes = [
	{ id: 'n1', itemId: 'i1', text: 'Un rând' },
	{ id: 'n2', itemId: 'i1', text: '' },
	{ id: 'n3', itemId: 'i4', text: 'Altul' }
] as Note[];
const decisions = [
	{ id: 'd1', itemId: 'i1', withdrawnAt: null },
	{ id: 'd2', itemId: 'i1', withdrawnAt: at('09:10') }
] as Decision[];
const minutes = minutesOf(meeting, items, notes, [], decisions);

test('items stand in the order in which they were taken, with the agenda’s numbers', () => {
	expect(minutes.taken.map(({ number, slot }) => [number, slot.id])).toEqual([
		[3, 'three'],
		[1, 'one'],
		[4, 'four']
	]);
	expect(minutes.putOff.map(({ number, slot }) => [number, slot.id])).toEqual([[2, 'two']]);
});

test('what took no time took a minute, and what is not over has not taken any', () => {
	expect(minutes.taken.map(({ spent }) => spent)).toEqual([1, 12, null]);
});

test('struck lines and withdrawn decisions do not stand in them, and nothing stands under what may not be read', () => {
	expect(
		minutes.taken.map(({ item, notes, decisions }) => [item?.id, notes.length, decisions.length])
	).toEqual([
		[undefined, 0, 0],
		['i1', 1, 1],
		['i4', 1, 0]
	]);
	expect(minutes.decisions.map(({ id }) => id)).toEqual(['d1']);
});
