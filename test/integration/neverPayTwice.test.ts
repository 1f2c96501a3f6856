import type { INodeParameters } from 'n8n-workflow';

import { startSandbox } from '../sandbox';
import { Outage } from '../faultMatrix/outage';
import { credentialFor, type Outcome } from './engine';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	ERROR_OUTPUT,
	madeIds,
	RETRY,
	setUpHarness,
	updateAudio,
	type Settings,
} from './harness';

const harness = setUpHarness();
/** Lets the first try fail once its videos are paid for. */
const firstTryFails = (): void => void harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1200 });

/** IDs that a user could find anywhere in the execution: outputs, messages, custom data. */
function visible(outcome: Outcome, ids: readonly string[]): string[] {
	return ids.filter((id) => outcome.stored.includes(id));
}

interface Operation {
	on: 'create' | 'batch' | 'updateAudio';
	/** How many videos it asks for. */
	asked: number;
	parameters(source: string): INodeParameters;
}

const OPERATIONS: ReadonlyArray<readonly [string, Operation]> = [
	['Create', { on: 'create', asked: 1, parameters: () => create({ waitForCompletion: false }) }],
	['Create Batch', { on: 'batch', asked: 3, parameters: () => createBatch({ count: 3, waitForCompletion: false }) }],
	[
		'Update Audio',
		{ on: 'updateAudio', asked: 1, parameters: (source) => updateAudio(source, { waitForCompletion: false }) },
	],
];

interface Trouble {
	kind: string;
	[option: string]: unknown;
}

/** Orders that Akool does not answer as it should, though it has accepted them. */
const ACCEPTED: ReadonlyArray<readonly [string, Trouble]> = [
	['the connection breaks', { kind: 'resetAfter' }],
	['no answer comes', { kind: 'hang', accepted: true }],
	['a 500 page comes', { kind: 'status', accepted: true }],
	['a code of Akool’s own trouble comes', { kind: 'code', code: 1015, accepted: true }],
	['cut JSON comes', { kind: 'cutJson' }],
	['an answer without data comes', { kind: 'answer', answer: { data: undefined } }],
	['an answer without an ID comes', { kind: 'oddId', shape: 'missing' }],
];

/** The same where it has not accepted them, which nobody can tell at first. */
const PERHAPS_ACCEPTED: ReadonlyArray<readonly [string, Trouble]> = [
	['the connection breaks', { kind: 'resetBefore' }],
	['no answer comes', { kind: 'hang' }],
	['a 500 page comes', { kind: 'status' }],
	['a code of Akool’s own trouble comes', { kind: 'code', code: 1015 }],
	['an unknown code comes', { kind: 'code', code: 2001 }],
];

const NOT_ACCEPTED: ReadonlyArray<readonly [string, Trouble]> = [
	['HTTP 429 with Retry-After', { kind: 'rateLimit', retryAfterSeconds: 3 }],
	['code 1005', { kind: 'code', code: 1005 }],
];

const UNKNOWN = 'Akool may have created this video: check before retrying';

const RUNS: ReadonlyArray<readonly [string, Settings]> = [
	['once', {}],
	['with Retry On Fail', RETRY],
	['with Continue On Fail', CONTINUE],
	['with Continue On Fail and Retry On Fail', { ...CONTINUE, ...RETRY }],
	['with an error output', ERROR_OUTPUT],
];

