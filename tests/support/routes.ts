/** The routes and form actions of the product, read from its folders. */

import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';

/** For guests too: what they show is said nowhere else to be closed. */
export const guestRoutes = [
	...['/', '/(door)/sign-in', '/health', '/language/[language]'],
	// Getting in, and what is asked before: a link's own secret opens them, the console's code, or nothing is told.
	...['/(door)/set-up', '/(door)/welcome', '/(door)/forgotten', '/(door)/reset/done'],
	...['/(door)/invite/[token]', '/(door)/reset/[token]', '/passkey'],
	// Opened by the address itself, wherever it is read.
	...['/(door)/unsubscribe/[token]', '/calendar/[token].ics']
];

/** Actions that run their command otherwise than by action() or submit(), and why. */
export const ownWay: Record<string, string> = {
	'/(door)/sign-in?/password': 'session.start, after the password',
	'/(door)/sign-in?/chair': 'session.start, in the demonstration only',
	'/(app)/me?/signOut': 'session.end, whatever became of the session',
	'/(door)/sign-in?/second': 'session.start, after the code',
	'/(door)/sign-in?/passkey': 'session.start, after the signature',
	'/(door)/welcome?/addPasskey': 'passkey.add, and on',
	'/(door)/forgotten?/default': 'tells nothing, and mails a link where there is an account',
	'/(door)/invite/[token]?/default': 'invitation.accept, opened by the link’s secret',
	'/(door)/reset/[token]?/default': 'password.reset, opened by the link’s secret',
	'/(door)/set-up?/default': 'opened by the console’s code, in an empty workspace only',
	'/(app)/reporting?/preview': 'shows what would change, and changes nothing',
	'/(app)/prove?/password': 'session.prove, after the password',
	'/(app)/prove?/passkey': 'session.prove, after the signature',
	'/(app)/import?/upload': 'keeps an own draft, by role; nothing shared changes before plan.import',
	'/(app)/import?/discard': 'removes an own draft',
	'/(app)/meetings/[id]?/others': 'commands of invented participants, in the demonstration only',
	'/(app)/seal?/default': 'checks a file that its reader brings, and keeps nothing of it',
	'/(app)/import/[id]?/mend': 'changes an own draft, by role',
	'/(door)/unsubscribe/[token]?/default': 'mail.choose, opened by the link’s signature',
	'/(app)/organisations/[id]/members?/invite': 'invitation.make by submit(), with the link shown once',
	'/(app)/organisations/[id]/members?/renew': 'invitation.renew by submit(), with the link shown once',
	'/(app)/organisations/[id]/members?/reset': 'reset.make by submit(), with the link shown once'
};

export type Route = { id: string; file: string; page: boolean; source: string };

export function routes(): Route[] {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map((path) =>
		path.split(sep).join('/')
	);
	const folders = new Set(
		files.filter((path) => /(^|\/)\+(page\.svelte|server\.ts|page\.server\.ts)$/.test(path)).map(folderOf)
	);
	return [...folders].sort().map((folder) => {
		const has = (name: string) => files.includes(folder ? `${folder}/${name}` : name);
		const name = has('+page.server.ts')
			? '+page.server.ts'
			: has('+server.ts')
				? '+server.ts'
				: '+page.svelte';
		const file = `src/routes/${folder ? `${folder}/` : ''}${name}`;
		return { id: `/${folder}`, file, page: name !== '+server.ts', source: readFileSync(file, 'utf8') };
	});
}

const folderOf = (path: string) => path.split('/').slice(0, -1).join('/');

/** The address of a route, its parameters filled with an id. */
export const pathOf = (id: string, value: string) =>
	id
		.replace(/\/\([^)]+\)/g, '')
		.replace('[language]', 'en')
		.replace(/\[\[?[^\]]+\]\]?/g, value) || '/';

/** Every form action, with the command that it runs as its source says. */
export function actionsOf() {
	return routes().flatMap(({ id, source }) => {
		const body = /export const actions[^=]*= \{([\s\S]*)$/.exec(source)?.[1];
		if (body === undefined) return [];
		const block = body.slice(0, body.search(/^\}/m) < 0 ? undefined : body.search(/^\}/m));
		// Each begins a line, one tab in, or stands in a row of them.
		const found = [...block.matchAll(/(?:^\t|^ |, )(?:async )?(\w+)(?=(?::|\())/gm)].filter(
			({ index }) => depthAt(block, index) === 0
		);
		return found.map((match, n) => {
			const text = block.slice(match.index, found[n + 1]?.index);
			const command =
				/\baction\(\s*(\w+)/.exec(text)?.[1] ?? /\bsubmit(?:Each)?\(\s*\w+,\s*(\w+)/.exec(text)?.[1];
			return { route: id, action: match[1] as string, command };
		});
	});
}

function depthAt(text: string, end: number) {
	let depth = 0;
	for (const letter of text.slice(0, end))
		depth += '({['.includes(letter) ? 1 : ')}]'.includes(letter) ? -1 : 0;
	return depth;
}
