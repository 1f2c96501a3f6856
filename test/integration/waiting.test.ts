import {
	at,
	CONTINUE,
	create,
	createBatch,
	ERROR_OUTPUT,
	madeIds,
	onVideos,
	setUpHarness,
	UNKNOWN_ID,
	OPTIONS_POLLING,
} from './harness';

const harness = setUpHarness();
const statusRequests = (): number => harness.sandbox.countRequests('results');
const prompts = (texts: string[]): Array<{ text: string }> => texts.map((text) => ({ text }));
const EACH_PROMPT = { prompt: '={{ $json.text }}' };
/** So that the IDs are in the order of the items. */
const ONE_BY_ONE = { ...EACH_PROMPT, options: { ...OPTIONS_POLLING, concurrency: 1 } };
/** A video that ends when the test says so. */
const ENDLESS = '[sandbox: seconds=1000000]';
/** Ends the endless one of a run's videos once Akool was asked so often. */
const finishAfterPolls = async (count: number): Promise<void> => {
	await harness.clock.until(() => statusRequests() >= count);
	harness.sandbox.finishAll();
};

describe('one request for all videos', () => {
	it('covers all unfinished videos of the run, however many', async () => {
		const { json } = await harness.run(create(EACH_PROMPT), {
			items: prompts(Array.from({ length: 20 }, (_, item) => `image ${item}`)),
		});
		expect(json.map(({ status }) => status)).toEqual(Array(20).fill(3));
		expect(statusRequests()).toBe(1);
		const [request] = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results');
		expect(request?.body).toEqual({ _ids: json.map(({ _id }) => _id).join(',') });
	});

	it('asks only for videos that are still unfinished', async () => {
		const items = prompts(['[sandbox: seconds=1]', ENDLESS, '[sandbox: seconds=1]']);
		const running = harness.run(create(EACH_PROMPT), { items });
		await finishAfterPolls(2);
		const { json } = await running;
		expect(json.map(({ status }) => status)).toEqual([3, 3, 3]);
		const last = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results').at(-1);
		expect(last?.body).toEqual({ _ids: at(json, 1)._id });
		expect(statusRequests()).toBeLessThanOrEqual(6);
	});

	it('keeps the order of the items, whatever finishes first', async () => {
		const texts = ['[sandbox: seconds=15] a', '[sandbox: seconds=1] b', '[sandbox: seconds=8] c'];
		const { json } = await harness.run(create(EACH_PROMPT), { items: prompts(texts) });
		const asked = json.map(({ _id }) => harness.sandbox.jobs.find((job) => job._id === _id)?.body.prompt);
		expect(asked).toEqual(texts);
	});

	it('shows the progress', async () => {
		const running = harness.run(create(EACH_PROMPT), { items: prompts(['[sandbox: seconds=1]', ENDLESS]) });
		await finishAfterPolls(2);
		const { messages } = await running;
		expect(messages.join()).toContain('1 of 2 videos finished');
		expect(messages.at(-1)).toContain('2 of 2 videos finished');
	});
});

describe('a failed video', () => {
	const FAIL = { prompt: '[sandbox: fail]' };

	it('ends the run in an error that names it', async () => {
		const { error, status } = await harness.run(create(FAIL));
		expect(status).toBe('error');
		expect(error?.message).toBe(`Akool could not create video ${at(madeIds(harness.sandbox), 0)}`);
	});

	it('is returned as an item with its ID if the option says so', async () => {
		const { json, error } = await harness.run(
			create({ ...FAIL, options: { waitMode: 'polling', onVideoFailure: 'output' } }),
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({ _id: at(madeIds(harness.sandbox), 0), status: 4, status_name: 'failed' }),
		]);
	});

	it('is returned with its ID and the reason beside the others with On Error set to Continue', async () => {
		const { json } = await harness.run(create(ONE_BY_ONE), {
			items: prompts(['fine', '[sandbox: fail]', 'fine']),
			settings: CONTINUE,
		});
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(json.map(({ error }) => error === undefined)).toEqual([true, false, true]);
	});

	it('goes to the error output with its ID', async () => {
		const result = await harness.run(create(ONE_BY_ONE), {
			items: prompts(['fine', '[sandbox: fail]']),
			settings: ERROR_OUTPUT,
		});
		const [good, bad] = madeIds(harness.sandbox);
		expect(result.after.map(({ json }) => json._id)).toEqual([good]);
		expect(result.afterFault).toHaveLength(1);
		expect(JSON.stringify(result.afterFault)).toContain(bad);
	});
});

