import type { ExampleCircle, ExampleOrganisation, ExampleTheme, OrganisationKey } from './demonstration.ts';

const six = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const four = ['a', 'b', 'c', 'd'] as const;

/** In the order of the ring. */
export const organisations: readonly ExampleOrganisation[] = [
	{
		key: 'comisia',
		kind: 'parliament',
		nameRo: 'Comisia Exemplu',
		nameEn: 'Exemplu Commission',
		shortRo: 'Comisia Ex.',
		shortEn: 'Commission Ex.'
	},
	...six.map((letter) => lettered(`min-${letter}`, 'ministry', ['Ministerul', 'Ministry'], ['Min.', 'Min.'])),
	...four.map((letter) => lettered(`ag-${letter}`, 'agency', ['Agenția', 'Agency'], ['Ag.', 'Ag.'])),
	...six.map((letter) => lettered(`ong-${letter}`, 'ngo', ['Asociația', 'Association'], ['ONG', 'NGO'])),
	{
		key: 'ambasada',
		kind: 'embassy',
		nameRo: 'Ambasada Exemplu',
		nameEn: 'Exemplu Embassy',
		shortRo: 'Ambasada Ex.',
		shortEn: 'Embassy Ex.'
	}
];

function lettered(
	key: OrganisationKey,
	kind: ExampleOrganisation['kind'],
	[nameRo, nameEn]: [string, string],
	[shortRo, shortEn]: [string, string]
): ExampleOrganisation {
	const letter = key.slice(-1).toUpperCase();

	return {
		key,
		kind,
		nameRo: `${nameRo} Exemplu ${letter}`,
		nameEn: `Exemplu ${nameEn} ${letter}`,
		shortRo: `${shortRo} ${letter}`,
		shortEn: `${shortEn} ${letter}`
	};
}

const state: OrganisationKey[] = [
	'comisia',
	...six.map((letter) => `min-${letter}` as const),
	...four.map((letter) => `ag-${letter}` as const)
];
const ngos: OrganisationKey[] = six.map((letter) => `ong-${letter}` as const);

/** Beside the built-in ones. */
export const circles: readonly ExampleCircle[] = [
	{
		key: 'national',
		nameRo: 'Partenerii naționali',
		nameEn: 'National partners',
		inside: 'all',
		organisations: [...state, ...ngos]
	},
	{
		key: 'state',
		nameRo: 'Instituțiile statului',
		nameEn: 'State institutions',
		inside: 'national',
		organisations: state
	},
	{
		key: 'ngos-and-commission',
		nameRo: 'ONG-uri și Comisia',
		nameEn: 'NGOs and Commission',
		inside: 'national',
		organisations: ['comisia', ...ngos]
	},
	{
		key: 'ngos',
		nameRo: 'ONG-uri',
		nameEn: 'NGOs',
		inside: 'ngos-and-commission',
		organisations: ngos
	}
];

/** What officials said publicly about the Strategy; not its numbered objectives. */
export const themes: readonly ExampleTheme[] = [
	{
		key: 'theme-protection',
		kind: 'theme',
		titleRo: 'Protecția și sprijinirea victimelor',
		titleEn: 'Protection and support of victims'
	},
	{
		key: 'theme-combating',
		kind: 'theme',
		titleRo: 'Combaterea: urmărirea și pedepsirea traficanților',
		titleEn: 'Combating: prosecuting and punishing traffickers'
	},
	{
		key: 'theme-prevention',
		kind: 'theme',
		titleRo: 'Prevenirea traficului de persoane',
		titleEn: 'Prevention of trafficking in persons'
	},
	{
		key: 'theme-coordination',
		kind: 'theme',
		titleRo: 'Cooperare interinstituțională mai eficientă',
		titleEn: 'More efficient inter-institutional cooperation'
	},
	{
		key: 'theme-partnership',
		kind: 'theme',
		titleRo: 'Parteneriate cu societatea civilă, ONG-uri și state terțe',
		titleEn: 'Partnerships with civil society, NGOs and third countries'
	},
	{
		key: 'theme-legal-framework',
		kind: 'theme',
		titleRo: 'Consolidarea cadrului legislativ',
		titleEn: 'Strengthening the legislative framework'
	}
];
