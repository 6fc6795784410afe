/**
 * For every command and every kind of viewer: an old snapshot plus the events equals a new snapshot. Old ones are
 * taken before each act of a case, so that a viewer may have been away for any part of it; the events come in live,
 * as they are delivered, or later by one catch-up, and the circles in either order.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import { listCircleFacts } from '#lib/circles/queries.server.ts';
import { commands } from '#lib/commands.server.ts';
import { allHeads, catchUp, eventsPast, readHeads } from '#lib/events/log.server.ts';
import { type Belongs, currentRows, type Snapshot } from '#lib/realtime/copy.ts';
import type { LiveEvent, Row } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import { type Reader, rows } from '#lib/server/database.server.ts';
import { itemsOf, listMeetings, recordsOf } from '#lib/meetings/queries.server.ts';
import { isHeldBy } from '#lib/strategy/measure.ts';
import {
	listAllStrategies,
	listMeasures,
	listObjectives,
	measuresHeldBy,
	readMeasure
} from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { isOpen } from '#lib/voice/draft.ts';
import { draftsOn } from '#lib/voice/queries.server.ts';
import { engines, openTestDatabase, sharedOut, type TestDatabase } from '../support/database.ts';
import { layDraft } from '../support/importing.ts';
import { keep } from '../support/results.ts';
import { type CircleName, layTable, type Seat, type Table } from '../support/table.ts';
import { codeOf, type LaidWays, layWays, origin, passwordHash, tenHashes } from '../support/ways.ts';

type Id = Record<string, string>;
type Act = (command: string, actor: App.Actor, input: Record<string, unknown>) => Promise<Id>;
type Play = {
	/** Runs a command, and looks at what every viewer could have read before it. */
	act: Act;
	/** Runs one that only prepares. */
	prepare: Act;
	measureId: string;
	table: Table;
	/** Puts a mail that has failed into the outbox. */
	putMail: () => Promise<string>;
	/** The newest confirmation, which no answer names. */
	confirmationId: () => Promise<string>;
	database: TestDatabase;
	/** The ways in of a member of the NGO. */
	ways: LaidWays;
};

const words = (text = 'Cuvinte') => ({ kind: 'comment', text });

const ofMeeting = /^(meeting|agenda|hand|attendance|note|minutes|proposal|position|vote|decision)\./;

