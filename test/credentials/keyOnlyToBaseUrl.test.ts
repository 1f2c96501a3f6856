// The key is sent only to Base URL's origin, whoever sends the request and however the address is written: through n8n's own request helpers, the legacy ones that
// the HTTP Request node uses among them, against two local servers. Rule: the other server never receives the key, and a refusal gives the reason.

import fc from 'fast-check';
import type { IHttpRequestOptions, IRequestOptions } from 'n8n-workflow';

import { AkoolApi } from '../../credentials/AkoolApi.credentials';
import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { KeptCredential, TYPE } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { openEchoServer, type EchoServer } from './echoServer';

const KEY = 'k3y-that-stays-ownServer-0123456789';

let ownServer: EchoServer;
let otherServer: EchoServer;

beforeAll(async () => {
	ownServer = await openEchoServer();
	otherServer = await openEchoServer();
});
beforeEach(() => [ownServer, otherServer].forEach((server) => server.forget()));
afterAll(async () => await Promise.all([ownServer.close(), otherServer.close()]));

interface Address {
	url?: string;
	uri?: string;
	baseURL?: string;
}

type Helper = 'httpRequest' | 'legacy' | 'paginated';
const HELPERS: Helper[] = ['httpRequest', 'legacy', 'paginated'];

/** A request as callers of both helpers write it. */
interface Sent
	extends
		Address,
		Pick<IRequestOptions, 'method' | 'headers' | 'followRedirect' | 'followAllRedirects' | 'maxRedirects'> {
	disableFollowRedirect?: boolean;
	sendCredentialsOnCrossOriginRedirect?: boolean;
	auth?: { user: string; pass: string; username: string; password: string };
	proxy?: { protocol: string; host: string; port: number };
	agentOptions?: object;
}

/** Sends a request with the credential through one of n8n's helpers. */
async function send(helper: Helper, request: Sent, changes: object = {}): Promise<unknown> {
	const credential = new KeptCredential({ authentication: 'apiKey', apiKey: KEY, baseUrl: ownServer.url, ...changes });
	const context = executeContext({ parameters: {}, credential });
	if (helper === 'legacy') return await context.helpers.requestWithAuthentication.call(context, TYPE, request);
	if (helper === 'paginated') {
		const page = { request: { url: request.url ?? request.uri ?? '' }, continue: false, requestInterval: 0 };
		return await context.helpers.requestWithAuthenticationPaginated.call(context, request, 0, page, TYPE);
	}
	return await context.helpers.httpRequestWithAuthentication.call(context, TYPE, { url: '', ...request });
}

/** What a request ended with, and what both servers saw of it. */
async function outcomeOf(
	sent: Promise<unknown>,
): Promise<{ said: string; otherRequests: string; ownRequests: string }> {
	const said = await sent.then(
		(answer) => `answered ${JSON.stringify(answer)}`,
		(error: unknown) => [String(error), fieldOf(error, 'description'), JSON.stringify(error)].join(' '),
	);
	return { said, otherRequests: otherServer.seen.join('\n'), ownRequests: ownServer.seen.join('\n') };
}

/** Ways to write an address of another host. `{s}` stands for the other server's host and port, `{h}` for Base URL's. */
const ELSEWHERE: Array<[string, Address]> = [
	['absolute', { url: 'http://{s}/x' }],
	['absolute, in uri', { uri: 'http://{s}/x' }],
	['uri beside a harmless baseURL', { uri: 'http://{s}/x', baseURL: 'http://{h}' }],
	['a harmless uri beside it', { url: 'http://{s}/x', uri: 'http://{h}/x' }],
	['baseURL', { url: '/x', baseURL: 'http://{s}' }],
	['baseURL that ends in a slash', { url: 'x', baseURL: 'http://{s}/' }],
	['baseURL with user info', { url: '/x', baseURL: 'http://{h}@{s}' }],
	['protocol-relative', { url: '//{s}/x' }],
	['protocol-relative beside baseURL', { url: '//{s}/x', baseURL: 'http://{h}' }],
	['backslashes', { url: 'http:\\\\{s}\\x' }],
	['backslashes without a scheme', { url: '\\\\{s}\\x' }],
	['slash and backslash', { url: '/\\{s}/x' }],
	['upper-case scheme', { url: 'HTTP://{s}/x' }],
	['one slash', { url: 'https:/{s}/x' }],
	['no slash', { url: 'https:{s}/x' }],
	['three slashes', { url: 'http:///{s}/x' }],
	['user info', { url: 'http://{h}@{s}/x' }],
	['user info with a password', { url: 'http://127.0.0.1:1@{s}/x' }],
	['a tab within', { url: 'ht\ttp://{s}/x' }],
	['a line break within', { url: 'http:/\n/{s}/x' }],
	['blanks before it', { url: ' \r\n http://{s}/x' }],
	['a tab between the slashes', { url: '/\t/{s}/x' }],
	['another port', { url: 'http://{s}' }],
	['another name of the same machine', { url: 'http://localhost:{hp}/x' }],
	['a trailing dot', { url: 'http://localhost.:{sp}/x' }],
	['an international name', { url: 'http://bücher.example/x' }],
	['another scheme', { url: 'https://{h}/x' }],
	['ftp', { url: 'ftp://{h}/x' }],
	['a file', { url: 'file:///etc/hostname' }],
	['data', { url: 'data:text/plain,x' }],
	['no address', { url: 'http://' }],
];

