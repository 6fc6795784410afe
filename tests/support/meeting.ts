/** A meeting that is open, straight into the tables: one item is being taken, others wait, one is proposed. */

import { sql } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { json } from '#lib/server/database.server.ts';
import type { TestDatabase } from './database.ts';

export type LaidMeeting = {
	meetingId: string;
	chairId: string;
	/** What is being taken, two that wait, one that its author's organisation has proposed. */
	nowId: string;
	aheadId: string;
	laterId: string;
	proposedId: string;
	/** On the first that waits, by the author. */
	itemId: string;
	/** The author's organisation waits, then another. */
	handId: string;
	otherHandId: string;
	/** Under that item, by the chair; the decision names the author's organisation and the other. */
	noteId: string;
	decisionId: string;
	/** Put by the chair under what is being taken; one hand was counted for it. */
	proposalId: string;
	/** The author is there. */
	attendanceId: string;
};

type Options = {
	circleId: string;
	chair: Actor;
	author: Actor;
	/** Of another organisation, which waits to speak, too. */
	other: Actor;
	/** `paused`: open, its time stands still while the author speaks. `closed`: what waited was put off. */
	state?: 'planned' | 'open' | 'paused' | 'closed';
	/** That the item is about. */
	measures?: string[];
	ids?: Partial<LaidMeeting>;
};

export async function layMeeting(
	database: TestDatabase,
	{ circleId, chair, author, other, state = 'open', measures = [], ids = {} }: Options
): Promise<LaidMeeting> {
	const id = () => crypto.randomUUID() as string;
	const laid: LaidMeeting = {
		...{
			meetingId: id(),
			chairId: chair.memberId,
			nowId: id(),
			aheadId: id(),
			laterId: id(),
			proposedId: id()
		},
		...{
			itemId: id(),
			handId: id(),
			otherHandId: id(),
			noteId: id(),
			decisionId: id(),
			attendanceId: id(),
			proposalId: id()
		},
		...ids
	};
	const waits = state === 'closed' ? 'put-off' : 'ahead';
	const slots = [
		[laid.nowId, state === 'planned' ? 'ahead' : state === 'closed' ? 'done' : 'now', chair],
		[laid.aheadId, waits, author],
		[laid.laterId, waits, chair],
		[laid.proposedId, 'proposed', author]
	] as const;
	const isOpen = state === 'open' || state === 'paused';
	await database.asOwner(async (tx) => {
		await tx.execute(sql`insert into subjects (id, circle_id) values (${laid.meetingId}, ${circleId})`);
		await tx.execute(sql`insert into meetings (id, circle_id, title, day, time, chair_id, state, ends_at, left_ms)
			values (${laid.meetingId}, ${circleId}, 'Ședința săptămânală', '2026-12-01', '10:00', ${chair.memberId}, ${isOpen ? 'open' : state},
				case when ${state} = 'open' then clock_timestamp() + interval '10 minutes' end,
				case when ${state} = 'paused' then 60000 end)`);
		for (const [i, [slotId, state, { organisationId }]] of slots.entries())
			await tx.execute(sql`insert into agenda_slots (id, meeting_id, circle_id, position, minutes, state, organisation_id)
				values (${slotId}, ${laid.meetingId}, ${circleId}, ${i + 1}, 10, ${state}, ${organisationId})`);
		await tx.execute(sql`insert into subjects (id, circle_id, parent_id)
			values (${laid.itemId}, ${circleId}, ${laid.meetingId})`);
		await tx.execute(sql`insert into agenda_items (id, circle_id, meeting_id, slot_id, organisation_id, member_id, title_ro, measures)
			values (${laid.itemId}, ${circleId}, ${laid.meetingId}, ${laid.aheadId}, ${author.organisationId},
				${author.memberId}, 'Un punct', ${json(measures)})`);
		for (const subject of [laid.noteId, laid.decisionId])
			await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
				values (${subject}, ${circleId}, ${laid.itemId}, ${chair.ownCircleId})`);
		const taken = id();
		await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
			values (${taken}, ${circleId}, ${laid.meetingId}, null),
				(${laid.proposalId}, ${circleId}, ${taken}, ${chair.ownCircleId})`);
		await tx.execute(sql`insert into agenda_items (id, circle_id, meeting_id, slot_id, organisation_id, member_id, title_ro)
			values (${taken}, ${circleId}, ${laid.meetingId}, ${laid.nowId}, ${chair.organisationId}, ${chair.memberId}, 'Acum')`);
		await tx.execute(sql`insert into proposals (id, circle_id, meeting_id, item_id, organisation_id, member_id, text_ro,
				count_for, count_against, count_abstain)
			values (${laid.proposalId}, ${circleId}, ${laid.meetingId}, ${taken}, ${chair.organisationId},
				${chair.memberId}, 'Se evaluează lunar', 1, 0, 0)`);
		await tx.execute(sql`insert into attendances (id, meeting_id, circle_id, member_id, organisation_id, noted_by)
			values (${laid.attendanceId}, ${laid.meetingId}, ${circleId}, ${author.memberId}, ${author.organisationId},
				${author.memberId})`);
		const under = sql`${circleId}::uuid, ${laid.meetingId}::uuid, ${laid.itemId}::uuid,
			${chair.organisationId}::uuid, ${chair.memberId}::uuid`;
		await tx.execute(sql`insert into notes (id, circle_id, meeting_id, item_id, organisation_id, member_id, text)
			values (${laid.noteId}, ${under}, 'Un rând')`);
		await tx.execute(sql`insert into decisions (id, circle_id, meeting_id, item_id, organisation_id, member_id,
				text_ro, due_on, measure_id)
			values (${laid.decisionId}, ${under}, 'Formularul pleacă în județe', '2026-12-15', ${measures[0] ?? null})`);
		for (const [i, organisationId] of [...new Set([author.organisationId, other.organisationId])].entries())
			await tx.execute(sql`insert into decision_bodies (decision_id, circle_id, organisation_id, position)
				values (${laid.decisionId}, ${circleId}, ${organisationId}, ${i + 1})`);
		if (isOpen)
			for (const [i, [handId, by]] of (
				[
					[laid.handId, author],
					[laid.otherHandId, other]
				] as const
			).entries())
				await tx.execute(sql`insert into hands (id, meeting_id, circle_id, organisation_id, member_id, kind, position, since)
					values (${handId}, ${laid.meetingId}, ${circleId}, ${by.organisationId}, ${by.memberId}, 'floor', ${i + 1}, case when ${state === 'paused' && i === 0} then clock_timestamp() end)`);
	});
	return laid;
}
