/** What an update is: pure, the same on the server, in the browser and in tests. */

export const updateKinds = ['progress', 'evidence', 'concern', 'question', 'offer', 'comment'] as const;
export type UpdateKind = (typeof updateKinds)[number];

/** Written words, parsed once on the server into a tree that components draw: no HTML ever travels. */
export type Prose = Block[];
export type Block =
	{ type: 'paragraph'; spans: Span[] } | { type: 'list'; ordered: boolean; start: number; items: Span[][] };
export type Span = { text: string; strong?: true; href?: string };

/** An answer closes what was asked; so does „nu putem, pentru că …”. */
export const requestStates = ['open', 'answered', 'declined'] as const;
export type RequestState = (typeof requestStates)[number];

/** One organisation that a post asks, and what became of it. */
export type Asked = {
	organisationId: string;
	/** The day by which an answer was asked for, or promised since. */
	due: string | null;
	/** The day that the post itself named, whatever was promised since. */
	askedDue: string | null;
	state: RequestState;
	answerId: string | null;
};

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
	/** In one sentence, in the other language; empty where there is none. */
	gist: string;
	/** The text has changed since that sentence was written. */
	gistStale: boolean;
	/** The coordinator by whose approval it stands; null where its author spoke alone. */
	approvedBy: string | null;
	postedAt: string;
	editedAt: string | null;
	withdrawnAt: string | null;
	/** Said to hold personal data, not decided yet: nothing of it changes meanwhile. */
	flaggedAt: string | null;
	/** Its words were removed for good. */
	redactedAt: string | null;
	/** Who should answer, in the order of the ring. */
	asked: Asked[];
	example: boolean;
};
