// Runs the node by n8n's own engine: a real workflow (trigger, Akool node, and what comes after it) through WorkflowExecute, with n8n's own
// contexts and request helpers. Retries, Continue On Fail, error outputs, parking and cancelling are therefore n8n's, not ours.
'use strict';

const { bytesOf, useBinaryMode } = require('./n8n');
const {
	ExecuteContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	WorkflowExecute,
} = require('n8n-core');
const { Workflow, createRunExecutionData } = require('n8n-workflow');
const { AkoolImageToVideo } = require('../../nodes/AkoolImageToVideo/AkoolImageToVideo.node');
const { AkoolImageToVideoTrigger } = require('../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node');
const { KeptCredential, TYPE } = require('./credentialsHelper');

/**
 * @typedef {import('n8n-workflow').INodeType} INodeType
 * @typedef {import('n8n-workflow').INode} INode
 * @typedef {import('n8n-workflow').INodeExecutionData} Item
 * @typedef {import('n8n-workflow').IRun} IRun
 * @typedef {import('n8n-workflow').IDataObject} IDataObject
 * @typedef {import('n8n-workflow').INodeParameters} INodeParameters
 * @typedef {import('n8n-workflow').IWorkflowExecuteAdditionalData} AdditionalData
 *
 * @typedef {object} RunRequest
 * @property {INodeParameters} parameters of the Akool node
 * @property {IDataObject[]} [items] the JSON of the input items; one empty item by default
 * @property {Item[]} [inputs] whole input items, instead of `items`
 * @property {Partial<INode>} [settings] retryOnFail, maxTries, waitBetweenTries, continueOnFail, onError, executeOnce …
 * @property {KeptCredential} credential
 * @property {string} [n8nUrl] how this n8n is called from outside
 * @property {string | null} [workflowId] null: a workflow that was never saved
 * @property {'v0' | 'v1'} [executionOrder]
 * @property {boolean} [loop] give the items to the node one by one, each in a run of its own
 * @property {boolean} [twice] let a second Akool node with the same parameters come behind the first
 * @property {boolean} [asTool] under the type that n8n makes of the node for agents
 * @property {import('n8n-workflow').WorkflowExecuteMode} [mode]
 * @property {string} [executionId]
 * @property {(cancel: () => void) => void} [onStart] gets what stops the execution
 */

const NODE = 'Akool Image to Video';
const SECOND_NODE = 'Akool Image to Video 2';
/** What a node's JSON says of its credential. @param {KeptCredential} credential */
const credentialsOf = ({ id }) => ({ [TYPE]: { id, name: 'Akool' } });
const RESUME_TOKEN = 'resume-token-that-nobody-may-see';
const EXECUTION_ID = '4711';

/** @param {Partial<INodeType> & { name: string, outputs?: number }} type @returns {INodeType} */
function stubType({ name, outputs = 1, ...functions }) {
	const output = /** @type {const} */ ('main');
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			properties: [],
			inputs: name === 'start' ? [] : ['main'],
			outputs: Array.from({ length: outputs }, () => output),
		},
		...functions,
	};
}

/** Gives its items one by one on its second output, and those that came back on its first when all are through. @this {import('n8n-workflow').IExecuteFunctions} */
async function oneByOne() {
	const store = this.getContext('node');
	if (store['left'] === undefined) store['left'] = this.getInputData().map(({ json, binary }) => ({ json, binary }));
	const left = /** @type {Item[]} */ (store['left']);
	const next = left.shift();
	return next === undefined ? [[{ json: { done: true } }], []] : [[], [next]];
}

/** @this {import('n8n-workflow').IExecuteFunctions} */
async function passOn() {
	return [this.getInputData()];
}

/** @type {Record<string, INodeType>} */
const TYPES = {
	akool: new AkoolImageToVideo(),
	akoolTool: new AkoolImageToVideo(),
	trigger: new AkoolImageToVideoTrigger(),
	start: stubType({ name: 'start', execute: passOn }),
	loop: stubType({ name: 'loop', outputs: 2, execute: oneByOne }),
	after: stubType({ name: 'after', execute: passOn }),
};

/** @param {string} type @returns {INodeType} */
function typeOf(type) {
	const found = TYPES[type];
	if (found === undefined) throw new Error(`no node type ${type}`);
	return found;
}

const nodeTypes = {
	getByName: typeOf,
	getByNameAndVersion: typeOf,
	getKnownTypes: () => ({}),
};

/** @param {string} name @param {string} type @param {Partial<INode>} [more] @returns {INode} */
function node(name, type, more = {}) {
	return { id: `id-${name}`, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...more };
}

/** @param {string} name */
const to = (name) => ({ node: name, type: /** @type {const} */ ('main'), index: 0 });

