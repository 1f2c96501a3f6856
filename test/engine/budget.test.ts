import { realPause } from './clock';
import { at, CONTINUE, create, createBatch, madeIds, RETRY, setStage, updateAudio } from './stage';

jest.mock('n8n-workflow', () => jest.requireActual<typeof import('./clock')>('./clock').workflowWithClock());

const stage = setStage();
const many = (count: number): Array<{ text: string }> => Array.from({ length: count }, (_, item) => ({ text: `picture ${item}` }));
const withOptions = (options: object) => create({ prompt: '={{ $json.text }}', waitForCompletion: false, options: { ...options } });

describe('Maximum Credits', () => {
	it('stops at what was really charged, with several creates in flight, and tells every item that was not made', async () => {
		const { json } = await stage.run(withOptions({ maxCredits: 100, concurrency: 4 }), { items: many(50), settings: CONTINUE });
		expect(stage.sandbox.jobs).toHaveLength(5);
		expect(json.filter(({ _id }) => _id !== undefined)).toHaveLength(5);
		const notMade = json.filter(({ error }) => String(error).startsWith('Not created: it would go beyond Maximum Credits'));
		expect(notMade).toHaveLength(45);
		expect(at(notMade, 0).error_description).toContain('has spent 100 of 100 credits');
	});

	it.each([1, 4, 20])('is never passed with %d in flight, whatever a video costs', async (concurrency) => {
		const { json } = await stage.run(withOptions({ maxCredits: 70, concurrency }), { items: many(12), settings: CONTINUE });
		const spent = stage.sandbox.jobs.reduce((sum, job) => sum + job.deduction_credit, 0);
		expect(spent).toBe(60);
		expect(json).toHaveLength(12);
	});

	it('counts all videos of a batch before it is sent', async () => {
		const parameters = createBatch({ prompt: '={{ $json.text }}', count: 4, waitForCompletion: false, options: { maxCredits: 30 } });
		await stage.run(parameters, { items: many(3), settings: CONTINUE });
		expect(stage.sandbox.jobs).toHaveLength(4);
	});

	it('is no reason to lose what was made: without Continue On Fail too, each item says whether it was', async () => {
		const { json, error } = await stage.run(withOptions({ maxCredits: 40 }), { items: many(5) });
		expect(error).toBeUndefined();
		expect(json.map(({ _id }) => _id).filter((id) => id !== undefined)).toEqual(madeIds(stage.sandbox));
		expect(madeIds(stage.sandbox)).toHaveLength(2);
		expect(json.filter((item) => String(item.error).startsWith('Not created: it would go beyond Maximum Credits'))).toHaveLength(3);
	});

	it('counts what an earlier try of the same execution has spent', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1015, after: 2 });
		await stage.run(withOptions({ maxCredits: 60, concurrency: 1 }), { items: many(8), settings: RETRY });
		expect(stage.sandbox.jobs).toHaveLength(3);
	});

	it('frees the place of a create that was refused', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 1, times: 2 });
		const { json } = await stage.run(withOptions({ maxCredits: 60, concurrency: 3 }), { items: many(5), settings: CONTINUE });
		expect(stage.sandbox.jobs).toHaveLength(3);
		expect(json).toHaveLength(5);
	});
});

describe('Maximum Videos', () => {
	it('refuses a run that would make more, before the first is paid for', async () => {
		const { error } = await stage.run(withOptions({ maxVideos: 3 }), { items: many(4) });
		expect(error?.message).toContain('Maximum Videos is 3, but this run would make 4');
		expect(stage.sandbox.requests).toEqual([]);
	});

	it('counts the videos of batches', async () => {
		const { error } = await stage.run(createBatch({ count: 5, options: { maxVideos: 4 } }));
		expect(error?.message).toContain('Maximum Videos is 4, but this run would make 5');
	});

	it('tells every item under Continue On Fail', async () => {
		const { json } = await stage.run(withOptions({ maxVideos: 1 }), { items: many(2), settings: CONTINUE });
		expect(json.map(({ error }) => String(error))).toEqual([expect.stringContaining('Maximum Videos is 1'), expect.stringContaining('Maximum Videos is 1')]);
	});

	it('allows as many as it says', async () => {
		const { json } = await stage.run(withOptions({ maxVideos: 2 }), { items: many(2) });
		expect(json).toHaveLength(2);
	});

	it('holds for the whole execution, rounds of a loop included', async () => {
		const { json } = await stage.run(withOptions({ maxVideos: 2 }), { items: many(4), loop: true, settings: CONTINUE });
		expect(stage.sandbox.jobs).toHaveLength(2);
		expect(json.filter(({ error }) => error !== undefined)).toHaveLength(2);
	});

	it('does not count a try of Retry On Fail twice', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1015, after: 1 });
		const { json } = await stage.run(withOptions({ maxVideos: 2, concurrency: 1 }), { items: many(2), settings: RETRY });
		expect(json).toHaveLength(2);
	});
});

describe('Minimum Balance', () => {
	it('refuses a run below it, with both figures', async () => {
		stage.sandbox.credits = 99;
		const { error } = await stage.run(withOptions({ minBalance: 100 }), { items: many(1) });
		expect(error?.message).toContain('Minimum Balance is 100 credits, but the account has 99');
		expect(stage.sandbox.jobs).toHaveLength(0);
	});

	it('lets a run start at it', async () => {
		stage.sandbox.credits = 100;
		const { json } = await stage.run(withOptions({ minBalance: 100 }), { items: [{ text: 'a' }] });
		expect(json).toHaveLength(1);
	});

	it('refuses to start when the balance cannot be read', async () => {
		stage.sandbox.addFault({ on: 'credits', kind: 'status', times: Infinity });
		const { error } = await stage.run(withOptions({ minBalance: 100 }), { items: [{ text: 'a' }] });
		expect(error?.message).toContain('read the credit balance');
		expect(stage.sandbox.jobs).toHaveLength(0);
	});

	it('guards Update Audio too', async () => {
		const source = await stage.finishedVideo();
		stage.sandbox.credits = 3;
		const { error } = await stage.run(updateAudio(source, { options: { minBalance: 5 } }));
		expect(error?.message).toContain('Minimum Balance');
		expect(stage.sandbox.countRequests('updateAudio')).toBe(0);
	});
});

describe('Concurrency', () => {
	it.each([1, 3])('keeps at most %d creates in flight', async (concurrency) => {
		stage.sandbox.addFault({ on: 'create', kind: 'delay', ms: 40, times: Infinity });
		const running = stage.run(withOptions({ concurrency }), { items: many(6) });
		let most = 0;
		let isOver = false;
		void running.then(() => (isOver = true));
		while (!isOver) {
			await realPause(2);
			most = Math.max(most, stage.sandbox.requests.filter(({ endpoint, answered }) => endpoint === 'create' && answered === null).length);
		}
		expect(most).toBe(concurrency);
		expect(stage.sandbox.jobs).toHaveLength(6);
	});
});
