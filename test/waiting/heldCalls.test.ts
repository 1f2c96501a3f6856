// Calls that come one after the other, each delivered once, while one of them is held: whatever was called about is waited for, also once another call has
// taken the place of the one that was held.
import { callParked } from '../integration/calls';
import { credentialFor } from '../integration/engine';
import { create, madeIds, setUpHarness } from '../integration/harness';

const LONG = '[sandbox: seconds=1000000]';
const harness = setUpHarness();

it('waits for the video of a replaced held callback as well', async () => {
	const parked = await harness.run(create({ prompt: LONG, options: { waitMode: 'callback', concurrency: 1 } }), {
		items: [{}, {}, {}],
	});
	const [early = '', slow = '', last = ''] = madeIds(harness.sandbox);
	const call = async (id: string) =>
		await callParked(parked, credentialFor(harness.sandbox), harness.sandbox.makeCallback({ id, status: 3 }));
	const afterSeconds = async (seconds: number) => void (await harness.clock.sleep(seconds * 1_000));

	const held = call(early);
	await afterSeconds(18);
	expect(await call(slow)).toMatchObject({ httpStatus: 503 });
	harness.sandbox.finishJob(early);
	await afterSeconds(18);
	expect(await call(slow)).toMatchObject({ httpStatus: 503 });
	await afterSeconds(5);
	const replacing = call(last);
	await afterSeconds(4);
	harness.sandbox.finishJob(last);
	await afterSeconds(8);
	harness.sandbox.finishJob(slow);

	expect(await replacing).toMatchObject({ httpStatus: 200, isNodeOn: true });
	expect(await held).toMatchObject({ isNodeOn: false });
});
