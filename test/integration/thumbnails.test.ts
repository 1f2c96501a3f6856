import type { INodeParameters } from 'n8n-workflow';

import { EFFECTS } from '../sandbox/catalogue';
import { bytesOf } from './engine';
import { at, setUpHarness } from './harness';

const harness = setUpHarness();
const PNG_SIGNATURE = '89504e470d0a1a0a';

function effects(more: INodeParameters = {}): INodeParameters {
	return { resource: 'effect', operation: 'getAll', returnAll: true, downloadThumbnails: true, ...more };
}

describe('the thumbnails of effects', () => {
	it('are returned on request: an image for each effect, named after it', async () => {
		const { items, hints } = await harness.run(effects());
		expect(items).toHaveLength(EFFECTS.length);
		for (const { json, binary } of items) {
			expect(binary?.data).toMatchObject({
				fileName: `${String(json.effect_code)}.png`,
				mimeType: 'image/png',
				fileType: 'image',
				fileExtension: 'png',
			});
			expect((await bytesOf(binary?.data)).subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
		}
		const images = await Promise.all(items.map(async ({ binary }) => (await bytesOf(binary?.data)).toString('hex')));
		expect(new Set(images).size).toBe(EFFECTS.length);
		expect(hints).toEqual([]);
	});

	it('are not fetched unless requested', async () => {
		const { items } = await harness.run(effects({ downloadThumbnails: false }));
		expect(items.every(({ binary }) => binary === undefined)).toBe(true);
		expect(harness.sandbox.countRequests('file')).toBe(0);
	});

	it('are fetched for as many effects as the limit allows, into the chosen field', async () => {
		const { items } = await harness.run(effects({ returnAll: false, limit: 2, outputBinaryField: 'look' }));
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['look'], ['look']]);
		expect(harness.sandbox.countRequests('file')).toBe(2);
	});

	it('are fetched without the key, with either authentication', async () => {
		await harness.run(effects());
		const credential = harness.freshCredential();
		Object.assign(credential.kept, { authentication: 'accessToken', clientId: harness.sandbox.clientId });
		await harness.run(effects(), { credential });
		expect(harness.sandbox.countRequests('file')).toBe(2 * EFFECTS.length);
		expect(harness.sandbox.leaks).toEqual([]);
	});

	it.each([
		['a page', { kind: 'wrongType' }],
		['a cut file', { kind: 'cutFile' }],
		['a 404 page', { kind: 'status', status: 404 }],
		['a broken connection', { kind: 'resetBefore' }],
	])('can be missing: with %s the effect is returned without one, and a hint names it', async (_, fault) => {
		harness.sandbox.addFault({ on: 'file', times: Infinity, ...fault });
		const { status, items, hints } = await harness.run(effects({ returnAll: false, limit: 1 }));
		expect(status).toBe('success');
		expect(items).toHaveLength(1);
		expect(at(items, 0).json.name).toBe('Squish');
		expect(at(items, 0).binary).toBeUndefined();
		expect(hints).toEqual(['Some thumbnails could not be downloaded, so these effects have none: Squish']);
	});

	it('are retried after a temporary fault', async () => {
		const fault = harness.sandbox.addFault({ on: 'file', kind: 'resetBefore' });
		const { items, hints } = await harness.run(effects({ returnAll: false, limit: 1 }));
		expect(fault.hits).toBe(1);
		expect(at(items, 0).binary?.data?.mimeType).toBe('image/png');
		expect(hints).toEqual([]);
	});
});
