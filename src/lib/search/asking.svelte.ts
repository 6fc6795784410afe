/** Asks the server while somebody types: not at every key, one question at a time, and only the last one counts. */

import type { Found } from './found.ts';

const pause = 200;

export class Asking {
	state: 'still' | 'asking' | 'waiting' | 'failed' = $state('still');
	/** Seconds until a question is allowed again, where there were too many. */
	wait = $state(0);
	/** The last answer; it stays on the screen until the next has come. */
	found: Found = $state.raw([]);

	/** What was asked already while the palette stands open. */
	#answers = Object.create(null) as Record<string, Found>;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#question: AbortController | undefined;

	ask(words: string) {
		this.stop();
		const known = words ? this.#answers[words] : [];
		if (known) return this.#show(known);
		this.state = 'asking';
		this.#timer = setTimeout(() => void this.#fetch(words), pause);
	}

	stop() {
		clearTimeout(this.#timer);
		this.#question?.abort();
	}

	async #fetch(words: string) {
		const question = (this.#question = new AbortController());
		try {
			const { signal } = question;
			const response = await fetch(`/search/quick?q=${encodeURIComponent(words)}`, { signal });
			const answer = (await response.json()) as unknown;
			if (question.signal.aborted) return;
			if (response.ok) {
				this.#answers[words] = answer as Found;
				this.#show(answer as Found);
			} else if (response.status === 429) {
				this.wait = (answer as { wait: number }).wait;
				this.state = 'waiting';
				this.#timer = setTimeout(() => void this.#fetch(words), this.wait * 1000);
			} else this.state = 'failed';
		} catch {
			if (!question.signal.aborted) this.state = 'failed';
		}
	}

	#show(found: Found) {
		this.found = found;
		this.state = 'still';
	}
}
