import { at, CONTINUE, create, createBatch, madeIds, RETRY, setUpHarness, updateAudio } from './harness';

const harness = setUpHarness();
const many = (count: number): Array<{ text: string }> =>
	Array.from({ length: count }, (_, item) => ({ text: `image ${item}` }));
const withOptions = (options: object) =>
	create({ prompt: '={{ $json.text }}', waitForCompletion: false, options: { ...options } });

describe('Maximum Credits', () => {
	it('stops at the real charges with several creates in flight, and each item that was not ordered says so', async () => {
		const { json } = await harness.run(withOptions({ maxCredits: 100, concurrency: 4 }), {
			items: many(50),
			settings: CONTINUE,
		});
		expect(harness.sandbox.jobs).toHaveLength(5);
		expect(json.filter(({ _id }) => _id !== undefined)).toHaveLength(5);
		const notMade = json.filter(({ error }) =>
			String(error).startsWith("Video not created: it would exceed 'Limit: Maximum Credits'"),
		);
		expect(notMade).toHaveLength(45);
		expect(at(notMade, 0).error_description).toContain('has spent 100 of 100 credits');
	});

	it.each([1, 4, 20])('is never passed with %d creates in flight, whatever a video costs', async (concurrency) => {
		const { json } = await harness.run(withOptions({ maxCredits: 70, concurrency }), {
			items: many(12),
			settings: CONTINUE,
		});
		const spent = harness.sandbox.jobs.reduce((sum, job) => sum + job.deduction_credit, 0);
		expect(spent).toBe(60);
		expect(json).toHaveLength(12);
	});

	it('counts all videos of a batch before it is sent', async () => {
		const parameters = createBatch({
			prompt: '={{ $json.text }}',
			count: 4,
			waitForCompletion: false,
			options: { maxCredits: 30 },
		});
		await harness.run(parameters, { items: many(3), settings: CONTINUE });
		expect(harness.sandbox.jobs).toHaveLength(4);
	});

	it('returns every video without Continue On Fail too, and each item says whether it was created', async () => {
		const { json, error } = await harness.run(withOptions({ maxCredits: 40 }), { items: many(5) });
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id).filter((id) => id !== undefined)).toEqual(madeIds(harness.sandbox));
		expect(madeIds(harness.sandbox)).toHaveLength(2);
		expect(
			json.filter((item) =>
				String(item.error).startsWith("Video not created: it would exceed 'Limit: Maximum Credits'"),
			),
		).toHaveLength(3);
	});

	it('counts what an earlier try of the same execution has spent', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1015, after: 2 });
		await harness.run(withOptions({ maxCredits: 60, concurrency: 1 }), { items: many(8), settings: RETRY });
		expect(harness.sandbox.jobs).toHaveLength(3);
	});

	it('lets another order go after a create was refused', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 1, times: 2 });
		const { json } = await harness.run(withOptions({ maxCredits: 60, concurrency: 3 }), {
			items: many(5),
			settings: CONTINUE,
		});
		expect(harness.sandbox.jobs).toHaveLength(3);
		expect(json).toHaveLength(5);
	});
});

describe('orders that wait for a first price under Maximum Credits', () => {
	const creates = (): number => harness.sandbox.countRequests('create');
	const waiting = withOptions({ maxCredits: 1000, concurrency: 4 });

	it('are not sent if the execution is stopped meanwhile', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 200 });
		let stop: () => void = () => undefined;
		const running = harness.run(waiting, { items: many(6), onStart: (cancel) => (stop = cancel) });
		await harness.clock.until(() => creates() > 0);
		stop();
		await running;
		await harness.clock.until(() => madeIds(harness.sandbox).length > 0);
		await harness.clock.settle();
		expect(creates()).toBe(1);
	});

	it('are not sent if the first order fails', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003 });
		const { error } = await harness.run(waiting, { items: many(6) });
		expect(creates()).toBe(1);
		expect(error?.message).toBe('Akool did not accept a value [Item 0]');
		expect(error?.description).toContain('Items 1, 2, 3, 4, 5: Video not created: an earlier item stopped the run.');
	});

	it('are not sent if Akool refuses the credential', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1109, times: Infinity });
		const { json } = await harness.run(waiting, { items: many(6), settings: CONTINUE });
		expect(creates()).toBe(1);
		expect(json.map(({ error }) => error)).toEqual(many(6).map(() => 'Akool does not know this API key'));
	});
});

