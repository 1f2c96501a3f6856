// Videos that Akool does not show, or shows in no state that anybody knows. Nobody may ever call about them, so none of them keeps an execution waiting for
// longer than it is looked for.
import { callParked } from '../integration/calls';
import { credentialFor, resumeParked } from '../integration/engine';
import { at, create, madeIds, setUpHarness } from '../integration/harness';

const LONG = '[sandbox: seconds=1000000]';
const harness = setUpHarness();
const PARAMETERS = create({ prompt: LONG, options: { waitMode: 'callback', concurrency: 1 } });
const polls = (): number => harness.sandbox.countRequests('results');
const NEVER = { on: 'results', times: Infinity } as const;

describe.each([
	['no row', { kind: 'missingRow' }, 'Akool has no video', 120],
	['no row of any video', { kind: 'emptyList' }, 'Akool has no video', 120],
	['a status that nobody knows', { kind: 'unknownStatus', status: 7 }, 'unknown status', 20],
])('%s', (_, fault, words, seconds) => {
	it('is polled for a while and then named, and the execution is not parked', async () => {
		harness.sandbox.addFault({ ...NEVER, ...fault });
		const beganMs = harness.clock.now();
		const { status, error } = await harness.run(PARAMETERS);
		expect(status).toBe('error');
		expect(error?.message).toContain(words);
		expect(error?.message).toContain(at(madeIds(harness.sandbox), 0));
		const tookSeconds = (harness.clock.now() - beganMs) / 1_000;
		expect(tookSeconds).toBeGreaterThanOrEqual(seconds);
		expect(tookSeconds).toBeLessThan(seconds + 60);
	});

	it('that passes lets the execution be parked, with no further status request', async () => {
		harness.sandbox.addFault({ ...NEVER, ...fault, times: 2 });
		const { status, parked } = await harness.run(PARAMETERS);
		expect(status).toBe('waiting');
		expect(parked.map(({ json }) => [json._id, json.timed_out])).toEqual([[at(madeIds(harness.sandbox), 0), true]]);
		expect(polls()).toBe(4);
	});

	it('while the execution is parked holds one call for as long as results lag, and then resumes it', async () => {
		const parked = await harness.run(PARAMETERS);
		expect(parked.status).toBe('waiting');
		harness.sandbox.addFault({ ...NEVER, ...fault });
		const id = at(madeIds(harness.sandbox), 0);
		const beganMs = harness.clock.now();
		const call = await callParked(
			parked,
			credentialFor(harness.sandbox),
			harness.sandbox.makeCallback({ id, status: 3 }),
		);
		expect(call).toMatchObject({ isNodeOn: true });
		expect(harness.clock.now() - beganMs).toBeGreaterThanOrEqual(20_000);
		const request = { parameters: PARAMETERS, credential: credentialFor(harness.sandbox) };
		const { status, error } = await resumeParked(request, parked, parked.parked);
		expect(status).toBe('error');
		expect(error?.message).toContain(words);
		expect(error?.message).toContain(id);
	});
});

it('a wait ends with its time-out, whatever Akool shows', async () => {
	harness.sandbox.addFault({ ...NEVER, kind: 'missingRow' });
	const beganMs = harness.clock.now();
	const { status, json } = await harness.run(
		create({ prompt: LONG, options: { waitMode: 'callback', waitTimeout: 1.5 } }),
	);
	expect(status).toBe('success');
	expect(json).toEqual([expect.objectContaining({ _id: at(madeIds(harness.sandbox), 0), timed_out: true })]);
	expect((harness.clock.now() - beganMs) / 1_000).toBeLessThan(91);
});
