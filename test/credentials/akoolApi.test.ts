import { injectDomainRestrictionFields, type IHttpRequestHelper, type IHttpRequestOptions } from 'n8n-workflow';

import { AkoolApi } from '../../credentials/AkoolApi.credentials';
import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { CODE_FACTS } from '../../nodes/AkoolImageToVideo/akool/codes';
import type { Outcome } from '../integration/engine';
import { at, create, createBatch, onVideos, setUpHarness, UNKNOWN_ID } from '../integration/harness';
import { testCredential } from './credentialTest';

const harness = setUpHarness();
const BALANCE = { resource: 'account', operation: 'getCredits' };
const byToken = (): ReturnType<typeof harness.freshCredential> => {
	const credential = harness.freshCredential();
	Object.assign(credential.kept, { authentication: 'accessToken', clientId: harness.sandbox.clientId });
	return credential;
};
/** What was asked of the API; images are looked at as well, which needs no key and gets none. */
const calls = (): typeof harness.sandbox.requests =>
	harness.sandbox.requests.filter(({ path }) => path.startsWith('/api/'));
const tokens = (): number => harness.sandbox.countRequests('token');
const isFine = ({ error }: Outcome): boolean => error === undefined;

describe('API Key', () => {
	it('sends x-api-key and no other authentication with every request', async () => {
		const credential = harness.freshCredential();
		credential.kept.accessToken = 'a-stale-token';
		await harness.run(create(), { credential });
		await harness.run(createBatch({ waitForCompletion: false }), { credential });
		await harness.run(onVideos('delete', UNKNOWN_ID), { credential });
		expect(calls().length).toBeGreaterThan(4);
		for (const { headers } of calls()) {
			expect(headers['x-api-key']).toBe(harness.sandbox.apiKey);
			expect(headers).not.toHaveProperty('authorization');
			expect(headers).not.toHaveProperty('x-akool-renew');
		}
		expect(tokens()).toBe(0);
	});

	it.each([
		['blanks', (key: string) => ` ${key}\n`],
		['invisible characters at its ends', (key: string) => `\uFEFF${key}\u200B`],
		['invisible characters within it', (key: string) => `${key.slice(0, 4)}\u200B\u00AD${key.slice(4)}`],
	])('is sent without the %s that were copied with it', async (_, copied) => {
		const credential = harness.freshCredential();
		credential.kept.apiKey = copied(harness.sandbox.apiKey);
		expect(isFine(await harness.run(BALANCE, { credential }))).toBe(true);
	});

	it('fetches no token if Akool answers 1101', async () => {
		harness.sandbox.addFault({ on: 'credits', kind: 'code', code: 1101, times: Infinity });
		expect(isFine(await harness.run(BALANCE))).toBe(false);
		expect(tokens()).toBe(0);
	});
});

