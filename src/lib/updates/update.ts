/** What an update is: pure, the same on the server, in the browser and in tests. */

export const updateKinds = ['progress', 'evidence', 'concern', 'question', 'offer', 'comment'] as const;
export type UpdateKind = (typeof updateKinds)[number];

/** Written words, parsed once on the server into a tree that components draw: no HTML ever travels. */
export type Prose = Block[];
export type Block =
	{ type: 'paragraph'; spans: Span[] } | { type: 'list'; ordered: boolean; start: number; items: Span[][] };
export type Span = { text: string; strong?: true; href?: string };

/** A post on a measure as a page holds it. A reply is an update that names the post it answers. */
export type Update = {
	subject: 'update';
	id: string;
	circleId: string;
	version: number;
	measureId: string;
	replyTo: string | null;
	organisationId: string;
	memberId: string;
	memberName: string;
	kind: UpdateKind;
	language: 'ro' | 'en';
	text: string;
	prose: Prose;
	postedAt: string;
	editedAt: string | null;
	withdrawnAt: string | null;
	example: boolean;
};