function written(address: Address): Address {
	const fill = (text: string): string =>
		text
			.replaceAll('{s}', `127.0.0.1:${otherServer.port}`)
			.replaceAll('{h}', `127.0.0.1:${ownServer.port}`)
			.replaceAll('{sp}', String(otherServer.port))
			.replaceAll('{hp}', String(ownServer.port));
	return Object.fromEntries(Object.entries(address).map(([name, text]: [string, string]) => [name, fill(text)]));
}

describe.each(HELPERS.filter((helper) => helper !== 'paginated'))('an address of another host (%s)', (helper) => {
	it.each(ELSEWHERE)('gets no key, and the message says so: %s', async (_, address) => {
		const { said, otherRequests, ownRequests } = await outcomeOf(send(helper, { method: 'GET', ...written(address) }));
		expect(otherRequests).toBe('');
		expect(ownRequests).toBe('');
		expect(said).toContain("The API key is sent only to the host of 'Base URL'");
		expect(said).not.toContain(KEY);
	});
});

it('is refused on every page of a paginated request', async () => {
	const { said, otherRequests } = await outcomeOf(send('paginated', { method: 'GET', uri: `${otherServer.url}/x` }));
	expect(otherRequests).toBe('');
	expect(said).toContain("The API key is sent only to the host of 'Base URL'");
});

/** Ways to write an address of Base URL's own origin, and what arrives there. */
const AT_HOME: Array<[string, Address, string]> = [
	['a path', { url: '/a/b' }, '/a/b'],
	['a path without a slash', { url: 'a/b' }, '/a/b'],
	['a path with a query', { url: '/a?b=//c' }, '/a?b=//c'],
	['absolute', { url: 'http://{h}/a' }, '/a'],
	['absolute, in uri', { uri: 'http://{h}/a' }, '/a'],
	['upper-case scheme', { url: 'HTTP://{h}/a' }, '/a'],
	['backslashes', { url: 'http:\\\\{h}\\a' }, '/a'],
	['protocol-relative', { url: '//{h}/a' }, '/a'],
	['user info', { url: 'http://user:password@{h}/a' }, '/a'],
	['with its own baseURL', { url: '/a', baseURL: 'http://{h}/' }, '/a'],
	['with the raw field as baseURL', { url: '/a', baseURL: ' http://{h}// ' }, '/a'],
	['with an empty baseURL', { url: '/a', baseURL: '' }, '/a'],
	[
		'below the path of the API',
		{ url: '/image2Video/a', baseURL: 'http://{h}/api/open/v4' },
		'/api/open/v4/image2Video/a',
	],
	['whole, below the path of the API', { url: '/api/open/v4/a', baseURL: 'http://{h}/api/open/v4' }, '/api/open/v4/a'],
	['another spelling of the host', { url: 'http://0x7f.1:{hp}/a' }, '/a'],
];