describe('Access Token', () => {
	it('is fetched again after a rate limit, and the message names a permanent refusal', async () => {
		harness.sandbox.addFault({ on: 'token', kind: 'code', code: 1005, times: 2 });
		expect(isFine(await harness.run(BALANCE, { credential: byToken() }))).toBe(true);
		expect(tokens()).toBe(3);
		harness.sandbox.addFault({ on: 'token', kind: 'code', code: 1005, times: Infinity });
		const { error } = await harness.run(BALANCE, { credential: byToken() });
		expect(error?.message).toBe("Couldn't reach Akool");
		expect(error?.description).toContain(
			'Nothing was sent: no access token could be fetched, since Akool receives too many requests.',
		);
	});

	it('sends only Authorization, with one token that n8n keeps', async () => {
		const credential = byToken();
		await harness.run(BALANCE, { credential });
		await harness.run(create({ waitForCompletion: false }), { credential });
		expect(tokens()).toBe(1);
		expect(credential.updates).toBe(1);
		const [, ...others] = calls();
		for (const { headers } of others) {
			expect(headers.authorization).toBe(`Bearer ${String(credential.kept.accessToken)}`);
			expect(headers).not.toHaveProperty('x-api-key');
			expect(headers).not.toHaveProperty('x-akool-renew');
		}
	});

	it.each([
		['the balance', BALANCE],
		['a status request', onVideos('get', UNKNOWN_ID)],
		['the models', { resource: 'model', operation: 'getAll' }],
	])('is renewed once when it has expired, and the read is repeated: %s', async (_, parameters) => {
		const credential = byToken();
		await harness.run(BALANCE, { credential });
		harness.sandbox.expireTokens();
		const { error } = await harness.run(parameters, { credential });
		expect(error?.description ?? '').not.toContain('1101');
		expect(tokens()).toBe(2);
		expect(credential.updates).toBe(2);
	});

	it('is not renewed endlessly if Akool never accepts it', async () => {
		const credential = byToken();
		harness.sandbox.addFault({ on: 'credits', kind: 'code', code: 1101, times: Infinity });
		const { error } = await harness.run(BALANCE, { credential });
		expect(error?.message).toBe('Akool does not accept the access token');
		expect(tokens()).toBe(2);
		expect(harness.sandbox.countRequests('credits')).toBe(2);
	});

	it('that expires right before a create is renewed for the next one, and the create is not repeated', async () => {
		const credential = byToken();
		await harness.run(BALANCE, { credential });
		// The balance that a run begins with would renew it: here Akool finds the token run out at the create itself.
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1101 });
		const first = await harness.run(create({ waitForCompletion: false }), { credential });
		expect(first.error?.message).toContain('Akool does not accept the access token');
		expect(harness.sandbox.countRequests('create')).toBe(1);
		expect(harness.sandbox.jobs).toHaveLength(0);
		expect(tokens()).toBe(2);

		const second = await harness.run(create({ waitForCompletion: false }), { credential });
		expect(second.json).toHaveLength(1);
		expect(tokens()).toBe(2);
	});

	it('without a Client ID says what is missing', async () => {
		const credential = byToken();
		credential.kept.clientId = '';
		const { error } = await harness.run(BALANCE, { credential });
		expect(`${String(error?.message)} ${String(error?.description)}`).toContain("'Client ID' is empty");
	});

	it.each([
		[
			'HTTP 429',
			{ statusCode: 429, headers: { 'retry-after': '7' }, body: '<html>' },
			{ mayPass: true, retryAfterMs: 7_000, noTokenBecause: expect.stringContaining('too many requests') },
		],
		[
			'code 1005',
			{ statusCode: 200, headers: { 'retry-after': '3' }, body: { code: 1005, msg: 'slow down' } },
			{ mayPass: true, retryAfterMs: 3_000 },
		],
		['HTTP 503', { statusCode: 503, headers: {}, body: '<html>' }, { mayPass: true, retryAfterMs: undefined }],
		[
			'HTTP 401 in Akool’s words',
			{ statusCode: 401, headers: {}, body: { code: 1101, msg: 'Invalid' } },
			{ mayPass: false, noTokenBecause: expect.stringContaining('code 1101: Invalid') },
		],
		[
			'HTTP 404',
			{ statusCode: 404, headers: {}, body: '<html>' },
			{ mayPass: false, noTokenBecause: expect.stringContaining('Base URL') },
		],
	])('that is refused with %s says whether and when to try again', async (_, answer, expected) => {
		const fetched = new AkoolApi().preAuthentication.call(
			{ helpers: { httpRequest: async () => await Promise.resolve(answer) } },
			{ authentication: 'accessToken', apiKey: 'k', clientId: 'c' },
		);
		await expect(fetched).rejects.toMatchObject(expected);
	});

	it('is fetched again only after the pause that Akool asks for', async () => {
		harness.sandbox.addFault({ on: 'token', kind: 'rateLimit', retryAfterSeconds: 20 });
		const beganMs = harness.clock.now();
		expect(isFine(await harness.run(BALANCE, { credential: byToken() }))).toBe(true);
		expect(tokens()).toBe(2);
		expect(harness.clock.now() - beganMs).toBeGreaterThanOrEqual(20_000);
	});

	it('of a wrong pair is refused with Akool’s code', async () => {
		const credential = byToken();
		credential.kept.clientId = 'someone-else';
		const { error } = await harness.run(BALANCE, { credential });
		expect(`${String(error?.message)} ${String(error?.description)}`).toContain('1109');
	});
});

describe('Base URL', () => {
	it.each(['/', '//', ' '])('may end with "%s"', async (end) => {
		const credential = byToken();
		credential.kept.baseUrl = `${harness.sandbox.url}${end}`;
		expect(isFine(await harness.run(BALANCE, { credential }))).toBe(true);
		expect(
			isFine(
				await harness.run(onVideos('get', UNKNOWN_ID), { credential, settings: { onError: 'continueRegularOutput' } }),
			),
		).toBe(true);
		expect(harness.sandbox.requests.every(({ path }) => !path.startsWith('//'))).toBe(true);
	});

	it.each(['/api/open', '/api/open/v4/', '/api/open/v4/image2Video/createBySourcePrompt'])(
		'may end with the path "%s" of the API',
		async (end) => {
			const credential = byToken();
			credential.kept.baseUrl = `${harness.sandbox.url}${end}`;
			expect(isFine(await harness.run(BALANCE, { credential }))).toBe(true);
			const { sandbox } = harness;
			const result = await testCredential(new AkoolApi(), { ...credential.kept, apiKey: sandbox.apiKey });
			expect(result).toEqual({ status: 'OK' });
			expect(new Set(sandbox.requests.map(({ endpoint }) => endpoint))).toEqual(new Set(['token', 'credits']));
		},
	);

	it('defaults to Akool’s own', () => {
		expect(readAccount({ apiKey: 'k' }).baseUrl).toBe('https://openapi.akool.com');
		expect(readAccount({ apiKey: 'k', baseUrl: '  ' }).baseUrl).toBe('https://openapi.akool.com');
	});
});

