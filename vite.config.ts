import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { translationFaults, translations } from './tests/support/parity.js';

/** `vitest --mode …`: which tests run. Without a mode, all but the benchmarks. */
const tests: Record<string, string[]> = {
	fast: ['src/**/*.test.ts', 'tests/architecture.test.ts'],
	safety: ['tests/safety/**/*.test.ts'],
	bench: ['tests/bench/**/*.bench.ts']
};
const allTests = [
	'src/**/*.test.ts',
	'tests/{architecture,integration/**/*,faults/**/*,safety/**/*}.test.ts'
];

/** The browser's files. Left alone, each thing that some pages share would be a file of its own: dozens of tiny ones. */
const codeSplitting = {
	groups: [
		// Stays in the browser's cache when only Hora itself is new.
		{ name: 'libraries', test: /[\\/]node_modules[\\/]/, minShareCount: 6 },
		// Fewer pages, and the others would carry what they do not need; what happened, the pages of history tell.
		{
			name: 'common',
			test: /^(?!.*[\\/](messages[\\/](import|export|signed)_|lib[\\/]events[\\/]))/,
			minShareCount: 12
		}
	]
};

export default defineConfig(({ mode, command }) => ({
	plugins: [
		checkTranslations(),
		// Built, each message is a module, so that a page brings only its own; in development each would be a request.
		paraglideVitePlugin(
			command === 'build' ? { ...translations, outputStructure: 'message-modules' } : translations
		),
		sveltekit(),
		offerServer()
	],

	environments: { client: { build: { rolldownOptions: { output: { codeSplitting } } } } },

	test: {
		include: tests[mode] ?? allTests,
		environment: 'node',
		globalSetup: mode === 'fast' ? [] : ['tests/support/template.ts'],
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		allowOnly: false
	}
}));

/** A missing translation fails the build. */
function checkTranslations(): Plugin {
	return {
		name: 'hora:translations',
		enforce: 'pre',
		buildStart() {
			const faults = translationFaults();
			if (faults.length > 0) this.error(`The translations are not complete:\n${faults.join('\n')}`);
		}
	};
}

/** Development offers its server to the app as src/server.js does in production, and closes what the app opened. */
function offerServer(): Plugin {
	const hora = {
		server: undefined as unknown,
		leaving: [] as (() => unknown)[],
		closing: [] as (() => unknown)[]
	};

	return {
		name: 'hora:server',
		apply: 'serve',
		configureServer({ httpServer }) {
			if (!httpServer) return;
			hora.server = httpServer;
			Object.assign(globalThis, { [Symbol.for('hora')]: hora });
		},
		async closeBundle() {
			await Promise.allSettled(hora.leaving.splice(0).map((leave) => leave()));
			for (const close of hora.closing.splice(0)) await Promise.resolve(close()).catch(console.error);
		}
	};
}
