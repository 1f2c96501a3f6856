// What the check of an image requests, and what it says of a host whose name is not found. No test looks a name up.

import { Readable } from 'node:stream';

import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';

import { firstBytes, inspectImage } from '../../nodes/AkoolImageToVideo/images/inspectImage';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { jpeg, PAGE, png } from '../support/imageBytes';

const MISTYPED = 'exmaple.example';
const IMAGE = `http://${MISTYPED}/a.png`;

/** A context whose requests fail as Node.js fails where it does not find a host. */
function contextWithout(host: string, baseUrl?: string): ReturnType<typeof executeContext> {
	const credential = new KeptCredential({ apiKey: 'k', ...(baseUrl === undefined ? {} : { baseUrl }) });
	const context = executeContext({ parameters: {}, credential });
	const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', hostname: host });
	jest.spyOn(context.helpers, 'httpRequest').mockRejectedValue(error);
	return context;
}

beforeEach(() => {
	jest.spyOn(Container.get(DnsResolver), 'lookup').mockRejectedValue(new Error('getaddrinfo ENOTFOUND'));
});

it('refuses a host name that is not found if n8n itself reaches Akool by its name', async () => {
	expect(await inspectImage(contextWithout(MISTYPED), IMAGE)).toEqual({ kind: 'noSuchHost' });
});

it.each([
	['the name that was not found is that of a proxy', 'proxy.example', undefined],
	['n8n reaches Akool through a gateway, and may know no public names', MISTYPED, 'https://gateway.example'],
])('only hints at a host name that is not found if %s', async (_, host, baseUrl) => {
	expect(await inspectImage(contextWithout(host, baseUrl), IMAGE)).toMatchObject({ kind: 'notSeen' });
});

describe('an address that n8n does not request', () => {
	/** A host that answers each request with a redirect to the next of these addresses. */
	function contextLeadingTo(...addresses: string[]): ReturnType<typeof executeContext> {
		const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
		jest.spyOn(context.helpers, 'httpRequest').mockImplementation(async () => {
			const headers = { location: addresses.shift() };
			return await Promise.resolve({ statusCode: 302, headers, body: Buffer.alloc(0) });
		});
		return context;
	}

	it.each(['http://10.0.0.5/a.png', 'http://localhost/a.png', 'ftp://example.com/a.png'])(
		'is refused, since Akool cannot open it either: %s',
		async (address) => {
			expect(await inspectImage(contextLeadingTo(address), IMAGE)).toEqual({ kind: 'private' });
		},
	);

	it('gets a hint if its name resolves to n8n’s own network, since Akool may open it', async () => {
		jest.spyOn(Container.get(DnsResolver), 'lookup').mockImplementation(async (name) => {
			return await Promise.resolve([{ address: name === MISTYPED ? '10.0.0.5' : '93.184.215.14', family: 4 }]);
		});
		const seen = await inspectImage(contextLeadingTo(), IMAGE);
		expect(seen).toEqual({ kind: 'notSeen', because: expect.stringContaining('protection against requests') });
	});
});

describe('reading the first bytes of a file in parts', () => {
	/** A file of endless parts. */
	function endless(...parts: Buffer[]): { body: Readable; read: () => number } {
		let count = 0;
		const send = function* (): Generator<Buffer> {
			for (;;) yield parts[count++] ?? Buffer.alloc(1_000, ' ');
		};
		return { body: Readable.from(send(), { highWaterMark: 1 }), read: () => count };
	}

	it.each([
		['an image ends with its size', [png().subarray(0, 10), png().subarray(10)], 2],
		['a page ends with a kilobyte', [PAGE], 2],
		['an image without its size ends with the limit', [jpeg(1, 1, 300_000).subarray(0, 262_144)], 1],
	])('of %s', async (_, parts, count) => {
		const { body, read } = endless(...parts);
		const bytes = await firstBytes(body);
		expect(bytes.subarray(0, 24)).toEqual(Buffer.concat(parts).subarray(0, 24));
		expect(bytes.length).toBeLessThanOrEqual(262_144);
		// One more may be on its way.
		expect(read()).toBeLessThanOrEqual(count + 1);
		expect(body.destroyed).toBe(true);
	});
});

describe('a photo whose size comes after large previews', () => {
	const PHOTO = Buffer.concat([jpeg(4000, 3000, 150_000), Buffer.alloc(500_000)]);

	/** A host that gives the parts that are asked for. @param laterStatus of the answer to all but the first */
	function contextOf(
		photo: Buffer,
		laterStatus = 206,
	): { context: ReturnType<typeof executeContext>; asked: unknown[] } {
		const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
		const asked: unknown[] = [];
		jest.spyOn(context.helpers, 'httpRequest').mockImplementation(async ({ headers }) => {
			asked.push(headers?.Range);
			const [, from = '0', last = '0'] = /^bytes=(\d+)-(\d+)$/.exec(String(headers?.Range)) ?? [];
			const statusCode = from === '0' ? 206 : laterStatus;
			return await Promise.resolve({ statusCode, headers: {}, body: photo.subarray(Number(from), Number(last) + 1) });
		});
		return { context, asked };
	}

	it('is requested a second time, up to the limit', async () => {
		const { context, asked } = contextOf(PHOTO);
		const facts = { kind: 'jpeg', size: { width: 4000, height: 3000 } };
		expect(await inspectImage(context, IMAGE)).toEqual({ kind: 'seen', isEmpty: false, facts });
		expect(asked).toEqual(['bytes=0-32767', 'bytes=32768-262143']);
	});

	it('still counts as an image if its host gives no second part', async () => {
		const { context } = contextOf(PHOTO, 503);
		const facts = { kind: 'jpeg', size: undefined };
		expect(await inspectImage(context, IMAGE)).toEqual({ kind: 'seen', isEmpty: false, facts });
	});

	it('is requested once if the first part suffices', async () => {
		const { context, asked } = contextOf(jpeg(640, 480));
		await inspectImage(context, IMAGE);
		expect(asked).toHaveLength(1);
	});
});
