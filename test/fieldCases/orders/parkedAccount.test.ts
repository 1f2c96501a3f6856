// What becomes of a parked execution whose credential is broken meanwhile: its videos are paid for, so its items keep their IDs and the keys of their orders.

import { credentialFor, resumeParked } from '../../integration/engine';
import { CONTINUE, create, madeIds, setUpHarness } from '../../integration/harness';

const harness = setUpHarness({ jobSeconds: 1_000_000 });
const parameters = create({ options: { waitMode: 'callback', concurrency: 1 } });

describe('a parked execution whose Base URL is no longer an address', () => {
	const resumed = async (settings: object) => {
		const request = { parameters, credential: credentialFor(harness.sandbox), items: [{}, {}], settings };
		const parked = await harness.run(parameters, request);
		expect(parked.status).toBe('waiting');
		const broken = credentialFor(harness.sandbox, { baseUrl: 'akool' });
		return await resumeParked({ ...request, credential: broken }, parked, parked.parked);
	};

	it('returns each item with its ID and order key under Continue On Fail', async () => {
		const { json } = await resumed(CONTINUE);
		expect(json.map(({ _id }) => _id)).toEqual(madeIds(harness.sandbox));
		expect(json.map(({ order_key }) => typeof order_key)).toEqual(['string', 'string']);
		expect(json.map(({ error }) => error)).toEqual(Array(2).fill("'Base URL' is not an address"));
	});

	it('ends with the IDs of its videos otherwise', async () => {
		const { error } = await resumed({});
		for (const id of madeIds(harness.sandbox)) expect(error?.description).toContain(id);
	});
});
