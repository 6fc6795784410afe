import { signedIn } from '#lib/guard.server.ts';
import { planTemplate } from '#lib/transfer/template.server.ts';

export async function GET(event) {
	signedIn(event);
	return new Response(new Uint8Array(await planTemplate()), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': 'attachment; filename="plan-hora.xlsx"'
		}
	});
}
