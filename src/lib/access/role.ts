import { m } from '#i18n';
import type { Role } from './actor.ts';

const words: Record<Role, typeof m.role_secretariat> = {
	secretariat: m.role_secretariat,
	coordinator: m.role_coordinator,
	contributor: m.role_contributor,
	observer: m.role_observer
};

/** What a role is called; nothing for what is none. */
export const roleWord = (role: unknown, locale?: 'ro' | 'en') =>
	words[role as Role]?.({}, locale && { locale }) ?? '';