/** By the command that each is about; others may be part of it. */
const cases: Record<string, ((play: Play) => Promise<unknown>)[]> = {
	'session.start': [({ act, table }) => act('session.start', table.member('ong'), newSession())],
	'session.end': [
		async ({ act, table }) => {
			const session = newSession();
			await act('session.start', table.member('ong'), session);
			await act('session.end', table.member('ong'), { sessionId: session.sessionId });
		}
	],
	'organisations.seat': [
		({ act, table }) =>
			act('organisations.seat', table.member('comisia', 'secretariat'), { keys: ['inst-mai', 'group-ngo'] })
	],
	'workspace.skip': [
		({ act, table }) =>
			act('workspace.skip', table.member('comisia', 'secretariat'), { step: 'plan', skipped: true })
	],
	'mail.retry': [
		async ({ act, table, putMail }) =>
			act('mail.retry', table.member('comisia', 'secretariat'), { mailId: await putMail() })
	],
	'mail.choose': [
		({ act, table }) =>
			act('mail.choose', table.member('ong'), { choice: { asked: 'never' }, base: { asked: 'daily' } })
	],
	'calendar.renew': [
		({ act, table }) => act('calendar.renew', table.member('ong'), { secret: '0'.repeat(64) })
	],
	'calendar.off': [
		async ({ act, table }) => {
			await act('calendar.renew', table.member('ong'), { secret: '1'.repeat(64) });
			await act('calendar.off', table.member('ong'), { base: { calendar: true } });
		}
	],
	'session.end.others': [
		async ({ act, table }) => {
			const session = newSession();
			await act('session.start', table.member('ong'), session);
			await act('session.end.others', table.member('ong'), { sessionId: session.sessionId });
		}
	],
	'session.prove': [
		async ({ act, table }) => {
			const session = newSession();
			await act('session.start', table.member('ong'), session);
			await act('session.prove', table.member('ong'), { sessionId: session.sessionId });
		}
	],
	'password.set': [({ act, table }) => act('password.set', table.member('ong'), { passwordHash })],
	'passkey.add': [
		({ act, table, ways: { challengeId, response } }) =>
			act('passkey.add', table.member('ong'), { challengeId, origin, response, name: 'Tableta' })
	],
	'passkey.rename': [
		({ act, table, ways: { passkey } }) =>
			act('passkey.rename', table.member('ong'), { passkey, name: 'Alta', base: { name: 'Telefonul' } })
	],
	'passkey.remove': [
		({ act, table, ways: { passkey } }) => act('passkey.remove', table.member('ong'), { passkey })
	],
	'totp.start': [
		({ act, table }) => act('totp.start', table.member('ong'), { challenge: newSession().sessionId })
	],
	'totp.confirm': [
		({ act, table, ways: { totpId, secret } }) =>
			act('totp.confirm', table.member('ong'), {
				challengeId: totpId,
				digits: codeOf(secret),
				codeHashes: tenHashes()
			})
	],
	'totp.remove': [({ act, table }) => act('totp.remove', table.member('ong'), { base: { totp: false } })],
	'recovery.renew': [
		({ act, table }) => act('recovery.renew', table.member('ong'), { codeHashes: tenHashes() })
	],
	'update.post': [
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('ong'), { measureId, circleId: circle.all, ...words() }),
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('minister'), { measureId, circleId: circle.state, ...words() }),
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('ambasada'), { measureId, circleId: circle['own ambasada'], ...words() })
	],
	'update.reply': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.national, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			await act('update.reply', member('minister'), { updateId, text: 'Răspuns' });
		}
	],
	'update.edit': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.all, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			const edit = { updateId, text: '**Altele**', base: { text: 'Cuvinte' } };
			await act('update.edit', member('ong', 'coordinator'), edit);
		}
	],
	'draft.write': [(play) => drafted(play)],
	'draft.edit': [
		async (play) => {
			const draftId = await drafted(play);
			await play.act('draft.edit', play.table.member('minister'), {
				draft: { command: 'update.post', ask: false, draftId, editedAt: null },
				...{ measureId: play.measureId, circleId: play.table.circle.state, ...words('Altele') }
			});
		}
	],
	'draft.ask': [
		async (play) => {
			const draftId = await drafted(play, false);
			await play.act('draft.ask', play.table.member('minister'), { draftId });
		}
	],
	'draft.comment': [
		async (play) => {
			const draftId = await drafted(play);
			await play.act('draft.comment', play.table.member('minister', 'coordinator'), {
				draftId,
				text: 'De ce?'
			});
		}
	],
	'draft.return': [
		async (play) => {
			const draftId = await drafted(play);
			await play.act('draft.return', play.table.member('minister', 'coordinator'), { draftId, reason: 'Nu' });
		}
	],
	'draft.withdraw': [
		async (play) => {
			const draftId = await drafted(play);
			await play.act('draft.withdraw', play.table.member('minister'), { draftId });
		}
	],
	'draft.approve': [
		async (play) => {
			const draftId = await drafted(play);
			const base = { editedAt: null };
			await play.act('draft.approve', play.table.member('minister', 'coordinator'), { draftId, base });
		},
		async ({ act, measureId, table }) => {
			const { id: draftId } = await act('draft.write', table.member('minister'), {
				draft: { command: 'measure.report', ask: true },
				...{ measureId, status: 'blocked', text: 'Lipsește avizul', circleId: table.circle.all },
				base: { status: 'in-progress' }
			});
			const base = { editedAt: null };
			await act('draft.approve', table.member('minister', 'coordinator'), { draftId, base });
		}
	],
	'organisation.approval': [
		({ act, table: { member, organisation } }) =>
			act('organisation.approval', member('ong', 'coordinator'), {
				...{ organisationId: organisation.ong, approves: true, base: { approves: false } }
			})
	],
	'measure.report': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			await act('measure.report', table.member('minister'), {
				...{ measureId, status: 'done', nextDate: '2099-12-31', doneIds: [stepId], text: 'Gata' },
				...{ circleId: table.circle.all, base: { status: 'in-progress', nextDate: null, doneIds: [] } }
			});
		},
		({ act, measureId, table: { circle, member } }) =>
			act('measure.report', member('ong'), { measureId, text: 'Gata', circleId: circle.national, base: {} })
	],
	'measure.report.undo': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			const { reportId } = await act('measure.report', table.member('minister'), {
				...{ measureId, status: 'done', doneIds: [stepId], text: 'Gata' },
				...{ circleId: table.circle.all, base: { status: 'in-progress', doneIds: [] } }
			});
			await act('measure.report.undo', table.member('minister'), { measureId, reportId });
		}
	],
	'update.withdraw': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.all, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			await act('update.reply', member('ambasada'), { updateId, text: 'Răspuns' });
			await act('update.edit', member('ong'), { updateId, text: 'Altele', base: { text: 'Cuvinte' } });
			await act('update.withdraw', member('ong'), { updateId });
		}
	],
	'update.move': [
		async (play) => {
			for (const route of [
				['all', 'national', 'state'],
				['state', 'national', 'all'],
				['all', 'own comisia', 'all'],
				['national', 'all', 'state', 'own comisia']
			] as const)
				await movePost(play, route);
		}
	],
	'request.answer': [
		async (play) => {
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			await play.act('request.answer', play.table.member('ambasada'), { updateId, text: 'Da' });
			await play.act('request.answer', play.table.member('minister'), { updateId, text: 'Nu' });
		},
		// Narrower and wider again, with an answer in between; and an answer that is taken back.
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			const move = (from: CircleName, to: CircleName) =>
				act('update.move', table.member('comisia'), {
					updateId,
					circleId: table.circle[to],
					base: { circleId: table.circle[from] }
				});
			await move('all', 'state');
			const answer = { updateId, text: 'Numai aici' };
			const { id } = await act('request.answer', table.member('minister'), answer);
			await move('state', 'all');
			await act('update.withdraw', table.member('minister'), { updateId: id });
			await act('update.withdraw', table.member('comisia'), { updateId });
		}
	],
	'request.decline': [
		async (play) => {
			const updateId = await ask(play, 'national', ['minister', 'ong']);
			await play.act('request.decline', play.table.member('ong'), { updateId, text: 'Nu avem datele' });
		}
	],
	'request.promise': [
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'state', ['minister', 'agentia']);
			const promise = (due: string, base: string) =>
				act('request.promise', table.member('minister'), { updateId, due, base: { due: base } });
			await promise('2099-02-01', '2099-01-01');
			await promise('2099-03-01', '2099-02-01');
		}
	],
	// A post with replies of others, a question with its answer: away, and back where the measure has come since.
	'flag.raise': [
		async (play) => {
			const { act, measureId, table } = play;
			const post = { measureId, circleId: table.circle.national, ...words() };
			const { id: updateId } = await act('update.post', table.member('ong'), post);
			for (const seat of ['minister', 'ong'] as Seat[])
				await play.prepare('update.reply', table.member(seat), { updateId, text: 'Răspuns' });
			await act('flag.raise', table.member('minister', 'observer'), { updateId, reason: 'Un nume' });
		},
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			const answer = { updateId, text: 'Numele este' };
			const { id } = await act('request.answer', table.member('minister'), answer);
			await act('flag.raise', table.member('ambasada'), { updateId: id });
			await act('flag.raise', table.member('ambasada'), { updateId });
		},
		// In one's own circle there is nowhere narrower to go.
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle['own ong'], ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			await act('flag.raise', member('ong'), { updateId });
		}
	],
	'flag.restore': [
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'national', ['minister', 'ong']);
			await act('request.answer', table.member('minister'), { updateId, text: 'Da' });
			const { flagId } = await act('flag.raise', table.member('ong'), { updateId });
			await act('measure.move', table.member('comisia', 'secretariat'), {
				measureId: play.measureId,
				circleId: table.circle.state,
				base: { circleId: table.circle.all }
			});
			await act('flag.restore', table.member('comisia', 'secretariat'), { flagId, why: 'Nu numește' });
			await act('update.reply', table.member('minister'), { updateId, text: 'Mulțumim' });
		},
		// The reply first, then its post; put back in the same order, and in the other.
		async (play) => {
			const secretariat = play.table.member('ong', 'secretariat');
			for (const replyFirst of [true, false]) {
				const { act, table } = play;
				const updateId = await ask(play, 'all', ['minister', 'ambasada']);
				const answer = { updateId, text: 'Numele este' };
				const { id } = await act('request.answer', table.member('minister'), answer);
				const { flagId: one } = await act('flag.raise', table.member('ambasada'), { updateId: id });
				const { flagId: other } = await act('flag.raise', table.member('ambasada'), { updateId });
				for (const flagId of replyFirst ? [one, other] : [other, one])
					await act('flag.restore', secretariat, { flagId, why: 'Nu numește pe nimeni' });
				const { id: replyId } = await act('update.reply', table.member('ong'), { updateId, text: 'Iată' });
				await act('update.withdraw', table.member('ong'), { updateId: replyId });
			}
		}
	],
	'flag.remove': [
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			const answer = { updateId, text: 'Numele este' };
			const { id } = await act('request.answer', table.member('minister'), answer);
			const { flagId } = await act('flag.raise', table.member('ambasada'), { updateId: id });
			const why = 'Numea o persoană';
			await act('flag.remove', table.member('comisia', 'secretariat'), { flagId, why });
			await act('request.answer', table.member('minister'), { updateId, text: 'În martie' });
			const again = await act('flag.raise', table.member('agentia'), { updateId });
			await act('flag.remove', table.member('comisia', 'secretariat'), { flagId: again.flagId, why });
		}
	],
	'confirmation.review': [
		async ({ act, measureId, confirmationId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.all, kind: 'comment', text: 'Sunați la 0212 345 678' };
			await act('update.post', member('ong'), { ...post, confirmed: 'Numărul registraturii' });
			await act('confirmation.review', member('ong', 'secretariat'), {
				confirmationId: await confirmationId()
			});
		}
	],
	'measure.status': [
		async ({ act, measureId, table: { member } }) => {
			const set = (status: string, base: string) =>
				act('measure.status', member('minister'), {
					measureId,
					status,
					reason: 'De ce',
					base: { status: base }
				});
			await set('blocked', 'in-progress');
			await set('done', 'blocked');
		}
	],
	'measure.status.undo': [
		async ({ act, measureId, table: { member } }) => {
			const status = { measureId, status: 'done', reason: 'S-a făcut', base: { status: 'in-progress' } };
			await act('measure.status', member('minister'), status);
			await act('measure.status.undo', member('minister'), { measureId, base: { status: 'done' } });
		}
	],
	'organisation.look': [
		({ act, measureId, table: { member, organisation } }) =>
			act('organisation.look', member('comisia', 'secretariat'), {
				measureId,
				organisationId: organisation.ambasada
			})
	],
	'view.keep': [
		({ act, table }) => act('view.keep', table.member('ong'), { name: 'A mea', query: 'mine=yes' })
	],
	'view.forget': [
		async ({ act, table }) => {
			const kept = { name: 'A mea', query: 'mine=yes' };
			const { id: viewId } = await act('view.keep', table.member('ong'), kept);
			await act('view.forget', table.member('ong'), { viewId });
		}
	],
	'news.seen': [
		({ act, measureId, table: { circle, member } }) =>
			act('news.seen', member('ong'), { measureId, heads: { [circle.all]: 1 } })
	],
	'news.all-seen': [
		({ act, table: { circle, member } }) =>
			act('news.all-seen', member('ong'), { heads: { [circle.all]: 1 } })
	],
	'measure.date': [
		async ({ act, measureId, table: { member } }) => {
			const set = (nextDate: string | null, base: string | null) =>
				act('measure.date', member('comisia'), {
					measureId,
					nextDate,
					reason: 'De ce',
					base: { nextDate: base }
				});
			await set('2027-03-31', null);
			await set(null, '2027-03-31');
		}
	],
	'measure.texts': [
		({ act, measureId, table: { member } }) =>
			act('measure.texts', member('comisia'), {
				measureId,
				texts: { titleRo: 'Alt titlu', deadline: 'Anual' },
				base: { titleRo: 'Formular comun', deadline: '' }
			})
	],
	'measure.step.add': [({ act, measureId, table }) => addStep(act, measureId, table)],
	'measure.step.change': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			const changes = { done: true, date: '2027-01-15' };
			const base = { done: false, date: null };
			await act('measure.step.change', table.member('minister'), { measureId, stepId, changes, base });
		}
	],
	'measure.step.remove': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			await addStep(act, measureId, table);
			await act('measure.step.remove', table.member('minister'), {
				measureId,
				stepId,
				base: { done: false }
			});
		}
	],
	'measure.add': [
		({ act, table: { circle, member, organisation, objectiveId } }) =>
			act('measure.add', member('comisia'), {
				objectiveId,
				circleId: circle.all,
				titleRo: 'Linie telefonică',
				leads: [organisation.agentia, organisation.minister],
				partners: [organisation.ong],
				steps: [{ titleRo: 'Caietul de sarcini' }]
			}),
		async ({ act, table: { circle, member, objectiveId } }) => {
			const measure = { objectiveId, circleId: circle.state, titleRo: 'Ghid' };
			const { id: measureId } = await act('measure.add', member('comisia'), measure);
			await act('measure.status', member('comisia', 'secretariat'), {
				measureId,
				status: 'in-progress',
				base: { status: 'proposed' }
			});
		}
	],
	'plan.import': [
		async ({ act, table, database }) => {
			const actor = table.member('comisia', 'secretariat');
			const { importId, seen } = await layDraft(database, actor, table);
			await act('plan.import', actor, { importId, base: { seen } });
		}
	],
	'measure.holders': [
		async ({ act, measureId, table: { member, organisation } }) => {
			const [minister, agentia, ong] = [organisation.minister, organisation.agentia, organisation.ong];
			const set = (holders: Record<string, string[]>, base: Record<string, string[]>) =>
				act('measure.holders', member('comisia'), { measureId, holders, base });
			await set({ leads: [agentia, minister] }, { leads: [minister] });
			await set(
				{ leads: [agentia], partners: [ong, minister] },
				{ leads: [agentia, minister], partners: [ong] }
			);
			await set({ partners: [] }, { partners: [ong, minister] });
		}
	],
	'measure.retire': [
		async ({ act, measureId, table: { circle, member } }) => {
			await act('update.post', member('ong'), { measureId, circleId: circle.all, ...words() });
			await act('measure.retire', member('comisia'), {
				measureId,
				reason: 'Cuprinsă în alta',
				base: { retired: false }
			});
			await act('update.post', member('ong'), { measureId, circleId: circle.national, ...words() });
		}
	],
	'measure.restore': [
		async ({ act, measureId, table }) => {
			const { member } = table;
			const retire = { measureId, reason: 'Cuprinsă în alta', base: { retired: false } };
			await act('measure.texts', member('comisia'), {
				measureId,
				texts: { titleRo: 'Înainte' },
				base: { titleRo: 'Formular comun' }
			});
			await act('measure.retire', member('comisia'), retire);
			await act('measure.restore', member('comisia'), { measureId, base: { retired: true } });
			await addStep(act, measureId, table);
		},
		// Retired, moved, and restored in a narrower circle.
		async ({ act, measureId, table: { circle, member } }) => {
			await act('measure.retire', member('comisia'), { measureId, reason: 'Nu', base: { retired: false } });
			await act('measure.move', member('comisia', 'secretariat'), {
				measureId,
				circleId: circle.national,
				base: { circleId: circle.all }
			});
			await act('measure.restore', member('comisia'), { measureId, base: { retired: true } });
		}
	],
	'objective.add': [
		async ({ act, table: { circle, member, objectiveId } }) => {
			const objective = { underId: objectiveId, code: '1.1', titleRo: 'Sprijin pe termen lung' };
			const { id } = await act('objective.add', member('comisia'), objective);
			await act('measure.add', member('comisia'), {
				objectiveId: id,
				circleId: circle.all,
				titleRo: 'Sub obiectivul nou'
			});
		}
	],
	'objective.edit': [
		async ({ act, table: { member, objectiveId } }) => {
			const { id } = await act('objective.add', member('comisia'), {
				underId: objectiveId,
				titleRo: 'Vechi'
			});
			const edit = {
				objectiveId: id,
				texts: { titleRo: 'Nou', code: '9' },
				base: { titleRo: 'Vechi', code: '' }
			};
			await act('objective.edit', member('comisia', 'secretariat'), edit);
		}
	],
	'circle.add': [
		async (play) => {
			await madeCircle(play.act, play.table, ['comisia', 'minister']);
		}
	],
	'circle.rename': [
		async ({ act, prepare, table }) => {
			const circleId = await madeCircle(prepare, table, ['comisia', 'ong']);
			const names = { nameRo: 'Alt nume', nameEn: 'Another' };
			const base = { nameRo: 'Cerc', nameEn: '' };
			await act('circle.rename', keeper(table), { circleId, names, base });
		}
	],
	'circle.quoting': [
		async ({ act, prepare, table }) => {
			const circleId = await madeCircle(prepare, table, ['comisia', 'ong']);
			const input = { circleId, quoting: 'never', base: { quoting: 'agreement' } };
			await act('circle.quoting', keeper(table), input);
		}
	],
	'circle.retire': [
		async ({ act, prepare, table }) => {
			const circleId = await madeCircle(prepare, table, ['comisia', 'ong']);
			await act('circle.retire', keeper(table), { circleId, base: { retired: false } });
		}
	],
	'circle.restore': [
		async ({ act, prepare, table }) => {
			const circleId = await madeCircle(prepare, table, ['comisia', 'ong']);
			await prepare('circle.retire', keeper(table), { circleId, base: { retired: false } });
			await act('circle.restore', keeper(table), { circleId, base: { retired: true } });
		}
	],
	'circle.join': [
		async ({ act, prepare, table }) => {
			const circleId = await madeCircle(prepare, table, ['comisia', 'ong']);
			const organisationId = table.organisation.ambasada;
			await act('circle.join', keeper(table), { circleId, organisationId });
		},
		// Where something was written: measures and their structure move to the successor, posts stay.
		async ({ act, prepare, table }) => {
			const { circle, member, organisation, objectiveId } = table;
			const circleId = await madeCircle(prepare, table, ['comisia', 'minister', 'ong']);
			const measure = { objectiveId, circleId, titleRo: 'Ghid', leads: [organisation.minister] };
			const { id: measureId } = await prepare('measure.add', member('comisia'), measure);
			await prepare('update.post', member('ong'), { measureId, circleId, ...words('Înainte') });
			const own = { measureId, circleId: circle['own ong'], ...words('Numai noi') };
			await prepare('update.post', member('ong'), own);
			const joining = { circleId, organisationId: organisation.ambasada };
			const { id: successor } = await act('circle.join', keeper(table), joining);
			await act('update.post', member('ambasada'), {
				measureId,
				circleId: successor,
				...words('De azi')
			});
			const { id: third } = await act('circle.join', keeper(table), {
				circleId: successor,
				organisationId: organisation.agentia
			});
			await act('update.post', member('ong'), { measureId, circleId: third, ...words('Și mai târziu') });
		}
	],
	'circle.leave': [
		async ({ act, prepare, table }) => {
			const { member, organisation, objectiveId } = table;
			const circleId = await madeCircle(prepare, table, ['comisia', 'minister', 'ong']);
			const inner = await madeCircle(prepare, table, ['comisia', 'ong'], circleId);
			for (const at of [circleId, inner]) {
				const measure = { objectiveId, circleId: at, titleRo: 'Ghid', leads: [organisation.ong] };
				const { id: measureId } = await prepare('measure.add', member('comisia'), measure);
				await prepare('update.post', member('ong'), { measureId, circleId: at, ...words() });
			}
			await act('circle.leave', keeper(table), { circleId, organisationId: organisation.ong });
			await act('circle.leave', keeper(table), { circleId, organisationId: organisation.minister });
		}
	],
	'organisation.add': [
		async ({ act, table }) => {
			const seat = { kind: 'ngo', nameRo: `Fundația ${crypto.randomUUID()}`, shortRo: 'Fundația' };
			await act('organisation.add', keeper(table), seat);
		}
	],
	'organisation.rename': [
		async ({ act, table }) => {
			const organisationId = table.organisation.organismul;
			const rename = (from: string, to: string) =>
				act('organisation.rename', keeper(table), {
					organisationId,
					names: { shortRo: to },
					base: { shortRo: from }
				});
			await rename('organismul', 'Organismul nou');
			await rename('Organismul nou', 'organismul');
			await rename('organismul', 'Organismul');
		}
	],
	'organisation.retire': [
		async ({ act, prepare, table }) => {
			const organisationId = await seated(prepare, table);
			await act('organisation.retire', keeper(table), { organisationId, base: { retired: false } });
		}
	],
	'organisation.restore': [
		async ({ act, prepare, table }) => {
			const organisationId = await seated(prepare, table);
			await prepare('organisation.retire', keeper(table), { organisationId, base: { retired: false } });
			await act('organisation.restore', keeper(table), { organisationId, base: { retired: true } });
		}
	],
	'strategy.add': [
		async ({ act, table }) => {
			await act('strategy.add', keeper(table), { titleRo: 'Strategia 2029–2033' });
		}
	],
	'strategy.edit': [
		async ({ act, prepare, table }) => {
			const { id: strategyId } = await prepare('strategy.add', keeper(table), { titleRo: 'Una' });
			const edit = { strategyId, texts: { titleRo: 'Alta' }, base: { titleRo: 'Una' } };
			await act('strategy.edit', keeper(table), edit);
		}
	],
	'strategy.retire': [
		async ({ act, prepare, table }) => {
			const { id: strategyId } = await prepare('strategy.add', keeper(table), { titleRo: 'Una' });
			await act('strategy.retire', keeper(table), { strategyId, base: { retired: false } });
		}
	],
	'strategy.restore': [
		async ({ act, prepare, table }) => {
			const { id: strategyId } = await prepare('strategy.add', keeper(table), { titleRo: 'Una' });
			await prepare('strategy.retire', keeper(table), { strategyId, base: { retired: false } });
			await act('strategy.restore', keeper(table), { strategyId, base: { retired: true } });
		}
	],
	'measure.move': [
		async (play) => {
			await moveMeasure(play, 'comisia', ['all', 'national', 'state']);
			await moveMeasure(play, 'comisia', ['all', 'state', 'national', 'all']);
			await moveMeasure(play, 'minister', ['all', 'own minister', 'all']);
		}
	],
	'invitation.make': [
		({ act, table: { member, organisation } }) =>
			act('invitation.make', member('ong', 'coordinator'), {
				...{ organisationId: organisation.ong, role: 'observer' },
				...person('Maria Exemplu', 'maria@ong.example')
			}),
		({ act, table: { member, organisation } }) =>
			act('invitation.make', member('comisia', 'secretariat'), {
				...{ organisationId: organisation.ambasada, role: 'coordinator' },
				...person('John Exemplu', 'john@ambasada.example')
			})
	],
	'invitation.renew': [
		async (play) => {
			const invitationId = await invite(play, 'renew');
			const { secret, site } = person('', '');
			await play.act('invitation.renew', play.table.member('ong', 'coordinator'), {
				...{ invitationId, secret, site }
			});
		}
	],
	'invitation.withdraw': [
		async (play) => {
			const invitationId = await invite(play, 'withdraw');
			await play.act('invitation.withdraw', play.table.member('ong', 'coordinator'), { invitationId });
		}
	],
	'member.role': [
		async ({ act, table: { member } }) => {
			const { memberId } = member('asociatia', 'observer');
			const coordinator = member('asociatia', 'coordinator');
			await act('member.role', coordinator, { memberId, role: 'coordinator', base: { role: 'observer' } });
			const secretariat = member('comisia', 'secretariat');
			await act('member.role', secretariat, { memberId, role: 'observer', base: { role: 'coordinator' } });
		}
	],
	'member.function': [
		({ act, table: { member } }) =>
			act('member.function', member('asociatia', 'coordinator'), {
				memberId: member('asociatia', 'coordinator').memberId,
				texts: { functionRo: 'directoare' },
				base: { functionRo: '' }
			})
	],
	'member.end': [
		async ({ act, table: { member } }) => {
			const { memberId } = member('organismul', 'observer');
			const coordinator = member('organismul', 'coordinator');
			await act('member.end', coordinator, { memberId, lastDay: '2099-12-31', base: { until: null } });
			await act('member.end', coordinator, { memberId, lastDay: null, base: { until: midnight } });
		}
	],
	'member.keep': [
		async ({ act, table: { member } }) => {
			const { memberId } = member('agentia', 'observer');
			const coordinator = member('agentia', 'coordinator');
			await act('member.end', coordinator, { memberId, lastDay: '2099-12-31', base: { until: null } });
			await act('member.keep', coordinator, { memberId, base: { until: midnight } });
		}
	],
	'member.disable': [
		({ act, table: { member } }) =>
			act('member.disable', member('ambasada', 'coordinator'), {
				memberId: member('ambasada', 'observer').memberId,
				base: { active: true }
			})
	],
	'member.enable': [
		async ({ act, table: { member } }) => {
			const { memberId } = member('comisia', 'observer');
			const coordinator = member('comisia', 'coordinator');
			await act('member.disable', coordinator, { memberId, base: { active: true } });
			await act('member.enable', coordinator, { memberId, base: { active: false } });
		}
	],
	...meetingCases(),
	'export.make': [
		({ act, table: { circle, member } }) =>
			act('export.make', member('ong'), { what: 'measures', format: 'csv', circleId: circle.national })
	],
	'report.make': [
		({ act, table: { circle, member } }) =>
			act('report.make', member('ong'), { circleId: circle.national, title: 'Raport' })
	],
	...Object.fromEntries(
		['edit', 'refresh', 'retire', 'paragraph.add', 'paragraph.change', 'paragraph.remove'].map((name) => [
			`report.${name}`,
			[
				async ({ act, measureId, table: { circle, member } }: Play) => {
					const ong = member('ong');
					const made = await act('report.make', ong, { circleId: circle.national, title: 'Raport' });
					const reportId = made.id as string;
					const { paragraphId } = await act('report.paragraph.add', ong, { reportId, text: 'Unu' });
					const paragraph = { reportId, paragraphId, base: { text: 'Unu' } };
					await act('update.post', member('minister'), { measureId, circleId: circle.all, ...words() });
					const inputs: Record<string, Record<string, unknown>> = {
						edit: { reportId, title: 'Altul', base: { title: 'Raport' } },
						refresh: { reportId },
						retire: { reportId, base: { retired: false } },
						'paragraph.add': { reportId, placeId: measureId, text: 'Doi' },
						'paragraph.change': { ...paragraph, text: 'Altfel' },
						'paragraph.remove': paragraph
					};
					await act(`report.${name}`, ong, inputs[name] as Record<string, unknown>);
				}
			]
		])
	),
	'reset.make': [
		async ({ act, database, table: { member } }) => {
			const { memberId } = member('ong', 'observer');
			await database.asOwner((tx) =>
				tx.execute(sql`insert into signin.accounts (member_id, email) values (${memberId}, 'o@ong.example')`)
			);
			const reset = { memberId, secret: '0'.repeat(64), language: 'ro' };
			await act('reset.make', member('ong', 'coordinator'), reset);
		}
	]
};

