import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from './announcer.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what one does oneself is said at once, and again when done again', () => {
	const announcer = new Announcer();
	announcer.say('Publicat.');
	expect(announcer.message).toBe('Publicat.');
	announcer.say('Publicat.');
	expect(announcer.message).toBe('Publicat.\u00a0');
});

test('what others change becomes one message in five seconds at most', () => {
	const announcer = new Announcer();
	announcer.hear('Prima.');
	vi.advanceTimersByTime(1);
	expect(announcer.message).toBe('Prima.');

	announcer.hear('A doua.');
	vi.advanceTimersByTime(2000);
	announcer.hear('A treia.');
	vi.advanceTimersByTime(2000);
	expect(announcer.message).toBe('Prima.');
	vi.advanceTimersByTime(1000);
	expect(announcer.message).toBe('A doua. A treia.');
});

test('many changes are counted', () => {
	const announcer = new Announcer();
	for (const word of ['a', 'b', 'c', 'd']) announcer.hear(word);
	vi.advanceTimersByTime(1);
	expect(announcer.message).toMatch(/^4 /);
});

test('nobody is spoken to while typing', () => {
	const announcer = new Announcer();
	announcer.typed();
	announcer.hear('Prima.');
	for (let second = 0; second < 10; second++) {
		vi.advanceTimersByTime(1000);
		announcer.typed();
	}
	expect(announcer.message).toBe('');
	vi.advanceTimersByTime(3000);
	expect(announcer.message).toBe('Prima.');
});