describe('Maximum Credits without a known price', () => {
	const UNKNOWN_PRICE = 'Video not created: Akool has not said what a video costs';
	const creates = (): number => harness.sandbox.countRequests('create');

	it('creates nothing more if the answer names no price, and each item says why', async () => {
		for (let item = 0; item < 6; item++) {
			const data = { _id: `6891abe782f7cd2a890c44b${item}`, status: 1, create_time: Date.now() };
			harness.sandbox.addFault({ on: 'create', kind: 'status', status: 200, body: { code: 1000, data } });
		}
		const { json } = await harness.run(withOptions({ maxCredits: 20 }), { items: many(6) });
		expect(creates()).toBe(1);
		expect(json.map(({ _id, error }) => error ?? _id)).toEqual([
			'6891abe782f7cd2a890c44b0',
			...Array.from({ length: 5 }, () => UNKNOWN_PRICE),
		]);
		expect(at(json, 1).error_description).toContain(
			"'Limit: Maximum Credits' is 20, but the earlier answers of this execution name no price",
		);
	});

	it('creates nothing more if the first answer never came', async () => {
		harness.sandbox.change({ listEnabled: false });
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter', times: Infinity });
		const { json } = await harness.run(withOptions({ maxCredits: 20 }), { items: many(6), settings: CONTINUE });
		harness.sandbox.change({ listEnabled: true });
		expect(creates()).toBe(1);
		expect(json.map(({ error }) => String(error).replace(/ \[.*/, ''))).toEqual([
			'Akool may have created this video: check before retrying',
			...Array(5).fill(UNKNOWN_PRICE),
		]);
	});

	it('counts an order that may have been charged at the price of the others', async () => {
		harness.sandbox.change({ listEnabled: false });
		harness.sandbox.addFault({ on: 'create', kind: 'resetBefore', after: 1 });
		const { json } = await harness.run(withOptions({ maxCredits: 60, concurrency: 1 }), {
			items: many(6),
			settings: CONTINUE,
		});
		harness.sandbox.change({ listEnabled: true });
		expect(creates()).toBe(3);
		expect(at(json, 3).error_description).toContain('has spent 60 of 60 credits');
	});
});

describe('limits and existing videos', () => {
	const download = (options: object) =>
		create({
			prompt: '={{ $json.text }}',
			downloadVideo: true,
			options: { waitMode: 'polling', concurrency: 1, ...options },
		});
	/** Lets the first try fail once its videos are paid for. */
	const firstTryFails = (): void => void harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1200 });

	it('Minimum Balance still returns a video that the first try has paid for', async () => {
		harness.sandbox.credits = 110;
		firstTryFails();
		const { items, error } = await harness.run(download({ minBalance: 100 }), { items: many(1), settings: RETRY });
		expect(error).toBeUndefined();
		expect(items.map(({ json, binary }) => [json._id, binary !== undefined])).toEqual([
			[at(madeIds(harness.sandbox), 0), true],
		]);
	});

	it('Minimum Balance refuses only the new orders of the next try', async () => {
		harness.sandbox.credits = 110;
		firstTryFails();
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 1 });
		const { items } = await harness.run(download({ minBalance: 100 }), {
			items: many(2),
			settings: { ...RETRY, ...CONTINUE },
		});
		expect(items.map(({ json, binary }) => [json._id, binary !== undefined])).toEqual([
			[at(madeIds(harness.sandbox), 0), true],
			[undefined, false],
		]);
		expect(at(items, 1).json.error).toContain("'Limit: Minimum Balance' is 100 credits, but the account has 90");
	});

	it('the error of Minimum Balance names the videos that were paid for', async () => {
		harness.sandbox.credits = 110;
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1015, after: 1 });
		const { error } = await harness.run(download({ minBalance: 100 }), { items: many(2), settings: RETRY });
		expect(error?.message).toContain("'Limit: Minimum Balance' is 100 credits, but the account has 90 [Item 1]");
		expect(error?.description).toContain(at(madeIds(harness.sandbox), 0));
	});

	it('Maximum Videos refuses only the new orders of a later round of a loop', async () => {
		const items = ['a', 'a', 'b'].map((text) => ({ text }));
		const outcome = await harness.run(download({ maxVideos: 1 }), { items, loop: true, settings: CONTINUE });
		expect(outcome.items.map(({ json, binary }) => [json._id, binary !== undefined])).toEqual([
			[madeIds(harness.sandbox)[0], true],
			[undefined, false],
			[undefined, false],
		]);
		expect(at(outcome.items, 2).json.error).toContain(
			"'Limit: Maximum Videos' is 1, but this execution would create 2",
		);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});
});

