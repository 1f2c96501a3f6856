// Which rows of the product sheet are safe to upload again: what leaves the node's error output is put to the example's own question. Rule: a row that
// was paid for, or may have been, is never among those of which the note says that nothing was spent.

import type { INodeParameters } from 'n8n-workflow';

import { CODE_FACTS } from '../../nodes/AkoolImageToVideo/akool/codes';
import { credentialFor } from '../integration/engine';
import { create, ERROR_OUTPUT, setUpHarness } from '../integration/harness';
import type { FaultOptions } from '../sandbox/types';
import { isTrue } from './conditions';

const harness = setUpHarness();
const EXAMPLE = 'product-sheet-to-videos';
const FOREVER = { times: Infinity };
const WITH_FILE = { downloadVideo: true };

/** Where the rows go that did not become a video: whether the node Perhaps Paid? says so of each. */
async function verdicts(parameters: INodeParameters, more: Parameters<typeof harness.run>[1] = {}): Promise<boolean[]> {
	const { errorItems, error } = await harness.run(create(parameters), { settings: ERROR_OUTPUT, ...more });
	expect(error).toBeUndefined();
	return errorItems.map(({ json }) => isTrue(EXAMPLE, 'Maybe Charged?', json));
}

describe('a row that certainly cost nothing is ordered on the next run', () => {
	it.each(Object.keys(CODE_FACTS))('if Akool refuses it with code %s', async (code) => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: Number(code), ...FOREVER });
		expect(await verdicts({})).toEqual([false]);
	});

	it.each<[string, INodeParameters]>([
		['no image', { imageUrl: '={{ $json.image_url }}' }],
		['an image without an address', { imageUrl: 'product.png' }],
		['no prompt', { prompt: '={{ $json.prompt }}' }],
		['an object for a prompt', { prompt: '[object Object]' }],
		['no credits to spend', { options: { maxCredits: 0 } }],
		['more videos than are allowed', { options: { maxVideos: 0 } }],
		['too small a balance', { options: { minBalance: 1e9 } }],
	])('if it has %s', async (_, parameters) => {
		expect(await verdicts(parameters)).toEqual([false]);
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it('if the budget is spent', async () => {
		expect(await verdicts({ options: { maxCredits: 20 } }, { items: [{}, {}, {}] })).toEqual([false, false]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('if a server in front of Akool refuses it', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'status', status: 404, ...FOREVER });
		expect(await verdicts({})).toEqual([false]);
	});

	it('if the credential gives no access token', async () => {
		harness.sandbox.addFault({ on: 'token', kind: 'code', code: 1101, ...FOREVER });
		const credential = credentialFor(harness.sandbox, { authentication: 'accessToken' });
		expect(await verdicts({}, { credential })).toEqual([false]);
	});

	it('if Akool cannot be reached', async () => {
		await harness.sandbox.shut();
		const found = await verdicts({}).finally(async () => await harness.sandbox.open());
		expect(found).toEqual([false]);
	});
});

describe('a row that was or may have been charged is listed for a check', () => {
	it.each<[string, FaultOptions, INodeParameters]>([
		['the connection breaks', { on: 'create', kind: 'resetAfter' }, {}],
		['the answer is cut', { on: 'create', kind: 'cutJson' }, {}],
		['the server has an error', { on: 'create', kind: 'status', status: 500, accepted: true }, {}],
		['the video has a status that nobody knows', { on: 'results', kind: 'unknownStatus', ...FOREVER }, {}],
		['the video is gone', { on: 'results', kind: 'missingRow', ...FOREVER }, {}],
		['Akool blocks the account meanwhile', { on: 'results', kind: 'code', code: 1200, ...FOREVER }, {}],
	])('if %s', async (_, fault, parameters) => {
		harness.sandbox.addFault({ on: 'list', kind: 'emptyList', ...FOREVER });
		harness.sandbox.addFault(fault);
		expect(await verdicts(parameters)).toEqual([true]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it.each<[string, FaultOptions]>([
		['not there', { on: 'file', kind: 'status', status: 404, ...FOREVER }],
		['no video', { on: 'file', kind: 'wrongType', ...FOREVER }],
	])('but not if only its file is %s: the item is returned with its video', async (_, fault) => {
		harness.sandbox.addFault(fault);
		const { json, errorItems } = await harness.run(create(WITH_FILE), { settings: ERROR_OUTPUT });
		expect(errorItems).toEqual([]);
		expect(json).toMatchObject([{ _id: harness.sandbox.jobs[0]?._id, download_error: expect.any(String) }]);
	});

	it('if Akool could not create the video', async () => {
		expect(await verdicts({ prompt: 'The lamp lights up [sandbox: fail]' })).toEqual([true]);
	});

	it('if the message is an unforeseen one', () => {
		expect(
			isTrue(EXAMPLE, 'Maybe Charged?', {
				error: 'Unexpected response in the Akool node',
				message: 'Out of memory',
			}),
		).toBe(true);
		expect(isTrue(EXAMPLE, 'Maybe Charged?', { error: 'Something else' })).toBe(true);
	});
});
