import type { CDPSession, Page } from '@playwright/test';

/** A device with a screen lock, as the browser's own test interface gives it. */
export async function device(page: Page) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('WebAuthn.enable', { enableUI: false });
	const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			// The test says when the finger is put on it.
			automaticPresenceSimulation: false
		}
	});
	return { cdp, authenticatorId };
}

/** The finger is on the device while this is done. */
export async function touching(
	{ cdp, authenticatorId }: { cdp: CDPSession; authenticatorId: string },
	act: () => Promise<unknown>
) {
	await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
	await act();
	await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
}
