import { redirect } from '@sveltejs/kit';

export function load({ locals }) {
	redirect(303, locals.actor ? '/overview' : locals.newcomer ? '/welcome' : '/sign-in');
}