/**
 * A whole meeting of the state's institutions in the national circle, with an item in a narrower one: what each command
 * does is looked at in its own case.
 */
function meetingCases(): typeof cases {
	const meet =
		(name: string) =>
		async ({ act, prepare, measureId, table: { circle, member } }: Play) => {
			const [chair, ong] = [member('comisia', 'coordinator'), member('ong', 'coordinator')];
			const on: Act = (command, actor, input) => (command === name ? act : prepare)(command, actor, input);
			const { id: meetingId } = await on('meeting.plan', member('comisia', 'secretariat'), {
				...{ circleId: circle.national, title: 'Ședința', day: '2099-12-01', time: '10:00' },
				chairId: chair.memberId
			});
			const run = (command: string, input: Record<string, unknown>, actor = chair) =>
				on(command, actor, { meetingId, ...input });
			const add = async (circleId: string, titleRo: string, actor = chair) =>
				(await run('agenda.add', { circleId, minutes: 5, titleRo }, actor)) as {
					id: string;
					slotId: string;
				};
			const one = await add(circle.national, 'Unu');
			const two = await add(circle.state, 'Doi');
			const proposed = await add(circle.national, 'Trei', ong);
			await run('meeting.edit', { changes: { place: 'Sala' }, base: { place: '' } });
			await run('agenda.minutes', { slotId: one.slotId, minutes: 10, base: { minutes: 5 } });
			await run('agenda.state', { slotId: proposed.slotId, state: 'ahead', base: { state: 'proposed' } });
			const order = [one.slotId, two.slotId, proposed.slotId];
			await run('agenda.order', { order: order.toReversed(), base: { order } });
			for (const itemId of [one.id, two.id])
				await on('agenda.item.edit', chair, {
					...{ itemId, changes: { measures: [measureId], text: 'Altfel' } },
					base: { measures: [], text: '' }
				});
			await run('meeting.open', { base: { state: 'planned' } });
			await run('meeting.take', { slotId: two.slotId, base: { current: null } });
			await run('meeting.extend', { minutes: 2 });
			await run('meeting.timer', { running: false, base: { running: true } });
			await run('meeting.timer', { running: true, base: { running: false } });
			const { handId } = await run('hand.raise', { kind: 'floor' }, ong);
			const { handId: second } = await run('hand.raise', { kind: 'order' }, member('agentia'));
			await run('hand.order', { order: [handId, second], base: { order: [second, handId] } });
			await run('hand.give', { handId, base: { speaker: null } });
			await run('hand.lower', { handId: second });
			await run('attendance.guest', { guestName: 'Vasile Exemplu', guestBody: 'Direcția Exemplu' });
			const { attendanceId } = await run('attendance.arrive', { memberId: ong.memberId });
			await run('attendance.leave', { attendanceId });
			const minister = member('minister', 'coordinator');
			const named = { memberId: member('ong').memberId, base: { memberId: null } };
			await run('position.delegate', named, ong);
			for (const itemId of [one.id, two.id]) {
				const { id: noteId } = await on('note.write', chair, { itemId, text: 'Un rând' });
				await on('note.edit', chair, { noteId, text: '', base: { text: 'Un rând' } });
				const { id: proposalId } = await on('proposal.put', chair, { itemId, textRo: 'Se evaluează' });
				const stand = { proposalId, stance: 'reservation', reason: 'Din martie', base: { stance: null } };
				await on('position.take', minister, stand);
				const { organisationId } = member('agentia');
				await on('position.take', chair, { ...stand, organisationId, stance: 'support' });
				await on('vote.cast', chair, { proposalId, vote: 'for', base: { vote: null } });
				const { memberId } = member('comisia');
				await on('vote.cast', chair, { proposalId, memberId, vote: 'against', base: { vote: null } });
				await on('vote.count', chair, {
					...{ proposalId, for: 1, against: 1, abstain: 0, reservation: 'Anual' },
					base: { for: null, against: null, abstain: null, reservation: '' }
				});
				await on('proposal.close', chair, { proposalId });
				await on('proposal.withdraw', chair, { proposalId });
				// What is still open is closed with the meeting.
				await on('proposal.put', chair, { itemId, textRo: 'Se mai evaluează' });
				const organisations = [minister.organisationId];
				const { id: decisionId } = await on('decision.record', chair, {
					...{ itemId, textRo: 'Se evaluează', organisations, dueOn: '2099-12-31', measureId }
				});
				const answer = { decisionId, answer: 'taken', base: { answer: 'asked' } };
				await on('decision.answer', minister, answer);
				await on('decision.edit', chair, {
					...{ decisionId, changes: { textRo: 'Se evaluează anual', organisations: [] } },
					base: { textRo: 'Se evaluează', organisations }
				});
				await on('decision.withdraw', chair, { decisionId });
			}
			await run('meeting.close', { base: { state: 'open' } });
			await run('minutes.approve', { base: { approved: 0 } });
			await run('meeting.follow', { day: '2099-12-08', time: '10:00' }, member('comisia', 'secretariat'));
		};
	const names = [...commands.keys()].filter((name) => ofMeeting.test(name));
	return Object.fromEntries(names.map((name) => [name, [meet(name)]]));
}

