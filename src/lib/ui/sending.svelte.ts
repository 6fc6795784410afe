/**
 * A form that is sent without leaving the page. Its operation id stays the same until an answer came, so that what
 * is sent again after a broken network has one effect.
 */

import { fromAction } from 'svelte/attachments';
import type { ActionResult, SubmitFunction } from '@sveltejs/kit';
import { enhance } from '$app/forms';

/** Names the fields of a form that must not leave the browser. */
let refused: (what: FormData) => string[] = () => [];
export const refuseBefore = (rule: typeof refused) => void (refused = rule);

/** @param result what the act has answered with: the id of what was made */
type Sent = (what: FormData, result: Record<string, string>) => void;

export class Sending {
	busy = $state(false);
	/** The last try did not reach the server: what was typed is still here. */
	lost = $state(false);

	/** Fields that hold a personal number: not sent at all. */
	withheld: string[] = $state.raw([]);

	#operation = crypto.randomUUID();
	#sent: Sent;

	constructor(sent: Sent = () => {}) {
		this.#sent = sent;
	}

	#submit: SubmitFunction<Record<string, unknown>, Record<string, unknown>> = ({
		formData,
		formElement,
		submitter,
		cancel
	}) => {
		if (this.busy) return cancel();
		this.withheld = refused(formData);
		if (this.withheld.length > 0) return cancel();
		this.busy = true;
		this.lost = false;
		formData.set('operation', this.#operation);
		return async ({ result, update }) => {
			if (result.type === 'error') {
				this.busy = false;
				this.lost = true;
				return;
			}
			const after = waitOf(result);
			if (after > 0) {
				// Too often: the form waits and sends itself again.
				setTimeout(() => ((this.busy = false), formElement.requestSubmit(submitter)), after * 1000);
				return;
			}
			// Where it may have been written after all, what is sent again must have one effect.
			if (!maybeWritten(result)) this.#operation = crypto.randomUUID();
			const focus = document.activeElement;
			await update({ reset: false, invalidateAll: false });
			// SvelteKit puts the focus at the top, as after a way to another page.
			if (focus instanceof HTMLElement && focus.isConnected) focus.focus({ preventScroll: true });
			this.busy = false;
			if (result.type === 'success') this.#sent(formData, result.data?.result as Record<string, string>);
		};
	};

	attachment = fromAction(enhance<Record<string, unknown>, Record<string, unknown>>, () => this.#submit);
}

type Result = ActionResult<Record<string, unknown>, Record<string, unknown>>;

const refusalOf = (result: Result) =>
	result.type === 'failure'
		? (result.data?.refusal as { code: string; after?: number } | undefined)
		: undefined;

const maybeWritten = (result: Result) => ['unavailable', 'bug'].includes(refusalOf(result)?.code ?? '');

/** The seconds that a refusal asks to wait, where it asks for a few. */
function waitOf(result: Result): number {
	const after = refusalOf(result)?.after ?? 0;
	return after <= 10 ? after : 0;
}
