// An ID of somebody else's video among those that are asked about: even if Akool refuses the whole request because of it, the other videos arrive.
import { at, CONTINUE, create, madeIds, onVideos, setUpHarness, UNKNOWN_ID } from './harness';

const harness = setUpHarness();
const statusRequests = (): number => harness.sandbox.countRequests('results');
const refuse = (ids: string[] | undefined, code = 1009): void =>
	void harness.sandbox.addFault({ on: 'results', kind: 'code', code, ids, times: Infinity });

async function finished(count: number): Promise<string[]> {
	await harness.run(create({ prompt: '={{ $itemIndex }}', waitForCompletion: false }), {
		items: Array.from({ length: count }, () => ({})),
	});
	harness.sandbox.finishAll();
	return madeIds(harness.sandbox);
}

describe('an ID that Akool refuses', () => {
	it('is found among a hundred, and the other videos are returned', async () => {
		const ids = await finished(100);
		const refusedId = at(ids, 61);
		refuse([refusedId]);
		const { json } = await harness.run(onVideos('get', ids.join(',')), { settings: CONTINUE });
		expect(json).toHaveLength(100);
		const faults = json.filter(({ status }) => status !== 3);
		expect(faults).toEqual([
			expect.objectContaining({ error: 'This Akool account has no access to the video', error_code: 1009 }),
		]);
		expect(faults[0]?.error_description).toContain(`This is about video ${refusedId}.`);
		// The hundred, and both halves of what was refused, again and again.
		expect(statusRequests()).toBe(1 + 2 * 7);
	});

	it('ends the run with its name unless On Error is Continue', async () => {
		const ids = await finished(2);
		refuse([at(ids, 1)], 1014);
		const { error } = await harness.run(onVideos('download', ids.join(',')));
		expect(error?.message).toBe('Akool cannot find what was asked for');
		expect(error?.description).toContain(`This is about video ${at(ids, 1)}.`);
	});

	it('ends after some status requests while the other videos are waited for', async () => {
		const { json } = await harness.run(
			create({ prompt: '=[sandbox: seconds={{ $itemIndex + 20 }}]', waitForCompletion: false }),
			{ items: [{}, {}, {}] },
		);
		const ids = json.map(({ _id }) => String(_id));
		refuse([at(ids, 0)]);
		const got = await harness.run(
			onVideos('get', ids.join(','), { waitForCompletion: true, options: { waitMode: 'polling' } }),
			{ settings: CONTINUE },
		);
		expect(got.json.map(({ status }) => status)).toEqual(expect.arrayContaining([3, 3]));
		expect(got.json.filter(({ error_code: code }) => code === 1009)).toHaveLength(1);
	});

	it('causes few requests even if all of them are refused', async () => {
		const ids = await finished(100);
		refuse(undefined, 1003);
		const { error } = await harness.run(onVideos('get', ids.join(',')));
		expect(error?.message).toBe('Akool did not accept a value');
		expect(statusRequests()).toBeLessThanOrEqual(32);
	});

	it.each([1109, 1200, 1006])('is not searched for if the account itself is refused: code %i', async (code) => {
		const ids = await finished(20);
		refuse(undefined, code);
		const { error } = await harness.run(onVideos('get', ids.join(',')));
		expect(error?.description).toContain(`code ${code}`);
		expect(statusRequests()).toBe(1);
	});

	it('alone gets Akool’s own refusal', async () => {
		refuse([UNKNOWN_ID]);
		const { error } = await harness.run(onVideos('get', UNKNOWN_ID));
		expect(error?.message).toBe('This Akool account has no access to the video');
		expect(statusRequests()).toBe(1);
	});
});
