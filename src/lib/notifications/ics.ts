/** A calendar as other programs read it (RFC 5545): days, not hours, so that no time zone can move them. Pure. */

import { addDays } from '#lib/time.ts';

export type Entry = {
	/** The same for the same thing, whatever becomes of it. */
	uid: string;
	/** A day in Bucharest, `YYYY-MM-DD`. */
	day: string;
	summary: string;
	href: string;
	/** When it last changed, ISO; of two versions of an entry the later one counts. */
	changedAt: string;
};

export function asCalendar(name: string, entries: readonly Entry[]): string {
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Hora//Hora//RO',
		'CALSCALE:GREGORIAN',
		`X-WR-CALNAME:${escape(name)}`,
		'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
		'X-PUBLISHED-TTL:PT4H',
		...entries.flatMap(event),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const event = ({ uid, day, summary, href, changedAt }: Entry) => [
	'BEGIN:VEVENT',
	`UID:${uid}`,
	`DTSTAMP:${stamp(changedAt)}`,
	`LAST-MODIFIED:${stamp(changedAt)}`,
	`SEQUENCE:${sequence(changedAt)}`,
	`DTSTART;VALUE=DATE:${date(day)}`,
	`DTEND;VALUE=DATE:${date(addDays(day, 1))}`,
	`SUMMARY:${escape(summary)}`,
	`URL:${href}`,
	'TRANSP:TRANSPARENT',
	'CLASS:PRIVATE',
	'END:VEVENT'
];

const date = (day: string) => day.replaceAll('-', '');

/** `20261130T080000Z`. */
const stamp = (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Rises with each change, by the second: no change is counted that its reader may not know of. */
const sequence = (iso: string) => Math.max(0, Math.floor((Date.parse(iso) - Date.UTC(2024, 0, 1)) / 1000));

const escape = (text: string) =>
	text
		.replace(/[\\;,]/g, (sign) => `\\${sign}`)
		.replace(/\r\n?|\n/g, '\\n')
		.replace(/\p{Cc}/gu, ' ');

/** Lines of at most 75 octets; none breaks within a letter. */
export function fold(line: string): string {
	const parts: string[] = [];
	let part = '';
	let octets = 0;
	for (const letter of line) {
		const size = new TextEncoder().encode(letter).length;
		// A line that goes on begins with a space, which counts.
		if (octets + size > 75) {
			parts.push(part);
			[part, octets] = ['', 1];
		}
		part += letter;
		octets += size;
	}
	return [...parts, part].join('\r\n ');
}
