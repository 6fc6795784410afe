import type { ExampleUpdate } from './demonstration.ts';

const day = 24 * 60;

/** By measure, the newest first; replies in the order in which they were written. */
export const updates: readonly ExampleUpdate[] = [
	{
		measure: 'E1',
		by: 'min-d',
		minutesAgo: 84,
		kind: 'progress',
		circle: 'all',
		text: 'Macheta este aprobată: al doilea pas din patru s-a încheiat. Textul merge la tipar după ultima corectură a traducerilor.'
	},
	{
		measure: 'E1',
		by: 'ong-a-maria',
		minutesAgo: 9 * day + 200,
		kind: 'comment',
		circle: 'all',
		text: 'Propunem ca numărul liniei de sprijin să stea **pe fiecare pagină**, nu doar pe ultima. Broșura se împăturește, iar ultima pagină se rupe prima.',
		replies: [
			{
				by: 'min-d-laura',
				minutesAgo: 8 * day + 300,
				kind: 'comment',
				text: 'De acord. Numărul trece în subsolul fiecărei pagini; macheta nouă se vede la [example.org/brosura](https://example.org/brosura).'
			}
		]
	},
	{
		measure: 'E1',
		by: 'ambasada',
		minutesAgo: 12 * day + 95,
		kind: 'offer',
		circle: 'all',
		language: 'en',
		text: 'We can have the English text read by a native editor within two working days, at no cost to the ministry. Send it whenever it is ready.',
		replies: [
			{
				by: 'min-d',
				minutesAgo: 11 * day + 400,
				kind: 'comment',
				language: 'en',
				text: 'Thank you, accepted. The English text will reach you together with the final layout.'
			}
		]
	},
	{
		measure: 'E1',
		by: 'min-d',
		minutesAgo: 13 * day,
		kind: 'comment',
		circle: 'own',
		text: 'Pentru noi: oferta de tipar expiră la sfârșitul lunii. De verificat cu serviciul de achiziții înainte de a anunța o dată.'
	},
	{
		measure: 'E2',
		by: 'ag-a',
		minutesAgo: day - 206,
		kind: 'progress',
		circle: 'all',
		text: `Prima serie nu s-a încheiat la termen: ultima zi de curs a fost amânată, fiindcă sala a fost ocupată de un examen.

Ce urmează:

1. ziua rămasă se ține săptămâna viitoare, în aceeași sală;
2. evaluarea participanților se adună pe loc, nu prin poștă;
3. după ea trimitem propunerea de termen nou.`,
		replies: [
			{
				by: 'comisia-victor',
				minutesAgo: 1080,
				kind: 'question',
				text: 'Amânarea schimbă și datele seriilor din regiuni sau doar pe prima?'
			},
			{
				by: 'min-a-irina',
				minutesAgo: 960,
				kind: 'comment',
				text: 'Doar pe prima. Seriile din regiuni au săli rezervate separat și rămân cum au fost anunțate.'
			}
		]
	},
	{
		measure: 'E2',
		by: 'ong-b',
		minutesAgo: 6 * day + 40,
		kind: 'evidence',
		circle: 'all',
		text: `Am adunat fișele de evaluare după primele două zile de curs. Pe scurt:

- exercițiile de audiere au primit cele mai bune note;
- partea despre traumă a fost considerată **prea scurtă** de ambele profesii;
- se cere un exemplu complet, de la sesizare până la audiere.

Materialele folosite sunt la [example.org/module](https://example.org/module).`
	},
	{
		measure: 'E2',
		by: 'ambasada',
		minutesAgo: 15 * day + 310,
		kind: 'offer',
		circle: 'all',
		language: 'en',
		text: 'Two trainers from our network could join the regional courses for the module on trauma-informed interviewing. They would need the curriculum about three weeks ahead.',
		replies: [
			{
				by: 'ag-a',
				minutesAgo: 14 * day + 600,
				kind: 'comment',
				text: 'Oferta ajută mai ales în regiunile unde nu avem psihologi formatori. Trimitem programa de îndată ce este corectată după prima serie.'
			}
		]
	},
	{
		measure: 'E2',
		by: 'min-a',
		minutesAgo: 3 * day + 75,
		kind: 'concern',
		circle: 'state',
		text: 'Participanții se desemnează greu în perioada raportărilor. Fără o listă de rezerve pentru fiecare regiune, seriile riscă să înceapă cu locuri goale. Rugăm Agenția Exemplu A să ceară două rezerve la fiecare zece locuri.',
		gist: 'Places in the courses may stay empty: we ask Exemplu Agency A for two reserves for every ten places.',
		replies: [
			{
				by: 'ag-a-teodora',
				minutesAgo: 2 * day + 900,
				kind: 'progress',
				text: 'Cererea de rezerve a plecat astăzi către toate structurile, cu răspuns în cinci zile lucrătoare.'
			}
		]
	},
	{
		measure: 'E3',
		by: 'ong',
		minutesAgo: 2,
		kind: 'offer',
		circle: 'all',
		text: 'Centrele noastre îl pot folosi din prima zi. Ne trebuie varianta pentru tipar și o adresă de contact la fiecare birou.'
	},
	{
		measure: 'E3',
		by: 'minister',
		minutesAgo: day + 164,
		kind: 'progress',
		circle: 'state',
		text: `Proiectul a trecut de avizarea internă. Rămân două puncte deschise:

- cine răspunde în primele 48 de ore;
- cum ajunge formularul la birourile fără registratură electronică.`,
		replies: [
			{
				by: 'min-f',
				minutesAgo: day + 20,
				kind: 'comment',
				text: 'Pentru birourile fără registratură electronică merge un tabel tipărit, cu număr de ordine și oră. Îl avem deja și îl putem trimite.'
			},
			{
				by: 'minister-paul',
				minutesAgo: 700,
				kind: 'comment',
				text: 'Mulțumim, îl luăm ca anexă. Primul punct rămâne pentru ședință.'
			}
		]
	},
	{
		measure: 'E3',
		by: 'ong-b',
		minutesAgo: 3 * day + 1319,
		kind: 'concern',
		circle: 'all',
		asks: { who: ['min-b'], day: 3 },
		text: 'Fără un termen de răspuns scris în formular, sesizarea riscă să aștepte. Propunem 48 de ore.',
		replies: [
			{
				by: 'ong-c',
				minutesAgo: 3 * day + 1100,
				kind: 'comment',
				text: 'Susținem cele 48 de ore. Centrele mici au nevoie însă de o persoană de rezervă la birou, altfel termenul cade la fiecare concediu.'
			}
		]
	},
	{
		measure: 'E3',
		by: 'ong-b',
		minutesAgo: 5 * day + 30,
		kind: 'comment',
		circle: 'ngos',
		text: 'Înainte de ședință ar fi bine să venim cu un singur text pentru termenul de răspuns. Varianta noastră: **48 de ore, cu confirmare de primire în aceeași zi**. Ce nu merge pentru centrele dumneavoastră?',
		replies: [
			{
				by: 'ong-d',
				minutesAgo: 4 * day + 1200,
				kind: 'comment',
				text: 'Merge, dacă weekendul se socotește separat. La noi sâmbăta răspunde doar telefonul.'
			},
			{
				by: 'ong',
				minutesAgo: 4 * day + 600,
				kind: 'comment',
				text: 'De acord cu amândouă. Scriem „48 de ore în zilele lucrătoare, confirmare în aceeași zi”.'
			}
		]
	},
	{
		measure: 'E3',
		by: 'comisia',
		minutesAgo: 20 * day + 220,
		kind: 'question',
		circle: 'all',
		asks: { who: ['min-b'], day: -10 },
		text: 'Câte județe folosesc deja un formular propriu și ce se întâmplă cu el după ce apare cel comun?',
		replies: [
			{
				by: 'minister',
				minutesAgo: 18 * day + 700,
				kind: 'comment',
				closes: 'answered',
				text: 'Mai multe județe au formulare proprii, cu câmpuri diferite. Cel comun le înlocuiește; câmpurile care se repetau au fost preluate.'
			}
		]
	},
	{
		measure: 'E4',
		by: 'ambasada',
		minutesAgo: day - 164,
		kind: 'question',
		circle: 'all',
		language: 'en',
		asks: { who: ['ag-b'], day: null },
		text: 'How will the two further languages be chosen: by the number of past calls, or by the nationalities of seasonal workers? We have public figures on the latter and can share them.'
	},
	{
		measure: 'E4',
		by: 'ong-c',
		minutesAgo: 4 * day + 410,
		kind: 'offer',
		circle: 'all',
		text: 'Avem doi colegi care vorbesc franceza și pot prelua apeluri în zilele lucrătoare, între 10 și 16, pentru o perioadă de probă de trei luni.',
		replies: [
			{
				by: 'ag-b',
				minutesAgo: 3 * day + 500,
				kind: 'comment',
				text: 'Oferta este binevenită. Înainte de probă trebuie agreat cine răspunde de înregistrarea apelurilor; revenim cu o propunere.'
			}
		]
	},
	{
		measure: 'E4',
		by: 'min-c',
		minutesAgo: 22 * day,
		kind: 'comment',
		circle: 'state',
		text: 'Interpreții telefonici se pot lua din contractul pe care îl avem pentru consulate. Trebuie doar un act adițional, fără achiziție nouă.'
	},
	{
		measure: 'E5',
		by: 'min-c',
		minutesAgo: 289,
		kind: 'progress',
		circle: 'all',
		text: 'Ministerul Exemplu C și-a trecut raportările: șapte, dintre care două cer aceleași cifre ca Ministerul Exemplu A. Mai sunt așteptate 2 din 6 răspunsuri.'
	},
	{
		measure: 'E5',
		by: 'comisia',
		minutesAgo: 2 * day + 130,
		kind: 'question',
		circle: 'all',
		asks: { who: ['min-a', 'min-b', 'min-c', 'min-d', 'min-e', 'min-f'], day: 2 },
		text: 'Calendarul se închide în patru zile. Există vreo raportare care nu poate fi făcută publică în calendar, nici doar cu titlul?',
		replies: [
			{
				by: 'min-e',
				minutesAgo: day + 800,
				kind: 'comment',
				closes: 'answered',
				text: 'Nu la noi. Răspunsul complet pleacă mâine, după ce confirmă inspectoratele.'
			},
			{
				by: 'min-d',
				minutesAgo: day + 610,
				kind: 'comment',
				closes: 'answered',
				text: 'Nici la noi. Toate cele patru raportări pot fi văzute cu titlu și termen.'
			}
		]
	},
	{
		measure: 'E5',
		by: 'min-a',
		minutesAgo: 9 * day + 15,
		kind: 'evidence',
		circle: 'state',
		text: `Din cele trei calendare primite până acum:

- 19 raportări pe an, în total;
- 5 cer cifre pe care altă instituție le are deja;
- în **martie** cad opt termene, în aceeași săptămână.

Tabelul este la [example.org/calendar](https://example.org/calendar).`
	},
	{
		measure: 'E6',
		by: 'ong-e',
		minutesAgo: 4 * day + 224,
		kind: 'question',
		circle: 'all',
		asks: { who: ['min-b'], day: -2 },
		text: 'Ce ar debloca măsura? Contractele de acum se termină la sfârșitul anului, iar echipele trebuie anunțate din timp. Ne ajută și un răspuns parțial: cine dă avizul și ce îi lipsește.'
	},
	{
		measure: 'E6',
		by: 'minister-paul',
		minutesAgo: 17 * day + 340,
		kind: 'concern',
		circle: 'state',
		text: `Avizul privind finanțarea multianuală nu s-a dat la termen. Sunt două păreri asupra temeiului:

1. angajamentele pe mai mulți ani se pot lua prin legea bugetului, ca la investiții;
2. este nevoie de o prevedere separată, pentru că serviciile nu sunt investiții.

Cerem Agenției Exemplu D să spună care dintre variante o poate aplica în ghid, ca solicitarea de aviz să fie refăcută o singură dată. Până atunci măsura rămâne blocată, iar contractele anuale se prelungesc cum permite regula de acum.

Ce se poate face între timp, fără aviz:

- ghidul solicitantului, partea despre standarde și raportare, care nu depinde de durată;
- lista serviciilor care se întrerup primele, întocmită împreună cu asociațiile;
- un model de contract cu o clauză de prelungire, ca să nu fie rescris când vine avizul.

Pentru fiecare este nevoie de o persoană de contact la Agenția Exemplu D și de una la Ministerul Exemplu B. Propunem prima întâlnire de lucru în zece zile.`,
		replies: [
			{
				by: 'ag-d',
				minutesAgo: 15 * day + 120,
				kind: 'comment',
				text: 'Putem aplica oricare dintre variante. Prima este mai scurtă și nu cere lege; ghidul ar fi gata în 30 de zile de la aviz.'
			}
		]
	},
	{
		measure: 'E6',
		by: 'ong-e-luca',
		minutesAgo: 26 * day + 500,
		kind: 'evidence',
		circle: 'all',
		text: 'În ultimii trei ani, între două contracte au trecut în medie 70 de zile fără finanțare. Calculul, făcut din datele publice ale apelurilor, este la [example.org/pauze](https://example.org/pauze).'
	},
	{
		measure: 'E6',
		by: 'ong-e',
		minutesAgo: 25 * day,
		kind: 'comment',
		circle: 'ngos-and-commission',
		text: 'Pentru audierea din Comisie: asociațiile pot arăta, fiecare, un calendar al pauzelor dintre contracte. Propunem un format comun, de o pagină.',
		replies: [
			{
				by: 'comisia',
				minutesAgo: 24 * day + 300,
				kind: 'comment',
				text: 'Formatul comun este bun. Îl așteptăm cu cinci zile înainte de audiere, ca să poată fi distribuit membrilor.'
			}
		]
	},
	{
		measure: 'E7',
		by: 'min-c',
		minutesAgo: 15 * day + 60,
		kind: 'progress',
		circle: 'all',
		text: 'Textul de lucru este scris pe jumătate: partea despre anunțare este gata, cea despre costuri așteaptă un punct de vedere juridic.'
	},
	{
		measure: 'E7',
		by: 'ambasada-sam',
		minutesAgo: 16 * day + 480,
		kind: 'comment',
		circle: 'all',
		language: 'en',
		text: `Two points from our side, for the working text:

- a single contact on each side, with a deputy, works better than a shared mailbox;
- please state **who decides** that a return is voluntary, and how this is recorded.

We are glad to comment on a partial draft.`,
		replies: [
			{
				by: 'min-c',
				minutesAgo: 15 * day + 900,
				kind: 'comment',
				language: 'en',
				text: 'Both points are taken over. The first part of the draft can be shared next week; the part on costs will follow.'
			}
		]
	},
	{
		measure: 'E8',
		by: 'minister',
		minutesAgo: 15 * day + 20,
		kind: 'evidence',
		circle: 'all',
		text: 'Ghidul este publicat: [example.org/ghid](https://example.org/ghid). Toate cele trei etape sunt încheiate; întrebările noi se adună până la ediția următoare.',
		replies: [
			{
				by: 'comisia-victor',
				minutesAgo: 14 * day + 1000,
				kind: 'comment',
				text: 'Mulțumim pentru forma scurtă. Propunem ca ediția următoare să aibă și un index pe articole.'
			}
		]
	},
	{
		measure: 'E9',
		by: 'ong-c',
		minutesAgo: 2 * day + 350,
		kind: 'progress',
		circle: 'ngos-and-commission',
		text: 'Trei asociații au terminat autoevaluarea. Cele mai multe întrebări sunt la standardul despre **păstrarea datelor**: formularea de acum se poate citi în două feluri.',
		replies: [
			{
				by: 'ong-f',
				minutesAgo: 2 * day + 100,
				kind: 'concern',
				text: 'La noi autoevaluarea durează mai mult: avem servicii în trei orașe, fiecare cu altă procedură. Cerem încă o săptămână.'
			}
		]
	},
	{
		measure: 'E9',
		by: 'ong-a-maria',
		minutesAgo: 10 * day + 90,
		kind: 'comment',
		circle: 'ngos',
		text: 'Înainte de a trimite lista la Comisie, ar fi bine să scoatem standardele pe care nu le îndeplinește încă niciunul dintre noi și să le trecem separat, ca ținte.'
	},
	{
		measure: 'E10',
		by: 'ong-d',
		minutesAgo: 3 * day + 640,
		kind: 'evidence',
		circle: 'all',
		text: 'După lecția de probă, elevii au completat un test scurt. Întrebarea „cum se verifică o firmă de recrutare” a avut cele mai multe răspunsuri greșite, așa că am rescris exercițiul. Varianta nouă: [example.org/lectie](https://example.org/lectie).'
	},
	{
		measure: 'E10',
		by: 'min-e',
		minutesAgo: 7 * day + 25,
		kind: 'progress',
		circle: 'all',
		text: 'Materialele sunt la corectură. Trimiterea către inspectorate se face împreună cu planificarea orelor de dirigenție, ca profesorii să le primească o singură dată.',
		replies: [
			{
				by: 'ag-b',
				minutesAgo: 6 * day + 900,
				kind: 'offer',
				text: 'Putem pune la dispoziție lista publică a firmelor de recrutare înregistrate, într-o formă ușor de folosit la exercițiu.'
			}
		]
	},
	{
		measure: 'E10',
		by: 'ambasada',
		minutesAgo: 30 * day,
		kind: 'offer',
		circle: 'all',
		language: 'en',
		asks: { who: ['min-e'], day: null },
		text: 'A similar lesson, with videos, exists in English and may be translated freely: [example.org/lesson](https://example.org/lesson).',
		replies: [
			{
				by: 'min-e',
				minutesAgo: 27 * day + 380,
				kind: 'comment',
				closes: 'declined',
				text: 'Drepturile asupra filmelor nu acoperă difuzarea în școli. Preluăm în schimb structura lecției, cu exemple de aici.'
			}
		]
	},
	{
		measure: 'E11',
		by: 'min-a',
		minutesAgo: day + 500,
		kind: 'progress',
		circle: 'state',
		text: 'Fișele de o pagină sunt scrise pentru telefoane și conturi de mesagerie; lipsesc cele pentru plăți electronice.',
		replies: [
			{
				by: 'ag-c',
				minutesAgo: day + 120,
				kind: 'question',
				text: 'Fișa pentru plăți electronice cuprinde și portofelele digitale, sau acestea au fișă separată?'
			}
		]
	},
	{
		measure: 'E12',
		by: 'ag-c',
		minutesAgo: 5 * day + 700,
		kind: 'concern',
		circle: 'all',
		text: 'Definițiile nu au fost agreate la termen: pentru „persoană asistată” există trei înțelesuri. Fără un singur înțeles, totalurile nu se pot aduna. Propunem **numărarea unei persoane o singură dată pe an**, de instituția care oferă primul serviciu.',
		replies: [
			{
				by: 'min-f',
				minutesAgo: 4 * day + 800,
				kind: 'comment',
				text: 'Acceptăm propunerea pentru totalul anual. Pentru planificarea serviciilor păstrăm separat numărul de servicii oferite.'
			},
			{
				by: 'ag-d',
				minutesAgo: 4 * day + 90,
				kind: 'comment',
				text: 'Și pentru finanțare este de ajuns totalul pe servicii. Putem închide definiția la ședința următoare.'
			}
		]
	},
	{
		measure: 'E12',
		by: 'ag-c',
		minutesAgo: 40 * day,
		kind: 'comment',
		circle: 'own',
		text: 'Notă internă: două dintre serii au fost recalculate de noi anul trecut. De adăugat explicația metodologică înainte de prima raportare comună.'
	},
	{
		measure: 'E13',
		by: 'ong-f',
		minutesAgo: 8 * day + 45,
		kind: 'question',
		circle: 'all',
		text: 'Lista cuprinde și interpreți în limbajul semnelor? Îi căutăm cel mai greu.',
		replies: [
			{
				by: 'min-f',
				minutesAgo: 7 * day + 600,
				kind: 'comment',
				text: 'Da, a fost adăugat în propunere, ca a cincea categorie.'
			}
		]
	},
	{
		measure: 'E14',
		by: 'comisia',
		minutesAgo: 6 * day + 260,
		kind: 'progress',
		circle: 'all',
		text: 'Chestionarul are douăsprezece întrebări și a fost trimis tuturor instituțiilor implicate. Răspunsurile se publică împreună cu raportul, fără date despre dosare.'
	},
	{
		measure: 'E15',
		by: 'ag-b',
		minutesAgo: 39 * day,
		kind: 'evidence',
		circle: 'all',
		text: 'Toate cele opt serii sunt încheiate. Lista de verificare, în forma finală, este la [example.org/verificare](https://example.org/verificare).'
	},
	{
		measure: 'E16',
		by: 'min-a',
		minutesAgo: 27 * day + 130,
		kind: 'concern',
		circle: 'all',
		text: 'Amenajarea are finanțare, dar spațiile nu au fost puse la dispoziție. Măsura este blocată până când fiecare regiune propune cel puțin o clădire cu intrare separată.',
		replies: [
			{
				by: 'ong',
				minutesAgo: 20 * day + 900,
				kind: 'offer',
				text: 'Putem vizita clădirile propuse, împreună cu un psiholog, și spune în două zile dacă se potrivesc.'
			}
		]
	},
	{
		measure: 'E17',
		by: 'ong-f',
		minutesAgo: 11 * day + 55,
		kind: 'comment',
		circle: 'all',
		text: 'La ultima întâlnire au fost mai puține județe decât la cea dinainte. Ora 9 cade peste programul cu publicul; propunem ora 14.',
		replies: [
			{
				by: 'min-a',
				minutesAgo: 10 * day + 300,
				kind: 'comment',
				text: 'Următoarea întâlnire se ține la ora 14, de probă.'
			}
		]
	},
	{
		measure: 'E18',
		by: 'ag-a',
		minutesAgo: 19 * day + 20,
		kind: 'question',
		circle: 'all',
		asks: { who: ['min-b', 'ag-d'], day: 12 },
		text: 'Care dintre cursurile existente pot primi încă două zile, fără să schimbe durata totală? Așteptăm propuneri de la Ministerul Exemplu B și de la Agenția Exemplu D.'
	},
	{
		measure: 'E20',
		by: 'min-d-laura',
		minutesAgo: 69 * day,
		kind: 'evidence',
		circle: 'all',
		text: 'Evaluarea campaniei este publicată: [example.org/evaluare](https://example.org/evaluare). Mesajele audio au fost ținute minte mai bine decât afișele.',
		replies: [
			{
				by: 'ong-c',
				minutesAgo: 68 * day + 200,
				kind: 'comment',
				text: 'Se potrivește cu ce am auzit în autogări. Pentru sezonul următor merită păstrate mesajele audio.'
			}
		]
	},
	{
		measure: 'E21',
		by: 'ag-d',
		minutesAgo: 2 * day + 720,
		kind: 'progress',
		circle: 'national',
		text: 'Patru regiuni au trimis situația în forma agreată. Două au trimis și adrese; le-am șters și am cerut retrimiterea, pentru că situația cuprinde **doar totaluri**.',
		replies: [
			{
				by: 'ong-e',
				minutesAgo: 2 * day + 60,
				kind: 'comment',
				text: 'Bine că au fost șterse pe loc. Ar ajuta ca formularul să nu mai aibă deloc coloana de observații, acolo apar adresele.'
			}
		]
	},
	{
		measure: 'E22',
		by: 'ong-e-luca',
		minutesAgo: 13 * day + 410,
		kind: 'comment',
		circle: 'national',
		text: 'Pentru propunerea asociațiilor: costurile mici (transport, hrană, medicamente) să se deconteze pe o singură situație lunară, cu documentele păstrate la asociație și verificate prin sondaj.'
	},
	{
		measure: 'E23',
		by: 'min-a',
		minutesAgo: 330,
		kind: 'progress',
		circle: 'state',
		text: 'Procedura este la semnat. Dacă ultima semnătură nu ajunge până la termen, propunem amânarea cu trei zile.'
	},
	{
		measure: 'E24',
		by: 'ambasada',
		minutesAgo: 5 * day + 1000,
		kind: 'question',
		circle: 'all',
		language: 'en',
		text: 'Will volunteers be insured while they accompany someone, and by whom? Partners abroad ask us this first.',
		replies: [
			{
				by: 'ong-d',
				minutesAgo: 5 * day + 300,
				kind: 'comment',
				language: 'en',
				text: 'Yes, through the association that trained them. The code of conduct will say so in its first paragraph.'
			}
		]
	}
];
