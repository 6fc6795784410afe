import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from '../svelte.config.js';

export default defineConfig(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'data/',
			'src/i18n/compiled/',
			'tests/results/',
			'drizzle/migrations/'
		]
	},

	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,

	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			// TypeScript knows better what is defined.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'svelte/no-at-html-tags': 'error',
			// Hora has a name of its own and no base path: an address is what it says.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},

	{
		files: ['{src,tests,drizzle}/**/*.{js,ts,svelte}', 'vite.config.ts'],
		languageOptions: {
			parserOptions: {
				projectService: { allowDefaultProject: ['drizzle/*.js', 'drizzle/*.ts'] },
				tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)),
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			// A promise that nobody awaits is a check that nobody made.
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error'
		}
	},

	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	}
);
