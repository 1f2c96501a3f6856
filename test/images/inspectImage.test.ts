// What the check of an image requests, and what it says of a host whose name is not found. No test looks a name up.

import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';

import { inspectImage } from '../../nodes/AkoolImageToVideo/images/inspectImage';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { jpeg } from '../support/imageBytes';

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
