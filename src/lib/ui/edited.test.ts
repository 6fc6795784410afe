import { expect, test } from 'vitest';
import { both, draftOf, settled } from './edited.ts';
import { picked } from './picked.ts';

const refused = (values: Record<string, string>, theirs?: Record<string, unknown>) => ({
	values,
	refusal: { theirs }
});

test('a field starts with what stands there', () => {
	expect(draftOf('titleRo', 'Formular')).toEqual({ value: 'Formular', base: 'Formular' });
});

test('after a refusal what was typed is kept, and still based on what was seen', () => {
	const answer = refused({ titleRo: 'Formularul meu', 'base.titleRo': 'Formular' });
	expect(draftOf('titleRo', 'Schimbat între timp', answer)).toEqual({
		value: 'Formularul meu',
		base: 'Formular'
	});
});

test('after a conflict mine stays, and is based on theirs from now on', () => {
	const answer = refused({ titleRo: 'Al meu', 'base.titleRo': 'Formular' }, { titleRo: 'Al lor' });
	expect(draftOf('titleRo', 'Al lor', answer)).toEqual({ value: 'Al meu', base: 'Al lor', theirs: 'Al lor' });
});

test('a field that was not touched never takes back what somebody else wrote', () => {
	const answer = refused(
		{ titleRo: 'Al meu', 'base.titleRo': 'Formular', deadline: '', 'base.deadline': '' },
		{ titleRo: 'Al lor' }
	);
	expect(draftOf('deadline', 'Anual', answer)).toEqual({ value: 'Anual', base: 'Anual' });
});

test('no date is an empty field, a list one line', () => {
	const answer = refused(
		{ date: '2027-01-01', 'base.date': '2026-01-01', leads: 'a', 'base.leads': '' },
		{ date: null, leads: ['b', 'c'] }
	);
	expect(draftOf('date', '', answer)).toMatchObject({ base: '', theirs: '' });
	expect(draftOf('leads', '', answer)).toMatchObject({ base: 'b,c', theirs: 'b,c' });
});

test('both are theirs followed by mine, and nothing is put between a text and nothing', () => {
	expect(both('Al lor', 'Al meu', false)).toBe('Al lor / Al meu');
	expect(both('Al lor', 'Al meu', true)).toBe('Al lor\n\nAl meu');
	expect(both('', 'Al meu', true)).toBe('Al meu');
});

test('without scripts what stays of a conflict is sent along, and is done to the field', () => {
	const keep = (choice: string) => ({
		text: 'Al meu',
		'base.text': 'Al lor',
		'keep.text': choice,
		kind: 'x'
	});
	const text = (text: string) => ({ text, 'base.text': 'Al lor', kind: 'x' });
	expect(settled(keep('mine'))).toEqual(text('Al meu'));
	expect(settled(keep('theirs'))).toEqual(text('Al lor'));
	expect(settled(keep('both'))).toEqual(text('Al lor / Al meu'));
	expect(settled(keep('both-lines'))).toEqual(text('Al lor\n\nAl meu'));
	expect(settled(keep('orice'))).toEqual(text('Al meu'));
});

test('of a list as well, where its boxes are read', () => {
	const fields = { 'leads.b': 'on', 'leads.c': 'on', 'leads-first': 'c', 'base.leads': 'a,b' };
	const chosen = (keep: string) => picked(settled({ ...fields, 'keep.leads': keep }), 'leads');
	expect(chosen('mine')).toEqual(['c', 'b']);
	expect(chosen('theirs')).toEqual(['a', 'b']);
	expect(chosen('both')).toEqual(['a', 'b', 'c']);
});
