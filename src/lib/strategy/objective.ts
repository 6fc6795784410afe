/** What an objective is, as a page holds it: general and specific ones are a tree; a theme stands in for a general one. */
export type Objective = {
	subject: 'objective';
	id: string;
	circleId: string;
	version: number;
	strategyId: string;
	parentId: string | null;
	kind: 'general' | 'specific' | 'theme';
	code: string;
	titleRo: string;
	titleEn: string;
	position: number;
};
