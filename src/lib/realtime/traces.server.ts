/**
 * Demonstration only: what was really delivered. For each post it counts the screens that said "shown", the time from
 * the commit to the last of them, and the bytes sent to bodies outside the circle, which are measured, not assumed.
 */

import type { Server } from 'socket.io';
import type { LiveSocket } from './gateway.server.ts';
import type { LiveEvent, ServerToClient } from './wire.ts';

type Trace = {
	subject: string;
	author: string;
	at: number;
	screens: Set<string>;
	milliseconds: number;
	/** Organisation → bytes of this event that were written to its sockets. */
	sent: Map<string, number>;
	inside: Set<string>;
};

const kept = 50;

export class Traces {
	#io: Server;
	#traces = new Map<string, Trace>();

	constructor(io: Server) {
		this.#io = io as unknown as Server;
	}

	/** Called after an event was handed to its room: looks at who is connected and what was written to each. */
	delivered(events: LiveEvent[]) {
		for (const event of events) {
			if (event.type !== 'update.posted' && event.type !== 'update.replied') continue;
			const trace: Trace = {
				subject: event.subject,
				author: event.author ?? '',
				at: Date.parse(event.at),
				screens: new Set(),
				milliseconds: 0,
				sent: new Map(),
				inside: new Set()
			};
			const bytes = Buffer.byteLength(JSON.stringify(event));
			for (const socket of this.#sockets()) {
				const { organisationId } = socket.data.session.actor;
				const reached = socket.rooms.has(`circle:${event.circle}`);
				if (reached) trace.inside.add(organisationId);
				trace.sent.set(organisationId, (trace.sent.get(organisationId) ?? 0) + (reached ? bytes : 0));
			}
			this.#traces.set(key(event), trace);
			if (this.#traces.size > kept) this.#traces.delete(this.#traces.keys().next().value as string);
		}
	}

	shown(socket: LiveSocket, event: { circle: string; n: number }) {
		const trace = this.#traces.get(key(event));
		if (!trace || socket.data.session.actor.memberId === trace.author) return;
		trace.screens.add(socket.id);
		trace.milliseconds = Math.max(trace.milliseconds, Date.now() - trace.at);
		this.#tell(trace);
	}

	#tell(trace: Trace) {
		const outside = [...trace.sent]
			.filter(([organisation]) => !trace.inside.has(organisation))
			.map(([organisationId, bytes]) => ({ organisationId, bytes }));
		const message: Parameters<ServerToClient['delivered']>[0] = {
			subject: trace.subject,
			screens: trace.screens.size,
			milliseconds: trace.milliseconds,
			outside
		};
		for (const socket of this.#sockets())
			if (socket.data.session.actor.memberId === trace.author) socket.emit('delivered', message);
	}

	#sockets() {
		return [...this.#io.sockets.sockets.values()] as unknown as LiveSocket[];
	}
}

const key = ({ circle, n }: { circle: string; n: number }) => `${circle}:${n}`;
