/**
 * One connection per tab. It holds the events past the page's snapshot, notices gaps, and asks for what is missing
 * with one request, which also keeps the page alive where sockets are blocked.
 */

import { getContext, setContext, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { io, type Socket } from 'socket.io-client';
import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';
import type { ConnectionState } from '#lib/ui/Connection.svelte';
import type { Snapshot } from './copy.ts';
import { pageData } from './page-data.ts';
import type { CatchUp, ClientToServer, DeliveryTrace, Heads, LiveEvent, ServerToClient } from './wire.ts';

const pollEvery = 10_000;
const usedEvery = 60_000;
const restFor = 10_000;
const acts = ['pointerdown', 'keydown', 'wheel'] as const;

export class Connection {
	state: ConnectionState = $state('still');
	/** In order per circle; those past the page's snapshot. */
	events: LiveEvent[] = $state.raw([]);
	/** Circles that were left since the snapshot: their rows go at once. */
	gone: string[] = $state.raw([]);
	/** What somebody else has changed while the page stood open: subject → the event, for the edge that is drawn. */
	changes = new SvelteMap<string, string>();
	/** Demonstration only: what was really delivered, by post. */
	traces = new SvelteMap<string, DeliveryTrace>();

	#socket: Socket<ServerToClient, ClientToServer> | undefined;
	#epoch = '';
	#heads: Heads = {};
	#asking = false;
	#askAgain = false;
	#rereading: ReturnType<typeof setTimeout> | undefined;
	/** As the socket or the last answer showed. */
	#reachable = true;
	/** The page waits for the server to be there to read it again. */
	#stale = false;
	#poll: ReturnType<typeof setInterval> | undefined;
	#toldUsed = performance.now();
	#close = new AbortController();
	#shown: Record<string, true> = {};
	readonly me: () => string;
	#onEnded: () => void;
	#onHeard: (event: LiveEvent) => void;

	/** `me`: the member whose tab it is. `onEnded`: the session is over. `onHeard`: somebody else changed something, for those who do not see the page. */
	constructor(me: () => string, onEnded: () => void, onHeard: (event: LiveEvent) => void) {
		this.me = me;
		this.#onEnded = onEnded;
		this.#onHeard = onHeard;
	}

	/** Opens the socket; returns what closes it. */
	open() {
		this.state = 'reconnecting';
		const socket = io({ transports: ['websocket'], reconnectionDelay: 500, reconnectionDelayMax: 5000 });
		this.#socket = socket;
		this.#close = new AbortController();
		const { signal } = this.#close;
		const connectIn = (wait: number) => setTimeout(() => signal.aborted || socket.connect(), wait);
		socket.on('connect', () => {
			this.state = 'live';
			this.#reachable = true;
			this.catchUp(); // the rooms are joined: what happened before is asked for, what happens now is heard
		});
		socket.on('events', (events) => this.#take(events));
		socket.on('circles', (circles) => this.#sit(circles));
		socket.on('ended', () => this.#onEnded());
		socket.on('delivered', (trace) => this.traces.set(trace.subject, trace));
		socket.on('restart', (after) => {
			this.state = 'reconnecting';
			socket.disconnect();
			connectIn(after);
		});
		socket.on('disconnect', () => {
			this.state = navigator.onLine ? 'reconnecting' : 'offline';
			this.#reachable = false;
		});
		socket.on('connect_error', (error) => {
			if (error.message === 'signed-out') this.#onEnded();
			else {
				this.state = navigator.onLine ? 'reconnecting' : 'offline';
				if (!socket.active) connectIn(pollEvery);
			}
		});

		// Also for a question that was not answered while the socket was well.
		this.#poll = setInterval(() => (socket.connected && !this.#askAgain) || this.catchUp(), pollEvery);
		// A socket that slept through it would say nothing for half a minute: a new one knows.
		const online = () => (socket.disconnect().connect(), this.catchUp());
		const offline = () => {
			this.state = 'offline';
			this.#reachable = false;
		};
		const used = () => this.#tellUsed();
		for (const act of acts) addEventListener(act, used, { passive: true, signal });
		addEventListener('online', online, { signal });
		addEventListener('offline', offline, { signal });
		signal.addEventListener('abort', () => {
			clearInterval(this.#poll);
			clearTimeout(this.#rereading);
			this.#rereading = undefined;
			socket.removeAllListeners().disconnect();
		});
		return () => this.#close.abort();
	}

	/** Signing out: that the session ends is no news now, so nothing is heard or asked, unless no answer comes. */
	rest() {
		this.#close.abort();
		setTimeout(() => this.open(), restFor);
	}

	/** The last number of each circle that the page holds. */
	get heads(): Heads {
		return { ...this.#heads };
	}

	/** A page shows a new snapshot: from its heads on events count, and none in between may be missing. */
	read({ epoch, heads }: Snapshot) {
		// Called in an effect that depends on the snapshot alone.
		untrack(() => {
			const before = this.#heads;
			// After a restore the old numbers prove nothing.
			if (epoch !== this.#epoch) this.events = [];
			this.#epoch = epoch;
			// A circle that was left and is in the snapshot: joined again, or the snapshot is from before.
			const back = this.gone.filter((circle) => circle in heads);
			this.gone = this.gone.filter((circle) => !back.includes(circle));
			this.#heads = { ...heads };
			this.events = this.events.filter((event) => event.n > (heads[event.circle] ?? Infinity));
			for (const { circle, n } of this.events)
				if (n === (this.#heads[circle] ?? 0) + 1) this.#heads[circle] = n;
			const older = Object.keys(heads).some((circle) => (before[circle] ?? 0) > (this.#heads[circle] ?? 0));
			if (older || back.length > 0) this.catchUp();
		});
	}

	/** Demonstration only: says once that an event stands on this screen. */
	shown({ circle, n }: LiveEvent) {
		if (this.#shown[`${circle} ${n}`]) return;
		this.#shown[`${circle} ${n}`] = true;
		this.#socket?.emit('shown', { circle, n });
	}

	/** What the database's clock shows, in milliseconds since 1970; nothing where the socket is not there to ask. */
	async time(): Promise<number | undefined> {
		const answer = await this.#socket
			?.timeout(5000)
			.emitWithAck('time', {})
			.catch(() => undefined);
		return answer?.ok ? answer.now : undefined;
	}

	/** A session in use does not end: the server hears of it at most once a minute. */
	#tellUsed() {
		if (performance.now() - this.#toldUsed < usedEvery) return;
		this.#toldUsed = performance.now();
		this.#socket?.emit('used', {});
	}

	/**
	 * Something was sent from here: where no socket brings it back, it is asked for; and what is told in a circle that
	 * is not one's own (a coordinator was invited elsewhere) is read again with whatever else is derived.
	 */
	sent() {
		if (this.#socket?.connected) this.#reread();
		else this.catchUp();
	}

	/** Asks for everything past the heads; asked while asking, it asks once more. */
	catchUp(): void {
		this.#askAgain = true;
		if (!this.#asking) void this.#ask();
	}

	async #ask() {
		this.#asking = true;
		while (this.#askAgain) {
			this.#askAgain = false;
			const answer = await this.#missed();
			if (!answer) {
				this.#askAgain = true; // the next poll or reconnection does
				break;
			}
			this.#drop(answer.gone);
			this.#take(answer.events);
			if (answer.more) this.#askAgain = true;
			else if (answer.snapshot || this.#stale) await this.#readAgain();
		}
		this.#asking = false;
	}

	/** What was missed; nothing where no answer came. */
	async #missed(): Promise<CatchUp | undefined> {
		const heads = encodeURIComponent(JSON.stringify(this.#heads));
		try {
			const response = await fetch(`/catch-up?epoch=${this.#epoch}&heads=${heads}`, {
				signal: this.#close.signal
			});
			if (response.status === 401) this.#onEnded();
			if (!response.ok) return undefined;
			this.#reachable = true;
			return (await response.json()) as CatchUp;
		} catch {
			this.#reachable = this.#close.signal.aborted && this.#reachable;
			return undefined;
		}
	}

	#take(events: LiveEvent[]) {
		const taken: LiveEvent[] = [];
		for (const event of events) {
			const head = this.#heads[event.circle];
			if (head === undefined) this.#reread(); // a circle the page knows nothing of
			if (head === undefined || event.n <= head) continue;
			// What stands for many before it closes any gap: the page is read again.
			if (event.n > head + 1 && !event.together) {
				this.catchUp();
				break;
			}
			this.#heads[event.circle] = event.n;
			taken.push(event);
		}
		if (taken.length === 0) return;
		this.events = [...this.events, ...taken];
		for (const event of taken) {
			if (!event.type || event.author === this.me()) continue;
			this.changes.set(event.subject, `${event.circle} ${event.n}`);
			this.#onHeard(event);
		}
		this.#reread();
	}

	/** Whatever is derived is read again a jittered second or two later, once for many events. */
	#reread() {
		this.#rereading ??= setTimeout(
			() => {
				this.#rereading = undefined;
				void this.#readAgain();
			},
			1000 + Math.random() * 1000
		);
	}

	/** Not while the server is away: an error page would take this page's place, with all that is typed in it. */
	async #readAgain() {
		if (navigating.to) return this.#reread(); // now it would call off the way to another page
		this.#stale = !this.#reachable;
		if (this.#reachable) await invalidate(pageData);
	}

	/** The circles this socket is in now. */
	#sit(circles: string[]) {
		const gone = Object.keys(this.#heads).filter((circle) => !circles.includes(circle));
		this.#drop(gone);
		if (gone.length > 0 || circles.some((circle) => !(circle in this.#heads))) void this.#readAgain();
	}

	/** A circle that is no longer ours leaves nothing behind. */
	#drop(circles: string[]) {
		if (circles.length === 0) return;
		for (const circle of circles) delete this.#heads[circle];
		this.gone = [...this.gone, ...circles];
		this.events = this.events.filter((event) => !circles.includes(event.circle));
	}
}

const key = Symbol('connection');
export const provideConnection = (connection: Connection) => setContext(key, connection);
export const useConnection = () => getContext<Connection>(key);
