// Calls the node as the tool of an agent that makes all its calls at the same moment, as agents up to 2.2 do: each call is a run of the node, in the
// context that n8n's engine has for tools, and all of them share what the execution keeps.
'use strict';

const { credentialFor, makeAdditionalData, makeWorkflow, NODE } = require('./engine');
const { SupplyDataContext } = require('n8n-core');
const { createRunExecutionData } = require('n8n-workflow');
const { AkoolImageToVideo } = require('../../nodes/AkoolImageToVideo/AkoolImageToVideo.node');

const CONNECTION = 'ai_tool';

/**
 * An execution with such an agent.
 * @param {import('../sandbox').Sandbox} sandbox @param {import('n8n-workflow').INodeParameters} parameters of the tool
 */
function openAgent(sandbox, parameters) {
	const credential = credentialFor(sandbox);
	const workflow = makeWorkflow({ parameters, credential, asTool: true });
	const found = workflow.getNode(NODE);
	if (found === null) throw new Error('the workflow has no Akool node');
	const tool = found;
	const data = createRunExecutionData({});
	/**
	 * One call. @param {import('n8n-workflow').IDataObject} json what the agent says; n8n hands over the same object on each try of a call
	 * @param {number} runIndex the number that n8n gives the call @returns {Promise<import('n8n-workflow').INodeExecutionData[][]>}
	 */
	async function call(json, runIndex) {
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

module.exports = { openAgent };
