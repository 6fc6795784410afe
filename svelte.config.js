import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },

	kit: {
		adapter: adapter(),

		// Hora checks every change itself, more strictly and with a sentence (src/lib/server/http.ts).
		csrf: { trustedOrigins: ['*'] },

		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['none'],
				'script-src': ['strict-dynamic'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
				'base-uri': ['none']
			}
		}
	}
};