describe.each(OPERATIONS)('%s', (_, { on, asked, parameters }) => {
	const sourceOf = async (): Promise<string> => (on === 'updateAudio' ? await harness.finishedVideo() : '');
	const ownIds = (source: string): string[] => madeIds(harness.sandbox).filter((id) => id !== source);

	describe.each(ACCEPTED)('accepted, and %s', (__, options) => {
		it.each(RUNS)('is sent once, and every video is returned or named, run %s', async (___, settings) => {
			const source = await sourceOf();
			const fault = harness.sandbox.addFault({ on, ...options });
			const outcome = await harness.run(parameters(source), { settings });
			const made = ownIds(source);

			expect(fault.hits).toBe(1);
			expect(harness.sandbox.countRequests(on)).toBe(1);
			expect(made).toHaveLength(asked);
			expect(visible(outcome, made)).toEqual(made);
			// Akool is given an address to call, and with it a key, only where a video is created.
			if (on === 'updateAudio') expect(outcome.stored).toContain(`${UNKNOWN}`);
			else expect(outcome.json.map(({ _id }) => _id)).toEqual(made);
		});

		it('is reported as possibly created, with its item, if Akool shows no list of its jobs', async () => {
			const source = await sourceOf();
			harness.sandbox.change({ listEnabled: false });
			harness.sandbox.addFault({ on, ...options });
			const { error } = await harness.run(parameters(source), { settings: RETRY });
			harness.sandbox.change({ listEnabled: true });

			expect(harness.sandbox.countRequests(on)).toBe(1);
			expect(error?.message).toBe(`${UNKNOWN}`);
			expect(error?.description).toContain('the video was probably charged');
		});
	});

	describe.each(PERHAPS_ACCEPTED)('not accepted, and %s', (__, options) => {
		it('is cleared by two balances and the list, and a retry orders it again', async () => {
			const source = await sourceOf();
			harness.sandbox.addFault({ on, ...options });
			const beganMs = harness.clock.now();
			const once = await harness.run(parameters(source));
			expect(once.error?.message).toBe('Akool did not create this video');
			expect(once.error?.description).toContain('two checks at least 30 seconds apart');
			expect(harness.clock.now() - beganMs).toBeGreaterThanOrEqual(30_000);

			harness.sandbox.addFault({ on, ...options });
			const { error, json } = await harness.run(parameters(source), { settings: RETRY });
			expect(error).toBeUndefined();
			expect(json.map(({ _id }) => _id)).toEqual(ownIds(source));
			expect(harness.sandbox.countRequests(on)).toBe(3);
		});

		it('stays unknown and is never sent again if Akool shows no list of its jobs', async () => {
			const source = await sourceOf();
			harness.sandbox.change({ listEnabled: false });
			harness.sandbox.addFault({ on, ...options });
			const { error } = await harness.run(parameters(source), { settings: RETRY });
			harness.sandbox.change({ listEnabled: true });
			expect(error?.message).toBe(`${UNKNOWN}`);
			expect(error?.description).toContain('shows no charge for it so far');
			expect(harness.sandbox.countRequests(on)).toBe(1);
		});
	});

	describe.each(NOT_ACCEPTED)('when Akool says %s', (__, options) => {
		it.each(RUNS)('is repeated until it is accepted, and is created once, run %s', async (___, settings) => {
			const source = await sourceOf();
			const fault = harness.sandbox.addFault({ on, times: 2, ...options });
			const outcome = await harness.run(parameters(source), { settings });
			expect(fault.hits).toBe(2);
			expect(outcome.error).toBeUndefined();
			expect(outcome.json.map(({ _id }) => _id)).toEqual(ownIds(source));
			expect(ownIds(source)).toHaveLength(asked);
		});
	});

	it('is not repeated by n8n on HTTP 401', async () => {
		const source = await sourceOf();
		harness.sandbox.addFault({ on, kind: 'status', status: 401, times: 1 });
		const { error } = await harness.run(parameters(source));
		expect(harness.sandbox.countRequests(on)).toBe(1);
		// Nobody can know whose page that was: what two balances and the list show is what counts.
		expect(error?.message).toContain('Akool did not create this video');
		expect(error?.description).toContain('HTTP status 401');
		expect(error?.description).not.toContain('1101');
	});

	it('is repeated if the connection is refused, and created once', async () => {
		const sandbox = await startSandbox();
		const credential = credentialFor(sandbox);
		const port = Number(new URL(sandbox.url).port);
		const outage = new Outage(sandbox, harness.clock);
		await sandbox.close();
		const source = '0123456789abcdef01234567';
		const running = harness.run(parameters(source), { credential, settings: RETRY });
		await harness.clock.until(() => outage.refused > 0);
		const opened = await startSandbox({ port, clock: harness.clock.background });
		const outcome = await running;
		const ids = madeIds(opened);
		const sent = opened.countRequests(on);
		outage.close();
		await opened.close();
		if (on === 'updateAudio') expect(outcome.error?.description).toContain('code 1008');
		else expect(outcome.json.map(({ _id }) => _id)).toEqual(ids);
		expect(sent).toBe(on === 'updateAudio' ? 2 : 1);
	});

	it('ends in a message that nothing was sent if the connection stays refused', async () => {
		const sandbox = await startSandbox();
		const credential = credentialFor(sandbox);
		await sandbox.close();
		const { error } = await harness.run(parameters('0123456789abcdef01234567'), { credential });
		expect(error?.message).toContain("Couldn't reach Akool");
		expect(error?.description).toContain('Nothing was sent');
	});
});

