// Hands one call of Akool's to the trigger, in the context that n8n's own engine gives to webhooks.
'use strict';

const { ExternalSecretsProxy, WebhookContext } = require('n8n-core');
const { Workflow } = require('n8n-workflow');
const { AkoolImageToVideoTrigger } = require('../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node');
const { TYPE } = require('../engine/credentialsHelper');

const trigger = new AkoolImageToVideoTrigger();

/** An answer as Express would give it, that nobody reads. */
const response = {
	status: () => response,
	json: () => response,
};

/**
 * @param {import('../engine/credentialsHelper').KeptCredential} credential
 * @param {import('n8n-workflow').INodeParameters} parameters of the trigger
 * @param {unknown} body of the call
 * @returns {Promise<import('n8n-workflow').INodeExecutionData[]>} the items that start the workflow
 */
async function callTrigger(credential, parameters, body) {
	const node = {
		id: 'trigger', name: 'Trigger', type: 'trigger', typeVersion: 1, position: /** @type {[number, number]} */ ([0, 0]), parameters,
		credentials: { [TYPE]: { id: '1', name: 'Akool' } },
	};
	const nodeTypes = { getByName: () => trigger, getByNameAndVersion: () => trigger, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ id: 'workflow-1', name: 'Test', nodes: [node], connections: {}, active: false, nodeTypes });
	/** @type {any} */
	const additionalData = {
		credentialsHelper: credential,
		externalSecretsProxy: new ExternalSecretsProxy(),
		httpRequest: { body, headers: {}, params: {}, query: {} },
		httpResponse: response,
		variables: {},
	};
	/** @type {any} */
	const webhookData = { node: node.name, webhookDescription: trigger.description.webhooks?.[0], workflowId: 'workflow-1' };
	const context = new WebhookContext(workflow, node, additionalData, 'webhook', webhookData, [], null);
	const { workflowData } = await trigger.webhook.call(context);
	return workflowData?.flat() ?? [];
}

module.exports = { callTrigger };
