import type { ExampleMeasure } from './demonstration.ts';

export const measures: readonly ExampleMeasure[] = [
	{
		code: 'E1',
		theme: 'theme-prevention',
		circle: 'all',
		titleRo: 'Broșură comună de informare pentru consulate și agențiile de ocupare',
		titleEn: 'Joint information leaflet for consulates and employment offices',
		descriptionRo:
			'O singură broșură, în locul celor cinci de acum, despre contracte, drepturi și unde se cere ajutor.',
		descriptionEn:
			'One leaflet in place of the present five, on contracts, rights and where to ask for help.',
		indicators: 'consulate și agenții care o au la ghișeu; exemplare distribuite',
		resources: 'bugetul Ministerului Exemplu D; tipar donat',
		deadline: '',
		nextDay: 60,
		status: 'in-progress',
		leads: ['min-d'],
		partners: ['ong-a'],
		steps: [
			{ titleRo: 'Text agreat', titleEn: 'Text agreed', day: -40, done: true },
			{ titleRo: 'Machetă aprobată', titleEn: 'Layout approved', day: 0, done: true },
			{ titleRo: 'Tipar', titleEn: 'Printed', day: 24, done: false },
			{
				titleRo: 'La ghișee, în toate consulatele și agențiile',
				titleEn: 'At the desks of all consulates and offices',
				day: 60,
				done: false
			}
		]
	},
	{
		code: 'E2',
		theme: 'theme-combating',
		circle: 'all',
		titleRo: 'Formare comună pentru procurori și polițiști, cu module despre traumă',
		titleEn: 'Joint training for prosecutors and police, with modules on trauma',
		descriptionRo:
			'Un curs de trei zile, același pentru amândouă profesiile, cu exerciții de audiere pregătite împreună cu psihologi.',
		descriptionEn:
			'A three-day course, the same for both professions, with interview exercises prepared with psychologists.',
		indicators: 'serii încheiate; participanți din fiecare profesie',
		resources: 'bugetul Agenției Exemplu A; formatori puși la dispoziție de asociații',
		deadline: '',
		nextDay: -11,
		status: 'in-progress',
		leads: ['min-a'],
		partners: ['ag-a', 'ong-b', 'ambasada'],
		steps: [
			{ titleRo: 'Programă agreată', titleEn: 'Curriculum agreed', day: -52, done: true },
			{ titleRo: 'Prima serie încheiată', titleEn: 'First course completed', day: -11, done: false },
			{ titleRo: 'Programă corectată după prima serie', titleEn: 'Curriculum revised', day: 20, done: false },
			{
				titleRo: 'Câte o serie în fiecare regiune',
				titleEn: 'One course in each region',
				day: 110,
				done: false
			}
		]
	},
	{
		code: 'E3',
		theme: 'theme-protection',
		circle: 'all',
		titleRo:
			'Formular comun de sesizare între instituții și organizațiile care oferă asistență, folosit în toate județele',
		titleEn: 'Joint referral form between institutions and assisting organisations, used in every county',
		descriptionRo:
			'Un formular scurt cu care o instituție cere sprijin unei organizații și primește răspuns într-un termen scris.',
		descriptionEn:
			'A short form by which an institution asks an organisation for support and is answered within a written deadline.',
		indicators: 'județe care îl folosesc; timp mediu de răspuns',
		resources: 'bugetele proprii ale instituțiilor',
		deadline: '',
		nextDay: 14,
		status: 'in-progress',
		leads: ['min-b'],
		partners: ['ong-a', 'ong-b'],
		steps: [
			{ titleRo: 'Grup de lucru format', titleEn: 'Working group formed', day: -111, done: true },
			{ titleRo: 'Proiect avizat intern', titleEn: 'Draft cleared internally', day: -1, done: true },
			{ titleRo: 'Formular trimis în județe', titleEn: 'Form sent to the counties', day: 14, done: false },
			{
				titleRo: 'Prima evaluare, la 30 de zile',
				titleEn: 'First review, after 30 days',
				day: 44,
				done: false
			},
			{ titleRo: 'Folosit în toate județele', titleEn: 'Used in every county', day: 91, done: false }
		]
	},
	{
		code: 'E4',
		theme: 'theme-protection',
		circle: 'all',
		titleRo: 'Linie de sprijin disponibilă în patru limbi',
		titleEn: 'Support line available in four languages',
		descriptionRo:
			'Operatori sau interpreți la telefon pentru română, engleză și încă două limbi, în același program.',
		descriptionEn:
			'Operators or telephone interpreters for Romanian, English and two more languages, at the same hours.',
		indicators: 'ore acoperite în fiecare limbă; apeluri preluate',
		resources: 'de stabilit',
		deadline: '',
		nextDay: null,
		status: 'proposed',
		leads: ['ag-b'],
		partners: ['min-c', 'ong-c', 'ong-d', 'ambasada'],
		steps: [
			{ titleRo: 'Limbile alese', titleEn: 'Languages chosen', day: null, done: false },
			{ titleRo: 'Interpreți contractați', titleEn: 'Interpreters contracted', day: null, done: false },
			{
				titleRo: 'Linia deschisă în patru limbi',
				titleEn: 'Line open in four languages',
				day: null,
				done: false
			}
		]
	},
	{
		code: 'E5',
		theme: 'theme-coordination',
		circle: 'all',
		titleRo: 'Calendar comun al raportărilor, cu termene văzute de toți',
		titleEn: 'Joint reporting calendar, with deadlines that all can see',
		descriptionRo:
			'Fiecare minister își trece raportările anului într-un singur calendar, ca aceeași cifră să nu mai fie cerută de două ori.',
		descriptionEn:
			'Each ministry enters its reports of the year in one calendar, so that no figure is asked for twice.',
		indicators: 'ministere care l-au completat, din șase; raportări comasate',
		resources: 'nu sunt necesare',
		deadline: '',
		nextDay: 2,
		status: 'in-progress',
		leads: ['min-a', 'min-b', 'min-c', 'min-d', 'min-e', 'min-f'],
		partners: ['comisia', 'ag-a'],
		steps: [
			{ titleRo: 'Model de calendar agreat', titleEn: 'Calendar template agreed', day: -30, done: true },
			{
				titleRo: 'Completat de primele trei ministere',
				titleEn: 'Completed by the first three ministries',
				day: -9,
				done: true
			},
			{
				titleRo: 'Completat de Ministerul Exemplu C',
				titleEn: 'Completed by Exemplu Ministry C',
				day: 0,
				done: true
			},
			{
				titleRo: 'Completat de ultimele două ministere',
				titleEn: 'Completed by the last two ministries',
				day: 2,
				done: false
			},
			{ titleRo: 'Raportările duble comasate', titleEn: 'Double reports merged', day: 30, done: false },
			{
				titleRo: 'Calendarul anului următor publicat',
				titleEn: 'Next year’s calendar published',
				day: 75,
				done: false
			}
		]
	},
	{
		code: 'E6',
		theme: 'theme-partnership',
		circle: 'all',
		titleRo: 'Schemă de finanțare pe trei ani pentru serviciile asociațiilor',
		titleEn: 'Three-year funding scheme for the associations’ services',
		descriptionRo:
			'Contracte pe trei ani în locul celor anuale, ca serviciile să nu se mai întrerupă între două apeluri de proiecte.',
		descriptionEn:
			'Three-year contracts in place of yearly ones, so that services no longer stop between two calls for projects.',
		indicators: 'servicii finanțate neîntrerupt; zile între două contracte',
		resources: 'bugetul de stat, linie nouă; sumă de stabilit',
		deadline: '',
		nextDay: 45,
		status: 'blocked',
		leads: ['min-b'],
		partners: ['ag-d', 'ong-e'],
		steps: [
			{
				titleRo: 'Nevoi evaluate împreună cu asociațiile',
				titleEn: 'Needs assessed with the associations',
				day: -60,
				done: true
			},
			{
				titleRo: 'Aviz privind finanțarea multianuală',
				titleEn: 'Opinion on multi-annual funding',
				day: -18,
				done: false
			},
			{
				titleRo: 'Ghidul solicitantului publicat',
				titleEn: 'Applicant’s guide published',
				day: 45,
				done: false
			},
			{ titleRo: 'Primele contracte semnate', titleEn: 'First contracts signed', day: 120, done: false }
		]
	},
	{
		code: 'E7',
		theme: 'theme-partnership',
		circle: 'all',
		titleRo: 'Protocol cu ambasadele pentru întoarcerea asistată',
		titleEn: 'Protocol with the embassies on assisted return',
		descriptionRo:
			'Cine anunță pe cine, în ce ordine și în cât timp, când un cetățean exploatat în alt stat vrea să se întoarcă.',
		descriptionEn:
			'Who tells whom, in what order and how soon, when a citizen exploited in another state wishes to return.',
		indicators: 'ambasade care aplică protocolul; zile de la cerere la plecare',
		resources: 'bugetul Ministerului Exemplu C',
		deadline: '',
		nextDay: -4,
		status: 'in-progress',
		leads: ['min-c'],
		partners: ['min-a', 'ambasada'],
		steps: [
			{
				titleRo: 'Text de lucru trimis partenerilor',
				titleEn: 'Working text sent to partners',
				day: -4,
				done: false
			},
			{ titleRo: 'Observații adunate', titleEn: 'Comments gathered', day: 17, done: false },
			{ titleRo: 'Protocol semnat', titleEn: 'Protocol signed', day: 40, done: false }
		]
	},
	{
		code: 'E8',
		theme: 'theme-legal-framework',
		circle: 'all',
		titleRo: 'Ghid de aplicare a noilor prevederi, pentru instanțe și parchete',
		titleEn: 'Guide to applying the new provisions, for courts and prosecution offices',
		descriptionRo:
			'Explicații scurte, articol cu articol, cu întrebările care revin și răspunsul agreat la fiecare.',
		descriptionEn:
			'Short explanations, article by article, with the recurring questions and the agreed answer to each.',
		indicators: 'ghid publicat; instanțe și parchete care l-au primit',
		resources: 'bugetul Ministerului Exemplu B',
		deadline: '',
		nextDay: -15,
		status: 'done',
		leads: ['min-b'],
		partners: ['comisia'],
		steps: [
			{
				titleRo: 'Întrebări adunate din practică',
				titleEn: 'Questions gathered from practice',
				day: -90,
				done: true
			},
			{
				titleRo: 'Proiect discutat în Comisie',
				titleEn: 'Draft discussed in the Commission',
				day: -45,
				done: true
			},
			{ titleRo: 'Ghid publicat', titleEn: 'Guide published', day: -15, done: true }
		]
	},
	{
		code: 'E9',
		theme: 'theme-protection',
		circle: 'ngos-and-commission',
		titleRo: 'Standarde minime pentru serviciile de asistență, scrise de cei care le oferă',
		titleEn: 'Minimum standards for assistance services, written by those who provide them',
		descriptionRo:
			'O listă scurtă de standarde pe care asociațiile o propun Comisiei înainte de consultarea cu ministerele.',
		descriptionEn:
			'A short list of standards that the associations propose to the Commission before ministries are consulted.',
		indicators: 'standarde agreate; servicii autoevaluate',
		resources: 'munca asociațiilor',
		deadline: '',
		nextDay: 35,
		status: 'in-progress',
		leads: ['ong-c'],
		partners: ['comisia', 'ong-a', 'ong-b', 'ong-f'],
		steps: [
			{ titleRo: 'Prima listă', titleEn: 'First list', day: -21, done: true },
			{
				titleRo: 'Autoevaluare în fiecare asociație',
				titleEn: 'Self-assessment in each association',
				day: 12,
				done: false
			},
			{
				titleRo: 'Propunere depusă la Comisie',
				titleEn: 'Proposal submitted to the Commission',
				day: 35,
				done: false
			}
		]
	},
	{
		code: 'E10',
		theme: 'theme-prevention',
		circle: 'all',
		titleRo: 'Lecție despre recrutarea pe internet, pentru licee și școli profesionale',
		titleEn: 'Lesson on online recruitment, for secondary and vocational schools',
		descriptionRo:
			'O oră de dirigenție cu materiale gata pregătite: cum arată un anunț fals, cum se verifică o ofertă, cui i se spune.',
		descriptionEn:
			'One class hour with ready materials: what a false advertisement looks like, how to check an offer, whom to tell.',
		indicators: 'școli care au ținut lecția; elevi participanți',
		resources: 'bugetul Ministerului Exemplu E',
		deadline: 'Anual',
		nextDay: null,
		status: 'in-progress',
		leads: ['min-e'],
		partners: ['ong-a', 'ong-d', 'ag-b'],
		steps: [
			{ titleRo: 'Materiale scrise', titleEn: 'Materials written', day: -75, done: true },
			{ titleRo: 'Încercată în 20 de școli', titleEn: 'Tried in 20 schools', day: -20, done: true },
			{
				titleRo: 'Trimisă tuturor inspectoratelor',
				titleEn: 'Sent to all inspectorates',
				day: 28,
				done: false
			}
		]
	},
	{
		code: 'E11',
		theme: 'theme-combating',
		circle: 'state',
		titleRo: 'Ghid comun pentru păstrarea probelor digitale',
		titleEn: 'Joint guide to preserving digital evidence',
		descriptionRo:
			'Aceleași reguli de ridicare, copiere și păstrare în toate structurile, cu fișe de o pagină pentru fiecare fel de probă.',
		descriptionEn:
			'The same rules for seizing, copying and keeping in all units, with one-page sheets for each kind of evidence.',
		indicators: 'structuri care aplică ghidul',
		resources: 'bugetele proprii ale instituțiilor',
		deadline: '',
		nextDay: 25,
		status: 'in-progress',
		leads: ['min-a'],
		partners: ['ag-a', 'ag-c'],
		steps: [
			{ titleRo: 'Proceduri comparate', titleEn: 'Procedures compared', day: -33, done: true },
			{ titleRo: 'Proiect de ghid', titleEn: 'Draft guide', day: 5, done: false },
			{ titleRo: 'Ghid aprobat', titleEn: 'Guide approved', day: 25, done: false }
		]
	},
	{
		code: 'E12',
		theme: 'theme-coordination',
		circle: 'all',
		titleRo: 'Set comun de indicatori statistici, cu aceleași definiții peste tot',
		titleEn: 'Common set of statistical indicators, with the same definitions everywhere',
		descriptionRo:
			'Doisprezece indicatori numărați la fel de toate instituțiile, publicați doar ca totaluri la nivel național.',
		descriptionEn: 'Twelve indicators counted alike by all institutions, published only as national totals.',
		indicators: 'indicatori cu definiție agreată, din 12; instituții care raportează',
		resources: 'bugetul Agenției Exemplu C',
		deadline: '',
		nextDay: 75,
		status: 'in-progress',
		leads: ['ag-c'],
		partners: ['min-a', 'min-f', 'ag-d'],
		steps: [
			{
				titleRo: 'Inventarul cifrelor de acum',
				titleEn: 'Inventory of present figures',
				day: -48,
				done: true
			},
			{ titleRo: 'Definiții agreate', titleEn: 'Definitions agreed', day: -6, done: false },
			{ titleRo: 'Prima raportare comună', titleEn: 'First joint report', day: 75, done: false }
		]
	},
	{
		code: 'E13',
		theme: 'theme-partnership',
		circle: 'all',
		titleRo: 'Listă comună de interpreți instruiți, la care pot apela și asociațiile',
		titleEn: 'Shared list of trained interpreters, open to the associations',
		descriptionRo:
			'Interpreți pregătiți pentru discuții despre traumă, chemați după aceleași reguli de instituții și de asociații.',
		descriptionEn:
			'Interpreters prepared for conversations about trauma, called under the same rules by institutions and associations.',
		indicators: 'limbi acoperite; solicitări onorate în 24 de ore',
		resources: 'de stabilit',
		deadline: 'trim. II al anului următor',
		nextDay: null,
		status: 'proposed',
		leads: ['min-f'],
		partners: ['ong-a', 'ong-f', 'ambasada'],
		steps: []
	},
	{
		code: 'E14',
		theme: 'theme-legal-framework',
		circle: 'all',
		titleRo: 'Raport asupra aplicării noilor prevederi după primul an',
		titleEn: 'Report on the application of the new provisions after their first year',
		descriptionRo:
			'Ce s-a schimbat în practică, ce a rămas neclar și ce ar trebui corectat, pe baza răspunsurilor instituțiilor.',
		descriptionEn:
			'What has changed in practice, what is still unclear and what should be corrected, from the institutions’ answers.',
		indicators: 'raport prezentat; propuneri preluate',
		resources: 'nu sunt necesare',
		deadline: 'la un an de la intrarea în vigoare',
		nextDay: null,
		status: 'in-progress',
		leads: ['comisia'],
		partners: ['min-a', 'min-b'],
		steps: [
			{
				titleRo: 'Chestionar trimis instituțiilor',
				titleEn: 'Questionnaire sent to institutions',
				day: -26,
				done: true
			},
			{ titleRo: 'Răspunsuri primite', titleEn: 'Answers received', day: 19, done: false },
			{
				titleRo: 'Raport dezbătut în Comisie',
				titleEn: 'Report debated in the Commission',
				day: 130,
				done: false
			}
		]
	},
	{
		code: 'E15',
		theme: 'theme-prevention',
		circle: 'all',
		titleRo: 'Instruirea inspectorilor care verifică agențiile de recrutare',
		titleEn: 'Training for inspectors who check recruitment agencies',
		descriptionRo:
			'O zi de curs și o listă de verificare, ca semnele de exploatare să fie recunoscute la control.',
		descriptionEn:
			'One day of training and a checklist, so that signs of exploitation are recognised at inspections.',
		indicators: 'inspectori instruiți; controale făcute cu lista de verificare',
		resources: 'bugetul Agenției Exemplu B',
		deadline: '',
		nextDay: -40,
		status: 'done',
		leads: ['ag-b'],
		partners: ['min-a', 'min-d'],
		steps: [
			{ titleRo: 'Listă de verificare', titleEn: 'Checklist', day: -95, done: true },
			{
				titleRo: 'Toate cele opt serii încheiate',
				titleEn: 'All eight courses completed',
				day: -40,
				done: true
			}
		]
	},
	{
		code: 'E16',
		theme: 'theme-protection',
		circle: 'all',
		titleRo: 'Săli de audiere prietenoase cu copilul, folosite de mai multe instituții',
		titleEn: 'Child-friendly interview rooms, shared by several institutions',
		descriptionRo:
			'O singură audiere, într-o sală amenajată și înregistrată după aceleași reguli, în locul mai multora.',
		descriptionEn:
			'One interview, in a suitable room and recorded under the same rules, in place of several.',
		indicators: 'săli în folosință; instituții care le folosesc',
		resources: 'amenajare din fonduri externe; funcționare nefinanțată încă',
		deadline: '',
		nextDay: 90,
		status: 'blocked',
		leads: ['min-a'],
		partners: ['min-f', 'ong-a'],
		steps: [
			{ titleRo: 'Cerințe agreate', titleEn: 'Requirements agreed', day: -64, done: true },
			{ titleRo: 'Spații puse la dispoziție', titleEn: 'Premises made available', day: -28, done: false },
			{ titleRo: 'Primele săli deschise', titleEn: 'First rooms open', day: 90, done: false }
		]
	},
	{
		code: 'E17',
		theme: 'theme-coordination',
		circle: 'all',
		titleRo: 'Întâlnire lunară a punctelor de contact din județe',
		titleEn: 'Monthly meeting of the county contact points',
		descriptionRo: 'O oră pe lună, la distanță, cu o singură temă și un răspuns scris la întrebările rămase.',
		descriptionEn: 'One hour a month, online, with a single topic and a written answer to what stayed open.',
		indicators: 'județe prezente; întrebări închise până la întâlnirea următoare',
		resources: 'nu sunt necesare',
		deadline: 'Permanent',
		nextDay: null,
		status: 'in-progress',
		leads: ['min-a'],
		partners: ['ag-d', 'ong-f'],
		steps: []
	},
	{
		code: 'E18',
		theme: 'theme-combating',
		circle: 'all',
		titleRo: 'Modul de pregătire despre urmărirea banilor',
		titleEn: 'Training module on following the money',
		descriptionRo:
			'Două zile despre anchete financiare paralele, adăugate la cursurile care se țin deja, nu la un program nou.',
		descriptionEn:
			'Two days on parallel financial investigations, added to existing courses, not a new programme.',
		indicators: 'cursuri care cuprind modulul; participanți',
		resources: 'bugetul Agenției Exemplu A',
		deadline: '',
		nextDay: 80,
		status: 'proposed',
		leads: ['ag-a'],
		partners: ['min-b', 'ag-d'],
		steps: [
			{ titleRo: 'Programă propusă', titleEn: 'Curriculum proposed', day: 30, done: false },
			{ titleRo: 'Primul curs cu modulul', titleEn: 'First course with the module', day: 80, done: false }
		]
	},
	{
		code: 'E19',
		theme: 'theme-partnership',
		circle: 'all',
		titleRo: 'Buletin statistic separat pentru ambasade',
		titleEn: 'Separate statistical bulletin for embassies',
		descriptionRo:
			'S-a renunțat: aceleași cifre vin din setul comun de indicatori (E12), publicat în română și engleză.',
		descriptionEn:
			'Dropped: the same figures come from the common set of indicators (E12), published in Romanian and English.',
		indicators: 'numere publicate',
		resources: 'nu mai sunt necesare',
		deadline: 'semestrial',
		nextDay: null,
		status: 'dropped',
		leads: ['min-c'],
		partners: ['ag-c', 'ambasada'],
		steps: [{ titleRo: 'Cuprins propus', titleEn: 'Contents proposed', day: -80, done: true }]
	},
	{
		code: 'E20',
		theme: 'theme-prevention',
		circle: 'all',
		titleRo: 'Campanie în autogări și aeroporturi, înaintea sezonului de muncă',
		titleEn: 'Campaign in bus stations and airports, before the working season',
		descriptionRo: 'Afișe și mesaje audio cu un singur îndemn: verificarea contractului înainte de plecare.',
		descriptionEn: 'Posters and audio messages with one piece of advice: check the contract before leaving.',
		indicators: 'autogări și aeroporturi participante; vizite pe pagina campaniei',
		resources: 'bugetul Ministerului Exemplu D; spații oferite gratuit',
		deadline: '',
		nextDay: -70,
		status: 'done',
		leads: ['min-d'],
		partners: ['ag-b', 'ong-a', 'ong-c'],
		steps: [
			{ titleRo: 'Mesaj ales', titleEn: 'Message chosen', day: -150, done: true },
			{ titleRo: 'Afișe montate', titleEn: 'Posters mounted', day: -110, done: true },
			{ titleRo: 'Evaluare publicată', titleEn: 'Evaluation published', day: -70, done: true }
		]
	},
	{
		code: 'E21',
		theme: 'theme-protection',
		circle: 'national',
		titleRo: 'Situație lunară a locurilor disponibile în servicii, fără adrese',
		titleEn: 'Monthly overview of available places in services, without addresses',
		descriptionRo: 'Câte locuri sunt libere pe regiuni, doar ca totaluri; nicio adresă și nicio persoană.',
		descriptionEn: 'How many places are free in each region, as totals only; no address and no person.',
		indicators: 'servicii care raportează lunar',
		resources: 'bugetul Agenției Exemplu D',
		deadline: 'lunar, până pe data de 5',
		nextDay: null,
		status: 'in-progress',
		leads: ['ag-d'],
		partners: ['min-f', 'ong-a', 'ong-e', 'ong-f'],
		steps: [
			{ titleRo: 'Formă de raportare agreată', titleEn: 'Form of reporting agreed', day: -35, done: true },
			{ titleRo: 'Prima lună completă', titleEn: 'First complete month', day: 10, done: false }
		]
	},
	{
		code: 'E22',
		theme: 'theme-legal-framework',
		circle: 'national',
		titleRo: 'Reguli simple de decontare a cheltuielilor pentru asociații',
		titleEn: 'Simple rules for reimbursing the associations’ expenses',
		descriptionRo:
			'Un proiect de ordin care lasă costurile mici să fie decontate pe baza unei singure situații lunare.',
		descriptionEn: 'A draft order that lets small costs be reimbursed on the basis of one monthly statement.',
		indicators: 'ordin publicat; zile de la cerere la plată',
		resources: 'nu sunt necesare',
		deadline: 'după aprobarea bugetului',
		nextDay: null,
		status: 'proposed',
		leads: ['min-f'],
		partners: ['min-b', 'ong-e'],
		steps: [
			{ titleRo: 'Propunerea asociațiilor', titleEn: 'Proposal of the associations', day: null, done: false },
			{
				titleRo: 'Proiect de ordin în consultare',
				titleEn: 'Draft order in consultation',
				day: null,
				done: false
			}
		]
	},
	{
		code: 'E23',
		theme: 'theme-coordination',
		circle: 'state',
		titleRo: 'Procedură de răspuns la solicitările Comisiei în zece zile',
		titleEn: 'Procedure for answering the Commission’s requests within ten days',
		descriptionRo:
			'Cine primește solicitarea, cine semnează răspunsul și ce se face când datele sunt la altă instituție.',
		descriptionEn:
			'Who receives a request, who signs the answer and what is done when another institution has the data.',
		indicators: 'răspunsuri date în zece zile, la sută',
		resources: 'nu sunt necesare',
		deadline: '',
		nextDay: 0,
		status: 'in-progress',
		leads: ['min-a', 'min-e'],
		partners: ['comisia', 'ag-c'],
		steps: [
			{ titleRo: 'Schemă de lucru', titleEn: 'Outline', day: -14, done: true },
			{ titleRo: 'Procedură semnată', titleEn: 'Procedure signed', day: 0, done: false }
		]
	},
	{
		code: 'E24',
		theme: 'theme-partnership',
		circle: 'all',
		titleRo: 'Rețea de voluntari pentru însoțire la sosirea din străinătate',
		titleEn: 'Volunteer network to accompany people arriving from abroad',
		descriptionRo: 'Voluntari instruiți, chemați de instituții prin asociații, cu un cod de conduită semnat.',
		descriptionEn:
			'Trained volunteers, called by institutions through the associations, with a signed code of conduct.',
		indicators: 'voluntari instruiți; solicitări acoperite',
		resources: 'finanțare de proiect, de confirmat',
		deadline: '',
		nextDay: 100,
		status: 'proposed',
		leads: ['ong-d'],
		partners: ['ong-f', 'min-c', 'ambasada'],
		steps: [
			{ titleRo: 'Cod de conduită', titleEn: 'Code of conduct', day: 40, done: false },
			{ titleRo: 'Prima serie de voluntari', titleEn: 'First group of volunteers', day: 100, done: false }
		]
	}
];
