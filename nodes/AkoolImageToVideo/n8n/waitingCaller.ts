// Who waits for what this execution answers. A trigger that answers when the last node finishes, a chat, an evaluation: all of them take an execution that
// parks for one that has ended, and answer with the parked items (n8n 2.41.1: HTTP 200 after 0.14 s). Where a Respond to Webhook node answers, n8n waits for
// that node in one process; in queue mode the process that was called does not know that the execution has parked, and answers with nothing at that moment.
// How n8n runs, no node can tell. Triggers that answer at once, and forms with pages of their own, wait for nothing. A Wait node that was resumed by a call or
// by its form answers as a trigger does, whatever has started the execution. n8n tells the mode and the nodes around; which of them have run stands in the
// run data.
// Since: before n8n 2.8, the oldest that this package runs on. Sources (the response modes, and what ends the wait for a Respond to Webhook node):
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/webhook-helpers.ts
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/active-executions.ts (`resolveExecutionResponsePromise`)
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/workflow-execute-additional-data.ts (`rootExecutionMode`, which n8n 2.8 does not have)
// Without it: a mode or a response that is not known here counts as one for which somebody waits, so the node polls instead of parking.

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

/** In these modes nobody waits but for a trigger that stands above the node. */
const MODES_WITHOUT_WAITERS = ['trigger', 'webhook', 'manual', 'retry', 'error'];
/** In these modes it was one of the triggers above the node that has started the execution, and may wait for its end. */
const MODES_OF_TRIGGERS = ['webhook', 'manual'];

export type WaitingCaller =
	| { kind: 'nobody' }
	/** A trigger above the node, by its name in the workflow. */
	| { kind: 'trigger'; name: string }
	/** A Wait node above the node, by its name: whoever resumed the execution there waits. */
	| { kind: 'resumedNode'; name: string }
	/** A trigger, by its name, that a Respond to Webhook node answers for, which has not run yet. */
	| { kind: 'answerNode'; name: string }
	/** The workflow is called by another one, once for each of its items perhaps. */
	| { kind: 'parentWorkflow' }
	/** An agent that calls the workflow as its tool without the engine, and takes it for ended once it is parked. */
	| { kind: 'agent' }
	| { kind: 'chat' }
	| { kind: 'evaluation' }
	/** A mode of which it is not known who waits. */
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

/** When a node that is called from outside answers; undefined where nobody calls it, or it does not let them wait. */
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

/** Who waits at a node above this one that is called from outside. */
function waiterAt(context: IExecuteFunctions, trigger: NodeTypeAndVersion): WaitingCaller {
	const { name } = trigger;
	const response = responseOf(context, trigger);
	// A trigger of which it is not known whether it has run counts as run.
	if (response === undefined || response === ANSWERS_AT_ONCE || hasRun(context, name) === false)
		return { kind: 'nobody' };
	if (response !== ANSWERS_BY_NODE) return { kind: trigger.type === WAIT ? 'resumedNode' : 'trigger', name };
	return isAnswered(context, name) ? { kind: 'nobody' } : { kind: 'answerNode', name };
}

/** Whether an agent runs this workflow itself (agents up to 2.2), and not n8n's engine for it. */
function isCalledByAgent(context: IExecuteFunctions): boolean {
	return typeof context.getParentCallbackManager === 'function' && context.getParentCallbackManager() !== undefined;
}

/** Who waits for a sub-workflow: the workflow that calls it, unless somebody waits for that one whom n8n does not keep waiting. */
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

/** The first node behind this one that waits at the execution's address too: whoever was given the address can resume it there. */
export function laterWaitingNode(context: IExecuteFunctions): string | undefined {
	return nodesBehind(context, context.getNode().name).find((node) => {
		if (node.disabled) return false;
		const resume = fieldOf(node.parameters, 'resume');
		return node.type === FORM || (node.type === WAIT && (resume === 'webhook' || resume === 'form'));
	})?.name;
}
