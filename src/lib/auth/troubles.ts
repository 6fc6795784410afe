import { m } from '#i18n';
import type { Trouble } from './passkey.ts';

export const troubleWords: Record<Trouble, () => string> = {
	stopped: m.passkey_stopped,
	known: m.passkey_known,
	'needs-name': m.passkey_needs_name,
	unsupported: m.passkey_unsupported,
	unproved: m.refusal_unproved,
	failed: m.refusal_passkey
};
