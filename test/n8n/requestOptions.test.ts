import { addressOf, boundTo, hasOwnConnection } from '../../nodes/AkoolImageToVideo/n8n/requestOptions';

const TARGET = new URL('https://akool.test/a?b=1');

it('copies a request to one address, with only our headers for authentication', () => {
	const body = { a: 1 };
	const request = {
		url: '/x',
		uri: 'http://elsewhere.test/',
		baseURL: 'http://elsewhere.test/',
		auth: { username: 'u', password: 'p' },
		headers: { AUTHORIZATION: 'Basic x', 'X-Api-Key': 'other', Host: 'elsewhere.test', Accept: 'text/plain' },
		maxRedirects: 9,
		followAllRedirects: true,
		body,
		timeout: 5,
	};
	const before = structuredClone(request);
	const bound = boundTo(request, TARGET, { 'x-api-key': 'k' });
	expect(bound).toEqual({
		url: TARGET.href,
		headers: { Accept: 'text/plain', 'x-api-key': 'k' },
		body,
		timeout: 5,
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		sendCredentialsOnCrossOriginRedirect: false,
	});
	// What n8n shows of the request in the editor stays without the key.
	expect(request).toEqual(before);
	expect(bound.body).toBe(body);
});

it.each([
	[
		{ url: '/a', baseURL: 'http://b.test' },
		{ address: '/a', base: 'http://b.test' },
	],
	[
		{ url: '', uri: 'http://c.test/a' },
		{ address: 'http://c.test/a', base: undefined },
	],
	[{ url: new URL('http://d.test/a') }, { address: 'http://d.test/a', base: undefined }],
	[
		{ url: { toString: (): string => 'http://e.test' }, baseURL: ' ' },
		{ address: '', base: undefined },
	],
	[undefined, { address: '', base: undefined }],
])('reads the address of %j', (request, expected) => {
	expect(addressOf(request)).toEqual(expected);
});

it.each([
	[{}, false],
	[{ proxy: '' }, false],
	[{ proxy: 'http://p.test' }, true],
	[{ proxy: { host: 'p.test', port: 1 } }, true],
	[{ agentOptions: { ca: 'x', rejectUnauthorized: false } }, false],
	[{ agentOptions: { lookup: () => undefined } }, true],
	[{ agentOptions: { servername: 'x' } }, true],
])('knows whether %j opens a connection of its own: %s', (request, expected) => {
	expect(hasOwnConnection(request)).toBe(expected);
});