const midnight = '2099-12-31T22:00:00.000Z';

async function invite({ act, table: { member, organisation } }: Play, name: string) {
	const { id } = await act('invitation.make', member('ong', 'coordinator'), {
		...{ organisationId: organisation.ong, role: 'observer' },
		...person('Dan Exemplu', `${name}@ong.example`)
	});
	return id;
}

const person = (name: string, email: string) => ({
	...{ name, email, language: 'ro', secret: '0'.repeat(64), site: 'https://hora.example.org' }
});
/** A post of the ministry that stands in its house. */
async function drafted({ act, measureId, table }: Play, ask = true) {
	const { id } = await act('draft.write', table.member('minister'), {
		draft: { command: 'update.post', ask },
		...{ measureId, circleId: table.circle.all, ...words() }
	});
	return id as string;
}

/** What is nobody else's stands in the circle Secretariat. */
const toSecretariat: Record<string, string> = {
	'session.start': 'member.signed-in',
	'session.end': 'member.signed-out',
	'session.end.others': 'member.sessions.ended',
	'session.prove': 'member.proved',
	'password.set': 'member.password.set',
	'passkey.add': 'member.passkey.added',
	'passkey.rename': 'member.passkey.renamed',
	'passkey.remove': 'member.passkey.removed',
	'totp.confirm': 'member.second.on',
	'totp.remove': 'member.second.off',
	'recovery.renew': 'member.recovery.renewed',
	'calendar.renew': 'member.calendar.renewed',
	'calendar.off': 'member.calendar.ended'
};

