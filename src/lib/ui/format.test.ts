import { expect, test } from 'vitest';
import { bold, link, list } from './format.ts';

test('bold goes round the selection, or round a word to be typed over', () => {
	expect(bold({ text: 'un cuvânt mare', start: 3, end: 9 }, 'x')).toEqual({
		text: 'un **cuvânt** mare',
		start: 5,
		end: 11
	});
	expect(bold({ text: '', start: 0, end: 0 }, 'cuvinte')).toEqual({ text: '**cuvinte**', start: 2, end: 9 });
});

test('a link keeps its words and selects the address', () => {
	const linked = link({ text: 'vezi planul aici', start: 5, end: 11 }, 'x');
	expect(linked.text).toBe('vezi [planul](https://) aici');
	expect(linked.text.slice(linked.start, linked.end)).toBe('https://');
});

test('a list takes whole lines, and gives them back', () => {
	const listed = list({ text: 'întâi\nunu\ndoi\napoi', start: 7, end: 12 });
	expect(listed.text).toBe('întâi\n- unu\n- doi\napoi');
	expect(list({ text: listed.text, start: 8, end: 15 }).text).toBe('întâi\nunu\ndoi\napoi');
	expect(list({ text: '', start: 0, end: 0 })).toEqual({ text: '- ', start: 2, end: 2 });
});
