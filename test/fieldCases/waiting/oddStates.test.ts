// Akool shows what is no state of a video: no row yet, a status of no page, a completed row without its link, rows of strange shapes. It is waited on for a
// while whatever the interval, keeps no other video back, and is named in the end.
import { callParked } from '../../integration/calls';
import { credentialFor } from '../../integration/engine';
import { at, CONTINUE, create, madeIds, setUpHarness } from '../../integration/harness';

const harness = setUpHarness();
const SECOND_MS = 1_000;
const LONG = '[sandbox: seconds=1000000]';
const EACH = { prompt: '={{ $json.text }}' };
const polling = (pollInterval: number) => ({ options: { waitMode: 'polling', pollInterval, concurrency: 1 } });
const texts = (...items: string[]) => ({ items: items.map((text) => ({ text })) });
const idAt = (index: number): string => at(madeIds(harness.sandbox), index);

describe('a new video that Akool does not show yet', () => {
	it.each([2, 5])('is waited for, with a status request every %d seconds', async (interval) => {
		harness.sandbox.addFault({ on: 'results', kind: 'missingRow', times: Infinity });
		void harness.clock.sleep(45 * SECOND_MS).then(() => harness.sandbox.clearFaults());
		const { json, error } = await harness.run(create(polling(interval)));
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	});

	it('ends in an error that names it after two minutes', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'missingRow', times: Infinity });
		const startedMs = harness.clock.now();
		const { error } = await harness.run(create(polling(5)));
		expect(error?.message).toContain('Akool has no video');
		const seconds = (harness.clock.now() - startedMs) / SECOND_MS;
		expect(seconds).toBeGreaterThanOrEqual(120);
		expect(seconds).toBeLessThan(150);
	});
});

it('an unknown status is waited on for at least 20 seconds, whatever the interval', async () => {
	harness.sandbox.addFault({ on: 'results', kind: 'unknownStatus', status: 9, times: Infinity });
	void harness.clock.sleep(18 * SECOND_MS).then(() => harness.sandbox.clearFaults());
	const { json, error } = await harness.run(create(polling(2)));
	expect(error).toBeUndefined();
	expect(json).toEqual([expect.objectContaining({ status: 3 })]);
});

describe('a completed row without its link', () => {
	it('is polled until the link is there', async () => {
		const fault = harness.sandbox.addFault({ on: 'results', kind: 'link', url: '', times: 3 });
		const { json } = await harness.run(create({ ...polling(5), downloadVideo: true }));
		expect(fault.hits).toBe(3);
		expect(json).toEqual([expect.objectContaining({ status: 3, video_url: expect.stringContaining('http') })]);
		expect(json[0]?.download_error).toBeUndefined();
	});

	it('is returned without a link if none ever comes', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'link', url: '', times: Infinity });
		const { json, error } = await harness.run(create({ ...polling(5), downloadVideo: true }));
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({ status: 3, _id: idAt(0), download_error: expect.stringContaining('link') }),
		]);
	});
});

describe('a malformed row', () => {
	it.each(['null', 'text', 'number', 'array', 'empty'])('before the others does not delay them: %s', async (shape) => {
		const fault = harness.sandbox.addFault({ on: 'results', kind: 'oddRow', shape, times: Infinity });
		const { json, error } = await harness.run(create({ ...EACH, ...polling(5) }), texts('one', 'two'));
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual([3, 3]);
		expect(fault.hits).toBeGreaterThan(0);
	});

	it('instead of a video is quoted in the message about that video, and the other videos are returned', async () => {
		const running = harness.run(create({ ...EACH, ...polling(5) }), { ...texts('one', 'two'), settings: CONTINUE });
		await harness.clock.until(() => madeIds(harness.sandbox).length === 2);
		harness.sandbox.addFault({ on: 'results', kind: 'oddRow', shape: 'text', ids: [idAt(0)], times: Infinity });
		const { json } = await running;
		expect(json[0]).toMatchObject({ _id: idAt(0), error: expect.stringContaining('cannot be read') });
		expect(json[1]).toMatchObject({ _id: idAt(1), status: 3 });
	});
});

describe('a parked execution', () => {
	const parkTwo = async () => {
		const options = { waitMode: 'callback', concurrency: 1 };
		const parked = await harness.run(create({ prompt: LONG, options }), texts('one', 'two'));
		expect(parked.status).toBe('waiting');
		return parked;
	};
	const callAbout = async (parked: Awaited<ReturnType<typeof parkTwo>>, id: string) =>
		await callParked(parked, credentialFor(harness.sandbox), harness.sandbox.makeCallback({ id, status: 3 }));

	it.each([
		['is gone at Akool', { kind: 'missingRow' }],
		['has a status of no page', { kind: 'unknownStatus', status: 9 }],
	])('resumes after the call was held if its other videos are finished and one %s', async (_, fault) => {
		const parked = await parkTwo();
		harness.sandbox.addFault({ on: 'results', ids: [idAt(1)], times: Infinity, ...fault });
		harness.sandbox.finishJob(idAt(0));
		const startedMs = harness.clock.now();
		const answer = await callAbout(parked, idAt(0));
		expect(answer).toMatchObject({ httpStatus: 200, isNodeOn: true });
		expect(harness.clock.now() - startedMs).toBeGreaterThanOrEqual(20 * SECOND_MS);
	});
});