const newSession = () => ({
	sessionId: crypto.randomUUID().replaceAll('-', ''),
	secretHash: '0'.repeat(64)
});

const keeper = ({ member }: Table) => member('comisia', 'secretariat');

async function madeCircle(act: Act, table: Table, seats: Seat[], insideId = table.circle.all) {
	const organisationIds = seats.map((seat) => table.organisation[seat]);
	const { id } = await act('circle.add', keeper(table), { insideId, nameRo: 'Cerc', organisationIds });
	return id as string;
}

async function seated(act: Act, table: Table) {
	const seat = { kind: 'ngo', nameRo: `Fundația ${crypto.randomUUID()}`, shortRo: 'Fundația' };
	const { id } = await act('organisation.add', keeper(table), seat);
	return id as string;
}

async function addStep(act: Act, measureId: string, { member }: Table) {
	const { stepId } = await act('measure.step.add', member('minister'), { measureId, titleRo: 'Avizat' });
	return stepId as string;
}

/** The Commission asks these in a circle, with a date. */
async function ask({ act, measureId, table }: Play, circle: CircleName, of: Seat[]) {
	const { id } = await act('update.post', table.member('comisia'), {
		measureId,
		circleId: table.circle[circle],
		kind: 'question',
		text: 'Când?',
		asks: { organisationIds: of.map((seat) => table.organisation[seat]), due: '2099-01-01' }
	});
	return id as string;
}

