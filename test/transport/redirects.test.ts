import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { serve, type LocalServer } from '../support/localServer';

const ACCEPTED = JSON.stringify({ code: 1000, token: 't', data: { _id: '6891abe782f7cd2a890c44ba', credit: 1 } });

describe.each([301, 302, 303, 307, 308])('a redirect with HTTP status %d', (status) => {
	let elsewhere: LocalServer;
	let akool: LocalServer;
	/** The paths of all requests that Akool, and the place that it redirects to, have got. */
	const asked = { akool: [] as string[], elsewhere: [] as string[] };
	beforeAll(async () => {
		elsewhere = await serve(({ url = '' }, response) => {
			asked.elsewhere.push(url);
			response.writeHead(200, { 'content-type': 'application/json' }).end(ACCEPTED);
		});
		akool = await serve(({ url = '' }, response) => {
			asked.akool.push(url);
			response.writeHead(status, { location: `${elsewhere.url}${url}` }).end();
		});
	});
	afterAll(async () => await Promise.all([akool.close(), elsewhere.close()]));
	beforeEach(() => void asked.akool.splice(0));

	it.each(['credits', 'results', 'create'] as const)('passes on neither the key nor the request: %s', async (name) => {
		const context = executeContext({
			parameters: {},
			credential: new KeptCredential({ apiKey: 'k', baseUrl: akool.url }),
		});
		expect(await callAkool(context, name)).toMatchObject({ kind: 'httpError', httpStatus: status });
		expect(asked.akool).toHaveLength(1);
		expect(asked.elsewhere).toEqual([]);
	});

	it('passes on neither Client ID nor API Key when a token is requested', async () => {
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
		expect(asked.akool).toEqual(['/api/open/v3/getToken']);
		expect(asked.elsewhere).toEqual([]);
	});
});
