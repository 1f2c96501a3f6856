// A create without an answer, and whose video it is that Akool's list shows: nobody else's video ever leaves under its name, and what the message says of
// the balance is true.

import type { INodeExecutionData } from 'n8n-workflow';

import { credentialFor, retry } from './engine';
import { watchLog } from './n8n';
import { at, CONTINUE, create, createBatch, madeIds, setUpHarness, updateAudio } from './harness';

const harness = setUpHarness();
const NO_WAIT = { waitForCompletion: false };
const ONE_BY_ONE = { ...NO_WAIT, options: { concurrency: 1 } };
const UNKNOWN = 'Akool may have created this video: check before retrying';
const TWO_HOURS_MS = 2 * 60 * 60_000;

/** When n8n's link to an image ends: its token says so. */
function endOfLinkMs(link: unknown): number {
	const [, claims = ''] = String(new URL(String(link)).searchParams.get('token')).split('.');
	return JSON.parse(Buffer.from(claims, 'base64url').toString()).exp * 1_000;
}

/** The key of the order that a callback address was made for, and the item in it. */
const keyOf = (address: string): string | null => new URL(address).searchParams.get('order');
const itemOf = (key: string): number => Number(key.split('.')[3]);

const asked = (name: string): number => harness.sandbox.countRequests(name);

describe('the address for Akool if the execution will not park', () => {
	it.each([
		['Wait for Completion is off', NO_WAIT],
		['it polls', { options: { waitMode: 'polling' } }],
	])(
		'carries the key, resumes nothing, and is answered by n8n without reading the execution: %s',
		async (_, parameters) => {
			await harness.run(create(parameters));
			const { pathname, searchParams } = new URL(at(harness.sandbox.jobs, 0).webhookUrl);
			expect(pathname).toBe('/webhook-waiting/0/akool');
			expect([...searchParams.keys()]).toEqual(['order']);
		},
	);
});

describe('an order without an answer', () => {
	it('is found by its key among several identical orders', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter', times: 3 });
		const { items } = await harness.run(create(NO_WAIT), { items: [{}, {}, {}], settings: CONTINUE });
		const orders = harness.sandbox.jobs.map(({ _id, webhookUrl }) => [_id, keyOf(webhookUrl)]);
		expect(new Set(orders.map(([, key]) => key)).size).toBe(3);
		for (const [id, key] of orders)
			expect(items.find(({ json }) => json._id === id)?.pairedItem).toEqual({ item: itemOf(String(key)) });
	});

	it('is found by the second check if Akool’s list is late', async () => {
		harness.sandbox.change({ listLagSeconds: 20 });
		harness.sandbox.addFault({ on: 'batch', kind: 'resetAfter' });
		const { json } = await harness.run(createBatch({ count: 2, ...NO_WAIT }));
		harness.sandbox.change({ listLagSeconds: 0 });
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
	});

	it('does not take a video with new audio, which Akool lists with the address of its source’s order', async () => {
		harness.sandbox.change({ listEnabled: false });
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		const failed = await harness.run(create(NO_WAIT));
		harness.sandbox.change({ listEnabled: true });
		harness.sandbox.finishAll();
		const video = at(madeIds(harness.sandbox), 0);
		await harness.run(updateAudio(video, NO_WAIT), { executionId: '4712' });
		expect(new Set(harness.sandbox.jobs.map(({ webhookUrl }) => webhookUrl)).size).toBe(1);
		const credential = credentialFor(harness.sandbox);
		const { json } = await retry(failed, { parameters: create(NO_WAIT), credential, executionId: '4713' });
		expect(json.map(({ _id }) => _id)).toEqual([video]);
	});

	it('is reported if the user set a Webhook URL, and nothing is taken', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		const { error } = await harness.run(create({ ...NO_WAIT, options: { webhookUrl: 'https://example.com/hook' } }));
		expect(error?.message).toBe(`${UNKNOWN}`);
		expect(error?.description).toContain(`shows ${at(madeIds(harness.sandbox), 0)} from the same minute`);
	});

	it('does not take another execution’s video with the same image and prompt', async () => {
		await harness.run(create(NO_WAIT), { executionId: '4712' });
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const { error, stored } = await harness.run(create(NO_WAIT));
		expect(error?.message).toBe('Akool did not create this video');
		expect(stored).not.toContain(at(madeIds(harness.sandbox), 0));
	});

	it('is found behind many newer videos', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		const items = Array.from({ length: 71 }, (_, n) => ({ n }));
		const { json } = await harness.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT, options: { concurrency: 2 } }), {
			items,
			settings: CONTINUE,
		});
		expect(new Set(json.map(({ _id }) => _id))).toEqual(new Set(madeIds(harness.sandbox)));
		expect(asked('list')).toBe(2);
	});

	it('does not count for later rounds of a loop, which are new orders', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const { json } = await harness.run(create(NO_WAIT), { loop: true, items: [{}, {}, {}], settings: CONTINUE });
		expect(json.map(({ _id }) => _id !== undefined)).toEqual([false, true, true]);
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it('is also in the log, which outlives a stopped execution', async () => {
		const log = watchLog();
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		await harness.run(create(NO_WAIT));
		expect(log.filter((line) => line.startsWith('warn: ') && line.includes(`${UNKNOWN} (item 0)`))).toHaveLength(1);
	});
});

