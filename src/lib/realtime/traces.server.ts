/**
 * Demonstration only: what was really delivered. For each post it counts the screens that said "shown", the time from
 * the commit to the last of them, and, from the packets that leave each socket, the bytes of it that every
 * organisation was sent: those outside the circle too.
 */

import type { LiveSocket } from './gateway.server.ts';
import type { DeliveryTrace, LiveEvent } from './wire.ts';

type Trace = {
	subject: string;
	author: string;
	at: number;
	screens: Set<string>;
	milliseconds: number;
	/** Organisations with an open page when it was delivered, none of them in the circle's room. */
	outside: string[];
	/** Organisation → bytes in packets that name the post. */
	sent: Map<string, number>;
};

const kept = 20;

export class Traces {
	#sockets: () => LiveSocket[];
	#traces = new Map<string, Trace>();

	constructor(sockets: () => LiveSocket[]) {
		this.#sockets = sockets;
	}

	/** Listens to what leaves this socket. */
	watch(socket: LiveSocket) {
		const { organisationId } = socket.data.session.actor;
		socket.conn.on('packetCreate', ({ data }: { data?: unknown }) => {
			if (typeof data !== 'string') return;
			for (const { subject, sent } of this.#traces.values())
				if (data.includes(subject))
					sent.set(organisationId, (sent.get(organisationId) ?? 0) + Buffer.byteLength(data));
		});
	}

	/** These are about to be handed to their room. */
	expect(events: LiveEvent[]) {
		for (const event of events) {
			if (event.type !== 'update.posted' && event.type !== 'update.replied') continue;
			const sockets = this.#sockets();
			const reached = organisationsOf(sockets.filter((socket) => isIn(socket, event.circle)));
			this.#traces.set(key(event), {
				subject: event.subject,
				author: event.author ?? '',
				at: Date.parse(event.at),
				screens: new Set(),
				milliseconds: 0,
				outside: [...organisationsOf(sockets)].filter((one) => !reached.has(one)),
				sent: new Map()
			});
			if (this.#traces.size > kept) this.#traces.delete(this.#traces.keys().next().value as string);
		}
	}

	/** A screen shows it: its author is told how far it has come. */
	shown(socket: LiveSocket, event: { circle: string; n: number }) {
		const trace = this.#traces.get(key(event));
		if (!trace || !isIn(socket, event.circle) || socket.data.session.actor.memberId === trace.author) return;
		if (!trace.screens.has(socket.id))
			trace.milliseconds = Math.max(trace.milliseconds, Date.now() - trace.at);
		trace.screens.add(socket.id);

		for (const author of this.#sockets().filter(({ data }) => data.session.actor.memberId === trace.author))
			author.emit('delivered', reportOf(trace));
	}
}

const reportOf = ({ subject, screens, milliseconds, outside, sent }: Trace): DeliveryTrace => ({
	subject,
	screens: screens.size,
	milliseconds,
	outside: outside.map((organisationId) => ({ organisationId, bytes: sent.get(organisationId) ?? 0 }))
});

const isIn = (socket: LiveSocket, circle: string) => socket.rooms.has(`circle:${circle}`);

const organisationsOf = (sockets: LiveSocket[]) =>
	new Set(sockets.map((socket) => socket.data.session.actor.organisationId));

const key = ({ circle, n }: { circle: string; n: number }) => `${circle}:${n}`;
