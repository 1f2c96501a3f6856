import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { create, madeIds, setUpHarness } from './harness';
import { openAgent } from './tools';

const harness = setUpHarness();
const UNKNOWN = 'Akool may have created this video: check before retrying';
const parametersFor = (options: INodeParameters, more: INodeParameters = {}): INodeParameters =>
	create({ prompt: '={{ $json.prompt }}', options: { waitMode: 'polling', ...options }, ...more });

type Answer = IDataObject[] | string;

/** What a call gave, or why it gave nothing. */
async function answerOf(call: Promise<INodeExecutionData[][]>): Promise<Answer> {
	return await call.then(
		(outputs) => outputs.flat().map(({ json }) => json),
		(error) => String(error),
	);
}

/** Calls the tool several times at the same moment. */
async function callAtOnce(
	options: INodeParameters,
	prompts: string[],
	runIndexOf = (call: number): number => call,
): Promise<Answer[]> {
	const agent = openAgent(harness.sandbox, parametersFor(options));
	return await Promise.all(
		prompts.map(async (prompt, call) => await answerOf(agent.call({ prompt }, runIndexOf(call)))),
	);
}

const ordered = (): unknown[] => harness.sandbox.jobs.map(({ body }) => body.prompt);

describe('simultaneous calls of an agent', () => {
	it('share Maximum Videos', async () => {
		const answers = await callAtOnce({ maxVideos: 1 }, ['a', 'b']);
		expect(ordered()).toEqual(['a']);
		expect(answers).toEqual([
			[expect.objectContaining({ status: 3 })],
			expect.stringContaining("'Limit: Maximum Videos' is 1, but this execution would create 2"),
		]);
	});

	it('share Maximum Credits', async () => {
		const answers = await callAtOnce({ maxCredits: 40 }, ['a', 'b', 'c']);
		expect(ordered()).toEqual(['a', 'b']);
		expect(answers.at(-1)).toEqual([expect.objectContaining({ error: expect.stringContaining('Maximum Credits') })]);
	});

	it('place a refused order once if both bring its key', async () => {
		const { sandbox } = harness;
		const agent = openAgent(sandbox, parametersFor({}), { onError: 'continueRegularOutput' });
		sandbox.addFault({ on: 'create', kind: 'code', code: 1006 });
		const [refused] = (await agent.call({ prompt: 'a' }, 0)).flat();
		const again = { prompt: 'a', order_key: String(refused?.json.order_key) };
		const answers = await Promise.all([1, 2].map(async (call) => await answerOf(agent.call({ ...again }, call))));
		expect(ordered()).toEqual(['a']);
		expect(answers).toEqual([1, 2].map(() => [expect.objectContaining({ _id: madeIds(sandbox)[0], status: 3 })]));
	});

	it.each([
		['also where they say the same', ['a', 'a'], (call: number) => call],
		['also where n8n gives them the same number, as for several items of an agent', ['a', 'b'], () => 0],
		['also where they are the same in both', ['a', 'a'], () => 0],
	])('are an order each, %s', async (_, prompts, runIndexOf) => {
		const answers = await callAtOnce({}, prompts, runIndexOf);
		expect(ordered()).toEqual(prompts);
		expect(answers).toEqual(madeIds(harness.sandbox).map((_id) => [expect.objectContaining({ _id, status: 3 })]));
	});

	it('continue if the one before ordered nothing', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, times: 1 });
		const answers = await callAtOnce({}, ['a', 'b']);
		expect(answers).toEqual([
			expect.stringContaining('Akool did not accept a value'),
			[expect.objectContaining({ status: 3 })],
		]);
	});
});

describe('a repeated call of a tool', () => {
	it('takes up its video even if its parameters differ and n8n counts a new run', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1200 });
		const agent = openAgent(
			harness.sandbox,
			parametersFor({}, { prompt: '={{ $json.prompt }} {{ Math.random() }}', downloadVideo: true }),
		);
		const said = { prompt: 'a' };
		expect(await answerOf(agent.call(said, 0))).toContain('Akool has blocked this account');
		expect(await answerOf(agent.call(said, 1))).toEqual([
			expect.objectContaining({ _id: madeIds(harness.sandbox)[0], status: 3 }),
		]);
		expect(harness.sandbox.jobs).toHaveLength(1);
	});

	it('does not send an order without an answer again, and a new call is a new order', async () => {
		harness.sandbox.change({ listEnabled: false });
		harness.sandbox.addFault({ on: 'create', kind: 'status', status: 500, times: 1 });
		const agent = openAgent(harness.sandbox, parametersFor({}));
		const said = { prompt: 'a' };
		expect(await answerOf(agent.call(said, 0))).toContain(UNKNOWN);
		expect(await answerOf(agent.call({ prompt: 'b' }, 0))).toEqual([expect.objectContaining({ status: 3 })]);
		expect(await answerOf(agent.call(said, 1))).toContain(UNKNOWN);
		expect(harness.sandbox.countRequests('create')).toBe(2);
		expect(await answerOf(agent.call({ ...said }, 2))).toEqual([expect.objectContaining({ status: 3 })]);
		harness.sandbox.change({ listEnabled: true });
		expect(harness.sandbox.countRequests('create')).toBe(3);
	});
});