describe('a batch that Akool creates only in part', () => {
	it.each(RUNS)('loses no ID, run %s', async (_, settings) => {
		harness.sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 2, times: Infinity });
		const outcome = await harness.run(createBatch({ count: 5, waitForCompletion: false }), { settings });
		const made = madeIds(harness.sandbox);
		expect(made).toHaveLength(2);
		expect(visible(outcome, made)).toEqual(made);
		expect(outcome.stored).toContain('Akool created 2 of 5 videos');
	});

	it('is ordered again by Retry On Fail if nothing at all was created', async () => {
		harness.sandbox.addFault({ on: 'batch', kind: 'partialBatch', made: 0 });
		const outcome = await harness.run(createBatch({ count: 2, waitForCompletion: false }), { settings: RETRY });
		expect(outcome.json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(madeIds(harness.sandbox)).toHaveLength(2);
	});
});

describe('Retry On Fail', () => {
	/** Only where the model list is there does the node know that this model makes no audio. */
	const AUDIO = createBatch({
		prompt: '={{ $json.text }}',
		options: { waitMode: 'polling', concurrency: 1, generateAudio: true },
	});
	const TEXTS = { items: [{ text: 'a' }, { text: 'b' }] };

	it('returns the videos of the first try even if the parameters are refused on the second', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const parameters = create({
			prompt: '={{ $execution.customData.get("akool_videos_1") ? "" : $json.text }}',
			options: { waitMode: 'polling', concurrency: 1 },
		});
		const { json } = await harness.run(parameters, { ...TEXTS, settings: { ...RETRY, ...CONTINUE } });
		expect(json.flatMap(({ _id }) => _id ?? [])).toEqual(madeIds(harness.sandbox));
		expect(madeIds(harness.sandbox)).toHaveLength(1);
		expect(json.map(({ error }) => error).join()).toContain('Prompt');
	});

	it('does not say that an order without an answer cost nothing if the parameters are refused on the second try', async () => {
		harness.sandbox.addFault({ on: 'models', kind: 'status', times: 2 });
		harness.sandbox.addFault({ on: 'batch', kind: 'status', status: 500 });
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		const { json } = await harness.run(AUDIO, {
			items: [{ text: 'a' }],
			credential: harness.freshCredential(),
			settings: { ...RETRY, ...CONTINUE },
		});
		expect(json.map(({ error }) => error).join()).toContain(UNKNOWN);
	});

	it('orders nothing after an order without an answer if its parameters are refused on the second try', async () => {
		harness.sandbox.addFault({ on: 'models', kind: 'status', times: 2 });
		harness.sandbox.addFault({ on: 'batch', kind: 'status', status: 500 });
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		const parameters = {
			...AUDIO,
			options: { waitMode: 'polling', concurrency: 1, generateAudio: '={{ $json.text === "a" }}' },
		};
		const { error } = await harness.run(parameters, {
			...TEXTS,
			credential: harness.freshCredential(),
			settings: RETRY,
		});
		expect(error?.message).toContain(UNKNOWN);
		expect(harness.sandbox.countRequests('batch')).toBe(1);
	});

	/** Orders new audio for each of these videos, one after the other, and once more with Retry On Fail. */
	const audioOneByOne = async (ids: readonly string[], audioUrl: string) =>
		await harness.run(
			updateAudio('={{ $json.id }}', { audioType: 2, audioUrl, options: { waitMode: 'polling', concurrency: 1 } }),
			{ items: ids.map((id, n) => ({ id, n })), settings: RETRY },
		);

	/** An address that is there until a video was made. */
	const GONE_ONCE_MADE = '$execution.customData.get("akool_videos_1") ? "" : "https://example.com/music.mp3"';

	it('creates a shared video once even if the first of its items is refused on the second try', async () => {
		const [shared, other] = [await harness.finishedVideo(), await harness.finishedVideo()];
		const before = madeIds(harness.sandbox).length;
		harness.sandbox.addFault({ on: 'updateAudio', kind: 'code', code: 1003, after: 1, times: 1 });
		const audioUrl = `={{ $json.n > 0 ? "https://example.com/music.mp3" : ${GONE_ONCE_MADE} }}`;
		const { json, error } = await audioOneByOne([shared, shared, other], audioUrl);
		expect(error).toBeUndefined();
		const [first, second] = madeIds(harness.sandbox).slice(before);
		expect(json.flatMap(({ _id }) => _id ?? [])).toEqual([first, first, second]);
		expect(madeIds(harness.sandbox)).toHaveLength(before + 2);
	});

	it('reports the missing part of an item that is refused on the second try', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo()];
		harness.sandbox.addFault({ on: 'updateAudio', kind: 'code', code: 1003, after: 1, times: 1 });
		const parameters = updateAudio(ids.join(), {
			audioType: 2,
			audioUrl: `={{ ${GONE_ONCE_MADE} }}`,
			options: { waitMode: 'polling', concurrency: 1 },
		});
		const { json } = await harness.run(parameters, { settings: RETRY });
		expect(json.map(({ _id, error }) => _id ?? error)).toEqual([
			madeIds(harness.sandbox).at(-1),
			expect.stringContaining("'Audio URL' is empty"),
		]);
	});

	it('reports an item that is refused on the second try once, however many of its videos exist', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		harness.sandbox.addFault({ on: 'updateAudio', kind: 'code', code: 1003, after: 2, times: 1 });
		const parameters = updateAudio(ids.join(), {
			audioType: 2,
			audioUrl: `={{ ${GONE_ONCE_MADE} }}`,
			options: { waitMode: 'polling', concurrency: 1 },
		});
		const { json } = await harness.run(parameters, { settings: RETRY });
		expect(json.map(({ _id, error }) => _id ?? error)).toEqual([
			...madeIds(harness.sandbox).slice(-2),
			expect.stringContaining("'Audio URL' is empty"),
		]);
	});

	it('gives an existing video to an item that shares it only from the second try on', async () => {
		const id = await harness.finishedVideo();
		const before = madeIds(harness.sandbox).length;
		const audioUrl =
			'={{ $json.n > 0 || $execution.customData.get("akool_videos_1") ? "https://example.com/music.mp3" : "" }}';
		const parameters = updateAudio('={{ $json.id }}', {
			audioType: 2,
			audioUrl,
			options: { waitMode: 'polling', concurrency: 1 },
		});
		const { json } = await harness.run(parameters, {
			items: [0, 1].map((n) => ({ id, n })),
			settings: { ...RETRY, ...CONTINUE },
		});
		const made = madeIds(harness.sandbox).slice(before);
		expect(made).toHaveLength(1);
		expect(json.map(({ _id }) => _id)).toEqual([made[0], made[0]]);
	});

	it('gives each item its own video even if they would share one from the second try on', async () => {
		const [shared, other] = [await harness.finishedVideo(), await harness.finishedVideo()];
		const before = madeIds(harness.sandbox).length;
		harness.sandbox.addFault({ on: 'updateAudio', kind: 'code', code: 1003, after: 2, times: 1 });
		const audioUrl = '=https://example.com/{{ $execution.customData.get("akool_videos_1") ? "music" : $json.n }}.mp3';
		const { json, error } = await audioOneByOne([shared, shared, other], audioUrl);
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox).slice(before));
		expect(json).toHaveLength(3);
	});

	it('returns the finished videos if waiting is refused on the second try', async () => {
		firstTryFails();
		const waitMode = '={{ $execution.customData.get("akool_videos_1") ? "callback" : "polling" }}';
		const parameters = create({ downloadVideo: true, options: { waitMode, webhookUrl: 'https://example.com/hook' } });
		const { items } = await harness.run(parameters, { settings: { ...RETRY, ...CONTINUE } });
		expect(items.map(({ json, binary }) => [json._id, json.status, binary?.data?.mimeType])).toEqual([
			[madeIds(harness.sandbox)[0], 3, 'video/mp4'],
		]);
	});

	it('orders nothing while the outcome of an earlier order is unknown', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1006, times: 1 });
		harness.sandbox.addFault({ on: 'create', kind: 'status', status: 500, times: 1 });
		harness.sandbox.addFault({ on: 'list', kind: 'status', times: Infinity });
		const parameters = create({ prompt: '={{ $json.text }}', options: { waitMode: 'polling', concurrency: 2 } });
		const { error } = await harness.run(parameters, { ...TEXTS, settings: RETRY });
		expect(error?.message).toContain(UNKNOWN);
		expect(harness.sandbox.countRequests('create')).toBe(2);
	});

	const EACH = { prompt: '={{ $json.text }}' };
	const ITEMS = ['a', 'b', 'c'].map((text) => ({ text }));

	it('orders only what does not exist yet', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 1 });
		const { json, error } = await harness.run(create({ ...EACH, options: { waitMode: 'polling', concurrency: 1 } }), {
			items: ITEMS,
			settings: RETRY,
		});
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(harness.sandbox.jobs.map(({ body }) => body.prompt)).toEqual(['a', 'b', 'c']);
	});

	it('takes up a video that the first try could not wait for', async () => {
		firstTryFails();
		const { items, error } = await harness.run(create({ downloadVideo: true }), { settings: RETRY });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(at(items, 0).binary).toBeDefined();
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('takes up two identical items as two videos', async () => {
		firstTryFails();
		const { json } = await harness.run(
			create({ downloadVideo: true, options: { waitMode: 'polling', concurrency: 1 } }),
			{ items: [{}, {}], settings: RETRY },
		);
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it('does not order again if only the order of the body fields differs', async () => {
		firstTryFails();
		const options = { waitMode: 'polling', customBodyFields: '={{ Math.random() < 2 ? { b: 1, a: 2 } : {} }}' };
		await harness.run(create({ downloadVideo: true, options }), { settings: RETRY });
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('returns a failed video as failed, and orders no second one', async () => {
		const { error } = await harness.run(create({ prompt: '[sandbox: fail]' }), { settings: RETRY });
		expect(error?.message).toContain(at(madeIds(harness.sandbox), 0));
		expect(harness.sandbox.jobs).toHaveLength(1);
	});
});

describe('an error that ends the run', () => {
	it('names every video that was paid for, and the credits', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 3, times: Infinity });
		const parameters = create({ prompt: '={{ $json.text }}', options: { waitMode: 'polling', concurrency: 2 } });
		const { error } = await harness.run(parameters, {
			items: Array.from({ length: 9 }, (_, item) => ({ text: `t${item}` })),
		});
		const made = madeIds(harness.sandbox);
		expect(made).toHaveLength(3);
		for (const id of made) expect(error?.description).toContain(id);
		expect(error?.description).toContain('3 videos for 60 credits');
	});

	it('waits for the creates in flight, and sends no further one', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		harness.sandbox.addFault({ on: 'create', kind: 'hold', times: 2 });
		const parameters = create({ prompt: '={{ $json.text }}', options: { waitMode: 'polling', concurrency: 3 } });
		const running = harness.run(parameters, { items: Array.from({ length: 9 }, (_, item) => ({ text: `t${item}` })) });
		await harness.clock.until(() => harness.sandbox.countRequests('create') >= 3);
		await harness.clock.settle();
		harness.sandbox.release();
		const { error } = await running;
		expect(harness.sandbox.jobs).toHaveLength(2);
		for (const id of madeIds(harness.sandbox)) expect(error?.description).toContain(id);
	});
});

describe('a loop', () => {
	const TWO = [{ round: 1 }, { round: 2 }];

	it.each([
		['without waiting', { waitForCompletion: false }],
		['with waiting', {}],
		['with a time-out', { prompt: '[sandbox: seconds=900]', options: { waitMode: 'polling', waitTimeout: 0.1 } }],
	])('creates a new video for a new item, %s, even if its request is the same', async (_, changes) => {
		const { json, runs } = await harness.run(create(changes), { loop: true, items: TWO });
		expect(runs).toBe(2);
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it('orders anew for a new item, whatever became of the round before', async () => {
		await harness.run(create({ downloadVideo: true }), { loop: true, items: TWO, settings: CONTINUE });
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it('orders a failed video anew', async () => {
		harness.sandbox.reset();
		const { json } = await harness.run(create({ prompt: '[sandbox: fail]' }), {
			loop: true,
			items: TWO,
			settings: CONTINUE,
		});
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(harness.sandbox.jobs).toHaveLength(2);
	});
});