describe('the balance in the message', () => {
	it('counts nothing twice if an earlier order was without an answer as well', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore', after: 1, times: 2 });
		const { json } = await harness.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT }), {
			loop: true,
			items: [{ n: 1 }, { n: 2 }, { n: 3 }],
			settings: CONTINUE,
		});
		for (const item of json.slice(1)) expect(String(item.error_description)).not.toContain('was probably charged');
	});

	it('is not mentioned if the price of a video is unknown', async () => {
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		harness.sandbox.addFault({ on: 'create', kind: 'price' });
		harness.sandbox.addFault({ on: 'results', kind: 'emptyList', times: Infinity });
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore' });
		const { json } = await harness.run(create({ prompt: '={{ $json.n }}', ...ONE_BY_ONE }), {
			items: [{ n: 1 }, { n: 2 }],
			settings: CONTINUE,
		});
		expect(String(at(json, 1).error_description)).not.toContain('The balance');
	});
});

describe('an order that waits for others', () => {
	it('is not sent after the execution was stopped', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1005 });
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const { error } = await harness.run(create({ prompt: '={{ $json.n }}', ...NO_WAIT }), {
			items: [{ n: 1 }, { n: 2 }],
		});
		expect(error).toBeDefined();
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('gives Akool a link that was signed at that moment, not when the run began', async () => {
		// n8n's own links go by the time of the system.
		jest.spyOn(Date, 'now').mockImplementation(() => harness.clock.now());
		const image: INodeExecutionData = {
			json: {},
			binary: { data: { id: 'filesystem-v2:image', data: 'filesystem-v2', mimeType: 'image/png' } },
		};
		harness.sandbox.addFault({ on: 'create', kind: 'hold' });
		const running = harness.run(create({ imageSource: 'binary', imageBinaryField: 'data', ...ONE_BY_ONE }), {
			inputs: [image, image],
		});
		await harness.clock.until(() => asked('create') > 0);
		harness.clock.advance(TWO_HOURS_MS);
		harness.sandbox.release();
		await running;
		const second = at(harness.sandbox.jobs, 1);
		expect(endOfLinkMs(second.body.image_url)).toBeGreaterThan(second.created_ms);
	});
});

describe('a paid video', () => {
	it('is returned with its ID even if the credential is refused meanwhile', async () => {
		const prompt = '={{ $json.n }}';
		harness.sandbox.addFault({ on: 'file', kind: 'wrongType', times: Infinity });
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1200, after: 2, times: Infinity });
		const { json } = await harness.run(
			create({ prompt, downloadVideo: true, options: { concurrency: 1, waitMode: 'polling' } }),
			{
				items: [{ n: 1 }, { n: 2 }, { n: 3 }],
				settings: { ...CONTINUE, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(json.slice(0, 2).map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
	});
});
