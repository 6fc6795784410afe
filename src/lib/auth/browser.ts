/** „Firefox, Windows”: what a browser says of itself, as far as a person needs to tell two devices apart. */

const browsers: [RegExp, string][] = [
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
	[/Safari\//, 'Safari']
];
const systems: [RegExp, string][] = [
	[/iPhone|iPod/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Mac OS X|Macintosh/, 'macOS'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
];

export function browserName(userAgent: string | null): string {
	const nameOf = (known: [RegExp, string][]) =>
		known.find(([pattern]) => pattern.test((userAgent ?? '').slice(0, 500)))?.[1];
	return [nameOf(browsers), nameOf(systems)].filter(Boolean).join(', ');
}
