/** Hora's whole configuration: eight variables, read once, each refused with one sentence that names it. */

import { existsSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/**
 * @typedef {object} Environment
 * @property {number} port
 * @property {string} host
 * @property {string | undefined} origin
 * @property {string} dataDir absolute
 * @property {string | undefined} databaseUrl
 * @property {'on' | 'off' | undefined} demo
 * @property {string | undefined} smtpUrl
 * @property {string | undefined} mailFrom
 */

/** A value that cannot be used. `sentence` is all that the console shows. */
export class EnvironmentError extends Error {
	/** @param {string} sentence */
	constructor(sentence) {
		super(sentence);
		this.name = 'EnvironmentError';
		this.sentence = sentence;
	}
}

/** Adds what `.env` says; what the environment already says wins. */
export function loadEnvironmentFile(path = '.env') {
	if (!existsSync(path)) return;
	try {
		process.loadEnvFile(path);
	} catch {
		throw new EnvironmentError(`The file ${path} cannot be read: give lines of the form NAME=value.`);
	}
}

/**
 * An empty value counts as not given.
 * @param {Record<string, string | undefined>} variables
 * @returns {Environment}
 */
export function readEnvironment(variables) {
	return {
		port: readPort(variables.PORT?.trim() || '3000'),
		host: readHost(variables.HOST?.trim() || '127.0.0.1'),
		origin: readOrigin(variables.ORIGIN?.trim() || undefined),
		dataDir: readDataDir(variables.DATA_DIR?.trim() || './data'),
		databaseUrl: readDatabaseUrl(variables.DATABASE_URL?.trim() || undefined),
		demo: readDemo(variables.DEMO?.trim() || undefined),
		...readMail(variables.SMTP_URL?.trim() || undefined, variables.MAIL_FROM?.trim() || undefined)
	};
}

/**
 * Plain http may serve these names only: no other machine can hear it.
 * @param {string} hostname as in a URL or in HOST
 */
export function isLoopback(hostname) {
	const name = hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
	return name === '::1' || /^127(\.\d{1,3}){3}$/.test(name) || /^([a-z0-9-]+\.)*localhost$/.test(name);
}

/** @param {string} value */
function readPort(value) {
	const port = Number(value);
	if (/^\d{1,5}$/.test(value) && port <= 65535) return port;
	throw new EnvironmentError(`PORT is "${value}": give a number from 1 to 65535 (0 takes any free port).`);
}

/** @param {string} value */
function readHost(value) {
	if (isIP(value) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value)) return value;
	throw new EnvironmentError(
		`HOST is "${value}": give the address to listen on, as 127.0.0.1, 0.0.0.0 or :: (no port, no brackets).`
	);
}

/** @param {string | undefined} value */
function readOrigin(value) {
	if (value === undefined) return undefined;

	const url = parse(value);
	if (url?.protocol === 'http:' && url.origin === value && !isLoopback(url.hostname)) {
		throw new EnvironmentError(`ORIGIN is "${value}": plain http is only for this machine; give https://…`);
	}
	if (/^https?:$/.test(url?.protocol ?? '') && url?.origin === value) return value;

	throw new EnvironmentError(
		`ORIGIN is "${value}": give the exact origin that browsers show, as https://hora.example.org (lower case, no path, no slash at the end, no standard port).`
	);
}

/** @param {string} value */
function readDataDir(value) {
	const path = resolve(value);
	if (!existsSync(path) || statSync(path).isDirectory()) return path;
	throw new EnvironmentError(
		`DATA_DIR is "${value}", which is a file: give a folder; it is made if missing.`
	);
}

/** The value holds a password: it is never repeated. @param {string | undefined} value */
function readDatabaseUrl(value) {
	if (value === undefined || (/^postgres(ql)?:\/\/./.test(value) && URL.canParse(value))) return value;
	throw new EnvironmentError(
		'DATABASE_URL is not the address of a PostgreSQL database: give postgres://name:password@host:5432/database (special characters in the password as %40, %2F …).'
	);
}

/** @param {string | undefined} value @returns {'on' | 'off' | undefined} */
function readDemo(value) {
	if (value === undefined || value === 'on' || value === 'off') return value;
	throw new EnvironmentError(`DEMO is "${value}": give on or off.`);
}

/** The first holds a password: it is never repeated. @param {string | undefined} url @param {string | undefined} from */
function readMail(url, from) {
	if (url !== undefined && !(/^smtps?:$/.test(parse(url)?.protocol ?? '') && parse(url)?.hostname)) {
		throw new EnvironmentError(
			'SMTP_URL is not the address of a mail server: give smtp://name:password@host:587 or smtps://name:password@host:465 (special characters in the password as %40, %2F …).'
		);
	}
	const address = '[^\\s<>@,;"]+@[^\\s<>@,;"]+';
	if (from !== undefined && !new RegExp(`^(${address}|[^<>@,;"\\p{Cc}]+ <${address}>)$`, 'u').test(from)) {
		throw new EnvironmentError(
			`MAIL_FROM is "${from}": give one address, as hora@example.org or Hora <hora@example.org>.`
		);
	}
	if (url !== undefined && from === undefined) {
		throw new EnvironmentError(
			'SMTP_URL is given without MAIL_FROM: give the address that mails come from, as hora@example.org.'
		);
	}
	return { smtpUrl: url, mailFrom: from };
}

/** @param {string} value */
const parse = (value) => (URL.canParse(value) ? new URL(value) : undefined);