describe('undocumented answers', () => {
	it('with an unknown status are waited on for a while, then the video is named', async () => {
		const fault = harness.sandbox.addFault({ on: 'results', kind: 'unknownStatus', status: 9, times: Infinity });
		const { error } = await harness.run(create());
		expect(error?.message).toContain(`unknown status for video ${at(madeIds(harness.sandbox), 0)}: 9`);
		expect(fault.hits).toBeGreaterThan(3);
		expect(fault.hits).toBeLessThan(10);
	});

	it('with an unknown status that passes are forgotten', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'unknownStatus', times: 2 });
		const { json } = await harness.run(create());
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it('without a row never count as finished, and the video is named in the end', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'missingRow', times: Infinity });
		const { json } = await harness.run(create(ONE_BY_ONE), { items: prompts(['a', 'b']), settings: CONTINUE });
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(json.every(({ error, status }) => String(error).includes('Akool has no video') && status !== 3)).toBe(true);
	});

	it('with an empty list never count as finished', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'emptyList', times: 2 });
		const { json } = await harness.run(create());
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it('are matched by ID: one missing row does not affect the others', async () => {
		const gone = await harness.finishedVideo();
		const there = await harness.finishedVideo();
		harness.sandbox.addFault({ on: 'results', kind: 'missingRow', ids: [gone] });
		const { json } = await harness.run(onVideos('get', `${gone},${there}`), { settings: CONTINUE });
		expect(json.find(({ _id }) => _id === there)).toMatchObject({ status: 3 });
		expect(JSON.stringify(json.filter(({ _id }) => _id !== there))).toContain(gone);
	});
});

describe('a status request without an answer', () => {
	it.each([
		['a 500 page', { kind: 'status', status: 500 }],
		['a broken connection', { kind: 'resetBefore' }],
		['cut JSON', { kind: 'cutJson' }],
		['code 1005', { kind: 'code', code: 1005 }],
		['HTTP 429', { kind: 'rateLimit' }],
	])('is ignored: %s', async (_, fault) => {
		const added = harness.sandbox.addFault({ on: 'results', times: 2, ...fault });
		const { json, error } = await harness.run(create());
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
		expect(added.hits).toBe(2);
	});

	it('is followed by as long a pause as Akool asks for', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'rateLimit', retryAfterSeconds: 25 });
		await harness.run(create());
		const [first, second] = harness.sandbox.requests
			.filter(({ endpoint }) => endpoint === 'results')
			.map(({ atMs }) => atMs);
		expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(25_000);
	});

	it('ends the wait if Akool refuses permanently, with the video’s ID', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1200, times: Infinity });
		const { error } = await harness.run(create());
		expect(error?.message).toContain('Akool has blocked this account');
		expect(error?.description).toContain(at(madeIds(harness.sandbox), 0));
		expect(statusRequests()).toBe(1);
	});
});

