import { sleep } from 'n8n-workflow';

import { DEFAULT_CONCURRENCY } from '../../nodes/AkoolImageToVideo/transport/pool';
import { beginRun } from '../../nodes/AkoolImageToVideo/orders/run';
import { fetchThumbnails } from '../../nodes/AkoolImageToVideo/items/thumbnails';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext, useBinaryMode } from '../integration/engine';

const effect = (code: string, logoUrl?: string) => ({
	code,
	name: `Effect ${code}`,
	logoUrl,
	previewUrl: undefined,
	id: undefined,
	createTimeMs: undefined,
	raw: {},
});

beforeAll(async () => await useBinaryMode('filesystem'));

it('fetches a few thumbnails at a time, and returns them in the order of the effects', async () => {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
	let inFlight = 0;
	let most = 0;
	jest.spyOn(context.helpers, 'httpRequest').mockImplementation(async ({ url }) => {
		most = Math.max(most, ++inFlight);
		await sleep(1);
		inFlight--;
		return { statusCode: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from(url) };
	});
	const codes = Array.from({ length: 3 * DEFAULT_CONCURRENCY }, (_, index) => `e${index}`);
	const thumbnails = await fetchThumbnails(
		await beginRun(context),
		codes.map((code) => effect(code, `https://example.com/${code}`)),
		'data',
	);
	expect(thumbnails.map((binary) => binary?.data?.fileName)).toEqual(codes.map((code) => `${code}.png`));
	expect(most).toBe(DEFAULT_CONCURRENCY);
});

it('names an effect that has no image in Akool’s list', async () => {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
	expect(await fetchThumbnails(await beginRun(context), [effect('e1')], 'data')).toEqual([undefined]);
	expect(context.hints.map(({ message }) => message)).toEqual([expect.stringContaining('Effect e1')]);
});
