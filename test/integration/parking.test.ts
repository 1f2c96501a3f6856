import { resumeWebhooks } from '../../nodes/AkoolImageToVideo/waiting/resumeWebhook';
import { callParked } from './calls';
import { credentialFor, resumeParked, RESUME_TOKEN } from './engine';
import { watchLog } from './n8n';
import { serve } from '../support/localServer';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	ERROR_OUTPUT,
	madeIds,
	RETRY,
	setUpHarness,
	type Settings,
} from './harness';

/** A video that ends when the test says so. */
const LONG = '[sandbox: seconds=1000000]';
const harness = setUpHarness();
const prompts = (...texts: string[]): Array<{ text: string }> => texts.map((text) => ({ text }));
const statusRequests = (): number => harness.sandbox.countRequests('results');
const waiting = (mode: string, more: object = {}) =>
	create({ prompt: '={{ $json.text }}', options: { waitMode: mode, concurrency: 1 }, ...more });

describe('the status request right before an execution is parked', () => {
	afterEach(() => harness.sandbox.change({ queueSeconds: 0.5, jobSeconds: 1 }));

	it('prevents parking if all videos are finished by then', async () => {
		harness.sandbox.change({ queueSeconds: 0, jobSeconds: 0 });
		const { status, json } = await harness.run(waiting('callback'), { items: prompts('a', 'b') });
		expect(status).toBe('success');
		expect(json.map((item) => [item.status, item.timed_out])).toEqual([
			[3, undefined],
			[3, undefined],
		]);
		expect(statusRequests()).toBe(1);
	});

	it('keeps a video that is finished by then, and does not wait for its callback', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 12_000, after: 1 });
		const run = await harness.run(waiting('callback'), { items: prompts('a', LONG) });
		expect(run.status).toBe('waiting');
		expect(run.parked.map(({ json }) => [json.status === 3, json.timed_out])).toEqual([
			[true, undefined],
			[false, true],
		]);
		await callParked(run, credentialFor(harness.sandbox), undefined, { method: 'GET' });
		const asked = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results').at(-1);
		expect(asked?.body).toEqual({ _ids: run.parked[1]?.json._id });
	});

	it('notices a video that finished during the download of another one', async () => {
		harness.sandbox.addFault({ on: 'file', kind: 'delay', ms: 58_000 });
		const { status, items } = await harness.run(waiting('auto', { downloadVideo: true }), {
			items: prompts('a', '[sandbox: seconds=62]'),
		});
		expect(status).toBe('success');
		expect(items.map(({ json, binary }) => [json.status, json.timed_out, binary !== undefined])).toEqual([
			[3, undefined, true],
			[3, undefined, true],
		]);
	});
});

it('is repeated once after parking, when the results have caught up with earlier callbacks', async () => {
	const visits: Array<{ url: string; atMs: number }> = [];
	const n8n = await serve(({ method = '', url = '' }, response) => {
		if (method === 'GET') visits.push({ url, atMs: harness.clock.now() });
		response.end();
	});
	await harness.run(waiting('callback'), { items: prompts(LONG), n8nUrl: n8n.url });
	const parkedMs = harness.clock.now();
	await harness.clock.sleep(120_000);
	await n8n.close();
	expect(visits.map(({ url }) => url)).toEqual([`/webhook-waiting/4711?signature=${RESUME_TOKEN}`]);
	const seconds = (at(visits, 0).atMs - parkedMs) / 1_000;
	expect(seconds).toBeGreaterThan(15);
	expect(seconds).toBeLessThanOrEqual(16);
});

it('gives Akool an address of its own, which does not answer once the execution has resumed', async () => {
	await harness.run(waiting('callback'), { items: prompts(LONG) });
	const address = new URL(String(at(harness.sandbox.jobs, 0).webhookUrl));
	expect([address.pathname, address.searchParams.get('signature')]).toEqual([
		'/webhook-waiting/4711/akool',
		RESUME_TOKEN,
	]);
	const posts = resumeWebhooks.filter(({ httpMethod }) => httpMethod === 'POST');
	expect(posts.map(({ path }) => path)).toEqual(['akool']);
});

it('does not store the resume address', async () => {
	const { data } = await harness.run(waiting('callback'), { items: prompts(LONG) });
	const remembered = JSON.stringify(data.executionData?.contextData);
	expect(remembered).toContain(at(madeIds(harness.sandbox), 0));
	expect(remembered).not.toContain(RESUME_TOKEN);
});

