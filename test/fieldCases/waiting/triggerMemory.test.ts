// What has started the workflow is remembered for the seven days that a video lives, within a bound, and no entry of a callback in progress is evicted.
import { TriggerWorkflow } from '../../integration/calls';
import { credentialFor } from '../../integration/engine';
import { at, create, madeIds, setUpHarness } from '../../integration/harness';

const DAY_MS = 24 * 60 * 60_000;
/** More triggers than one process remembers. */
const MANY_TRIGGERS = 201;
const harness = setUpHarness();
const hook = (): TriggerWorkflow => new TriggerWorkflow(credentialFor(harness.sandbox), {});
const completed = (id: string): string => harness.sandbox.makeCallback({ id, status: 3 });
const repeated = { httpStatus: 200, items: undefined };

describe('the events that the trigger remembers', () => {
	it('are kept for six days, over a restart and however many events came since', async () => {
		const id = await harness.finishedVideo();
		const before = hook();
		expect((await before.call(completed(id))).items).toHaveLength(1);
		const minute = Math.floor(harness.clock.now() / 60_000);
		const others = Array.from(
			{ length: 2_000 },
			(_, number) => `${(number + 1).toString(16).padStart(24, '0')}:3:${(minute + 1).toString(36)}`,
		);
		await harness.clock.sleep(6 * DAY_MS);
		const after = hook();
		after.staticData = JSON.parse(
			JSON.stringify(before.staticData, (_, value) =>
				typeof value === 'string' ? [value, ...others].join(' ') : value,
			),
		);
		expect(await after.call(completed(id))).toMatchObject(repeated);
	});

	it('are forgotten once their video has expired', async () => {
		const id = await harness.finishedVideo();
		const before = hook();
		await before.call(completed(id));
		await harness.clock.sleep(8 * DAY_MS);
		const other = await harness.finishedVideo();
		await before.call(completed(other));
		expect(JSON.stringify(before.staticData)).not.toContain(id);
		expect(JSON.stringify(before.staticData)).toContain(other);
	});

	it('are kept while they are being handled, even if hundreds of other triggers are called', async () => {
		const id = await harness.finishedVideo();
		const busy = hook();
		harness.sandbox.addFault({ on: 'results', kind: 'hold' });
		const first = busy.call(completed(id));
		await harness.clock.until(() => harness.sandbox.countRequests('results') > 0);
		for (let count = 0; count < MANY_TRIGGERS; count++)
			await hook().call(harness.sandbox.makeCallback({ id, status: 2 }));
		expect(await busy.call(completed(id))).toMatchObject({ httpStatus: 503, items: undefined });
		harness.sandbox.release();
		expect((await first).items).toHaveLength(1);
	});
});

describe('a caller who hangs up before n8n starts the workflow', () => {
	it('can send the event again if n8n could not start the workflow', async () => {
		const id = await harness.finishedVideo();
		const trigger = hook();
		await trigger.call(completed(id), 'webhook', { canStart: false, hasHungUp: true });
		expect((await trigger.call(completed(id))).items).toHaveLength(1);
		expect(await trigger.call(completed(id))).toMatchObject(repeated);
	});

	it('starts the workflow once if n8n could', async () => {
		const id = await harness.finishedVideo();
		const trigger = hook();
		expect((await trigger.call(completed(id), 'webhook', { hasHungUp: true })).items).toHaveLength(1);
		expect(await trigger.call(completed(id))).toMatchObject(repeated);
	});
});

it('an event ahead of Akool’s results is not marked as handled by the event before it', async () => {
	await harness.run(create({ prompt: '[sandbox: seconds=100000]', waitForCompletion: false }));
	const id = at(madeIds(harness.sandbox), 0);
	const trigger = new TriggerWorkflow(credentialFor(harness.sandbox), { triggerOn: ['progress'] });
	const progress = async (status: number) => await trigger.call(harness.sandbox.makeCallback({ id, status }));
	harness.sandbox.addFault({ on: 'results', kind: 'unknownStatus', value: 1, times: 2 });
	expect((await progress(1)).items).toEqual([{ json: expect.objectContaining({ status: 1 }) }]);
	expect(await progress(2)).toMatchObject({ httpStatus: 503, items: undefined });
	await harness.clock.sleep(1_000);
	expect((await progress(2)).items).toEqual([{ json: expect.objectContaining({ status: 2 }) }]);
});
