// Calls the node as the tool of an agent that makes all its calls at the same moment, as agents up to 2.2 do: each call is a run of the node, in the
// context that n8n's engine has for tools, and all of them share what the execution keeps.
import { credentialFor, makeAdditionalData, makeWorkflow, NODE, type RunRequest } from './engine';
import { SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, type IDataObject, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../sandbox';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';

const CONNECTION = 'ai_tool';

/**
 * An execution with such an agent.
 * @param parameters of the tool
 * @param settings of the tool, such as `onError`
 */
export function openAgent(sandbox: Sandbox, parameters: INodeParameters, settings: RunRequest['settings'] = {}) {
	const credential = credentialFor(sandbox);
	const workflow = makeWorkflow({ parameters, credential, settings, asTool: true });
	const found = workflow.getNode(NODE);
	if (found === null) throw new Error('the workflow has no Akool node');
	const tool = found;
	const data = createRunExecutionData({});
	/**
	 * One call.
	 * @param json what the agent says; n8n hands over the same object on each try of a call
	 * @param runIndex the number that n8n gives the call
	 */
	async function call(json: IDataObject, runIndex: number): Promise<INodeExecutionData[][]> {
		const items = [{ json }];
		const input = { [CONNECTION]: [items] };
		const additionalData = makeAdditionalData(credential, 'http://localhost:5678', []);
		const context = new SupplyDataContext(
			workflow,
			tool,
			additionalData,
			'integrated',
			data,
			runIndex,
			items,
			input,
			CONNECTION,
			{ node: tool, data: input, source: null },
			[],
		);
		context.addInputData(CONNECTION, input[CONNECTION] ?? [], runIndex);
		return await Reflect.apply(new AkoolImageToVideo().execute, context, []);
	}
	return { call };
}
