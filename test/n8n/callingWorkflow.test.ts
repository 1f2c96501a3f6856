import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData, type INode, type IRunExecutionData, type RelatedExecution } from 'n8n-workflow';

import { callerCannotWait } from '../../nodes/AkoolImageToVideo/n8n/callingWorkflow';
import { KeptCredential } from '../integration/credentialsHelper';
import { makeAdditionalData, makeWorkflow, NODE } from '../integration/engine';

const credential = new KeptCredential({});

/** Asks in a workflow that was called so. @param stored what n8n has stored of the execution that called it */
async function ask(parentExecution: RelatedExecution | undefined, stored?: () => IRunExecutionData | undefined) {
	const workflow = makeWorkflow({ parameters: {}, credential });
	const akool = workflow.getNode(NODE);
	if (akool === null) throw new Error('the workflow has no such node');
	const asked: string[] = [];
	const additionalData = Object.assign(makeAdditionalData(credential, 'https://n8n.example.com', []), {
		getRunExecutionData: async (executionId: string) => {
			asked.push(executionId);
			return stored?.();
		},
	});
	const items = { main: [[{ json: {} }]] };
	const data = createRunExecutionData({ parentExecution });
	const entry = { node: akool, data: items, source: null };
	const context = new ExecuteContext(
		workflow,
		akool,
		additionalData,
		'integrated',
		data,
		0,
		[{ json: {} }],
		items,
		entry,
		[],
	);
	return { cannotWait: await callerCannotWait(context), asked };
}

const called = (executionId: string, shouldResume?: boolean): RelatedExecution => ({
	executionId,
	workflowId: 'workflow-2',
	...(shouldResume !== undefined && { shouldResume }),
});
const node: INode = { id: '1', name: 'Call', type: 'call', typeVersion: 1, position: [0, 0], parameters: {} };
const left = [{ node, data: { main: [[{ json: {} }]] }, source: null }];
const HAS_RUN = { runData: {}, lastNodeExecuted: 'MCP Server Trigger' };

describe('the workflow that calls this sub-workflow', () => {
	it.each([true, undefined])('cannot be resumed if it has no execution', async (shouldResume) => {
		expect(await ask(called('__UNKNOWN__', shouldResume))).toEqual({ cannotWait: true, asked: [] });
	});

	it('cannot be resumed if its execution has ended', async () => {
		const ended = () => createRunExecutionData({ resultData: HAS_RUN });
		expect(await ask(called('12', true), ended)).toEqual({ cannotWait: true, asked: ['12'] });
	});

	it('may not wait if n8n does not say that it is to be resumed, as with tools of agents', async () => {
		expect(await ask(called('12'))).toEqual({ cannotWait: true, asked: [] });
	});

	it.each<[string, () => IRunExecutionData | undefined]>([
		['runs still', () => createRunExecutionData({ executionData: { nodeExecutionStack: left } })],
		[
			'runs still, and keeps its progress',
			() => createRunExecutionData({ resultData: HAS_RUN, executionData: { nodeExecutionStack: left } }),
		],
		[
			'was started in the editor, with what had run before',
			() => createRunExecutionData({ resultData: { runData: { A: [] } } }),
		],
		['was started in the editor', () => createRunExecutionData({ executionData: null })],
		['is not saved', () => undefined],
		[
			'cannot be read',
			() => {
				throw new Error('database is locked');
			},
		],
	])('counts as able to wait if its execution %s', async (_, stored) => {
		expect(await ask(called('12', true), stored)).toEqual({ cannotWait: false, asked: ['12'] });
	});

	it('is ignored if it continues by itself, or does not exist', async () => {
		expect(await ask(called('12', false))).toEqual({ cannotWait: false, asked: [] });
		expect(await ask(undefined)).toEqual({ cannotWait: false, asked: [] });
	});
});