describe('a refused status request', () => {
	it.each([
		['a code that no page explains', { kind: 'code', code: 2001 }],
		['a page with HTTP status 403', { kind: 'status', status: 403 }],
		['a page with HTTP status 404', { kind: 'status', status: 404 }],
	])('does not end the wait by itself: %s', async (_, fault) => {
		const added = harness.sandbox.addFault({ on: 'results', times: 15, ...fault });
		const { json, error } = await harness.run(create(EACH_PROMPT), { items: prompts(['a', 'b']) });
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual([3, 3]);
		expect(added.hits).toBe(15);
	});

	it('ends the wait if it is refused for two minutes, with the IDs and Akool’s message', async () => {
		harness.sandbox.addFault({
			on: 'results',
			kind: 'code',
			code: 2001,
			msg: 'out of order',
			times: Infinity,
		});
		const { error } = await harness.run(create(EACH_PROMPT), { items: prompts(['a', 'b']) });
		const refusedMs = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results').map(({ atMs }) => atMs);
		expect(Number(refusedMs.at(-1)) - Number(refusedMs.at(0))).toBeGreaterThanOrEqual(120_000);
		expect(error?.description).toContain('"out of order" (code 2001)');
		for (const id of madeIds(harness.sandbox)) expect(error?.description).toContain(id);
	});

	it('is counted anew after one that was answered', async () => {
		const fault = { on: 'results', kind: 'code', code: 2001 };
		harness.sandbox.addFault({ ...fault, times: 15 });
		harness.sandbox.addFault({ on: 'results', kind: 'delay', ms: 1 });
		harness.sandbox.addFault({ ...fault, times: 10 });
		const { json, error } = await harness.run(create({ prompt: '[sandbox: seconds=120]' }));
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it.each([1101, 1102, 1109, 1200])('ends the wait at once if Akool refuses the credential: code %d', async (code) => {
		harness.sandbox.addFault({ on: 'results', kind: 'code', code, times: Infinity });
		const { error } = await harness.run(create());
		expect(statusRequests()).toBe(1);
		expect(error?.description).toContain(at(madeIds(harness.sandbox), 0));
	});
});

describe('when the wait times out', () => {
	const LONG = { prompt: ENDLESS };
	const SHORT_WAIT = { waitMode: 'polling', waitTimeout: 0.2 };

	it('the items are returned with ID, state and timed_out', async () => {
		const { json, error } = await harness.run(create({ ...LONG, options: SHORT_WAIT }));
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({
				_id: at(madeIds(harness.sandbox), 0),
				status: 2,
				status_name: 'processing',
				timed_out: true,
			}),
		]);
	});

	it('the time spent on ordering does not count', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 400 });
		const { json } = await harness.run(create({ options: { waitMode: 'polling', waitTimeout: 1 } }));
		expect(json.map(({ status, timed_out }) => [status, timed_out])).toEqual([[3, undefined]]);
	});

	it('finished videos of the same run are returned complete', async () => {
		const items = prompts(['quick', ENDLESS]);
		const { json } = await harness.run(create({ ...EACH_PROMPT, options: SHORT_WAIT }), { items });
		expect(json.map(({ status, timed_out }) => [status, timed_out])).toEqual([
			[3, undefined],
			[2, true],
		]);
	});

	it('the items can go straight into a Get that waits', async () => {
		const left = await harness.run(create({ ...LONG, options: SHORT_WAIT }));
		harness.sandbox.finishAll();
		const got = await harness.run(onVideos('get', '={{ $json._id }}', { waitForCompletion: true }), {
			items: left.json,
		});
		expect(got.json).toEqual([expect.objectContaining({ _id: at(left.json, 0)._id, status: 3 })]);
		expect(at(got.json, 0)).not.toHaveProperty('timed_out');
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('a Get returns the IDs too, even if Akool never answered', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'status', times: Infinity });
		const { json } = await harness.run(onVideos('get', UNKNOWN_ID, { waitForCompletion: true, options: SHORT_WAIT }));
		expect(json).toEqual([expect.objectContaining({ _id: UNKNOWN_ID, timed_out: true })]);
	});
});