/** A post with replies goes through the circles, edited on the way. */
async function movePost({ act, measureId, table: { circle, member } }: Play, route: readonly CircleName[]) {
	const [first, ...rest] = route.map((name) => circle[name]) as [string, ...string[]];
	const { id: updateId } = await act('update.post', member('comisia'), {
		measureId,
		circleId: first,
		...words('0')
	});
	await act('update.reply', member('comisia', 'coordinator'), { updateId, text: 'Răspuns' });
	let [was, text] = [first, 0];
	for (const circleId of rest) {
		await act('update.edit', member('comisia'), { updateId, text: `${text + 1}`, base: { text: `${text}` } });
		text += 1;
		await act('update.move', member('comisia'), { updateId, circleId, base: { circleId: was } });
		was = circleId;
	}
	await act('update.edit', member('comisia'), { updateId, text: 'La urmă', base: { text: `${text}` } });
}

/** A measure with steps and posts of all circles goes through the circles, changed on the way. */
async function moveMeasure({ act, prepare, table }: Play, seat: Seat, route: readonly CircleName[]) {
	const { circle, member } = table;
	const secretariat = member(seat, 'secretariat');
	const measureId = await table.addMeasure({ circle: route[0] });
	await addStep(prepare, measureId, table);
	for (const [seat, name] of [
		['minister', 'all'],
		['ong', 'national'],
		['agentia', 'state'],
		['asociatia', 'ngos'],
		['ambasada', 'own ambasada']
	] as [Seat, CircleName][]) {
		const post = { measureId, circleId: circle[name], ...words(seat) };
		const { id: updateId } = await prepare('update.post', member(seat), post);
		await prepare('update.reply', member(seat, 'coordinator'), { updateId, text: 'Răspuns' });
	}
	let [was, status] = [circle[route[0] as CircleName], 'in-progress'];
	for (const circleId of route.slice(1).map((name) => circle[name])) {
		await act('measure.move', secretariat, { measureId, circleId, base: { circleId: was } });
		const next = status === 'blocked' ? 'in-progress' : 'blocked';
		await act('measure.status', secretariat, { measureId, status: next, reason: 'De ce', base: { status } });
		[was, status] = [circleId, next];
	}
}

