// A programming error during a status request: neither Akool nor the network has caused it, so it ends the wait at once instead of polling until the time-out.
import { readResults } from '../../nodes/AkoolImageToVideo/transport/results';
import { at, create, madeIds, setUpHarness } from '../integration/harness';

jest.mock('../../nodes/AkoolImageToVideo/transport/results');

const harness = setUpHarness();

it('ends the run with the cause and the IDs of paid videos', async () => {
	const read = jest.mocked(readResults).mockRejectedValue(new TypeError('rows is not iterable'));
	const startedMs = harness.clock.now();
	const { error } = await harness.run(create());
	expect(JSON.stringify(error)).toContain('rows is not iterable');
	expect(JSON.stringify(error)).toContain(at(madeIds(harness.sandbox), 0));
	expect(read).toHaveBeenCalledTimes(1);
	expect(harness.clock.now() - startedMs).toBeLessThan(10_000);
});
