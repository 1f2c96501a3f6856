import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { serve } from './server';

type Server = Awaited<ReturnType<typeof serve>>;

const ACCEPTED = JSON.stringify({ code: 1000, token: 't', data: { _id: '6891abe782f7cd2a890c44ba', credit: 1 } });

describe.each([301, 302, 303, 307, 308])('a redirect with HTTP status %d', (status) => {
	let elsewhere: Server;
	let akool: Server;
	beforeAll(async () => {
		elsewhere = await serve(() => ({ status: 200, headers: { 'content-type': 'application/json' }, body: ACCEPTED }));
		akool = await serve((path) => ({ status, headers: { location: `${elsewhere.url}${path}` } }));
	});
	afterAll(() => [akool, elsewhere].forEach((server) => server.close()));
	beforeEach(() => akool.asked.splice(0));

	it.each(['credits', 'results', 'create'] as const)(
		'takes neither the key nor the request along: %s',
		async (name) => {
			const context = executeContext({
				parameters: {},
				credential: new KeptCredential({ apiKey: 'k', baseUrl: akool.url }),
			});
			expect(await callAkool(context, name)).toMatchObject({ kind: 'httpError', httpStatus: status });
			expect(akool.asked).toHaveLength(1);
			expect(elsewhere.asked).toEqual([]);
		},
	);

	it('takes Client ID and API Key nowhere when a token is asked for', async () => {
		const credential = new KeptCredential({
			authentication: 'accessToken',
			apiKey: 'k',
			clientId: 'c',
			baseUrl: akool.url,
		});
		expect(await callAkool(executeContext({ parameters: {}, credential }), 'create')).toMatchObject({
			kind: 'authFailed',
			reason: expect.stringContaining('Base URL'),
		});
		expect(akool.asked).toEqual(['/api/open/v3/getToken']);
		expect(elsewhere.asked).toEqual([]);
	});
});
