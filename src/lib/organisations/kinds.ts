import { m } from '#i18n';
import type { OrganisationKind } from '#lib/access/actor.ts';

const words: Record<OrganisationKind, () => string> = {
	parliament: m.kinds_parliament,
	ministry: m.kinds_ministry,
	agency: m.kinds_agency,
	ngo: m.kinds_ngo,
	embassy: m.kinds_embassy,
	international: m.kinds_international
};

/** What bodies of a kind are called together: „Ministere”. */
export const organisationKindWord = (kind: OrganisationKind) => words[kind]();
