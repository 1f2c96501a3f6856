// Who waits for what this execution answers. A trigger that answers when the last node finishes, a chat, an evaluation: all of them take an execution that
// parks for one that has ended, and answer with the parked items (n8n 2.41.1: HTTP 200 after 0.14 s). Triggers that answer at once, or by a Respond to
// Webhook node, and forms with pages of their own, do not. n8n tells the mode and the nodes above; which of these triggers has run stands in the run data.
// Since: before n8n 2.8, the oldest that this package runs on. Source (the response modes):
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/webhook-helpers.ts
// Without it: a mode or a response that is not known here counts as one for which somebody waits, so the node polls instead of parking.

import type { IExecuteFunctions, NodeTypeAndVersion } from 'n8n-workflow';

import { fieldOf, textOf } from '../akool/json';

const WEBHOOK = 'n8n-nodes-base.webhook';
const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';
const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const EVALUATION_TRIGGER = 'n8n-nodes-base.evaluationTrigger';
const FORM = 'n8n-nodes-base.form';
const WAIT = 'n8n-nodes-base.wait';

/** Responses that wait for no last node. */
const ANSWERS_APART = ['onReceived', 'responseNode'];

/** In these modes nobody waits but for a trigger that stands above the node. */
const MODES_WITHOUT_WAITERS = ['trigger', 'webhook', 'manual', 'retry', 'error'];
/** In these modes it was one of the triggers above the node that has started the execution, and may wait for its end. */
const MODES_OF_TRIGGERS = ['webhook', 'manual'];

export type Waiter =
	| { kind: 'nobody' }
	/** A trigger above the node, by its name in the workflow. */
	| { kind: 'trigger'; name: string }
	/** The workflow is called by another one, once for each of its items perhaps. */
	| { kind: 'parentWorkflow' }
	| { kind: 'chat' }
	| { kind: 'evaluation' }
	/** A mode of which it is not known who waits. */
	| { kind: 'unknownMode'; mode: string };

/** Whether a node of the workflow has run in this execution; one of which that is not known counts as run. */
function hasRun(context: IExecuteFunctions, name: string): boolean {
	try {
		const ask: unknown = context.getWorkflowDataProxy(0).$;
		const node: unknown = typeof ask === 'function' ? ask(name) : undefined;
		return !(typeof node === 'object' && node !== null && 'isExecuted' in node && node.isExecuted === false);
	} catch (cause) {
		context.logger.warn(`n8n did not say whether the node "${name}" has run: ${String(cause)}`);
		return true;
	}
}

function isFormPage({ type, disabled, parameters }: NodeTypeAndVersion): boolean {
	return !disabled && (type === FORM || (type === WAIT && fieldOf(parameters, 'resume') === 'form'));
}

function waitsForTheEnd(context: IExecuteFunctions, { name, type, parameters }: NodeTypeAndVersion): boolean {
	switch (type) {
		case WEBHOOK:
			return !ANSWERS_APART.includes(textOf(parameters, 'responseMode') ?? 'onReceived');
		case FORM_TRIGGER: {
			if (ANSWERS_APART.includes(textOf(parameters, 'responseMode') ?? 'onReceived')) return false;
			return !context.getChildNodes(name, { includeNodeParameters: true }).some(isFormPage);
		}
		case CHAT_TRIGGER:
			return textOf(fieldOf(parameters, 'options'), 'responseMode') !== 'responseNode';
		case EVALUATION_TRIGGER:
			return true;
		default:
			return false;
	}
}

/** Who waits for the end of this execution. */
export function whoWaits(context: IExecuteFunctions): Waiter {
	const mode: string = context.getMode();
	if (mode === 'integrated') return { kind: 'parentWorkflow' };
	if (mode === 'chat') return { kind: 'chat' };
	if (mode === 'evaluation') return { kind: 'evaluation' };
	if (!MODES_WITHOUT_WAITERS.includes(mode)) return { kind: 'unknownMode', mode };
	if (!MODES_OF_TRIGGERS.includes(mode)) return { kind: 'nobody' };
	const waiting = context
		.getParentNodes(context.getNode().name, { includeNodeParameters: true })
		.filter(({ disabled }) => !disabled)
		.find((node) => waitsForTheEnd(context, node) && hasRun(context, node.name));
	return waiting === undefined ? { kind: 'nobody' } : { kind: 'trigger', name: waiting.name };
}

/** The first node behind this one that waits at the execution's address too: whoever was given the address can resume it there. */
export function laterWaitingNode(context: IExecuteFunctions): string | undefined {
	const later = context.getChildNodes(context.getNode().name, { includeNodeParameters: true });
	return later.find((node) => {
		if (node.disabled) return false;
		const resume = fieldOf(node.parameters, 'resume');
		return node.type === FORM || (node.type === WAIT && (resume === 'webhook' || resume === 'form'));
	})?.name;
}
