// Runs the node by n8n's own engine: a real workflow (trigger, Akool node, and what comes after it) through WorkflowExecute, with n8n's own
// contexts and request helpers. Retries, Continue On Fail, error outputs, parking and cancelling are therefore n8n's, not ours.
import { bytesOf, useBinaryMode } from './n8n';
import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type IConnection,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type NodeConnectionType,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';
import type { Sandbox } from '../sandbox';
import { KeptCredential, TYPE } from './credentialsHelper';

export interface RunRequest {
	/** Of the Akool node. */
	parameters: INodeParameters;
	/** The JSON of the input items; one empty item by default. */
	items?: IDataObject[];
	/** Whole input items, instead of `items`. */
	inputs?: INodeExecutionData[];
	/** retryOnFail, maxTries, waitBetweenTries, continueOnFail, onError, executeOnce … */
	settings?: Partial<INode>;
	credential: KeptCredential;
	/** How this n8n is called from outside. */
	n8nUrl?: string;
	/** Null: a workflow that was never saved. */
	workflowId?: string | null;
	executionOrder?: 'v0' | 'v1';
	/** Give the items to the node one by one, each in a run of its own. */
	loop?: boolean;
	/** Let a second Akool node with the same parameters come after the first. */
	twice?: boolean;
	/** Under the type that n8n makes of the node for agents. */
	asTool?: boolean;
	/** The node that starts the workflow, where it matters which. */
	start?: Partial<INode>;
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** Receives a function that stops the execution. */
	onStart?: (cancel: () => void) => void;
}

export const NODE = 'Akool Image to Video';
const SECOND_NODE = 'Akool Image to Video 2';
/** What a node's JSON says of its credential. */
export const credentialsOf = ({ id }: KeptCredential) => ({ [TYPE]: { id, name: 'Akool' } });
export const RESUME_TOKEN = 'resume-token-that-nobody-may-see';
/** n8n's own Webhook node. */
export const WEBHOOK = 'n8n-nodes-base.webhook';
const EXECUTION_ID = '4711';

function stubType({
	name,
	outputs = 1,
	properties = [],
	...functions
}: Partial<INodeType> & { name: string; outputs?: number; properties?: INodeProperties[] }): INodeType {
	const output: NodeConnectionType = 'main';
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			properties,
			inputs: name === 'start' ? [] : ['main'],
			outputs: Array.from({ length: outputs }, () => output),
		},
		...functions,
	};
}

/** Gives its items one by one on its second output, and those that came back on its first when all are through. */
async function oneByOne(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const store = this.getContext('node');
	store.left ??= this.getInputData().map(({ json, binary }) => ({ json, binary }));
	const left: INodeExecutionData[] = store.left;
	const next = left.shift();
	return next === undefined ? [[{ json: { done: true } }], []] : [[], [next]];
}

async function passOn(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [this.getInputData()];
}

const TYPES: Record<string, INodeType> = {
	akool: new AkoolImageToVideo(),
	akoolTool: new AkoolImageToVideo(),
	trigger: new AkoolImageToVideoTrigger(),
	start: stubType({ name: 'start', execute: passOn }),
	loop: stubType({ name: 'loop', outputs: 2, execute: oneByOne }),
	[WEBHOOK]: stubType({
		name: 'start',
		execute: passOn,
		properties: [{ displayName: 'Respond', name: 'responseMode', type: 'string', default: 'onReceived' }],
	}),
	after: stubType({ name: 'after', execute: passOn }),
};

function typeOf(type: string): INodeType {
	const found = TYPES[type];
	if (found === undefined) throw new Error(`no node type ${type}`);
	return found;
}

export const nodeTypes = {
	getByName: typeOf,
	getByNameAndVersion: typeOf,
	getKnownTypes: () => ({}),
};

export function node(name: string, type: string, more: Partial<INode> = {}): INode {
	return { id: `id-${name}`, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...more };
}

const to = (name: string): IConnection => ({ node: name, type: 'main', index: 0 });

