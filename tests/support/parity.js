/**
 * The translations, where they are compiled to, and what must hold of them: the same messages with the same
 * placeholders in every language, each plural form that the language has, Romanian letters with a comma below.
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {import('@inlang/paraglide-js').CompilerOptions} */
export const translations = {
	project: './src/i18n/project.inlang',
	outdir: './src/i18n/compiled',
	strategy: ['cookie', 'baseLocale'],
	cookieName: 'hora_language',
	outputStructure: 'locale-modules',
	cleanOutdir: false,
	emitReadme: false,
	emitGitIgnore: false,
	emitPrettierIgnore: false
};

/**
 * A message is a text, or texts by plural form: `[{ declarations, selectors, match }]`.
 * @typedef {{ declarations?: string[], selectors?: string[], match: Record<string, string> }} Variants
 * @typedef {string | Variants[]} Message
 */

/** All that is wrong with the translations of the project in `root`, one sentence each. */
export function translationFaults(root = '.') {
	const project = join(root, translations.project);
	const settings = JSON.parse(readFileSync(join(project, 'settings.json'), 'utf8'));
	const base = dirname(project);

	// Without its plugin the compiler makes no messages at all, and reports success.
	const faults = settings.modules
		.filter((/** @type {string} */ path) => !existsSync(resolve(base, path)))
		.map((/** @type {string} */ path) => `settings.json: there is no ${path} beside project.inlang.`);

	/** @type {Record<string, string>} */
	const texts = {};
	for (const locale of settings.locales) {
		const path = settings['plugin.inlang.messageFormat'].pathPattern.replace('{locale}', locale);
		texts[locale] = readFileSync(resolve(base, path), 'utf8');
	}
	return [...faults, ...faultsIn(texts)];
}

/** @param {Record<string, string>} texts language → its file's text */
export function faultsIn(texts) {
	/** @type {string[]} */
	const faults = [];
	/** @type {Map<string, Map<string, Message>>} */
	const languages = new Map();

	for (const [locale, text] of Object.entries(texts)) {
		languages.set(locale, flatten(JSON.parse(text)));
		for (const key of repeated(text)) faults.push(`${locale}.json: "${key}" is there twice.`);
	}

	const keys = new Set([...languages.values()].flatMap((messages) => [...messages.keys()]));
	for (const key of keys) {
		/** @type {Record<string, string>} */
		const placeholders = {};
		for (const [locale, messages] of languages) {
			const message = messages.get(key);
			if (message === undefined) {
				faults.push(`${locale}.json: "${key}" is missing.`);
				continue;
			}
			placeholders[locale] = placeholdersOf(message).join(' ') || 'none';
			faults.push(...faultsOf(locale, message).map((fault) => `${locale}.json: "${key}" ${fault}`));
		}
		if (new Set(Object.values(placeholders)).size > 1) {
			const found = Object.entries(placeholders).map(([locale, names]) => `${locale} ${names}`);
			faults.push(`"${key}" has other placeholders in each language: ${found.join(', ')}.`);
		}
	}
	return faults;
}

/** @param {string} locale @param {Message} message */
function faultsOf(locale, message) {
	const faults = patterns(message).some((text) => text.trim() === '') ? ['is empty.'] : [];
	if (locale === 'ro' && patterns(message).some((text) => /[şţŞŢ]/.test(text))) {
		faults.push('has a cedilla (ş, ţ): write ș and ț, with a comma below.');
	}
	if (typeof message !== 'string') {
		for (const variants of message) faults.push(...missingForms(locale, variants));
	}
	return faults;
}

/** @param {string} locale @param {Variants} variants */
function missingForms(locale, { declarations = [], match }) {
	const faults = [];
	for (const declaration of declarations) {
		const [, name, ordinal] = /^local (\w+) = \w+: plural( type=ordinal)?/.exec(declaration) ?? [];
		if (!name) continue;

		const forms = new Intl.PluralRules(locale, { type: ordinal ? 'ordinal' : 'cardinal' }).resolvedOptions();
		const given = Object.keys(match).flatMap(
			(when) => new RegExp(`\\b${name}=([\\w*]+)`).exec(when)?.[1] ?? []
		);
		if (given.includes('*')) given.push('other');

		const missing = forms.pluralCategories.filter((form) => !given.includes(form));
		if (missing.length > 0) faults.push(`lacks the plural ${missing.join(', ')} of ${name}.`);
	}
	return faults;
}

/** @param {Message} message */
function placeholdersOf(message) {
	const inText = patterns(message).flatMap((text) => text.match(/(?<!\\)\{[#/]?[\w.]+[^}]*\}/g) ?? []);
	const declared =
		typeof message === 'string' ? [] : message.flatMap(({ declarations = [] }) => declarations);
	const inputs = declared.flatMap((line) => /^input (\w+)/.exec(line)?.[1] ?? []);
	return [...new Set([...inText, ...inputs.map((name) => `{${name}}`)])].sort();
}

/** @param {Message} message */
const patterns = (message) =>
	typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));

/** @param {Record<string, any>} tree @param {string} [prefix] @returns {Map<string, Message>} */
function flatten(tree, prefix = '') {
	return new Map(
		Object.entries(tree)
			.filter(([key]) => key !== '$schema')
			.flatMap(([key, value]) =>
				typeof value === 'string' || Array.isArray(value)
					? [[`${prefix}${key}`, value]]
					: [...flatten(value, `${prefix}${key}.`)]
			)
	);
}

/** JSON.parse keeps the last of two equal keys and says nothing. @param {string} text */
function repeated(text) {
	const keys = [...text.matchAll(/^(?:\t| {2,4})"([^"]+)":/gm)].map(([, key]) => key);
	return keys.filter((key, index) => keys.indexOf(key) !== index);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const faults = translationFaults();
	for (const fault of faults) console.error(fault);
	process.exitCode = faults.length > 0 ? 1 : 0;
}
