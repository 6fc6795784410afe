/** What a browser does with passkeys. The library is loaded where it is used, and only then. */

/** What a form carries of it. */
export type Signed = { challenge: string; response: string };
/** A message's key: what went wrong, and what to do. */
export type Trouble = 'stopped' | 'known' | 'needs-name' | 'unsupported' | 'unproved' | 'failed';

type Asked = { id: string; options: never };

async function ask(purpose: 'sign-in' | 'prove' | 'add'): Promise<Asked> {
	const response = await fetch('/passkey', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ for: purpose })
	});
	const answer = (await response.json()) as Asked & { code?: string };
	if (!response.ok) throw Object.assign(new Error('not asked'), { name: answer.code });
	return answer;
}

const library = () => import('@simplewebauthn/browser');

/** The person signs with a passkey; with `autofill` the browser offers it where the e-mail is typed, and waits. */
export async function signWithPasskey(
	purpose: 'sign-in' | 'prove',
	{ autofill = false } = {}
): Promise<Signed | Trouble> {
	return attempt(async () => {
		const { startAuthentication } = await library();
		const { id, options } = await ask(purpose);
		const signed = await startAuthentication({ optionsJSON: options, useBrowserAutofill: autofill });
		return { challenge: id, response: JSON.stringify(signed) };
	});
}

export const makePasskey = (): Promise<Signed | Trouble> =>
	attempt(async () => {
		const { startRegistration } = await library();
		const { id, options } = await ask('add');
		return { challenge: id, response: JSON.stringify(await startRegistration({ optionsJSON: options })) };
	});

/** Whether the browser can offer passkeys where the e-mail is typed. */
export const offersAutofill = async () =>
	bound() && (await (await library()).browserSupportsWebAuthnAutofill().catch(() => false));

/** A passkey is bound to a name; at an address in numbers there is none. */
const bound = () => 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);

async function attempt(act: () => Promise<Signed>): Promise<Signed | Trouble> {
	if (!('PublicKeyCredential' in window)) return 'unsupported';
	if (!bound()) return 'needs-name';
	try {
		return await act();
	} catch (error) {
		const { name = '' } = error as Error;
		if (name === 'unproved') return name;
		if (name === 'InvalidStateError') return 'known';
		return name === 'NotAllowedError' || name === 'AbortError' ? 'stopped' : 'failed';
	}
}
