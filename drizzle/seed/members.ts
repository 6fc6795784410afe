import type { ExampleMember } from './demonstration.ts';

export const members = [
	{
		window: 'comisia',
		organisation: 'comisia',
		name: 'Elena Exemplu',
		role: 'coordinator',
		email: 'elena@comisia.example',
		functionRo: 'președinta Comisiei',
		functionEn: 'Chair of the Commission'
	},
	{
		window: 'secretariat',
		organisation: 'comisia',
		name: 'Radu Exemplu',
		role: 'secretariat',
		email: 'radu@comisia.example',
		functionRo: 'secretariatul Comisiei',
		functionEn: 'Secretariat of the Commission'
	},
	{
		window: 'comisia-victor',
		organisation: 'comisia',
		name: 'Victor Exemplu',
		role: 'contributor',
		email: 'victor@comisia.example',
		functionRo: 'deputat, membru al Comisiei',
		functionEn: 'Deputy, member of the Commission'
	},
	{
		window: 'min-a',
		organisation: 'min-a',
		name: 'Dan Exemplu',
		role: 'coordinator',
		email: 'dan@ministerul-a.example',
		functionRo: 'director, direcția de coordonare',
		functionEn: 'Director, coordination directorate'
	},
	{
		window: 'min-a-irina',
		organisation: 'min-a',
		name: 'Irina Exemplu',
		role: 'contributor',
		email: 'irina@ministerul-a.example',
		functionRo: 'consilieră, programe de formare',
		functionEn: 'Adviser, training programmes'
	},
	{
		window: 'minister',
		organisation: 'min-b',
		name: 'Ana Exemplu',
		role: 'coordinator',
		email: 'ana@ministerul-b.example',
		functionRo: 'directoare, direcția strategii',
		functionEn: 'Director, strategy directorate'
	},
	{
		window: 'minister-paul',
		organisation: 'min-b',
		name: 'Paul Exemplu',
		role: 'contributor',
		email: 'paul@ministerul-b.example',
		functionRo: 'consilier juridic',
		functionEn: 'Legal adviser'
	},
	{
		window: 'min-c',
		organisation: 'min-c',
		name: 'Carmen Exemplu',
		role: 'coordinator',
		email: 'carmen@ministerul-c.example',
		functionRo: 'directoare, relații internaționale',
		functionEn: 'Director, international relations'
	},
	{
		window: 'min-d',
		organisation: 'min-d',
		name: 'Sorin Exemplu',
		role: 'coordinator',
		email: 'sorin@ministerul-d.example',
		functionRo: 'șef serviciu, informare publică',
		functionEn: 'Head of public information'
	},
	{
		window: 'min-d-laura',
		organisation: 'min-d',
		name: 'Laura Exemplu',
		role: 'contributor',
		email: 'laura@ministerul-d.example',
		functionRo: 'consilieră, campanii',
		functionEn: 'Adviser, campaigns'
	},
	{
		window: 'min-e',
		organisation: 'min-e',
		name: 'Daniela Exemplu',
		role: 'coordinator',
		email: 'daniela@ministerul-e.example',
		functionRo: 'inspectoare generală',
		functionEn: 'General inspector'
	},
	{
		window: 'min-f',
		organisation: 'min-f',
		name: 'Mircea Exemplu',
		role: 'coordinator',
		email: 'mircea@ministerul-f.example',
		functionRo: 'director, servicii sociale',
		functionEn: 'Director, social services'
	},
	{
		window: 'min-f-oana',
		organisation: 'min-f',
		name: 'Oana Exemplu',
		role: 'observer',
		email: 'oana@ministerul-f.example',
		functionRo: 'auditoare internă',
		functionEn: 'Internal auditor'
	},
	{
		window: 'ag-a',
		organisation: 'ag-a',
		name: 'Cristian Exemplu',
		role: 'coordinator',
		email: 'cristian@agentia-a.example',
		functionRo: 'șeful centrului de pregătire',
		functionEn: 'Head of the training centre'
	},
	{
		window: 'ag-a-teodora',
		organisation: 'ag-a',
		name: 'Teodora Exemplu',
		role: 'contributor',
		email: 'teodora@agentia-a.example',
		functionRo: 'formatoare',
		functionEn: 'Trainer'
	},
	{
		window: 'ag-b',
		organisation: 'ag-b',
		name: 'Simona Exemplu',
		role: 'coordinator',
		email: 'simona@agentia-b.example',
		functionRo: 'directoare, relații cu publicul',
		functionEn: 'Director, public relations'
	},
	{
		window: 'ag-c',
		organisation: 'ag-c',
		name: 'Horia Exemplu',
		role: 'coordinator',
		email: 'horia@agentia-c.example',
		functionRo: 'șef serviciu, statistică',
		functionEn: 'Head of statistics'
	},
	{
		window: 'ag-d',
		organisation: 'ag-d',
		name: 'Gabriela Exemplu',
		role: 'coordinator',
		email: 'gabriela@agentia-d.example',
		functionRo: 'directoare, finanțări',
		functionEn: 'Director, funding'
	},
	{
		window: 'ong-a-maria',
		organisation: 'ong-a',
		name: 'Maria Exemplu',
		role: 'coordinator',
		email: 'maria@asociatia-a.example',
		functionRo: 'directoare executivă',
		functionEn: 'Executive director'
	},
	{
		window: 'ong',
		organisation: 'ong-a',
		name: 'Ioana Exemplu',
		role: 'contributor',
		email: 'ioana@asociatia-a.example',
		functionRo: 'coordonatoare de servicii',
		functionEn: 'Services coordinator'
	},
	{
		window: 'ong-b',
		organisation: 'ong-b',
		name: 'Mihai Exemplu',
		role: 'coordinator',
		email: 'mihai@asociatia-b.example',
		functionRo: 'director de programe',
		functionEn: 'Programme director'
	},
	{
		window: 'ong-c',
		organisation: 'ong-c',
		name: 'Roxana Exemplu',
		role: 'coordinator',
		email: 'roxana@asociatia-c.example',
		functionRo: 'directoare executivă',
		functionEn: 'Executive director'
	},
	{
		window: 'ong-d',
		organisation: 'ong-d',
		name: 'Andrei Exemplu',
		role: 'coordinator',
		email: 'andrei@asociatia-d.example',
		functionRo: 'coordonator de prevenire',
		functionEn: 'Prevention coordinator'
	},
	{
		window: 'ong-e',
		organisation: 'ong-e',
		name: 'Corina Exemplu',
		role: 'coordinator',
		email: 'corina@asociatia-e.example',
		functionRo: 'președinta asociației',
		functionEn: 'President of the association'
	},
	{
		window: 'ong-e-luca',
		organisation: 'ong-e',
		name: 'Luca Exemplu',
		role: 'contributor',
		email: 'luca@asociatia-e.example',
		functionRo: 'responsabil financiar',
		functionEn: 'Finance officer'
	},
	{
		window: 'ong-f',
		organisation: 'ong-f',
		name: 'Bogdan Exemplu',
		role: 'coordinator',
		email: 'bogdan@asociatia-f.example',
		functionRo: 'coordonator de rețea',
		functionEn: 'Network coordinator'
	},
	{
		window: 'ambasada-sam',
		organisation: 'ambasada',
		name: 'Sam Exemplu',
		role: 'coordinator',
		email: 'sam@ambasada.example',
		functionRo: 'consilier politic',
		functionEn: 'Political counsellor'
	},
	{
		window: 'ambasada',
		organisation: 'ambasada',
		name: 'Alex Exemplu',
		role: 'contributor',
		email: 'alex@ambasada.example',
		functionRo: 'responsabil de programe',
		functionEn: 'Programme officer'
	},
	{
		window: 'ambasada-robin',
		organisation: 'ambasada',
		name: 'Robin Exemplu',
		role: 'observer',
		email: 'robin@ambasada.example',
		functionRo: 'asistență programe',
		functionEn: 'Programme assistant'
	}
] as const satisfies readonly ExampleMember[];