/** @param {RunRequest} request */
function makeWorkflow({
	parameters,
	settings,
	credential,
	workflowId = 'workflow-1',
	executionOrder = 'v1',
	loop = false,
	twice = false,
	asTool = false,
}) {
	const more = { parameters, credentials: credentialsOf(credential), ...settings };
	const akool = node(NODE, asTool ? 'akoolTool' : 'akool', more);
	const nodes = [
		node('Start', 'start'),
		akool,
		node(SECOND_NODE, 'akool', more),
		node('After', 'after'),
		node('After Fault', 'after'),
		node('Loop', 'loop'),
	];
	const behind = loop ? [[to('Loop')], [to('Loop')]] : [[to(twice ? SECOND_NODE : 'After')], [to('After Fault')]];
	return new Workflow({
		id: workflowId ?? undefined,
		name: 'Test',
		nodes,
		connections: {
			Start: { main: [[to(loop ? 'Loop' : NODE)]] },
			Loop: { main: [[], [to(NODE)]] },
			[NODE]: { main: behind },
		},
		active: false,
		nodeTypes,
		settings: { executionOrder },
	});
}

/** @param {KeptCredential} credential @param {string} n8nUrl @param {string[]} messages @returns {AdditionalData} */
function makeAdditionalData(credential, n8nUrl, messages) {
	/** @returns {Promise<never>} */
	const never = async () => {
		throw new Error('not part of these tests');
	};
	return {
		credentialsHelper: credential,
		executeWorkflow: never,
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: never,
		executionId: EXECUTION_ID,
		currentNodeExecutionIndex: 0,
		restApiUrl: `${n8nUrl}/rest`,
		instanceBaseUrl: n8nUrl,
		formBaseUrl: `${n8nUrl}/form`,
		formWaitingBaseUrl: `${n8nUrl}/form-waiting`,
		formTestBaseUrl: `${n8nUrl}/form-test`,
		webhookBaseUrl: `${n8nUrl}/webhook`,
		webhookWaitingBaseUrl: `${n8nUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${n8nUrl}/webhook-test`,
		mcpBaseUrl: `${n8nUrl}/mcp`,
		mcpTestBaseUrl: `${n8nUrl}/mcp-test`,
		variables: {},
		logAiEvent: () => undefined,
		externalSecretsProxy: new ExternalSecretsProxy(),
		sendDataToUI: (_type, data) => {
			const found = JSON.stringify(data);
			messages.push(found);
		},
	};
}

/** @param {IRun} run @param {string} name */
function runsOf(run, name) {
	return run.data.resultData.runData[name] ?? [];
}

/** What a test wants to know about an execution. @param {IRun} run @param {string[]} messages */
function summary(run, messages) {
	const { error, metadata } = run.data.resultData;
	const tasks = runsOf(run, NODE);
	/** @param {number} output @returns {Item[]} */
	const output = (output) => tasks.flatMap(({ data }) => data?.['main']?.[output] ?? []);
	return {
		status: run.status,
		/** Items of the node's regular output, of all its runs together. */
		items: output(0),
		/** Items of its error output. */
		errorItems: output(1),
		/** The JSON of the regular output. */
		json: output(0).map(({ json }) => json),
		/** What reached the node behind it. */
		after: runsOf(run, 'After').flatMap(({ data }) => data?.['main']?.[0] ?? []),
		afterFault: runsOf(run, 'After Fault').flatMap(({ data }) => data?.['main']?.[0] ?? []),
		/** The error that ended the execution, as n8n stores it. */
		error:
			error === undefined
				? undefined
				: { ...error, message: error.message, description: String(error.description ?? ''), stack: error.stack ?? '' },
		/** How often the engine counted the node as run. */
		runs: tasks.length,
		hints: tasks.flatMap(({ hints }) => hints ?? []).map(({ message }) => message),
		customData: metadata ?? {},
		waitTill: run.waitTill ?? undefined,
		/** What n8n keeps for the node that parked the execution. */
		parked: run.data.executionData?.nodeExecutionStack[0]?.data['main']?.[0] ?? [],
		/** The execution as n8n would store it while it is parked. */
		data: run.data,
		/** What was sent to the browser of whoever watches. */
		messages,
		/** Everything that n8n would store of the execution, as text. */
		stored: JSON.stringify(run.data.resultData),
	};
}

/** @typedef {ReturnType<typeof summary> & { savedStatus: string }} Outcome `savedStatus` is what the list of executions shows */

