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

/** The weekly meeting before it, which is over: what was noted, decided, and taken on. */
export const agendaBefore: readonly ExampleItem[] = [
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 10,
		titleRo: 'Ce s-a promis data trecută',
		titleEn: 'What was promised last time',
		text: '',
		measures: [],
		notes: [
			'Din cinci promisiuni, trei sunt gata și două au termen nou.',
			'Ag. D întreabă unde se trimit listele; secretariatul le adună.'
		]
	},
	{
		by: 'minister',
		circle: 'all',
		minutes: 15,
		titleRo: 'Formularul comun de sesizare: ultima variantă',
		titleEn: 'The joint referral form: the last version',
		text: 'Varianta de lucru a fost citită de toți. Rămâne de ales de când se folosește.',
		measures: ['E3'],
		notes: [
			'Min. B a prezentat varianta de lucru; nimeni nu mai are obiecții de text.',
			'ONG B cere două săptămâni de instruire pentru centrele mici.'
		],
		proposal: {
			textRo: 'Formularul se trimite în toate județele, iar prima evaluare se face după 30 de zile.',
			textEn: 'The form goes to all counties, and is first evaluated after 30 days.',
			positions: [
				{ by: 'min-a', stance: 'support' },
				{ by: 'minister', stance: 'support' },
				{ by: 'ag-b', stance: 'abstain', reason: 'nu avem încă mandat', noted: true },
				{ by: 'ong', stance: 'support' },
				{
					by: 'ong-b',
					stance: 'reservation',
					reason: 'centrele mici au nevoie de două săptămâni de instruire'
				},
				{ by: 'ambasada', stance: 'support' }
			],
			votesFor: ['comisia', 'comisia-victor']
		},
		decisions: [
			{
				textRo: 'Formularul se tipărește și se trimite în toate județele.',
				textEn: 'The form is printed and sent to all counties.',
				dueInDays: 28,
				measure: 'E3',
				bodies: [
					{ by: 'minister', answer: 'taken' },
					{
						by: 'ong',
						answer: 'other-date',
						inDays: 35,
						reason: 'instruim întâi centrele mici'
					}
				]
			}
		]
	},
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 10,
		titleRo: 'Calendarul comun al raportărilor',
		titleEn: 'One calendar for all reporting',
		text: '',
		measures: ['E5'],
		notes: ['Trei instituții cer aceleași cifre la date diferite.'],
		decisions: [
			{
				textRo: 'Fiecare minister trimite secretariatului datele la care raportează și cui.',
				textEn: 'Each ministry sends the secretariat the dates on which it reports, and to whom.',
				dueInDays: 14,
				measure: 'E5',
				bodies: [
					{ by: 'min-a', answer: 'done' },
					{ by: 'minister' },
					{ by: 'min-c', answer: 'later', inDays: 10 },
					{ by: 'min-d', answer: 'taken' }
				]
			}
		]
	},
	{
		by: 'min-a',
		circle: 'state',
		minutes: 10,
		titleRo: 'Schema de finanțare pe trei ani: primele cifre',
		titleEn: 'The three-year funding scheme: first figures',
		text: '',
		measures: [],
		notes: ['Min. A aduce cifrele data viitoare.']
	},
	{
		by: 'secretariat',
		circle: 'all',
		minutes: 5,
		titleRo: 'Diverse și data următoare',
		titleEn: 'Any other business and the next date',
		text: '',
		measures: [],
		notes: ['Ne vedem marțea viitoare, la aceeași oră.']
	}
];
