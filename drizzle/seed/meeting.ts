import type { ExampleItem } from './demonstration.ts';

/** The next weekly meeting, which anybody of the secretariat can open now. */
export const agenda: readonly ExampleItem[] = [
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 10,
		titleRo: 'Calendarul comun al raportărilor',
		titleEn: 'One calendar for all reporting',
		text: 'Fiecare instituție spune până când trimite raportul său, ca să nu se ceară de patru ori același lucru.',
		measures: ['E5']
	},
	{
		by: 'minister',
		circle: 'all',
		minutes: 15,
		titleRo: 'Formularul comun de sesizare: de când se folosește în județe',
		titleEn: 'The joint referral form: from when it is used in the counties',
		text: 'Propunem ca formularul să plece în toate județele și să fie evaluat după 30 de zile.',
		measures: ['E3']
	},
	{
		by: 'min-a',
		circle: 'all',
		minutes: 10,
		titleRo: 'Formarea comună pentru procurori și polițiști',
		titleEn: 'Joint training for prosecutors and police',
		text: 'Prima serie a întârziat. Cerem un termen nou și doi formatori.',
		measures: ['E2']
	},
	{
		by: 'min-a',
		circle: 'state',
		minutes: 10,
		titleRo: 'Schema de finanțare pe trei ani',
		titleEn: 'The three-year funding scheme',
		text: 'Cifrele se discută întâi între instituțiile statului.',
		measures: []
	},
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 15,
		titleRo: 'Protocolul cu ambasadele',
		titleEn: 'The protocol with the embassies',
		text: 'Ce informații trimit consulatele și cui.',
		measures: ['E7']
	},
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 5,
		titleRo: 'Diverse și data următoare',
		titleEn: 'Any other business and the next date',
		text: '',
		measures: []
	},
	{
		by: 'ong-a-maria',
		circle: 'all',
		minutes: 10,
		titleRo: 'Ce au văzut adăposturile în ultima lună',
		titleEn: 'What the shelters saw last month',
		text: 'Pe scurt, fără cazuri: ce lipsește cel mai des și cine ar putea da.',
		measures: [],
		proposed: true
	}
];