describe.each(HELPERS.filter((helper) => helper !== 'paginated'))('an address at Base URL (%s)', (helper) => {
	it.each(AT_HOME)('gets the key, and no other authentication: %s', async (_, address, path) => {
		const headers = { Authorization: 'Basic eDp5', 'X-API-KEY': 'another', HOST: 'other.example' };
		const auth = { user: 'x', pass: 'y', username: 'x', password: 'y' };
		const { said } = await outcomeOf(send(helper, { method: 'GET', headers, auth, ...written(address) }));
		expect(said).toContain('answered');
		expect(otherServer.seen).toEqual([]);
		expect(ownServer.seen).toHaveLength(1);
		expect(ownServer.seen[0]).toMatch(new RegExp(`^GET ${path.replace('?', '\\?')} `));
		expect(ownServer.headers[0]).toMatchObject({ 'x-api-key': KEY, host: `127.0.0.1:${ownServer.port}` });
		expect(ownServer.headers[0]).not.toHaveProperty('authorization');
	});

	it('is resolved below the path of Base URL', async () => {
		await send(helper, { method: 'GET', url: '/a' }, { baseUrl: `${ownServer.url}/akool/` });
		expect(ownServer.seen[0]).toMatch(/^GET \/akool\/a /);
	});
});

/** Everything that lets n8n's helpers follow a redirect. */
const FOLLOW: Array<[string, Sent]> = [
	['nothing said', {}],
	['all said', { followRedirect: true, followAllRedirects: true, maxRedirects: 9, disableFollowRedirect: false }],
	['with credentials', { followAllRedirects: true, sendCredentialsOnCrossOriginRedirect: true }],
];

describe.each(HELPERS.filter((helper) => helper !== 'paginated'))('a redirect (%s)', (helper) => {
	describe.each(['GET', 'POST'] as const)('of %s', (method) => {
		it.each(FOLLOW)('is not followed: %s', async (_, options) => {
			ownServer.redirectTo(`${otherServer.url}/taken`);
			const { said } = await outcomeOf(send(helper, { method, url: `${ownServer.url}/a`, ...options }));
			expect(ownServer.seen).toHaveLength(1);
			expect(otherServer.seen).toEqual([]);
			expect(said).toContain('307');
		});
	});
});

describe.each(HELPERS.filter((helper) => helper !== 'paginated'))(
	'a connection of the request’s own (%s)',
	(helper) => {
		it.each([
			['a proxy', () => ({ proxy: { protocol: 'http', host: '127.0.0.1', port: otherServer.port } })],
			['a host of the agent', () => ({ agentOptions: { host: '127.0.0.1', port: otherServer.port } })],
			['a socket', () => ({ agentOptions: { socketPath: '/tmp/other.sock' } })],
		])('is refused: %s', async (_, options) => {
			const own: object = options();
			const { said, otherRequests, ownRequests } = await outcomeOf(
				send(helper, Object.assign({ method: 'GET' as const, url: `${ownServer.url}/a` }, own)),
			);
			expect(otherRequests).toBe('');
			expect(ownRequests).toBe('');
			expect(said).toContain("The API key is sent only to the host of 'Base URL' itself");
		});
	},
);

describe('a Base URL', () => {
	it.each([
		['user info', 'http://user:password@127.0.0.1:9'],
		['a query', 'http://127.0.0.1:9?x=1'],
		['a fragment', 'http://127.0.0.1:9/#x'],
		['another scheme', 'ftp://127.0.0.1:9'],
	])('with %s is refused', async (_, baseUrl) => {
		const { said } = await outcomeOf(send('httpRequest', { url: '/a' }, { baseUrl }));
		expect(said).toContain('Base URL');
		expect(said).not.toContain('password@');
	});
});

const FRAGMENTS = [
	'http:',
	'https:',
	'//',
	'/',
	'\\',
	'@',
	':',
	'.',
	'?',
	'#',
	'\t',
	'\n',
	' ',
	'akool.test',
	'evil.test',
	'%2f',
	'。',
	'[::1]',
	'..',
];

it('is kept for all that can be written into url, uri and baseURL', async () => {
	const credential = new AkoolApi();
	const text = fc.oneof(
		fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 8 }).map((parts) => parts.join('')),
		fc.webUrl(),
		fc.string(),
	);
	const address = fc.record({ url: text, uri: text, baseURL: text }, { requiredKeys: [] });
	await fc.assert(
		fc.asyncProperty(address, async (request) => {
			const options: IHttpRequestOptions = { url: '', ...request };
			const result = await credential
				.authenticate({ apiKey: KEY, baseUrl: 'https://akool.test' }, options)
				.catch(() => undefined);
			if (result === undefined) return;
			expect(new URL(result.url).origin).toBe('https://akool.test');
			expect(new URL(result.url).username).toBe('');
			expect(result).not.toHaveProperty('uri');
			expect(result).not.toHaveProperty('baseURL');
		}),
		{ numRuns: 5_000 },
	);
});
