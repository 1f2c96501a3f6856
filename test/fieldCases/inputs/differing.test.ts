// Settings that hold for a whole run, given as expressions that the items answer differently: none of them may silently get the first one's.

import type { INodeParameters } from 'n8n-workflow';

import { create, onVideos, setUpHarness } from '../../integration/harness';

const harness = setUpHarness();
const items = [{ v: 1 }, { v: 1 }, { v: 2 }];
const option = (name: string, value: string): INodeParameters => create({ options: { [name]: value } });

describe('a setting of the whole run that differs between items', () => {
	it.each([
		['Wait for Completion', create({ waitForCompletion: '={{ $json.v === 1 }}' }), 'true', 'false'],
		['Wait: Mode', option('waitMode', '={{ $json.v === 1 ? "auto" : "polling" }}'), '"auto"', '"polling"'],
		['Wait: Timeout (Minutes)', option('waitTimeout', '={{ $json.v * 30 }}'), '30', '60'],
		['Limit: Maximum Credits', option('maxCredits', '={{ $json.v * 30 }}'), '30', '60'],
		['Limit: Maximum Videos', option('maxVideos', '={{ $json.v * 30 }}'), '30', '60'],
		['Parallel Videos', option('concurrency', '={{ $json.v }}'), '1', '2'],
	])('refuses ’%s’ by name, with both values, before anything is sent', async (name, parameters, one, two) => {
		const { error } = await harness.run(parameters, { items });
		expect(error?.message).toBe(`'${name}' is not the same for all items`);
		expect(error?.description).toContain(`It is ${one} for item 0 and ${two} for item 2`);
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it('is refused by Get as well', async () => {
		const parameters = onVideos('get', await harness.finishedVideo(), { waitForCompletion: '={{ $json.v === 1 }}' });
		const { error } = await harness.run(parameters, { items });
		expect(error?.message).toBe("'Wait for Completion' is not the same for all items");
	});

	it('is accepted if the expression gives all items the same value', async () => {
		const { json } = await harness.run(create({ waitForCompletion: '={{ $json.v > 5 }}', options: {} }), { items });
		expect(json.map(({ status }) => status)).toEqual([1, 1, 1]);
	});
});
