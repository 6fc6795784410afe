/** Chromium for the browser journeys: the machine's own, else Playwright's, else (as root on Debian) the package. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const asRoot = process.getuid?.() === 0;

/** The one without a window first: it draws nothing that nobody sees, and takes a sixth less time. */
const places = [
	'/usr/bin/chromium-headless-shell',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/snap/bin/chromium',
	'/opt/google/chrome/chrome',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	`${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
	`${process.env['PROGRAMFILES(X86)']}\\Google\\Chrome\\Application\\chrome.exe`
];

/**
 * The popups of an address bar that no journey has cost each new window half a second of a core. Chromium listens to
 * the last such list alone, so it repeats what Playwright switches off.
 */
const withoutFeatures = [
	'WebUIOmniboxPopup',
	'WebUIOmniboxAimPopup',
	...['AimEnabled', 'AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
	...['DestroyProfileOnBrowserClose', 'HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay'],
	...['MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch'],
	'ThirdPartyStoragePartitioning'
];

/** As root there is no sandbox to be had; the rest keeps Chromium from calling out and slowing the tests. */
export const launchArguments = [
	...(asRoot ? ['--no-sandbox'] : []),
	'--disable-background-networking',
	'--disable-component-update',
	`--disable-features=${withoutFeatures}`,
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	'--no-first-run'
];

/** @returns {Promise<string>} the path of an executable that starts */
export async function findChromium() {
	const asked = process.env.CHROMIUM_PATH;
	if (asked && !existsSync(asked)) throw new Error(`CHROMIUM_PATH is "${asked}", and there is no such file.`);

	const path = asked ?? find() ?? install();
	if (path) return path;
	throw new Error(
		'The browser journeys need Chromium and found none: install Chromium or Chrome, run `npx playwright install chromium`, or set CHROMIUM_PATH.'
	);
}

const find = () => [...places, chromium.executablePath()].find((path) => existsSync(path));

function install() {
	if (!asRoot || !existsSync('/usr/bin/apt-get')) return undefined;

	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
	// Where there is no package of the shell alone, there is the whole browser.
	for (const name of ['chromium-headless-shell', 'chromium']) {
		console.log(`Installing Chromium (apt-get install ${name}) …`);
		const options = ['install', '-y', '-qq', '--no-install-recommends', name];
		const { status } = spawnSync('apt-get', options, { stdio: 'inherit', env });
		if (status === 0) break;
	}
	return find();
}
