/**
 * The invented half of the demonstration: organisations that all bear the name Exemplu, their members, measures and
 * posts. Data only; whoever loads it gives ids, today and now. The real half is in the CSV and JSON files beside.
 */

import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import type { Status } from '#lib/strategy/measure.ts';
import type { UpdateKind } from '#lib/updates/update.ts';
import { measures } from './measures.ts';
import { agenda, agendaBefore } from './meeting.ts';
import { members } from './members.ts';
import { circles, organisations, themes } from './organisations.ts';
import { updates } from './updates.ts';

type Six = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
export type OrganisationKey =
	'comisia' | `min-${Six}` | `ag-${'a' | 'b' | 'c' | 'd'}` | `ong-${Six}` | 'ambasada';

export type ExampleOrganisation = {
	key: OrganisationKey;
	kind: OrganisationKind;
	nameRo: string;
	nameEn: string;
	shortRo: string;
	shortEn: string;
};

export type ExampleMember = {
	/** The name of the member's own demonstration window (`ong.localhost`), and how posts name their author. */
	window: string;
	organisation: OrganisationKey;
	name: string;
	role: Role;
	email: string;
	functionRo: string;
	functionEn: string;
};

/** 'all' is the built-in circle of all partners; the others are made by the secretariat. */
export type CircleKey = 'all' | 'national' | 'state' | 'ngos-and-commission' | 'ngos';

export type ExampleCircle = {
	key: Exclude<CircleKey, 'all'>;
	nameRo: string;
	nameEn: string;
	/** The circle that it lies in; a circle stands after the one around it. */
	inside: CircleKey;
	organisations: readonly OrganisationKey[];
};

/** Keys and titles are those of the themes in institutions.json; the commitments hang under the same six. */
export type ThemeKey =
	| 'theme-protection'
	| 'theme-combating'
	| 'theme-prevention'
	| 'theme-coordination'
	| 'theme-partnership'
	| 'theme-legal-framework';

export type ExampleTheme = { key: ThemeKey; kind: 'theme'; titleRo: string; titleEn: string };

export type ExampleStep = {
	titleRo: string;
	titleEn: string;
	/** Days from today; null where none was promised. */
	day: number | null;
	done: boolean;
};

export type ExampleMeasure = {
	code: `E${number}`;
	theme: ThemeKey;
	circle: CircleKey;
	titleRo: string;
	titleEn: string;
	descriptionRo: string;
	descriptionEn: string;
	indicators: string;
	resources: string;
	/** The plan's words; empty where the next date is the deadline, or where there is none. */
	deadline: string;
	/** Days from today. */
	nextDay: number | null;
	status: Status;
	/** The first lead coordinates. */
	leads: readonly OrganisationKey[];
	partners: readonly OrganisationKey[];
	steps: readonly ExampleStep[];
};

export type ExampleReply = {
	by: (typeof members)[number]['window'];
	minutesAgo: number;
	kind: UpdateKind;
	/** Romanian unless said otherwise. */
	language?: 'en';
	text: string;
	/** In one sentence, in the other language. */
	gist?: string;
	/** Of a reply by who was asked: it answers, or says that they cannot. */
	closes?: 'answered' | 'declined';
};

/** Replies are in their post's circle. */
export type ExampleUpdate = ExampleReply & {
	measure: ExampleMeasure['code'];
	/** 'own' is the circle of the author's own organisation. */
	circle: CircleKey | 'own';
	/** Who should answer, and by which day from today. */
	asks?: { who: readonly OrganisationKey[]; day: number | null };
	replies?: readonly ExampleReply[];
};

/** What is on the agenda of the next meeting, or is proposed for it. */
export type ExampleItem = {
	by: (typeof members)[number]['window'];
	circle: CircleKey;
	minutes: number;
	titleRo: string;
	titleEn: string;
	text: string;
	measures: readonly ExampleMeasure['code'][];
	proposed?: boolean;
	/** Of a meeting that is over: what was noted and decided. */
	notes?: readonly string[];
	proposal?: ExampleProposal;
	decisions?: readonly ExampleDecision[];
};

/** With what each organisation said to it, and who of the Commission voted for it. */
export type ExampleProposal = {
	textRo: string;
	textEn: string;
	positions: readonly {
		by: (typeof members)[number]['window'];
		stance: 'support' | 'reservation' | 'abstain' | 'oppose';
		reason?: string;
		noted?: boolean;
	}[];
	votesFor: readonly (typeof members)[number]['window'][];
};

export type ExampleDecision = {
	textRo: string;
	textEn: string;
	/** After the day of the meeting. */
	dueInDays: number;
	measure?: ExampleMeasure['code'];
	/** Whom it names; without an answer they have not said anything yet. */
	bodies: readonly {
		by: (typeof members)[number]['window'];
		answer?: 'taken' | 'other-date' | 'later' | 'done';
		inDays?: number;
		reason?: string;
	}[];
};

/** Offered first on the sign-in page: four chairs at one table. */
export const chairs = ['comisia', 'minister', 'ong', 'ambasada'] as const;

/** An internal version that waits for approval: only its own ministry sees it. */
export const exampleDraft = {
	measure: 'E17',
	by: 'min-a-irina',
	minutesAgo: 190,
	text: 'Tema lunii este însoțirea între județe; până azi s-au înscris 31 de puncte de contact.',
	gist: 'This month is about accompanying between counties; 31 contact points have registered so far.'
} satisfies {
	measure: ExampleMeasure['code'];
	by: (typeof members)[number]['window'];
	minutesAgo: number;
	text: string;
	gist: string;
};

/** What every example measure names as its source. */
export const exampleSource = 'inventată, pentru demonstrație';

/** The day of the press release: what the real commitments say was true then, and nothing later is claimed. */
export const commitmentsAsOf = '2024-09-24';

export { agenda, agendaBefore, circles, measures, members, organisations, themes, updates };
