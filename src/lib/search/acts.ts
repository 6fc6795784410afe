/**
 * What the palette can do besides leading somewhere (the places are those of the rail). To add an act: its entry here,
 * its words in src/i18n.
 */

import { m } from '#i18n';
import type { IconName } from '#lib/ui/icons.ts';

export type Act = {
	name: string;
	label: string;
	icon: IconName;
	/** The keys that do the same. */
	keys?: string;
	run: () => unknown;
};

type Here = { language: 'ro' | 'en'; showShortcuts: () => unknown };

export function actsHere({ language, showShortcuts }: Here): Act[] {
	const composer = document.querySelector<HTMLElement>('#composer textarea');
	const other = language === 'ro' ? 'en' : 'ro';
	const back = encodeURIComponent(location.pathname + location.search);
	return [
		...(composer
			? [{ name: 'post', label: m.palette_post(), icon: 'pencil' as const, run: () => composer.focus() }]
			: []),
		{
			name: 'reporting',
			label: m.reporting_title(),
			icon: 'rows',
			run: () => location.assign('/reporting')
		},
		{ name: 'drafts', label: m.drafts_title(), icon: 'lock', run: () => location.assign('/drafts') },
		{ name: 'shortcuts', label: m.shortcuts_title(), icon: 'list', keys: '?', run: showShortcuts },
		{
			name: 'language',
			label: m.palette_language(),
			icon: 'arrow-right',
			run: () => location.assign(`/language/${other}?back=${back}`)
		},
		{ name: 'sign-out', label: m.sign_out(), icon: 'sign-out', run: signOut }
	];
}

/** A form like the one on the page of the member: a full load, after which nothing of what was shown is left. */
function signOut() {
	const form = document.createElement('form');
	Object.assign(form, { method: 'POST', action: '/me?/signOut' });
	document.body.append(form);
	form.requestSubmit();
}
