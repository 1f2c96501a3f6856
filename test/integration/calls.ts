// Calls a parked execution or a trigger, in the contexts that n8n's own engine uses.
import { EventEmitter } from 'node:events';
import type { KeptCredential } from './credentialsHelper';
import { credentialsOf, makeAdditionalData, makeWorkflow, NODE, node, nodeTypes, type Outcome } from './engine';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData as Result,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { clock } from '../../nodes/AkoolImageToVideo/clock';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';

export interface Answered {
	/** The answer's status. */
	httpStatus: number;
	text: string;
	/** The items with which the workflow starts or continues; undefined if it does not. */
	items: INodeExecutionData[] | undefined;
}

const NAME = 'Akool Trigger';
/** The least time that n8n needs to store an execution. */
const WRITING_MS = 5;
const N8N_URL = 'http://localhost:5678';
const resumed = new AkoolImageToVideo();
const trigger = new AkoolImageToVideoTrigger();

/** @param text the body of a call, as JSON */
function bodyOf(text: unknown): IDataObject {
	return typeof text === 'string' ? JSON.parse(text) : {};
}

/** A call as n8n passes it to a node, and the node's own answer. */
function makeCall(method: string, text: string | undefined) {
	const answer = { httpStatus: 0, text: '' };
	const httpResponse = Object.assign(new EventEmitter(), {
		statusCode: 200,
		destroyed: false,
		writableFinished: false,
		end: () => {
			httpResponse.writableFinished = true;
			httpResponse.emit('finish');
			httpResponse.emit('close');
		},
		status: (code: number) => {
			answer.httpStatus = code;
			httpResponse.statusCode = code;
			return httpResponse;
		},
		set: () => httpResponse,
		type: () => httpResponse,
		json: (body: unknown) => httpResponse.send(JSON.stringify(body)),
		send: (body: string) => {
			answer.text = body;
			return httpResponse;
		},
	});
	return {
		answer,
		parts: { httpRequest: { method, headers: {}, params: {}, query: {}, body: bodyOf(text) }, httpResponse },
	};
}

function answered(
	{ workflowData, webhookResponse, noWebhookResponse }: Result,
	answer: { httpStatus: number; text: string },
): Answered {
	if (noWebhookResponse === true) return { ...answer, items: undefined };
	const text = typeof webhookResponse === 'string' ? webhookResponse : JSON.stringify(webhookResponse);
	return { httpStatus: 200, text, items: workflowData?.[0] };
}

function webhookData(
	name: string,
	webhookDescription: IWebhookDescription | undefined,
	workflowExecuteAdditionalData: IWorkflowExecuteAdditionalData,
): IWebhookData {
	if (webhookDescription === undefined) throw new Error(`${name} cannot be called`);
	return {
		httpMethod: 'POST',
		node: name,
		path: '',
		webhookDescription,
		workflowId: 'workflow-1',
		workflowExecuteAdditionalData,
	};
}

export interface ParkedAnswer extends Answered {
	/** Whether the node was enabled again: n8n disables it before. */
	isNodeOn: boolean;
	/** Tells the node how n8n has answered in the end. */
	end: (httpStatus: number) => void;
}

export interface ParkedCallOptions {
	method?: 'GET' | 'POST';
	executionId?: string;
	/** What n8n has stored when it is asked again; by default still what it had read, null where it does not say. */
	stored?: Outcome['data'] | null;
}

/** Calls a parked execution at its resume URL, with what n8n had read of it before it read the body. */
export async function callParked(
	{ data }: Pick<Outcome, 'data'>,
	credential: KeptCredential,
	text?: string,
	{ method = 'POST', executionId = '4711', stored = data }: ParkedCallOptions = {},
): Promise<ParkedAnswer> {
	const copyOf = (of: Outcome['data'] | null) => structuredClone(JSON.parse(JSON.stringify(of)));
	const snapshot = copyOf(data);
	const [entry] = snapshot.executionData.nodeExecutionStack;
	entry.node.disabled = true;
	const workflow = makeWorkflow({ parameters: entry.node.parameters, credential });
	const { answer, parts } = makeCall(method, text);
	const additionalData = Object.assign(makeAdditionalData(credential, N8N_URL, []), parts, {
		executionId,
		getRunExecutionData: async () => copyOf(stored),
	});
	const akool = workflow.getNode(NODE);
	if (akool === null) throw new Error('the workflow has no Akool node');
	const webhook = webhookData(NODE, resumed.description.webhooks?.[0], additionalData);
	const context = new WebhookContext(workflow, akool, additionalData, 'webhook', webhook, [], snapshot);
	const result = await resumed.webhook.call(context);
	return {
		...answered(result, answer),
		isNodeOn: entry.node.disabled === false,
		end: (httpStatus) => {
			parts.httpResponse.statusCode = httpStatus;
			parts.httpResponse.end();
		},
	};
}

