import { TriggerWorkflow } from '../integration/calls';
import { credentialFor } from '../integration/engine';
import { at, setUpHarness } from '../integration/harness';

const harness = setUpHarness();

const statusRequests = (): number => harness.sandbox.countRequests('results');
const call = (id: string): string => harness.sandbox.makeCallback({ id, status: 3 });

describe('simultaneous callbacks', () => {
	it('share one status request: all but the first, whose request is under way when they come', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const hook = new TriggerWorkflow(credentialFor(harness.sandbox));
		const before = statusRequests();
		const answers = await Promise.all(ids.map(async (id) => await hook.call(call(id))));
		expect(answers.map(({ items }) => items?.[0]?.json._id)).toEqual(ids);
		expect(statusRequests() - before).toBe(2);
	});

	it('of another account share nothing with them, and are answered by their own keys’ results', async () => {
		const id = await harness.finishedVideo();
		const own = new TriggerWorkflow(credentialFor(harness.sandbox));
		const wrong = new TriggerWorkflow(credentialFor(harness.sandbox, { apiKey: 'w'.repeat(32) }));
		const withWrongKeys = harness.sandbox.makeCallback({ id, status: 3, apiKey: 'w'.repeat(32) });
		const [ownAnswer, wrongAnswer] = await Promise.all([own.call(call(id)), wrong.call(withWrongKeys)]);
		expect(ownAnswer.items).toHaveLength(1);
		expect(wrongAnswer).toMatchObject({ httpStatus: 503, items: undefined });
	});

	it('start their workflows even if one video is missing from Akool’s results, whose callback is asked to come again', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const hook = new TriggerWorkflow(credentialFor(harness.sandbox));
		harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1009, ids: [at(ids, 1)], times: Infinity });
		const answers = await Promise.all(ids.map(async (id) => await hook.call(call(id))));
		expect(answers.map(({ items }) => items?.length)).toEqual([1, undefined, 1]);
		expect(at(answers, 1).httpStatus).toBe(503);
	});

	it('share the next status request if they come while one is under way', async () => {
		const ids = [await harness.finishedVideo(), await harness.finishedVideo(), await harness.finishedVideo()];
		const hook = new TriggerWorkflow(credentialFor(harness.sandbox));
		const before = statusRequests();
		harness.sandbox.addFault({ on: 'results', kind: 'delay', ms: 150, times: 1 });
		const first = hook.call(call(at(ids, 0)));
		await harness.clock.until(() => statusRequests() > before);
		const second = hook.call(call(at(ids, 1)));
		const third = hook.call(call(at(ids, 2)));
		for (const answer of [first, second, third]) expect((await answer).items).toHaveLength(1);
		expect(statusRequests() - before).toBe(2);
	});
});
