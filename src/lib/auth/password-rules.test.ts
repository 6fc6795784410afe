import { expect, test } from 'vitest';
import { passwordFault } from './password-rules.ts';

const own = ['Ana Exemplu', 'ana.exemplu@minister-b.example'];

test.each(['', 'scurt', 'elevencharsX'.slice(0, 11), 'ăîșțâăîșțâă'])('„%s” is too short', (password) => {
	expect(passwordFault(password)).toBe('password.too_short');
});

test.each([
	'password1234',
	'Password123!',
	'P@ssw0rd2024',
	'parola123456',
	'Parola2024!!',
	'qwertyuiop12',
	'abcdefghijkl',
	'123456789012',
	'000000000000',
	'abcabcabcabc',
	'aaaaaaaaaaaaaaaa',
	'iloveyou1234',
	'teiubesc2024',
	'Romania12345',
	'Bucuresti2024',
	'adminadmin123',
	'welcome12345',
	'letmein12345',
	'Ministerul2024',
	'asdfghjkl123',
	'zxcvbnmasdfghjkl',
	'0987654321qwerty',
	'correcthorsebatterystaple',
	'SteauaBucuresti1',
	'Primăvara2024!'
])('„%s” is among those tried first', (password) => {
	expect(passwordFault(password)).toBe('password.common');
});

test.each(['AnaExemplu2024', 'exempluminister-b', 'anaexemplu!anaexemplu', 'Exemplu.Exemplu.1'])(
	'„%s” is made of the member’s own',
	(password) => {
		expect(['password.own', 'password.common']).toContain(passwordFault(password, own));
	}
);

test.each([
	'plop ceață umbrelă șurub',
	'trei gâște pe un lac',
	'xK9vQw2mTz7b',
	'ploaie-bicicletă-nouă',
	'zece pisici albastre',
	'Where the river bends',
	'hora-exemplu-2024-pe-lac-noaptea'
])('„%s” will do', (password) => {
	expect(passwordFault(password, own)).toBeUndefined();
});

test('nothing that a database refuses, nor a whole book', () => {
	expect(passwordFault('o parolă bună\0')).toBe('password.not_text');
	expect(passwordFault('o parolă bună\ud800')).toBe('password.not_text');
	expect(passwordFault('a1 b2 c3 d4 '.repeat(20))).toBe('password.not_text');
});
