// What has started the workflow is remembered for the seven days that a video lives, within a bound, and nothing that is being dealt with is given up.
import { TriggerWorkflow } from '../../integration/calls';
import { credentialFor } from '../../integration/engine';
import { setStage } from '../../integration/stage';

const DAY_MS = 24 * 60 * 60_000;
/** More triggers than one process remembers. */
const MANY_TRIGGERS = 201;
const stage = setStage();
const hook = (): TriggerWorkflow => new TriggerWorkflow(credentialFor(stage.sandbox), {});
const completed = (id: string): string => stage.sandbox.sealCallback({ id, status: 3 });
const repeated = { httpStatus: 200, items: undefined };

describe('the memory of a trigger', () => {
	it('holds for six days, over a restart and however many events came since', async () => {
		const id = await stage.finishedVideo();
		const before = hook();
		expect((await before.call(completed(id))).items).toHaveLength(1);
		const minute = Math.floor(stage.clock.now() / 60_000);
		const others = Array.from(
			{ length: 2_000 },
			(_, number) => `${(number + 1).toString(16).padStart(24, '0')}:3:${(minute + 1).toString(36)}`,
		);
		await stage.clock.sleep(6 * DAY_MS);
		const after = hook();
		after.staticData = JSON.parse(
			JSON.stringify(before.staticData, (_, value) =>
				typeof value === 'string' ? [value, ...others].join(' ') : value,
			),
		);
		expect(await after.call(completed(id))).toMatchObject(repeated);
	});

	it('lets an event go once its video is gone', async () => {
		const id = await stage.finishedVideo();
		const before = hook();
		await before.call(completed(id));
		await stage.clock.sleep(8 * DAY_MS);
		const other = await stage.finishedVideo();
		await before.call(completed(other));
		expect(JSON.stringify(before.staticData)).not.toContain(id);
		expect(JSON.stringify(before.staticData)).toContain(other);
	});

	it('keeps what is under way while hundreds of other triggers are called', async () => {
		const id = await stage.finishedVideo();
		const busy = hook();
		stage.sandbox.addFault({ on: 'results', kind: 'hold' });
		const first = busy.call(completed(id));
		await stage.clock.until(() => stage.sandbox.countRequests('results') > 0);
		for (let count = 0; count < MANY_TRIGGERS; count++)
			await hook().call(stage.sandbox.sealCallback({ id, status: 2 }));
		expect(await busy.call(completed(id))).toMatchObject({ httpStatus: 503, items: undefined });
		stage.sandbox.release();
		expect((await first).items).toHaveLength(1);
	});
});
