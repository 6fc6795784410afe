/**
 * The production entry: one process, one port. It listens, offers its server to the built app (whose `init` opens
 * the database and the gateway on it), and takes everything down in order.
 */

import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { isLoopback, loadEnvironmentFile, readEnvironment } from './lib/server/env.js';

/** Without ORIGIN the app reads the protocol here, and only this entry writes it: nobody forges it. */
const protocolHeader = 'x-hora-protocol';
const hostName = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

const requestsMayTake = 5_000;
const stoppingMayTake = 9_000;

const timeouts = {
	headersTimeout: 15_000,
	requestTimeout: 60_000,
	keepAliveTimeout: 10_000,
	connectionsCheckingInterval: 5_000
};

/** What the app finds under `Symbol.for('hora')`, in production and (from vite.config.ts) in development. */
const hora = {
	server: http.createServer(timeouts, answer),
	/** @type {(() => unknown)[]} Run at once, together, when the server is told to stop. */
	leaving: [],
	/** @type {(() => unknown)[]} Run one after the other when no request is running any more. */
	closing: [],
	/** @type {((url: string) => void) | undefined} Says that Hora is ready. */
	announce: undefined
};

/** One name can mean 127.0.0.1 or ::1, so on this machine both are heard; the twin passes all to the server. */
const twin = http.createServer(timeouts, (request, response) =>
	hora.server.emit('request', request, response)
);
twin.on('upgrade', (...upgrade) => hora.server.emit('upgrade', ...upgrade) || upgrade[1].destroy());

/** @type {((request: http.IncomingMessage, response: http.ServerResponse, next: () => void) => unknown) | undefined} */
let app;
let stoppingSince = 0;

/** @type {http.RequestListener} */
function answer(request, response) {
	if (stoppingSince || !app) {
		response
			.writeHead(503, { connection: 'close', 'retry-after': '2' })
			.end('Hora is starting or stopping.\n');
	} else if (!hostName.test(request.headers.host ?? '')) {
		response.writeHead(400, { connection: 'close' }).end('Bad Host header.\n');
	} else {
		request.headers[protocolHeader] = 'http';
		// Also on what the adapter serves by itself: scripts, styles, pictures.
		response.setHeader('x-content-type-options', 'nosniff');
		response.setHeader('cross-origin-resource-policy', 'same-origin');
		app(request, response, () => response.writeHead(404).end());
	}
}

async function start() {
	process.chdir(fileURLToPath(new URL('..', import.meta.url)));
	loadEnvironmentFile();
	const { host, port, origin } = readEnvironment(process.env);

	// The adapter takes an empty ORIGIN for a wrong one, and with the others would believe forwarding headers.
	const unwanted = [
		'ADDRESS_HEADER',
		'HOST_HEADER',
		'PORT_HEADER',
		'XFF_DEPTH',
		...(origin ? [] : ['ORIGIN'])
	];
	for (const name of unwanted) delete process.env[name];
	process.env.PROTOCOL_HEADER = protocolHeader;

	// Listening comes first: a second start is told so before it touches the database.
	const address = await listen(hora.server, host, port);
	if (host === '127.0.0.1' || host === 'localhost') {
		await listen(twin, address.family === 'IPv6' ? '127.0.0.1' : '::1', address.port).catch(unlessAbsent);
	}

	// A plan and its steps as files; whatever else is sent is held smaller by the app.
	process.env.BODY_SIZE_LIMIT ??= String(13 * 1024 * 1024);
	Object.assign(globalThis, { [Symbol.for('hora')]: hora });
	({ handler: app } = await import(new URL('../build/handler.js', import.meta.url).href));

	const name = isLoopback(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	const url = origin ?? `http://${name}:${address.port}`;
	if (hora.announce) hora.announce(url);
	else console.log(url);
}

/**
 * @param {http.Server} server
 * @param {string} host
 * @param {number} port
 * @returns {Promise<import('node:net').AddressInfo>}
 */
function listen(server, host, port) {
	return new Promise((resolve, reject) => {
		server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
			reject(Object.assign(error, { sentence: notListening(error.code, host, port) }))
		);
		server.listen(port, host, () =>
			resolve(/** @type {import('node:net').AddressInfo} */ (server.address()))
		);
	});
}

/** @param {string | undefined} code @param {string} host @param {number} port */
function notListening(code, host, port) {
	if (code === 'EADDRINUSE') {
		return `PORT ${port} on ${host} is taken: Hora or another program runs there already. Stop it or give another PORT.`;
	}
	if (code === 'EACCES') return `PORT ${port} needs more rights than Hora has: give one from 1024 on.`;
	return `HOST is "${host}", and this machine cannot listen there (${code}).`;
}

/** A machine without IPv6 is well. @param {NodeJS.ErrnoException} error */
function unlessAbsent(error) {
	if (error.code === 'EADDRINUSE') throw error;
}

async function stop() {
	// A terminal and npm may both pass on one Ctrl-C, so only a later signal means impatience.
	if (stoppingSince && Date.now() - stoppingSince > 1_000) process.exit(1);
	if (stoppingSince) return;
	stoppingSince = Date.now();

	setTimeout(() => {
		console.error('Hora did not close everything in time and stops now; what was saved is safe.');
		process.exit(1);
	}, stoppingMayTake).unref();

	await Promise.race([
		Promise.all([closed(hora.server), closed(twin), ...hora.leaving.map(attempt)]),
		new Promise((resolve) => setTimeout(resolve, requestsMayTake))
	]);
	hora.server.closeAllConnections();
	twin.closeAllConnections();

	for (const close of hora.closing) await attempt(close);
	process.exit(0);
}

/** @param {http.Server} server */
const closed = (server) => new Promise((resolve) => server.close(resolve));

/** Whatever goes wrong on the way down, the rest is still taken down. @param {() => unknown} act */
async function attempt(act) {
	try {
		await act();
	} catch (error) {
		console.error(error);
	}
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());

try {
	await start();
} catch (error) {
	// A known trouble says what to do in one sentence; anything else is a bug and shows where.
	console.error(/** @type {{ sentence?: string }} */ (error)?.sentence ?? error);
	process.exit(1);
}
