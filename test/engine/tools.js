// Calls the node as the tool of an agent that makes all its calls at the same moment, as agents up to 2.2 do: each call is a run of the node, in the
// context that n8n's engine has for tools, and all of them share what the execution keeps.
'use strict';

const { credentialFor, makeAdditionalData, makeWorkflow, NODE } = require('./engine');
const { SupplyDataContext } = require('n8n-core');
const { createRunExecutionData } = require('n8n-workflow');
const { AkoolImageToVideo } = require('../../nodes/AkoolImageToVideo/AkoolImageToVideo.node');

const CONNECTION = 'ai_tool';

/**
 * @param {import('../sandbox').Sandbox} sandbox @param {import('n8n-workflow').INodeParameters} parameters
 * @param {import('n8n-workflow').IDataObject[]} calls what the agent says in each call
 * @param {(call: number) => number} [runIndexOf] the number that n8n gives a call
 * @returns {Promise<PromiseSettledResult<import('n8n-workflow').INodeExecutionData[][]>[]>}
 */
async function callAtOnce(sandbox, parameters, calls, runIndexOf = (call) => call) {
	const credential = credentialFor(sandbox);
	const workflow = makeWorkflow({ parameters, credential, asTool: true });
	const tool = workflow.getNode(NODE);
	if (tool === null) throw new Error('the workflow has no Akool node');
	const data = createRunExecutionData({});
	const answers = calls.map(async (json, call) => {
		const runIndex = runIndexOf(call);
		const items = [{ json }];
		const input = { [CONNECTION]: [items] };
		const additionalData = makeAdditionalData(credential, 'http://localhost:5678', []);
		const context = new SupplyDataContext(
			workflow, tool, additionalData, 'integrated', data, runIndex, items, input, CONNECTION, { node: tool, data: input, source: null }, [],
		);
		context.addInputData(CONNECTION, input[CONNECTION] ?? [], runIndex);
		return await Reflect.apply(new AkoolImageToVideo().execute, context, []);
	});
	return await Promise.allSettled(answers);
}

module.exports = { callAtOnce };