describe('the decrypted credential', () => {
	it.each([[undefined], [null], ['text'], [{}], [{ authentication: 7, apiKey: 5, clientId: null, baseUrl: [] }]])(
		'is read as an account, whatever it holds: %j',
		(credential) => {
			expect(readAccount(credential)).toEqual({
				authentication: 'apiKey',
				apiKey: '',
				clientId: '',
				accessToken: '',
				baseUrl: 'https://openapi.akool.com',
			});
		},
	);
});

describe('the credential test', () => {
	const test = async (changes: object = {}): ReturnType<typeof testCredential> => {
		const credential = harness.freshCredential();
		Object.assign(credential.kept, changes);
		return await testCredential(new AkoolApi(), credential.kept);
	};

	it('passes with a valid key, by the balance', async () => {
		expect(await test()).toEqual({ status: 'OK' });
		expect(at(harness.sandbox.requests, 0)).toMatchObject({ endpoint: 'credits', method: 'GET' });
	});

	it('passes with a balance of zero', async () => {
		harness.sandbox.credits = 0;
		expect(await test()).toEqual({ status: 'OK' });
	});

	it('fails with a wrong key, though Akool answers HTTP 200', async () => {
		expect(await test({ apiKey: 'wrong' })).toEqual({
			status: 'Error',
			message: expect.stringContaining('Akool does not know this API key (code 1109)'),
		});
	});

	it('fails if the Client ID is entered as the key, and says which is which', async () => {
		expect(await test({ apiKey: harness.sandbox.clientId })).toEqual({
			status: 'Error',
			message: expect.stringContaining('not the Client ID'),
		});
	});

	it.each(Object.keys(CODE_FACTS).map(Number))('fails with code %d', async (code) => {
		harness.sandbox.addFault({ on: 'credits', kind: 'code', code });
		expect(await test()).toEqual({ status: 'Error', message: expect.stringContaining(`code ${code}`) });
	});

	it('fails with an unknown code', async () => {
		harness.sandbox.addFault({ on: 'credits', kind: 'code', code: 9999 });
		expect((await test()).status).toBe('Error');
	});

	it.each(['apiKey', 'accessToken'])(
		'fails if Base URL is not an address, and shows an example (%s)',
		async (authentication) => {
			const result = await test({ authentication, baseUrl: 'akool.com' });
			expect(result).toEqual({
				status: 'Error',
				message: expect.stringMatching(/'Base URL' is not an address.*https:\/\/openapi\.akool\.com/),
			});
			expect(harness.sandbox.requests).toEqual([]);
		},
	);

	it('fails if something other than Akool answers', async () => {
		harness.sandbox.addFault({ on: 'credits', kind: 'status', status: 200, body: '<html>hello</html>' });
		expect((await test()).status).toBe('Error');
		harness.sandbox.addFault({ on: 'credits', kind: 'status', status: 502 });
		expect((await test()).status).toBe('Error');
	});
});

describe('n8n’s allowed domains of a credential', () => {
	it('are a field that n8n adds, since the type authenticates requests', () => {
		const fields = injectDomainRestrictionFields(new AkoolApi()).map(({ name }) => name);
		expect(fields).toEqual(expect.arrayContaining(['allowedHttpRequestDomains', 'allowedDomains']));
	});

	it('without Akool’s host prevent the token, and the message says which and why', async () => {
		const credential = byToken();
		const { preAuthentication } = credential.type;
		// As n8n wraps the helper of a credential that restricts its domains.
		jest.spyOn(credential.type, 'preAuthentication').mockImplementation(async function (
			this: IHttpRequestHelper,
			data,
		) {
			const { httpRequest } = this.helpers;
			const helpers = {
				httpRequest: async (options: IHttpRequestOptions) =>
					await httpRequest({ ...options, allowedDomains: 'example.com' }),
			};
			return await preAuthentication.call({ helpers }, data);
		});
		const { error } = await harness.run(BALANCE, { credential });
		expect(error?.description).toContain('n8n did not send the request for an access token. Domain not allowed');
		expect(tokens()).toBe(0);
	});

	it('set to none keep the credential working in its own node', async () => {
		const credential = harness.freshCredential();
		credential.kept.allowedHttpRequestDomains = 'none';
		expect(isFine(await harness.run(BALANCE, { credential }))).toBe(true);
	});
});