describe('Maximum Videos', () => {
	it('refuses a run that would create more, before the first video is paid for', async () => {
		const { error } = await harness.run(withOptions({ maxVideos: 3 }), { items: many(4) });
		expect(error?.message).toContain("'Limit: Maximum Videos' is 3, but this execution would create 4");
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('counts the videos of batches', async () => {
		const { error } = await harness.run(createBatch({ count: 5, options: { maxVideos: 4 } }));
		expect(error?.message).toContain("'Limit: Maximum Videos' is 4, but this execution would create 5");
	});

	it('is reported in every item under Continue On Fail', async () => {
		const { json } = await harness.run(withOptions({ maxVideos: 1 }), { items: many(2), settings: CONTINUE });
		expect(json.map(({ error }) => String(error))).toEqual([
			expect.stringContaining("'Limit: Maximum Videos' is 1"),
			expect.stringContaining("'Limit: Maximum Videos' is 1"),
		]);
	});

	it('allows exactly as many as it says', async () => {
		const { json } = await harness.run(withOptions({ maxVideos: 2 }), { items: many(2) });
		expect(json).toHaveLength(2);
	});

	it('covers the whole execution, also the rounds of a loop', async () => {
		const { json } = await harness.run(withOptions({ maxVideos: 2 }), {
			items: many(4),
			loop: true,
			settings: CONTINUE,
		});
		expect(harness.sandbox.jobs).toHaveLength(2);
		expect(json.filter(({ error }) => error !== undefined)).toHaveLength(2);
	});

	it('does not count a try of Retry On Fail twice', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1015, after: 1 });
		const { json } = await harness.run(withOptions({ maxVideos: 2, concurrency: 1 }), {
			items: many(2),
			settings: RETRY,
		});
		expect(json).toHaveLength(2);
	});
});

describe('Minimum Balance', () => {
	it('refuses a run below it, with both figures', async () => {
		harness.sandbox.credits = 99;
		const { error } = await harness.run(withOptions({ minBalance: 100 }), { items: many(1) });
		expect(error?.message).toContain("'Limit: Minimum Balance' is 100 credits, but the account has 99");
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('allows a run whose balance equals it', async () => {
		harness.sandbox.credits = 100;
		const { json } = await harness.run(withOptions({ minBalance: 100 }), { items: [{ text: 'a' }] });
		expect(json).toHaveLength(1);
	});

	it('refuses a run if the balance cannot be read', async () => {
		harness.sandbox.addFault({ on: 'credits', kind: 'status', times: Infinity });
		const { error } = await harness.run(withOptions({ minBalance: 100 }), { items: [{ text: 'a' }] });
		expect(error?.message).toContain('reading the credit balance');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('applies to Update Audio', async () => {
		const source = await harness.finishedVideo();
		harness.sandbox.credits = 3;
		const { error } = await harness.run(updateAudio(source, { options: { minBalance: 5 } }));
		expect(error?.message).toContain('Minimum Balance');
		expect(harness.sandbox.countRequests('updateAudio')).toBe(0);
	});
});

describe('Parallel Videos', () => {
	it.each([1, 3])('allows at most %d creates in flight', async (concurrency) => {
		harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 40, times: Infinity });
		const running = harness.run(withOptions({ concurrency }), { items: many(6) });
		let most = 0;
		let isOver = false;
		void running.then(() => (isOver = true));
		await harness.clock.until(() => {
			const inFlight = harness.sandbox.requests.filter(
				({ endpoint, answered }) => endpoint === 'create' && answered === null,
			);
			most = Math.max(most, inFlight.length);
			return isOver;
		});
		expect(most).toBe(concurrency);
		expect(harness.sandbox.jobs).toHaveLength(6);
	});
});
