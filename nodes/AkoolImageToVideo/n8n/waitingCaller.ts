// Who waits for the answer of this execution. A trigger that answers when the last node finishes, a chat, an evaluation: all of them mistake a parked
// execution for one that has ended, and answer with the parked items (n8n 2.41.1: HTTP 200 after 0.14 s). Where a Respond to Webhook node answers, n8n waits for
// that node in one process; in queue mode the called process does not know that the execution has parked, and answers with nothing at that moment.
// A node cannot find out how n8n runs. Triggers that answer at once, and forms with pages of their own, wait for nothing. A Wait node that was resumed by a call or
// by its form answers as a trigger does, whatever has started the execution. n8n tells the mode and the nodes around; which of them have run stands in the
// run data.
// Since: before n8n 2.8, the oldest that this package runs on. Sources (the response modes, and what ends the wait for a Respond to Webhook node):
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/webhook-helpers.ts
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/active-executions.ts (`resolveExecutionResponsePromise`)
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/workflow-execute-additional-data.ts (`rootExecutionMode`, which n8n 2.8 does not have)
// Without it: an unknown mode or response counts as one with a waiting caller, so the node polls instead of parking.

import type { IExecuteFunctions, NodeTypeAndVersion } from 'n8n-workflow';

import { fieldOf, textOf } from '../akool/json';

const WEBHOOK = 'n8n-nodes-base.webhook';
const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';
const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const EVALUATION_TRIGGER = 'n8n-nodes-base.evaluationTrigger';
const FORM = 'n8n-nodes-base.form';
const WAIT = 'n8n-nodes-base.wait';

const RESPOND_TO_WEBHOOK = 'n8n-nodes-base.respondToWebhook';

const ANSWERS_AT_ONCE = 'onReceived';
const ANSWERS_BY_NODE = 'responseNode';

/** In these modes, only a trigger before the node can have a waiting caller. */
const MODES_WITHOUT_WAITERS = ['trigger', 'webhook', 'manual', 'retry', 'error'];
/** In these modes, one of the triggers before the node has started the execution, and may wait for its end. */
const MODES_OF_TRIGGERS = ['webhook', 'manual'];

export type WaitingCaller =
	| { kind: 'nobody' }
	/** A trigger before the node, by its name. */
	| { kind: 'trigger'; name: string }
	/** A Wait node before the node, by its name: the caller that resumed the execution there waits. */
	| { kind: 'resumedNode'; name: string }
	/** A trigger, by its name, whose Respond to Webhook node has not run yet. */
	| { kind: 'answerNode'; name: string }
	/** Another workflow calls this one, perhaps once for each of its items. */
	| { kind: 'parentWorkflow' }
	/** An agent that calls the workflow as its tool without the engine, and considers it ended once it is parked. */
	| { kind: 'agent' }
	| { kind: 'chat' }
	| { kind: 'evaluation' }
	/** An unknown mode. */
	| { kind: 'unknownMode'; mode: string };

/** Whether a node of the workflow has run in this execution; undefined where n8n does not say. */
function hasRun(context: IExecuteFunctions, name: string): boolean | undefined {
	try {
		const ask: unknown = context.getWorkflowDataProxy(0).$;
		const node: unknown = typeof ask === 'function' ? ask(name) : undefined;
		if (typeof node !== 'object' || node === null || !('isExecuted' in node)) return undefined;
		return typeof node.isExecuted === 'boolean' ? node.isExecuted : undefined;
	} catch (cause) {
		context.logger.warn(`n8n did not say whether the node "${name}" has run: ${String(cause)}`);
		return undefined;
	}
}

function isFormPage({ type, disabled, parameters }: NodeTypeAndVersion): boolean {
	return !disabled && (type === FORM || (type === WAIT && fieldOf(parameters, 'resume') === 'form'));
}

const nodesBehind = (context: IExecuteFunctions, name: string): NodeTypeAndVersion[] =>
	context.getChildNodes(name, { includeNodeParameters: true });

