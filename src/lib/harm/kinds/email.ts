/** Private addresses: those at a public mail host. An office's address is the office's. */

import { asRead } from './digits.ts';

const hosts = [
	...['gmail.com', 'googlemail.com', 'yahoo.*', 'ymail.com', 'rocketmail.com', 'outlook.*', 'hotmail.*'],
	...['live.*', 'msn.com', 'icloud.com', 'me.com', 'mac.com', 'proton.me', 'protonmail.com', 'pm.me'],
	...['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'yandex.*', 'gmx.*', 'web.de', 'aol.com', 'zoho.com'],
	...['tutanota.com', 'tuta.io', 'mail.com', 'libero.it', 'virgilio.it', 'orange.fr', 'free.fr', 'wp.pl'],
	...['ukr.net', 'i.ua', 'mail.md', 'email.ro', 'k.ro', 'rdslink.ro', 'yahoo.co.uk', 'hotmail.co.uk']
];
const host = hosts.map((one) => one.replaceAll('.', '\\.').replace('*', '[a-z]{2,3}')).join('|');

const address = new RegExp(
	String.raw`[\p{L}\d][\p{L}\d._%+'-]{0,63} ?(?:@|\[at\]|\(at\)) ?(?:${host})(?![\p{L}\d-]|\.[\p{L}\d])`,
	'iu'
);

export const hasPrivateEmail = (text: string) => address.test(asRead(text));
