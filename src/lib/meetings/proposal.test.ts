import { describe, expect, test } from 'vitest';
import type { OrganisationKind } from '#lib/access/actor.ts';
import type { Attendance } from './meeting.ts';
import {
	commissionStance,
	isOpen,
	presentMembers,
	type Proposal,
	roundOf,
	type Vote,
	waitingIn
} from './proposal.ts';

const cast = (...votes: Vote[]): Pick<Proposal, 'counts' | 'votes' | 'reservation' | 'present'> => ({
	...{ counts: null, reservation: '', present: null },
	votes: votes.map((vote, i) => ({
		...{ memberId: `m${i}`, memberName: `Membru ${i}`, vote, noted: false, castAt: '' }
	}))
});
const here = (...ids: string[]) =>
	ids.map((memberId) => ({ memberId, leftAt: null }) as unknown as Attendance);

describe('the Commission’s own position', () => {
	test('more than half of those present for it is support, half is not', () => {
		expect(commissionStance(cast('for', 'for', 'for'), 5, true)).toBe('support');
		expect(commissionStance(cast('for', 'for', 'against', 'abstain'), 4, true)).toBe('abstain');
		expect(commissionStance(cast('against', 'against', 'for'), 3, true)).toBe('oppose');
	});

	test('it is not known while votes that could change it are out, and known once the round is closed', () => {
		expect(commissionStance(cast(), 3, true)).toBeUndefined();
		expect(commissionStance(cast('for'), 5, true)).toBeUndefined();
		expect(commissionStance(cast('for'), 5, false)).toBe('abstain');
		// Whatever the others say.
		expect(commissionStance(cast('for', 'for', 'for'), 5, true)).toBe('support');
	});

	test('a reservation is in the chair’s words, and only of what is supported', () => {
		expect(commissionStance({ ...cast('for', 'for'), reservation: 'Din martie' }, 2, true)).toBe(
			'reservation'
		);
		expect(commissionStance({ ...cast('against', 'against'), reservation: 'Din martie' }, 2, true)).toBe(
			'oppose'
		);
	});

	test('hands that were counted take the place of named votes, and are all who are present', () => {
		const counted = { ...cast('against'), counts: { for: 4, against: 2, abstain: 1 } };
		expect(presentMembers(counted, here('m0', 'm1'), ['m0', 'm1'])).toBe(7);
		expect(commissionStance(counted, 7, true)).toBe('support');
	});

	test('who is there counts once, whoever votes is there, the secretariat is not of it', () => {
		const voted = cast('for', 'for');
		expect(presentMembers(voted, here('m0', 'm2', 'secretary', 'm2'), ['m0', 'm1', 'm2', 'm3'])).toBe(3);
		// Closed: who was there then, whoever comes later.
		expect(presentMembers({ ...voted, present: ['m0'] }, here('m2', 'm3'), ['m0', 'm1', 'm2', 'm3'])).toBe(2);
	});
});

test('a round is told organisation by organisation, and those who are only heard are counted apart', () => {
	const table = (
		[
			['comisia', 'parliament'],
			['minister', 'ministry'],
			['ong', 'ngo'],
			['ambasada', 'embassy'],
			['organismul', 'international']
		] as [string, OrganisationKind][]
	).map(([id, kind]) => ({ id, kind }));
	const of = (organisationId: string, stance: 'support' | 'oppose', noted = false) => ({
		...{ organisationId, stance, reason: stance === 'oppose' ? 'Prea devreme' : '', noted },
		...{ memberName: 'Cineva', takenAt: '' }
	});
	const proposal = {
		...cast('for', 'for'),
		positions: [of('minister', 'oppose', true), of('ambasada', 'support')]
	} as Proposal;

	const round = roundOf(proposal, table, 2, true);
	expect(round.answered).toBe(2);
	expect(round.deciding.map(({ stance }) => stance)).toEqual(['support', 'oppose', undefined]);
	expect(round.deciding[1]).toMatchObject({ reason: 'Prea devreme', noted: true });
	expect(waitingIn(round, new Set(['minister']), true)).toEqual([]);
	expect(waitingIn(round, new Set(['ong']), true)).toEqual(['ong']);
	// Where nobody was noted everybody is asked, and once it is closed as well.
	expect(waitingIn(round, new Set(), true)).toEqual(['ong']);
	expect(waitingIn(round, new Set(['minister']), false)).toEqual(['ong']);
	expect(round.consultative.map(({ stance }) => stance)).toEqual(['support', undefined]);
});

test('positions are taken while the meeting is open and the round neither closed nor given up', () => {
	const standing = { closedAt: null, withdrawnAt: null };
	expect(isOpen(standing, { state: 'open' })).toBe(true);
	expect(isOpen(standing, { state: 'closed' })).toBe(false);
	expect(isOpen({ ...standing, closedAt: '2026-12-01T10:00:00Z' }, { state: 'open' })).toBe(false);
	expect(isOpen({ ...standing, withdrawnAt: '2026-12-01T10:00:00Z' }, { state: 'open' })).toBe(false);
});