/** When a node that is called from outside answers; undefined where it is not called, or does not make the caller wait. */
function responseOf(context: IExecuteFunctions, { name, type, parameters }: NodeTypeAndVersion): string | undefined {
	switch (type) {
		case WEBHOOK:
			return textOf(parameters, 'responseMode') ?? ANSWERS_AT_ONCE;
		case WAIT: {
			const resume = textOf(parameters, 'resume');
			if (resume !== 'webhook' && (resume !== 'form' || nodesBehind(context, name).some(isFormPage))) return undefined;
			return textOf(parameters, 'responseMode') ?? ANSWERS_AT_ONCE;
		}
		case FORM_TRIGGER:
			if (nodesBehind(context, name).some(isFormPage)) return undefined;
			return textOf(parameters, 'responseMode') ?? ANSWERS_AT_ONCE;
		case CHAT_TRIGGER:
			return textOf(fieldOf(parameters, 'options'), 'responseMode') ?? 'lastNode';
		case EVALUATION_TRIGGER:
			return 'lastNode';
		default:
			return undefined;
	}
}

function isAnswered(context: IExecuteFunctions, trigger: string): boolean {
	return nodesBehind(context, trigger).some(
		({ name, type, disabled }) => type === RESPOND_TO_WEBHOOK && !disabled && hasRun(context, name) === true,
	);
}

/** Who waits at an earlier node that is called from outside. */
function waiterAt(context: IExecuteFunctions, trigger: NodeTypeAndVersion): WaitingCaller {
	const { name } = trigger;
	const response = responseOf(context, trigger);
	// If n8n does not say whether a trigger has run, it counts as run.
	if (response === undefined || response === ANSWERS_AT_ONCE || hasRun(context, name) === false)
		return { kind: 'nobody' };
	if (response !== ANSWERS_BY_NODE) return { kind: trigger.type === WAIT ? 'resumedNode' : 'trigger', name };
	return isAnswered(context, name) ? { kind: 'nobody' } : { kind: 'answerNode', name };
}

/** Whether an agent (up to version 2.2) runs this workflow itself, and not n8n's engine. */
function isCalledByAgent(context: IExecuteFunctions): boolean {
	return typeof context.getParentCallbackManager === 'function' && context.getParentCallbackManager() !== undefined;
}

/** Who waits for a sub-workflow: its parent, or the chat or evaluation that waits for the parent, which n8n does not keep waiting. */
function callerOfSubWorkflow(context: IExecuteFunctions): WaitingCaller {
	const mode = textOf(fieldOf(context, 'additionalData'), 'rootExecutionMode');
	return mode === 'chat' || mode === 'evaluation' ? { kind: mode } : { kind: 'parentWorkflow' };
}

/** Who waits for the end of this execution. */
export function waitingCaller(context: IExecuteFunctions): WaitingCaller {
	const mode: string = context.getMode();
	if (mode === 'integrated') return isCalledByAgent(context) ? { kind: 'agent' } : callerOfSubWorkflow(context);
	if (mode === 'chat') return { kind: 'chat' };
	if (mode === 'evaluation') return { kind: 'evaluation' };
	if (!MODES_WITHOUT_WAITERS.includes(mode)) return { kind: 'unknownMode', mode };
	const waiters = context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ disabled, type }) => !disabled && (type === WAIT || MODES_OF_TRIGGERS.includes(mode)))
		.map((trigger) => waiterAt(context, trigger));
	return (
		waiters.find(({ kind }) => kind === 'trigger' || kind === 'resumedNode') ??
		waiters.find(({ kind }) => kind !== 'nobody') ?? { kind: 'nobody' }
	);
}

/** The first later node that waits at the same execution address: anyone who has the address can resume the execution there. */
export function laterWaitingNode(context: IExecuteFunctions): string | undefined {
	return nodesBehind(context, context.getNode().name).find((node) => {
		if (node.disabled) return false;
		const resume = fieldOf(node.parameters, 'resume');
		return node.type === FORM || (node.type === WAIT && (resume === 'webhook' || resume === 'form'));
	})?.name;
}
