/** What a member is told by mail, and when: chosen by each for themselves. Wall-clock time of Bucharest. */

/** Of what the member's organisation is asked: as it happens, gathered once a day, or not at all. */
export const askedChoices = ['at-once', 'daily', 'never'] as const;
export type AskedChoice = (typeof askedChoices)[number];

/** 1 is Monday; 0: no weekly mail. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export const hours = Array.from({ length: 24 }, (_, hour) => hour);

export type Choice = {
	asked: AskedChoice;
	weekday: number;
	/** When the gathered mails come, the daily and the weekly one. */
	hour: number;
	language: 'ro' | 'en';
};

/** What a member may be told of, each with a link of its own that ends it. */
export const letterKinds = ['asked', 'weekly'] as const;
export type LetterKind = (typeof letterKinds)[number];