it('waits seven days at most, as long as Akool keeps a video', async () => {
	const waitingFor = (waitTimeout: number) => waiting('callback', { options: { waitMode: 'callback', waitTimeout } });
	const { status, waitTill } = await harness.run(waitingFor(10_080), { items: prompts(LONG) });
	expect(status).toBe('waiting');
	expect((Number(waitTill) - Date.now()) / 86_400_000).toBeCloseTo(7, 1);
	const ordered = harness.sandbox.jobs.length;
	const { error } = await harness.run(waitingFor(10_081), { items: prompts(LONG) });
	expect(error?.message).toContain("'Wait: Timeout (Minutes)'");
	expect(harness.sandbox.jobs).toHaveLength(ordered);
});

describe('parking with Retry On Fail', () => {
	const settings = { ...RETRY, ...CONTINUE };

	it('keeps polling and returns finished items if n8n would run the node again at once', async () => {
		const { status, json, waitTill } = await harness.run(waiting('callback'), { items: prompts('', 'b'), settings });
		expect(status).toBe('success');
		expect(waitTill).toBeUndefined();
		expect(json.map((item) => item.error ?? item.status)).toEqual(["'Prompt' is empty", 3]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('creates on the next try only what Akool refused on the first', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const { parked } = await harness.run(waiting('callback'), { items: prompts(LONG, 'b'), settings });
		const [second, first] = madeIds(harness.sandbox);
		expect(parked.map(({ json }) => [json._id, json.timed_out])).toEqual([
			[first, true],
			[second, undefined],
		]);
		expect(harness.sandbox.jobs.map(({ body }) => body.prompt)).toEqual(['b', LONG]);
	});

	it('parks if only a later item has an error, which n8n does not retry', async () => {
		const { status } = await harness.run(waiting('callback'), { items: prompts(LONG, ''), settings });
		expect(status).toBe('waiting');
	});
});

describe('a parked execution whose wait times out', () => {
	const LOST = waiting('callback');
	const items = [
		{ row: 0, text: LONG },
		{ row: 1, text: '' },
		{ row: 2, text: LONG },
	];
	const outcomeWith = async (settings: Settings) => {
		const parked = await harness.run(LOST, { items, settings });
		expect(parked.status).toBe('waiting');
		return await harness.timeOut(parked, LOST, { items, settings });
	};

	it('sends items that failed before parking to the error output, with the fields of their own item', async () => {
		const { status, after, afterFault } = await outcomeWith(ERROR_OUTPUT);
		expect(status).toBe('success');
		expect(after.map(({ json, pairedItem }) => [json._id, json.timed_out, pairedItem])).toEqual(
			madeIds(harness.sandbox).map((id) => [id, true, expect.anything()]),
		);
		expect(afterFault.map(({ json }) => json)).toEqual([
			{
				row: 1,
				text: '',
				error: "'Prompt' is empty",
				message: expect.stringContaining('how the image should move'),
			},
		]);
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it('returns all items together without an error output', async () => {
		const { after } = await outcomeWith(CONTINUE);
		const [first, second] = madeIds(harness.sandbox);
		expect(after.map(({ json }) => json._id ?? json.error)).toEqual([first, "'Prompt' is empty", second]);
	});
});

describe('a parked batch', () => {
	const BATCH = createBatch({ prompt: LONG, count: 3, options: { waitMode: 'callback', concurrency: 1 } });

	it('returns all of its videos if the node is set to Execute Once', async () => {
		const request = {
			parameters: BATCH,
			credential: credentialFor(harness.sandbox),
			items: [{}, {}],
			settings: { executeOnce: true },
		};
		const parked = await harness.run(BATCH, request);
		expect(parked.status).toBe('waiting');
		harness.sandbox.finishAll();
		const { status, json } = await resumeParked(request, parked, parked.parked);
		expect(status).toBe('success');
		expect(json.map(({ _id, status: state }) => [_id, state])).toEqual(madeIds(harness.sandbox).map((id) => [id, 3]));
		expect(json).toHaveLength(3);
	});

	it('is resumed if Akool has named a video twice', async () => {
		const parked = await harness.run(BATCH);
		const [id] = madeIds(harness.sandbox);
		for (const { json } of parked.parked) json._id = id;
		harness.sandbox.finishAll();
		const { items } = await callParked(
			parked,
			credentialFor(harness.sandbox),
			harness.sandbox.makeCallback({ id: String(id), status: 3 }),
		);
		expect(items).toHaveLength(3);
	});

	it('pairs no video with another item when its wait times out', async () => {
		const prompt = `={{ $json.row }} ${LONG}`;
		const parameters = { ...BATCH, prompt };
		const items = [{ row: 'a' }, { row: 'b' }];
		const { after } = await harness.timeOut(await harness.run(parameters, { items }), parameters, { items });
		expect(after).toHaveLength(6);
		const rowOf = (id: unknown): unknown => harness.sandbox.jobs.find(({ _id }) => _id === id)?.body.prompt;
		after.forEach(({ json }, place) => {
			const row = items[place]?.row;
			if (row !== undefined) expect(rowOf(json._id)).toBe(`${row} ${LONG}`);
		});
	});
});

describe('parking as a tool of an agent', () => {
	it('never happens in Automatic, and a hint says why', async () => {
		const { status, json, hints } = await harness.run(
			create({ prompt: '[sandbox: seconds=100]', options: { waitMode: 'auto' } }),
			{ asTool: true },
		);
		expect(status).toBe('success');
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
		expect(hints.join()).toContain('the node runs as a tool of an AI agent');
	});

	it('is refused with Callback before it costs anything', async () => {
		const { error } = await harness.run(create({ options: { waitMode: 'callback' } }), { asTool: true });
		expect(error?.message).toContain("'Wait: Mode' cannot be Callback here");
		expect(error?.description).toContain('tool of an AI agent');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});

describe('a call for a parked execution', () => {
	const credential = (): ReturnType<typeof credentialFor> => credentialFor(harness.sandbox);
	const park = async (...texts: string[]) => await harness.run(waiting('callback'), { items: prompts(...texts) });
	const callbackWith = (id: string, status = 3, more: object = {}): string =>
		harness.sandbox.makeCallback({ id, status, ...more });
	const first = (): string => at(madeIds(harness.sandbox), 0);

	it('does not resume it before its last video is finished', async () => {
		const parked = await park(LONG, LONG);
		const [one, two] = madeIds(harness.sandbox);
		harness.sandbox.finishJob(String(one));
		expect(await callParked(parked, credential(), callbackWith(String(one)))).toMatchObject({
			httpStatus: 200,
			items: undefined,
			isNodeOn: false,
		});
		harness.sandbox.finishJob(String(two), 4);
		expect(await callParked(parked, credential(), callbackWith(String(two), 4))).toMatchObject({
			httpStatus: 200,
			isNodeOn: true,
		});
	});

	it.each([
		['nothing', () => ({})],
		['another node’s', () => ({ other: 1 })],
	])('is answered 503 if it finds %s stored, and neither it nor a person resumes the execution', async (_, kept) => {
		const parked = await park(LONG);
		harness.sandbox.finishJob(first());
		const contextData = parked.data.executionData?.contextData ?? {};
		for (const node of Object.keys(contextData)) contextData[node] = kept();
		const asked = statusRequests();
		const nothing = { httpStatus: 503, items: undefined, isNodeOn: false };
		expect(await callParked(parked, credential(), callbackWith(first()))).toMatchObject(nothing);
		expect(await callParked(parked, credential(), undefined, { method: 'GET' })).toMatchObject(nothing);
		expect(statusRequests()).toBe(asked);
	});

	it.each([
		['one about another video', () => callbackWith('0123456789abcdef01234567')],
		['one about a video in the making', () => callbackWith(first(), 2)],
	])('changes nothing and costs no request: %s', async (_, call) => {
		const parked = await park(LONG);
		harness.sandbox.finishJob(first());
		const asked = statusRequests();
		expect(await callParked(parked, credential(), call())).toMatchObject({
			httpStatus: 200,
			items: undefined,
			isNodeOn: false,
		});
		expect(statusRequests()).toBe(asked);
	});

	it.each([
		['a wrong signature', { breakSignature: true }, 'The signature does not fit'],
		['another account’s key', { apiKey: 'x'.repeat(32) }, 'The payload does not decrypt'],
	])('with %s causes a status request, and the log warns', async (_, forgery, words) => {
		const parked = await park(LONG);
		harness.sandbox.finishJob(first());
		const log = watchLog();
		expect(await callParked(parked, credential(), callbackWith(first(), 3, forgery))).toMatchObject({ isNodeOn: true });
		expect(log.filter((line) => line.startsWith('warn: ')).join()).toContain(words);
	});
});
