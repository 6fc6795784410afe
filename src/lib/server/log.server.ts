/** What the server says of itself: one line of JSON an event; never a token, a cookie or what a person wrote. */

export function log(level: 'info' | 'warn' | 'error', event: string, facts: Record<string, unknown> = {}) {
	const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...facts });
	if (level === 'info') console.log(line);
	else console.error(line);
}

/** Logs an unknown error and returns the id under which it stands, for the person to quote. */
export function logUnknown(error: unknown, where: string): string {
	const id = crypto.randomUUID().slice(0, 8);
	const cause = error instanceof Error ? (error.cause as Error | undefined) : undefined;
	log('error', 'unknown', {
		id,
		where,
		name: error instanceof Error ? error.name : typeof error,
		// A database error's message and detail may hold values: its code and the place are enough.
		code: (cause as { code?: string } | undefined)?.code ?? (error as { code?: string } | null)?.code,
		stack: error instanceof Error ? placesOnly(error) : undefined
	});
	return id;
}

/** The message may hold what a person wrote, in lines that look like places. */
const placesOnly = (error: Error) =>
	(error.stack ?? '')
		.slice(`${error.name}: ${error.message}`.length)
		.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 8);