export function makeWorkflow({
	parameters,
	settings,
	credential,
	workflowId = 'workflow-1',
	executionOrder = 'v1',
	loop = false,
	twice = false,
	asTool = false,
	start = {},
}: RunRequest) {
	const more = { parameters, credentials: credentialsOf(credential), ...settings };
	const akool = node(NODE, asTool ? 'akoolTool' : 'akool', more);
	const nodes = [
		node('Start', 'start', start),
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

export function makeAdditionalData(
	credential: KeptCredential,
	n8nUrl: string,
	messages: string[],
): IWorkflowExecuteAdditionalData {
	const never = async (): Promise<never> => {
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

function runsOf(run: IRun, name: string) {
	return run.data.resultData.runData[name] ?? [];
}

/** The outcome of an execution. */
function summary(run: IRun, messages: string[]) {
	const { error, metadata } = run.data.resultData;
	const tasks = runsOf(run, NODE);
	const output = (output: number): INodeExecutionData[] => tasks.flatMap(({ data }) => data?.['main']?.[output] ?? []);
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
		/** What was sent to the editor. */
		messages,
		/** Everything that n8n would store of the execution, as text. */
		stored: JSON.stringify(run.data.resultData),
	};
}

/** `savedStatus` is what the list of executions shows. */
export type Outcome = ReturnType<typeof summary> & { savedStatus: string };

/** Lets n8n work through an execution. */
async function execute(
	{ credential, n8nUrl = 'http://localhost:5678', mode = 'manual', executionId = EXECUTION_ID, onStart }: RunRequest,
	workflow: Workflow,
	data: IRun['data'],
): Promise<Outcome> {
	const messages: string[] = [];
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
	let saved: IRun | undefined;
	additionalData.hooks.addHandler('workflowExecuteAfter', (run) => void (saved = run));
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	onStart?.(() => execution.cancel());
	const run = await execution;
	return { ...summary(run, messages), savedStatus: (saved ?? run).status };
}

/** Runs a workflow with the Akool node in it. */
export async function runNode(request: RunRequest): Promise<Outcome> {
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

/** What n8n has stored of a parked execution, as n8n reads it again. */
const stored = ({ data }: Pick<Outcome, 'data'>) => structuredClone(JSON.parse(JSON.stringify(data)));

/** Lets the wait of a parked execution time out: n8n continues with what it has stored. @param request as it began */
export async function timeOut(parked: Outcome, request: RunRequest): Promise<Outcome> {
	return await execute(request, makeWorkflow(request), stored(parked));
}

/**
 * Resumes a parked execution, as n8n does after a call: what the call returned is the input of the node that parked it.
 * @param request as the execution began
 */
export async function resumeParked(
	request: RunRequest,
	parked: Pick<Outcome, 'data'>,
	items: INodeExecutionData[],
): Promise<Outcome> {
	const data = stored(parked);
	data.waitTill = undefined;
	data.resultData.runData[data.resultData.lastNodeExecuted].pop();
	data.executionData.nodeExecutionStack[0].data.main = [items];
	return await execute(request, makeWorkflow(request), data);
}

/**
 * Retries a failed execution with the workflow as it is saved now, as the list of executions offers it: a new execution continues with what the failed
 * one has stored.
 */
export async function retry(
	failed: Pick<Outcome, 'data'>,
	request: RunRequest & { executionId: string },
): Promise<Outcome> {
	const data = stored(failed);
	delete data.resultData.error;
	data.resultData.runData[data.resultData.lastNodeExecuted].pop();
	const workflow = makeWorkflow(request);
	for (const entry of data.executionData.nodeExecutionStack) entry.node = workflow.getNode(entry.node.name);
	return await execute({ ...request, mode: 'retry' }, workflow, data);
}

/** The context in which a dropdown of the open node is filled. */
export function dropdownContext(parameters: INodeParameters, credential: KeptCredential) {
	const workflow = makeWorkflow({ parameters, credential });
	const additionalData = makeAdditionalData(credential, 'http://localhost:5678', []);
	additionalData.currentNodeParameters = parameters;
	const akool = workflow.getNode(NODE);
	if (akool === null) throw new Error('the workflow has no Akool node');
	return new LoadOptionsContext(workflow, akool, additionalData, '');
}

/** A context as `execute` gets it, for what one function of a lower layer needs. */
export function executeContext(request: RunRequest, signal?: AbortSignal) {
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

/** The credential of a sandbox. */
export function credentialFor(sandbox: Sandbox, changes: ICredentialDataDecryptedObject = {}) {
	return new KeptCredential({
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		clientId: sandbox.clientId,
		baseUrl: sandbox.url,
		...changes,
	});
}
export { bytesOf };
export { useBinaryMode };
