/** At least 12 characters, none of the passwords that are tried first, nothing of the member's own; else free. */

export const shortest = 12;

/** What is wrong with a new password: a message's key. @param own the member's name, e-mail, organisation … */
export function passwordFault(password: string, own: string[] = []): string | undefined {
	if (!password.isWellFormed() || password.includes('\0') || password.length > 200)
		return 'password.not_text';
	if ([...password].length < shortest) return 'password.too_short';
	if (isOwn(password, own)) return 'password.own';
	if (isCommon(password)) return 'password.common';
	return undefined;
}

/**
 * A list of common passwords holds few of twelve characters, and those are all made alike: a word that everybody takes,
 * a walk over the keyboard, the same again, with digits and signs around. So what they are made of is listed, and a
 * password that is little else is common.
 */
function isCommon(password: string): boolean {
	const plain = fold(password);
	const letters = deleet(plain);
	return (
		new Set(plain).size < 5 ||
		isRepeated(plain) ||
		[plain, letters].some((form) => restOf(form) < Math.max(4, form.length / 3))
	);
}

/** How many characters remain once digits at the ends, walks and common words are taken out. */
function restOf(form: string): number {
	let rest = form;
	for (const part of parts) rest = rest.replaceAll(part, ' ');
	return rest.replace(/[\d\s\p{P}\p{S}]/gu, '').length;
}

/** „abcabcabcabc”: a short piece, again and again. */
const isRepeated = (plain: string) => /^(.{1,6}?)\1+.{0,2}$/u.test(plain);

function isOwn(password: string, own: string[]): boolean {
	const plain = fold(password);
	const words = own.flatMap((one) => fold(one).split(/[^\p{L}\d]+/u)).filter((word) => word.length >= 4);
	let rest = plain;
	for (const word of [...words].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
	return rest.length < plain.length && rest.replace(/[\d\s\p{P}\p{S}]/gu, '').length < shortest / 2;
}

const fold = (words: string) => words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const deleet = (plain: string) =>
	plain.replace(
		/[013457@$!]/g,
		(sign) => ({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' })[sign] ?? sign
	);

const walks = [
	'qwertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'qazwsxedcrfvtgbyhnujmikolp',
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890'
];

/** Pieces of walks, there and back, from the longest to four characters. */
const pieces = walks.flatMap((walk) => {
	const both = [walk, [...walk].reverse().join('')];
	return both.flatMap((line) =>
		Array.from({ length: line.length }, (_, from) => line.slice(from)).flatMap((tail) =>
			Array.from({ length: Math.max(0, tail.length - 3) }, (_, cut) => tail.slice(0, tail.length - cut))
		)
	);
});

const words = `password passwort parola parole parolamea parolanoua secret secreta admin administrator root
	user utilizator guest login welcome bunvenit letmein master dragon monkey sunshine princess iloveyou teiubesc teiubescmult
	iubire iubirea dragoste football fotbal baseball superman batman pokemon starwars trustno michael jordan charlie
	jennifer ashley daniel alexandru alexandra andreea andrei maria mihai ionut cristian gabriel elena ioana
	romania bucuresti bucharest steaua dinamo rapid cluj moldova transilvania parlament parliament guvern
	ministerul minister comisia deputat senator secretariat strategia hora exemplu example internet computer calculator
	laptop telefon samsung iphone google facebook microsoft windows office linux changeme change schimba temporar temp test
	testing default summer winter spring autumn vara iarna toamna primavara ianuarie februarie martie aprilie iunie iulie
	august septembrie octombrie noiembrie decembrie january february march april june july september october november
	december luni marti miercuri joi vineri monday tuesday wednesday thursday friday saturday sunday whatever nothing
	family familia mamaia mamica taticu baby angel love hello salut buna hunter shadow killer freedom libertate forever
	pass word qwerty azerty correcthorsebatterystaple correct horse battery staple`
	.split(/\s+/)
	.filter(Boolean);

const parts = [...pieces, ...words].sort((a, b) => b.length - a.length);
