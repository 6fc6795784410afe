/** The same load on Hora and on the floor: some write, sixty other screens wait for it. */

import { io, type Socket } from 'socket.io-client';

export const screens = 60;
const writers = 16;

export type Target = {
	/** Opens the connection of one more screen. */
	connect: () => Socket;
	/** Writes once and resolves with the acknowledgement. The token is somewhere in what the screens receive. */
	write: (from: Socket, writer: number, token: string) => Promise<{ ok: boolean }>;
	/** Calls back with the token of each write that arrives on a screen. */
	onArrival: (at: Socket, arrived: (token: string) => void) => void;
};

export type Figures = {
	/** Milliseconds from a write to its arrival on each other screen, at an unhurried pace. */
	delivered: number[];
	/** Milliseconds from a write to its acknowledgement, at the same pace. */
	acknowledged: number[];
	/** Writes per second while every writer sends the next as soon as the last was acknowledged. */
	rates: number[];
	/** As `delivered`, while everybody writes as fast as they can. */
	hurried: number[];
	/** How much of one core this process took meanwhile: near 1 it is what is being measured. */
	load: number[];
	writes: number;
};

export const noFigures = (): Figures => ({
	delivered: [],
	acknowledged: [],
	rates: [],
	hurried: [],
	load: [],
	writes: 0
});

export class Crowd {
	#target: Target;
	#watching: Socket[] = [];
	#writing: Socket[] = [];
	#sent = new Map<string, { at: number; arrivals: number; into: number[] }>();
	#surplus = 0;

	constructor(target: Target) {
		this.#target = target;
	}

	async open() {
		const open = async () => {
			const socket = this.#target.connect();
			await connected(socket);
			return socket;
		};
		this.#watching = await Promise.all(Array.from({ length: screens }, open));
		this.#writing = await Promise.all(Array.from({ length: writers }, open));
		for (const socket of this.#watching) this.#target.onArrival(socket, (token) => this.#arrived(token));
	}

	/** One write after the other, `perSecond` of them. */
	async pace(count: number, perSecond: number, figures: Figures) {
		for (let i = 0; i < count; i++) {
			const next = performance.now() + 1000 / perSecond;
			figures.acknowledged.push(await this.#write(i % writers, figures.delivered));
			await pause(next - performance.now());
		}
		await this.#settle(figures);
	}

	/** Every writer as fast as it is acknowledged. */
	async hurry(milliseconds: number, figures: Figures) {
		const [began, cpu] = [performance.now(), process.cpuUsage()];
		let count = 0;
		await Promise.all(
			this.#writing.map(async (_, writer) => {
				while (performance.now() - began < milliseconds) {
					await this.#write(writer, figures.hurried);
					count += 1;
				}
			})
		);
		const took = performance.now() - began;
		const { user, system } = process.cpuUsage(cpu);
		figures.rates.push((count * 1000) / took);
		figures.load.push((user + system) / 1000 / took);
		await this.#settle(figures);
	}

	close() {
		for (const socket of [...this.#watching, ...this.#writing]) socket.disconnect();
	}

	async #write(writer: number, into: number[]): Promise<number> {
		const token = newToken();
		const at = performance.now();
		this.#sent.set(token, { at, arrivals: 0, into });
		const answer = await this.#target.write(this.#writing[writer] as Socket, writer, token);
		if (!answer.ok) throw new Error(`a write was refused: ${JSON.stringify(answer)}`);
		return performance.now() - at;
	}

	#arrived(token: string) {
		const write = this.#sent.get(token);
		if (!write || write.arrivals === screens) return void (this.#surplus += 1);
		write.arrivals += 1;
		write.into.push(performance.now() - write.at);
	}

	/** A fast server that loses what it was told is no server: every write stands on every screen, once. */
	async #settle(figures: Figures) {
		const missing = () => [...this.#sent.values()].reduce((sum, { arrivals }) => sum + screens - arrivals, 0);
		const until = performance.now() + 10_000;
		while (missing() > 0 && performance.now() < until) await pause(20);
		await pause(50);
		if (missing() + this.#surplus > 0)
			throw new Error(`${missing()} arrivals are missing and ${this.#surplus} are too many`);
		figures.writes += this.#sent.size;
		this.#sent.clear();
	}
}

/** As long as a UUID and without digits: now and then those of a UUID would make a personal number, and be refused. */
export const newToken = () =>
	crypto.randomUUID().replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

export const connect = (url: string, cookie = '') =>
	io(url, {
		transports: ['websocket'],
		multiplex: false,
		reconnection: false,
		extraHeaders: { origin: url, ...(cookie && { cookie }) }
	});

const connected = (socket: Socket) =>
	new Promise<void>((done, failed) => {
		socket.once('connect', done);
		socket.once('connect_error', failed);
	});

const pause = (milliseconds: number) =>
	new Promise<void>((done) => setTimeout(done, Math.max(0, milliseconds)));
