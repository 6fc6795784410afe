/** A member at a distance: signs in, submits forms, holds a socket and catches up, over real HTTP and real sockets. */

import { parse, unflatten } from 'devalue';
import { io, type Socket } from 'socket.io-client';
import { members } from '../../drizzle/seed/members.ts';
import type { Circle } from '#lib/access/directory.ts';
import { demonstrationPassword } from '#lib/auth/demonstration.server.ts';
import type { Snapshot } from '#lib/realtime/copy.ts';
import type {
	CatchUp,
	ClientToServer,
	CommandAnswer,
	Heads,
	LiveEvent,
	RefusalOnTheWire,
	ServerToClient
} from '#lib/realtime/wire.ts';

/** How long an answer may take before the client calls it lost. */
const patience = 10_000;

/** What a page of a member knows, as far as tests look at it. */
export type PageData = { live: Snapshot; actor: App.Actor; circles: Circle[]; today: string; now: number };

export type FormOutcome =
	{ ok: true; result: Record<string, string> } | { ok: false; refusal: RefusalOnTheWire };

export class Client {
	/** Everything that the sockets brought, in order of arrival. */
	readonly events: LiveEvent[] = [];
	/** The milliseconds of each "come back after". */
	readonly restarts: number[] = [];
	/** The server has ended the session. */
	ended = false;
	/** Called with what a socket has just brought. */
	heard: (events: LiveEvent[]) => void = () => {};

	readonly url: string;
	readonly cookie: string;
	socket: Socket<ServerToClient, ClientToServer> | undefined;
	/** Of a connection that is given up while it is being made the library says nothing: who waits would wait for ever. */
	#giveUp = () => {};

	private constructor(url: string, cookie: string) {
		this.url = url;
		this.cookie = cookie;
	}

	/** With a session that the test has put into the database. */
	static holding(url: string, cookie: string): Client {
		return new Client(url, cookie);
	}

	/** Signs in as the person of a demonstration window, by e-mail and password. */
	static async signIn(url: string, window: string): Promise<Client> {
		const email = members.find((member) => member.window === window)?.email ?? window;
		const fields = { email, password: demonstrationPassword, operation: crypto.randomUUID() };
		const response = await sendForm(url, '/sign-in?/password', fields);
		const [cookie] = response.headers.getSetCookie().map((header) => header.split(';')[0]);
		if (!cookie) throw new Error(`${window} could not sign in: ${response.status} ${await response.text()}`);
		return new Client(url, cookie);
	}

	/** Submits a form as a page with JavaScript does. Throws where no answer came: nobody knows then what happened. */
	async submit(path: string, fields: Record<string, string>): Promise<FormOutcome> {
		const response = await sendForm(this.url, path, fields, this.cookie);
		const answer = (await response.json()) as { type: string; data?: string };
		if (answer.type !== 'success' && answer.type !== 'failure')
			throw new Error(`a form was answered with ${JSON.stringify(answer)}`);
		return parse(answer.data ?? '') as FormOutcome;
	}

	/** A file that is asked for by a form; where it was refused, the way to the page that says why. */
	take(path: string, fields: Record<string, string> = {}): Promise<Response> {
		return sendForm(this.url, path, fields, this.cookie);
	}

	/** Opens the socket, or a new one; comes back when the rooms are joined. */
	connect(): Promise<void> {
		this.close();
		const socket: Socket<ServerToClient, ClientToServer> = io(this.url, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			extraHeaders: { cookie: this.cookie, origin: this.url }
		});
		this.socket = socket;
		socket.on('events', (events) => {
			this.events.push(...events);
			this.heard(events);
		});
		socket.on('restart', (after) => this.restarts.push(after));
		socket.on('ended', () => (this.ended = true));
		return new Promise((resolve, reject) => {
			const lost = () => reject(new Error('the connection was lost'));
			this.#giveUp = lost;
			socket.once('connect', resolve).once('connect_error', reject).once('disconnect', lost);
		});
	}

	/** Sends a command over the socket. Throws where no answer came. */
	command(name: string, input: unknown, operation: string = crypto.randomUUID()): Promise<CommandAnswer> {
		const { socket } = this;
		if (!socket?.connected) return Promise.reject(new Error('the socket is not connected'));
		return new Promise((resolve, reject) => {
			const lost = () => reject(new Error('the connection was lost'));
			socket.once('disconnect', lost);
			socket.timeout(patience).emit('command', { name, operation, input }, (error, answer) => {
				socket.off('disconnect', lost);
				if (error) reject(error);
				else resolve(answer);
			});
		});
	}

	/** One request of a catch-up; `more` says whether another must follow. */
	async catchUp(heads: Heads, epoch: string): Promise<CatchUp> {
		const query = new URLSearchParams({ heads: JSON.stringify(heads), epoch });
		const response = await this.get(`/catch-up?${query}`);
		if (!response.ok) throw new Error(`the catch-up was answered with ${response.status}`);
		return (await response.json()) as CatchUp;
	}

	/** What a page is drawn from, read afresh. */
	async page(path: string): Promise<PageData> {
		const response = await this.get(`${path}/__data.json`);
		const { nodes } = (await response.json()) as { nodes: ({ data?: number | unknown[] } | null)[] };
		return Object.assign({}, ...nodes.map((node) => (node?.data ? unflatten(node.data) : {}))) as PageData;
	}

	get(path: string): Promise<Response> {
		return fetch(this.url + path, {
			headers: { cookie: this.cookie },
			redirect: 'manual',
			signal: AbortSignal.timeout(patience)
		});
	}

	close() {
		this.socket?.disconnect();
		this.#giveUp();
	}
}

const sendForm = (url: string, path: string, fields: Record<string, string>, cookie = '') =>
	fetch(url + path, {
		method: 'POST',
		headers: { cookie, origin: url, accept: 'application/json', 'x-sveltekit-action': 'true' },
		body: new URLSearchParams(fields),
		redirect: 'manual',
		signal: AbortSignal.timeout(patience)
	});