/** Lets n8n work through an execution. @param {RunRequest} request @param {Workflow} workflow @param {IRun['data']} data @returns {Promise<Outcome>} */
async function execute(
	{ credential, n8nUrl = 'http://localhost:5678', mode = 'manual', executionId = EXECUTION_ID, onStart },
	workflow,
	data,
) {
	/** @type {string[]} */
	const messages = [];
	const additionalData = Object.assign(makeAdditionalData(credential, n8nUrl, messages), { executionId });
	additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: 'workflow-1',
		name: 'Test',
		active: false,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
		activeVersionId: null,
	});
	/** @type {IRun | undefined} */
	let saved;
	additionalData.hooks.addHandler('workflowExecuteAfter', (run) => void (saved = run));
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	onStart?.(() => execution.cancel());
	const run = await execution;
	return { ...summary(run, messages), savedStatus: (saved ?? run).status };
}

/** Runs a workflow with the Akool node in it. @param {RunRequest} request @returns {Promise<Outcome>} */
async function runNode(request) {
	const { items = [{}], inputs } = request;
	const workflow = makeWorkflow(request);
	const start = workflow.getNode('Start');
	if (start === null) throw new Error('the workflow has no start');
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: start, data: { main: [inputs ?? items.map((json) => ({ json }))] }, source: null }],
		},
		resumeToken: RESUME_TOKEN,
	});
	return await execute(request, workflow, data);
}

/** What n8n has stored of a parked execution, as n8n reads it again. @param {Pick<Outcome, 'data'>} parked */
const stored = ({ data }) => structuredClone(JSON.parse(JSON.stringify(data)));

/** Lets the waiting time of a parked execution run out: n8n takes up what it has stored. @param {Outcome} parked @param {RunRequest} request as it began @returns {Promise<Outcome>} */
async function timeOut(parked, request) {
	return await execute(request, makeWorkflow(request), stored(parked));
}

/**
 * Lets a parked execution go on, as n8n does once a call has woken it: what the call gave is the input of the node that parked it.
 * @param {RunRequest} request as the execution began @param {Pick<Outcome, 'data'>} parked @param {Item[]} items @returns {Promise<Outcome>}
 */
async function goOn(request, parked, items) {
	const data = stored(parked);
	data.waitTill = undefined;
	data.resultData.runData[data.resultData.lastNodeExecuted].pop();
	data.executionData.nodeExecutionStack[0].data.main = [items];
	return await execute(request, makeWorkflow(request), data);
}

/**
 * Retries a failed execution with the workflow as it is saved now, as the list of executions offers it: a new execution goes on with what the failed
 * one has left.
 * @param {Pick<Outcome, 'data'>} failed @param {RunRequest & { executionId: string }} request @returns {Promise<Outcome>}
 */
async function retry(failed, request) {
	const data = stored(failed);
	delete data.resultData.error;
	data.resultData.runData[data.resultData.lastNodeExecuted].pop();
	const workflow = makeWorkflow(request);
	for (const entry of data.executionData.nodeExecutionStack) entry.node = workflow.getNode(entry.node.name);
	return await execute({ ...request, mode: 'retry' }, workflow, data);
}

/** The context in which a dropdown of the open node is filled. @param {INodeParameters} parameters @param {KeptCredential} credential */
function dropdownContext(parameters, credential) {
	const workflow = makeWorkflow({ parameters, credential });
	const additionalData = makeAdditionalData(credential, 'http://localhost:5678', []);
	additionalData.currentNodeParameters = parameters;
	const akool = workflow.getNode(NODE);
	if (akool === null) throw new Error('the workflow has no Akool node');
	return new LoadOptionsContext(workflow, akool, additionalData, '');
}

/** A context as `execute` gets it, for what one function of a lower floor needs. @param {RunRequest} request @param {AbortSignal} [signal] */
function executeContext(request, signal) {
	const { items = [{}], credential, n8nUrl = 'http://localhost:5678' } = request;
	const workflow = makeWorkflow(request);
	const akool = workflow.getNode(NODE);
	if (akool === null) throw new Error('the workflow has no Akool node');
	const inputs = items.map((json) => ({ json }));
	const input = { main: [inputs] };
	const data = createRunExecutionData({});
	return new ExecuteContext(
		workflow,
		akool,
		makeAdditionalData(credential, n8nUrl, []),
		'integrated',
		data,
		0,
		inputs,
		input,
		{ node: akool, data: input, source: { main: [{ previousNode: 'Start' }] } },
		[],
		signal,
	);
}

/** The credential of a sandbox. @param {import('../sandbox').Sandbox} sandbox @param {import('n8n-workflow').ICredentialDataDecryptedObject} [changes] */
function credentialFor(sandbox, changes = {}) {
	return new KeptCredential({
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		clientId: sandbox.clientId,
		baseUrl: sandbox.url,
		...changes,
	});
}

module.exports = {
	NODE,
	RESUME_TOKEN,
	bytesOf,
	credentialFor,
	credentialsOf,
	dropdownContext,
	executeContext,
	goOn,
	makeAdditionalData,
	makeWorkflow,
	node,
	nodeTypes,
	retry,
	runNode,
	timeOut,
	useBinaryMode,
};