describe('parking', () => {
	const ITEMS = prompts(['[sandbox: fail]', ENDLESS]);
	const CALLBACK = { ...EACH_PROMPT, options: { waitMode: 'callback', onVideoFailure: 'output', concurrency: 1 } };

	it('keeps every ID with the parked execution', async () => {
		const { status, parked, waitTill } = await harness.run(create(CALLBACK), { items: ITEMS });
		expect(status).toBe('waiting');
		expect(waitTill).toBeDefined();
		expect(parked.map(({ json }) => json._id)).toEqual(madeIds(harness.sandbox));
	});

	it('keeps every ID with an error output too', async () => {
		const { parked } = await harness.run(create(CALLBACK), { items: ITEMS, settings: ERROR_OUTPUT });
		expect(parked.map(({ json }) => json._id)).toEqual(madeIds(harness.sandbox));
	});

	it('does not happen, and a hint says why, if Akool cannot call this n8n', async () => {
		const credential = harness.freshCredential();
		const { hints, json } = await harness.run(
			create({ prompt: '[sandbox: seconds=90]', options: { webhookUrl: 'https://example.com/hook' } }),
			{ credential },
		);
		expect(hints.join()).toContain('Webhook URL');
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it('is not mentioned if the timeout is too short for it', async () => {
		const { hints, json, status } = await harness.run(
			create({ prompt: '[sandbox: seconds=90]', options: { waitTimeout: 2 } }),
		);
		expect([status, hints]).toEqual(['success', ['1 video, 20 credits charged']]);
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it('does not happen in a workflow that was never saved, which n8n could not resume', async () => {
		const { hints, status } = await harness.run(create({ prompt: '[sandbox: seconds=90]', options: {} }), {
			workflowId: null,
		});
		expect(hints.join()).toContain('not saved');
		expect(status).toBe('success');
	});

	it('is not mentioned if the wait ends within a minute', async () => {
		const { hints } = await harness.run(create({ options: {} }), { workflowId: null });
		expect(hints).toEqual([expect.stringMatching(/^\d+ videos?, \d+ credits charged$/)]);
	});

	it('is refused together with a Webhook URL before it costs anything', async () => {
		const { error } = await harness.run(
			create({ options: { waitMode: 'callback', webhookUrl: 'https://example.com/hook' } }),
		);
		expect(error?.message).toContain("'Wait: Mode' cannot be Callback here");
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});

describe('a stopped execution', () => {
	it('stops polling at once', async () => {
		let stop: () => void = () => undefined;
		// A wait that does not notice the stop continues for half a minute.
		const parameters = create({ prompt: ENDLESS, options: { waitMode: 'polling', pollInterval: 30 } });
		const running = harness.run(parameters, { onStart: (cancel) => (stop = cancel) });
		await harness.clock.until(() => harness.sandbox.jobs.length > 0);
		const before = harness.clock.now();
		stop();
		const { status, stored } = await running;
		expect(status).toBe('canceled');
		expect(harness.clock.now() - before).toBeLessThan(30_000);
		const asked = harness.sandbox.requests.length;
		harness.clock.advance(600_000);
		await harness.clock.settle();
		expect(harness.sandbox.requests).toHaveLength(asked);
		expect(stored).toContain(at(madeIds(harness.sandbox), 0));
	});

	it('sends no further create, and keeps the ID of the one in flight', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 200, times: Infinity });
		let stop: () => void = () => undefined;
		const parameters = create({ ...EACH_PROMPT, options: { waitMode: 'polling', concurrency: 1 } });
		const running = harness.run(parameters, { items: prompts(['a', 'b', 'c']), onStart: (cancel) => (stop = cancel) });
		await harness.clock.until(() => harness.sandbox.countRequests('create') > 0);
		stop();
		await running;
		await harness.clock.settle();
		expect(harness.sandbox.jobs).toHaveLength(1);
		const { stored } = await running;
		expect(stored).toContain(at(madeIds(harness.sandbox), 0));
	});
});

describe('a quick video', () => {
	it('that is finished after a second is found after the shortest pause', async () => {
		const { json } = await harness.run(createBatch({ options: { waitMode: 'polling', pollInterval: 2 } }));
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
		expect(statusRequests()).toBe(1);
		const [request] = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'results');
		// The shortest of the pauses that are made where nobody asks for shorter ones.
		expect(Number(request?.atMs) - at(harness.sandbox.jobs, 0).created_ms).toBeLessThan(4_500);
	});
});
