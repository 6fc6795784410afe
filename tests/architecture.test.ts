/**
 * Who may import whom (see README, "How it is built"): routes → modules → access, events → server, errors.
 * `import type` is free: it leaves nothing behind when the app runs.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

type Rule = {
	/** Paths below src/ that the rule speaks to … */
	of: RegExp;
	/** … and what they may not import: a path below src/, or a package as it is written. */
	not: RegExp;
	/** What to do instead. */
	instead: string;
	/** An offence, which the rule has to notice. */
	offence: [file: string, line: string];
};

const rules: Rule[] = [
	{
		of: /^lib\/(errors|fold|time)\.ts$/,
		not: /^lib\//,
		instead: 'Everything stands on this file, so it stands on nothing: pass what it needs as an argument.',
		offence: ['lib/errors.ts', "import { findMeasure } from './strategy/queries.server.ts';"]
	},
	{
		of: /^lib\/server\//,
		not: /^lib\/(?!server\/|errors\.ts|time\.ts|harm\/words\.ts)/,
		instead: 'The machine room knows no domain: take it as an argument, or move this code into the module.',
		offence: ['lib/server/command.server.ts', "import { canPost } from '#lib/updates/policy.ts';"]
	},
	{
		of: /^lib\/(access|events)\//,
		not: /^lib\/(?!access\/|events\/|organisations\/|server\/|errors\.ts|time\.ts)/,
		instead: 'access and events stand below the modules: let the module pass what it knows.',
		offence: ['lib/events/log.server.ts', "import { updates } from '#lib/updates/tables.server.ts';"]
	},
	{
		of: /^lib\/ui\//,
		not: /^lib\/(?!ui\/|fold\.ts|time\.ts)/,
		instead:
			'A part of ui knows nobody: take what it shows as a prop, or move it into the module that it knows.',
		offence: ['lib/ui/Post.svelte', "import { canEdit } from '#lib/updates/policy.ts';"]
	},
	{
		of: /^lib\//,
		not: /^routes\//,
		instead: 'A module does not know its pages: move what both need into the module.',
		offence: ['lib/ui/Frame.svelte', "import Thread from '../../routes/(app)/Thread.svelte';"]
	},
	{
		of: /^routes\//,
		not: /^drizzle-orm|tables\.server\.ts$/,
		instead: 'A page asks a module: through its queries, its policy, a component or a command.',
		offence: ['routes/(app)/+page.server.ts', "import { measures } from '#lib/strategy/tables.server.ts';"]
	},
	{
		of: /^(?!lib\/server\/|hooks\.server)(?!.*(\.server|\.test|\+server)\.ts$).*\.(ts|svelte)$/,
		not: /\.server\.ts$|^lib\/server\//,
		instead: 'The browser reads this file: take only its types, and ask through `load` or a command.',
		offence: ['lib/updates/policy.ts', "import { findUpdate } from './queries.server.ts';"]
	},
	{
		of: /./,
		not: /^\$lib\b|^\$app\/stores$/,
		instead: 'Write #lib/… with the extension, and $app/state: the next major of the framework has no other.',
		offence: ['routes/+page.svelte', "import { page } from '$app/stores';"]
	}
];

const src = fileURLToPath(new URL('../src', import.meta.url));

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
	.map((path) => path.split(sep).join('/'))
	.filter((path) => /\.(ts|svelte)$/.test(path) && !path.startsWith('i18n/'))
	.map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));

/** What a file imports for use: static, re-exported and dynamic, but not types. */
function imports(text: string): string[] {
	const statics = text.matchAll(/^\s*(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
	const dynamics = text.matchAll(/\bimport\('([^']+)'\)(?!\.[A-Z])/g);
	return [...statics, ...dynamics].map(([, specifier]) => specifier!);
}

/** As a path below src/ where it is one. */
function target(specifier: string, from: string): string {
	if (specifier.startsWith('#lib/')) return specifier.slice(1);
	if (specifier.startsWith('.')) return posix.join(dirname(from), specifier);
	return specifier;
}

function offences({ of, not, instead }: Rule, path: string, text: string): string[] {
	if (!of.test(path)) return [];
	return imports(text)
		.filter((specifier) => not.test(target(specifier, path)))
		.map((specifier) => `src/${path} imports ${specifier}. ${instead}`);
}

test('the rules read the whole app', () => {
	expect(files.length).toBeGreaterThan(30);
	expect(files.flatMap(({ text }) => imports(text)).length).toBeGreaterThan(files.length);
});

test.each(rules)('$instead', (rule) => {
	const [path, line] = rule.offence;
	expect(offences(rule, path, line), 'the rule notices its own example').toHaveLength(1);

	expect(files.flatMap(({ path, text }) => offences(rule, path, text))).toEqual([]);
});
