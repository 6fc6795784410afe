import type { Actor as AccessActor } from '#lib/access/actor.ts';

declare global {
	namespace App {
		type Actor = AccessActor;

		interface Locals {
			/** Who asks; null for a guest. */
			actor: Actor | null;
			/** Who is signed in and has still to set up a way in, or the second factor: may do that and nothing else. */
			newcomer: Actor | null;
			/** The session's id (never its secret), to end it and to find it again. */
			sessionId: string | null;
			/** Milliseconds until the session ends if nobody does anything. */
			sessionLeft: number;
			language: 'ro' | 'en';
		}

		interface Error {
			message: string;
			/** Under this id the error stands in the log. */
			id?: string;
		}

		interface PageData {
			/** The sentence a page's title begins with. */
			title?: string;
		}
	}
}

export {};
