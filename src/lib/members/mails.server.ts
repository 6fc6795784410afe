/** What members are told by mail, in their language: one clear text, no picture, no address but ours. */

import { m } from '#i18n';
import type { Role } from '#lib/access/actor.ts';
import { inLanguage } from '#lib/access/directory.ts';
import { roleWord } from '#lib/access/role.ts';
import { queueMail } from '#lib/mail/queue.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { formatLongMoment, type Locale } from '#lib/time.ts';

type Addressed = { organisationId: string; email: string; name: string; language: Locale };

type Invited = Addressed & { organisationRo: string; organisationEn: string; role: Role; invitedBy: string };

/** An address that has an account elsewhere gets no link: its owner alone reads that it has one. */
export const mailInvitation = (tx: Tx, to: Invited, link: string, until: string, elsewhere: boolean) => {
	const locale = to.language;
	const words = {
		...{ name: to.name, by: to.invitedBy, role: roleWord(to.role, locale), link },
		organisation: inLanguage(to, 'organisation', locale),
		until: formatLongMoment(until, locale)
	};
	return queueMail(tx, {
		kind: 'invitation',
		organisationId: to.organisationId,
		address: to.email,
		subject: m.mail_invitation_subject(words, { locale }),
		text: elsewhere ? m.mail_invitation_elsewhere(words, { locale }) : m.mail_invitation(words, { locale })
	});
};

export const mailReset = (tx: Tx, to: Addressed, link: string, until: string) => {
	const locale = to.language;
	return queueMail(tx, {
		kind: 'reset',
		organisationId: to.organisationId,
		address: to.email,
		subject: m.mail_reset_subject({}, { locale }),
		text: m.mail_reset({ name: to.name, link, until: formatLongMoment(until, locale) }, { locale })
	});
};

/** Somebody has handed over a link: its member hears of it, without the link. */
export const mailResetMade = (tx: Tx, to: Addressed, by: string) =>
	queueMail(tx, {
		kind: 'reset-made',
		organisationId: to.organisationId,
		address: to.email,
		subject: m.mail_reset_made_subject({}, { locale: to.language }),
		text: m.mail_reset_made({ name: to.name, by }, { locale: to.language })
	});

export const mailPasswordSet = (tx: Tx, to: Addressed) =>
	queueMail(tx, {
		kind: 'password',
		organisationId: to.organisationId,
		address: to.email,
		subject: m.mail_password_subject({}, { locale: to.language }),
		text: m.mail_password({ name: to.name }, { locale: to.language })
	});