describe.each(engines)('an old snapshot plus the events, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let viewers: [string, Reader][];
	const compared: Record<string, number> = {};

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		viewers = [
			...(['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'] as Seat[]).map(
				(seat): [string, Reader] => [seat, { member: table.member(seat).memberId }]
			),
			['secretariat', { member: table.member('comisia', 'secretariat').memberId }],
			['secretariat of an NGO', { member: table.member('ong', 'secretariat').memberId }],
			['observer', { member: table.member('minister', 'observer').memberId }],
			['visitor', { visitor: true }]
		];
	});
	afterAll(() => {
		keep('replay', engine, { commands: Object.keys(compared).length, viewers: viewers.length, compared });
		return database.close();
	});

	/** Measures of the plays before stand on no list: each viewer's look at it costs what the play itself is about. */
	const clear = () =>
		database.asOwner(async (tx) => {
			await tx.execute(sql`delete from measure_organisations`);
			await tx.execute(sql`update measures set retired_at = now() where retired_at is null`);
		});

	const putMail = () =>
		database.asOwner(async (tx) => {
			const [mail] = await rows<{ id: string }>(
				tx,
				sql`insert into mails (kind, address, subject, text, state)
					values ('invitation', 'ana@a.example', 'Invitație', 'Cuvinte', 'failed') returning id`
			);
			return mail?.id as string;
		});

	/** What the list and the page of each of these measures show, in one transaction as pages read them. */
	const look = (reader: Reader, pages: readonly string[], ofTable: boolean, ofMeetings: boolean) =>
		database.as('hora_app', reader, async (tx) => {
			const heads = await readHeads(tx);
			const shown: [string, Belongs, Row[]][] = [
				['list', (row) => row.subject === 'measure' && !row.retired, await listMeasures(tx)],
				['objectives', (row) => row.subject === 'objective', await listObjectives(tx)],
				[
					'organisation',
					(row) => row.subject === 'measure' && isHeldBy(row, table.organisation.minister),
					await measuresHeldBy(tx, table.organisation.minister)
				]
			];
			if (ofMeetings) {
				shown.push(['meetings', (row) => row.subject === 'meeting', await listMeetings(tx)]);
				const items = [];
				const records = [];
				for (const { id } of await listMeetings(tx)) {
					items.push(...(await itemsOf(tx, id)));
					records.push(...(await recordsOf(tx, id)));
				}
				shown.push(['agendas', (row) => row.subject === 'item', items]);
				shown.push(['records', ({ subject }) => ['note', 'proposal', 'decision'].includes(subject), records]);
			}
			for (const id of pages) {
				const measure = await readMeasure(tx, id);
				shown.push([
					'page',
					(row) =>
						row.subject === 'draft'
							? row.measureId === id && isOpen(row)
							: (row.subject === 'update' ? row.measureId : row.id) === id,
					[...(measure ? [measure] : []), ...(await listUpdates(tx, id)), ...(await draftsOn(tx, id))]
				]);
			}
			// What every page knows of the table: whatever happens to it is read again through the server.
			const known =
				ofTable &&
				JSON.stringify(
					!reader.visitor && [
						await listCircles(tx),
						await listCircleFacts(tx),
						await listOrganisations(tx),
						await listAllStrategies(tx)
					]
				);
			return { heads, shown, known };
		});

	async function missed(reader: Reader, { epoch, heads }: Pick<Snapshot, 'epoch' | 'heads'>) {
		const events: LiveEvent[] = [];
		const gone = new Set<string>();
		for (let since = heads; ;) {
			const answer = await catchUp(database, reader, since, epoch);
			events.push(...answer.events);
			for (const circle of answer.gone) gone.add(circle);
			if (!answer.more) return { events, gone: [...gone], snapshot: answer.snapshot };
			since = answer.heads;
		}
	}

	async function confirmationId() {
		const found = await database.asOwner((tx) =>
			rows<{ id: string }>(tx, sql`select id from confirmations order by at desc limit 1`)
		);
		return found[0]?.id ?? '';
	}

	const sorted = (rows: readonly Row[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id));

	/** In the other order of circles; within a circle the order is the log's. */
	const circlesReversed = (events: readonly LiveEvent[]) =>
		[...events].sort((a, b) => b.circle.localeCompare(a.circle) || a.n - b.n);

	/** Event by event: of what has gone on, nothing older comes back. */
	function comesBack(snapshot: Snapshot, events: readonly LiveEvent[], belongs: Belongs) {
		const newest = new Map<string, number>();
		let shown = new Map(snapshot.rows.map(({ id, version }) => [id, version]));
		for (const [i, { subject, circle, n, version }] of events.entries()) {
			if (n <= (snapshot.heads[circle] ?? 0)) continue;
			newest.set(subject, Math.max(version, newest.get(subject) ?? 0));
			const rows = currentRows(snapshot, events.slice(0, i + 1), belongs);
			if (rows.some(({ id, version }) => version < (newest.get(id) ?? 0) && shown.get(id) !== version))
				return true;
			shown = new Map(rows.map(({ id, version }) => [id, version]));
		}
		return false;
	}

	test('every command has a case', () => {
		expect(Object.keys(cases).sort()).toEqual([...commands.keys()].sort());
	});

	test.each(sharedOut(engine, [...commands.keys()]))('%s', { timeout: 60_000 }, async (name) => {
		let differences = 0;
		const ofMeetings = ofMeeting.test(name);
		const ofTable = /^(circle|organisation|strategy)\./.test(name);
		const quiet = await allHeads(database);
		compared[name] = 0;
		expect(viewers.length).toBeGreaterThanOrEqual(6);

		for (const play of cases[name] ?? []) {
			await clear();
			const measureId = await table.addMeasure();
			const pages = new Set<string>();
			/** What each viewer could have read before each act. */
			const taken: Awaited<ReturnType<typeof look>>[][] = [];
			const delivered: LiveEvent[] = [];
			let heads = await allHeads(database);

			const lookAll = async () => {
				const now = [];
				for (const [, reader] of viewers) now.push(await look(reader, [...pages], ofTable, ofMeetings));
				return now;
			};
			const deliver = async () => {
				for (let events = await eventsPast(database, heads); events.length > 0;) {
					delivered.push(...events);
					heads = new Map([...heads, ...events.map(({ circle, n }): [string, number] => [circle, n])]);
					events = await eventsPast(database, heads);
				}
			};
			const prepare: Act = async (command, actor, input) => {
				const declared = commands.get(command);
				if (!declared) throw new Error(`there is no command ${command}`);
				const { result } = await execute(database, declared, actor, input, crypto.randomUUID());
				await deliver();
				return result;
			};
			const act: Act = async (command, actor, input) => {
				if (typeof input.measureId === 'string') pages.add(input.measureId);
				taken.push(await lookAll());
				return prepare(command, actor, input);
			};
			const ways = await layWays(database, table.member('ong'));
			await play({ act, prepare, measureId, table, putMail, confirmationId, database, ways });
			const now = await lookAll();

			for (const snapshots of taken)
				for (const [i, { heads, shown, known }] of snapshots.entries()) {
					const [viewer, reader] = viewers[i] as [string, Reader];
					const { events: later, gone, snapshot } = await missed(reader, heads);
					const after = now[i] as (typeof now)[number];
					// Only who is in a circle, and who is not any more, has other circles than before.
					const seated = Object.keys(after.heads.heads).filter((circle) => !(circle in heads.heads));
					const together = delivered.some(
						({ circle, n, together }) => together && n > (heads.heads[circle] ?? Infinity)
					);
					expect(snapshot, `${viewer}, a circle is new, or much was done at once`).toBe(
						seated.length > 0 || together
					);
					if (together && JSON.stringify(shown) !== JSON.stringify(after.shown)) {
						differences += 1;
						compared[name] += 1;
					}
					expect(gone.sort()).toEqual(
						Object.keys(heads.heads)
							.filter((circle) => !(circle in after.heads.heads))
							.sort()
					);
					const mine = delivered.filter(
						(event) => event.circle in heads.heads && !gone.includes(event.circle)
					);
					const heard = mine.some(({ circle, n }) => n > (heads.heads[circle] ?? 0));
					if (known !== after.known) {
						// Without one of these no page would be read again.
						expect(heard || seated.length > 0 || gone.length > 0, `${viewer} hears of the table`).toBe(true);
						differences += 1;
						compared[name] += 1;
					}
					if (snapshot) continue; // the browser reads the page again
					expect(later.map(({ circle, n }) => `${circle} ${n}`).sort()).toEqual(
						mine
							.filter(({ circle, n }) => n > (heads.heads[circle] ?? 0))
							.map(({ circle, n }) => `${circle} ${n}`)
							.sort()
					);
					for (const [how, events] of Object.entries({
						live: mine,
						'caught up': later,
						'live, other circles first': circlesReversed(mine),
						'caught up, other circles first': circlesReversed(later)
					}))
						for (const [page, [what, belongs, rows]] of shown.entries()) {
							const folded = currentRows({ ...heads, rows }, events, belongs, gone);
							const fresh = now[i]?.shown[page]?.[2] ?? [];
							expect(sorted(folded), `${viewer}, ${what}, ${how}`).toEqual(sorted(fresh));
							if (snapshots === taken[0])
								expect(comesBack({ ...heads, rows }, events, belongs), `${viewer}, ${what}, ${how}`).toBe(
									false
								);
							compared[name] += 1;
							if (JSON.stringify(sorted(rows)) !== JSON.stringify(sorted(fresh))) differences += 1;
						}
				}
		}
		if (/^(view|news|workspace|totp\.start|mail\.choose)\b/.test(name)) {
			// Nobody else's business: nobody hears of it.
			const heard = await eventsPast(database, quiet);
			expect(heard.filter(({ author }) => author)).toEqual([]);
			return expect(differences).toBe(0);
		}
		if (name === 'organisations.seat' || name === 'mail.retry') {
			// Who is at the table is read again with every page; an event only says that it changed, and to whom.
			const heard = await eventsPast(database, quiet);
			const circle = name === 'mail.retry' ? table.circle.secretariat : table.circle.all;
			expect(heard.filter(({ author }) => author)).toMatchObject([{ circle, author: expect.any(String) }]);
			return expect(differences).toBe(0);
		}
		if (/^(invitation|member|reset)\./.test(name)) {
			// The plan is the same for everybody; the organisation's own circle alone hears of its members.
			const heard = (await eventsPast(database, quiet)).filter(({ type }) => /^(inv|mem)/.test(type ?? ''));
			expect(heard.length).toBeGreaterThan(0);
			const own = Object.entries(table.circle).filter(([name]) => name.startsWith('own '));
			for (const { circle, subject } of heard)
				expect(own).toContainEqual([
					`own ${Object.entries(table.organisation).find(([, id]) => id === subject)?.[0]}`,
					circle
				]);
			return expect(differences).toBe(0);
		}
		if (name === 'organisation.approval') {
			// How a house speaks is its own business: only it hears, and nobody's page of the plan differs.
			const heard = (await eventsPast(database, quiet)).filter(({ author }) => author);
			expect(heard.map(({ circle }) => circle)).toEqual([table.circle['own ong']]);
			return expect(differences).toBe(0);
		}
		if (name === 'organisation.look') {
			// Nobody's page of the plan differs; the two organisations hear that somebody looked, and nobody else.
			const heard = (await eventsPast(database, quiet)).filter(({ author }) => author);
			expect(heard.map(({ circle }) => circle).sort()).toEqual(
				[table.circle['own ambasada'], table.circle['own comisia']].sort()
			);
			return expect(differences).toBe(0);
		}
		if (/^(export|report)\./.test(name)) {
			// A report is read again with its page: its circle alone hears of it. Of an export its organisation and Secretariat.
			const heard = (await eventsPast(database, quiet)).filter(({ type }) => /^(exp|rep)/.test(type ?? ''));
			const { national, secretariat, 'own ong': own } = table.circle;
			const due = name === 'export.make' ? [own, secretariat] : [national];
			return expect(new Set(heard.map(({ circle }) => circle))).toEqual(new Set(due));
		}
		const type = toSecretariat[name];
		if (!type) {
			// A case in which nothing changes on anybody's screen would prove nothing.
			expect(differences).toBeGreaterThan(0);
			return;
		}
		const told = await database.asOwner((tx) =>
			rows<{ kind: string; type: string }>(
				tx,
				sql`select c.kind, w.type from words w join circles c on c.id = w.event_circle_id where w.type like 'member.%'`
			)
		);
		expect(told).toContainEqual({ kind: 'secretariat', type });
		expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['secretariat']));
	});
});
