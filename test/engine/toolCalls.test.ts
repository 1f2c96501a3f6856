import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { create, setStage } from './stage';
import { callAtOnce } from './tools';

jest.mock('n8n-workflow', () => jest.requireActual<typeof import('./clock')>('./clock').workflowWithClock());

const stage = setStage();

/** What each of the calls gave, or why it gave nothing. */
async function call(options: INodeParameters, prompts: string[], runIndexOf?: (call: number) => number): Promise<Array<IDataObject[] | string>> {
	const parameters = create({ prompt: '={{ $json.prompt }}', options: { waitMode: 'polling', ...options } });
	const settled = await callAtOnce(stage.sandbox, parameters, prompts.map((prompt) => ({ prompt })), runIndexOf);
	return settled.map((one) => (one.status === 'fulfilled' ? one.value.flat().map(({ json }) => json) : String(one.reason)));
}

const ordered = (): unknown[] => stage.sandbox.jobs.map(({ body }) => body.prompt);

describe('calls of an agent at the same moment', () => {
	it('keep Maximum Videos together', async () => {
		const answers = await call({ maxVideos: 1 }, ['a', 'b']);
		expect(ordered()).toEqual(['a']);
		expect(answers).toEqual([[expect.objectContaining({ status: 3 })], expect.stringContaining('Maximum Videos is 1, but this execution would make 2')]);
	});

	it('keep Maximum Credits together', async () => {
		const answers = await call({ maxCredits: 40 }, ['a', 'b', 'c']);
		expect(ordered()).toEqual(['a', 'b']);
		expect(answers.at(-1)).toEqual([expect.objectContaining({ error: expect.stringContaining('Maximum Credits') })]);
	});

	it('are an order each, also where they say the same', async () => {
		const answers = await call({}, ['a', 'a']);
		expect(ordered()).toEqual(['a', 'a']);
		expect(new Set(answers.flatMap((json) => (typeof json === 'string' ? json : json.map(({ _id }) => _id)))).size).toBe(2);
	});

	it('are an order each where n8n gives them the same number, as for several items of an agent', async () => {
		const answers = await call({}, ['a', 'b'], () => 0);
		expect(ordered()).toEqual(['a', 'b']);
		expect(answers).toEqual(stage.sandbox.jobs.map(({ _id }) => [expect.objectContaining({ _id, status: 3 })]));
	});

	it('go on where the one before could not order anything', async () => {
		stage.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, times: 1 });
		const answers = await call({}, ['a', 'b']);
		expect(answers).toEqual([expect.stringContaining('Akool did not accept a value'), [expect.objectContaining({ status: 3 })]]);
	});
});