/** A workflow that begins with the trigger, as in one n8n: each call loads the saved static data, and saves it afterwards. */
export class TriggerWorkflow {
	private static count = 0;

	staticData: IDataObject = {};

	/** @param id of the node */
	constructor(
		readonly credential: KeptCredential,
		private readonly parameters: INodeParameters = {},
		private readonly id: string = `trigger-${TriggerWorkflow.count++}`,
	) {}

	makeWorkflow(staticData: IDataObject) {
		const nodes = [
			node(NAME, 'trigger', { id: this.id, parameters: this.parameters, credentials: credentialsOf(this.credential) }),
		];
		return new Workflow({
			id: 'workflow-1',
			name: 'Test',
			active: false,
			connections: {},
			nodeTypes,
			staticData,
			nodes,
		});
	}

	load() {
		const staticData = structuredClone(this.staticData);
		const workflow = this.makeWorkflow(staticData);
		const found = workflow.getNode(NAME);
		if (found === null) throw new Error('the workflow has no trigger');
		const additionalData = makeAdditionalData(this.credential, N8N_URL, []);
		return {
			staticData,
			workflow,
			found,
			additionalData,
			webhook: webhookData(NAME, trigger.description.webhooks?.[0], additionalData),
		};
	}

	/**
	 * Calls the trigger.
	 * @param text the body
	 * @param mode manual: somebody listens in the editor
	 * @param n8n whether n8n can start the workflow where the trigger says so
	 * @param n8n.hasHungUp whether the caller is gone by then, so that no event tells how n8n answers
	 */
	async call(
		text: string | undefined,
		mode: 'webhook' | 'manual' = 'webhook',
		{ canStart = true, hasHungUp = false }: { canStart?: boolean; hasHungUp?: boolean } = {},
	) {
		const { staticData, workflow, found, additionalData, webhook } = this.load();
		const { answer, parts } = makeCall('POST', text);
		parts.httpResponse.destroyed = hasHungUp;
		const context = new WebhookContext(workflow, found, Object.assign(additionalData, parts), mode, webhook, [], null);
		const result = await trigger.webhook.call(context);
		const { items, ...rest } = answered(result, answer);
		if (items !== undefined) {
			// As n8n 2.41 does: a second workflow over the same static data, and what has changed is asked for once the execution is written down.
			this.makeWorkflow(staticData);
			await clock.sleep(WRITING_MS);
		}
		// n8n saves what was changed, and leaves alone what another call has saved meanwhile.
		const isStarted = items === undefined || canStart;
		if (isStarted && workflow.staticData.__dataChanged === true)
			this.staticData = { ...JSON.parse(JSON.stringify(workflow.staticData)) };
		if (!isStarted) parts.httpResponse.statusCode = 500;
		if (!hasHungUp) parts.httpResponse.end();
		return isStarted ? { ...rest, items } : { httpStatus: 500, text: '', items: undefined };
	}

	/** A line to somebody who listens in the editor, on which one call comes after the other. */
	listen(): (text: string) => Promise<Answered> {
		const { workflow, found, additionalData, webhook } = this.load();
		const { answer, parts } = makeCall('POST', undefined);
		const context = new WebhookContext(
			workflow,
			found,
			Object.assign(additionalData, parts),
			'manual',
			webhook,
			[],
			null,
		);
		return async (text) => {
			parts.httpRequest.body = bodyOf(text);
			Object.assign(answer, { httpStatus: 0, text: '' });
			return answered(await trigger.webhook.call(context), answer);
		};
	}

	/** Publishes the workflow: n8n asks the trigger whether it is registered. */
	async publish(): Promise<boolean> {
		const { workflow, found, additionalData, webhook } = this.load();
		const context = new HookContext(workflow, found, additionalData, 'trigger', 'activate', webhook);
		const isThere = await trigger.webhookMethods.default.checkExists.call(context);
		return isThere || (await trigger.webhookMethods.default.create.call(context));
	}
}
