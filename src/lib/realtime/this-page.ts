/**
 * A page that reads itself again just when the server is lost would give way to an error page, with all that is typed
 * in it. So what SvelteKit asks for this very page waits until the server is there.
 */

const again = 1000;
const away = [502, 503, 504];

/** Until what it returns is called. */
export function waitForThisPage(): () => void {
	const ask = window.fetch;
	window.fetch = async (what, options) => {
		for (;;) {
			try {
				const response = await ask(what, options);
				if (!away.includes(response.status) || !isOfThisPage(what)) return response;
			} catch (error) {
				if (!isOfThisPage(what)) throw error;
			}
			await new Promise((asked) => setTimeout(asked, again));
		}
	};
	return () => (window.fetch = ask);
}

const isOfThisPage = (what: unknown) =>
	typeof what === 'string' && what.split('?')[0] === `${location.origin}${location.pathname}/__data.json`;
