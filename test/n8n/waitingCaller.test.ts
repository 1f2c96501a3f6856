import { ExecuteContext } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { laterWaitingNode, waitingCaller } from '../../nodes/AkoolImageToVideo/n8n/waitingCaller';
import { makeAdditionalData, node } from '../integration/engine';
import { KeptCredential } from '../integration/credentialsHelper';

const WEBHOOK = 'n8n-nodes-base.webhook';
const FORM_TRIGGER = 'n8n-nodes-base.formTrigger';
const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const WAIT = 'n8n-nodes-base.wait';

interface Neighbor {
	type: string;
	parameters?: INodeParameters;
	disabled?: boolean;
	/** Whether it has run in this execution. */
	hasRun?: boolean;
}

const ANY_TYPE: INodeType = {
	description: {
		displayName: 'Any',
		name: 'any',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Any' },
		properties: [
			{ displayName: 'Respond', name: 'responseMode', type: 'string', default: '' },
			{ displayName: 'Resume', name: 'resume', type: 'string', default: 'timeInterval' },
			{ displayName: 'Operation', name: 'operation', type: 'string', default: '' },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ displayName: 'Respond', name: 'responseMode', type: 'string', default: '' }],
			},
		],
		inputs: ['main'],
		outputs: ['main'],
	},
};

/** The context of a node "Akool" between these neighbors, in an execution of this mode. */
function between(
	above: readonly Neighbor[],
	below: readonly Neighbor[],
	mode: WorkflowExecuteMode,
	more: object = {},
): IExecuteFunctions {
	const nameOf = (place: string, index: number): string => `${place} ${index}`;
	const nodesOf = (place: string, neighbors: readonly Neighbor[]) =>
		neighbors.map(({ type, parameters = {}, disabled = false }, index) =>
			node(nameOf(place, index), type, { parameters, disabled }),
		);
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		active: false,
		nodes: [...nodesOf('Above', above), node('Akool', 'any'), ...nodesOf('Below', below)],
		connections: {
			...Object.fromEntries(
				above.map((_, index) => {
					const next = above[index + 1];
					const isAnswered = next?.type === 'n8n-nodes-base.respondToWebhook';
					return [nameOf('Above', index), { main: [to(isAnswered ? nameOf('Above', index + 1) : 'Akool')] }];
				}),
			),
			...Object.fromEntries(
				below.map((_, index) => [
					index === 0 ? 'Akool' : nameOf('Below', index - 1),
					{ main: [to(nameOf('Below', index))] },
				]),
			),
		},
		nodeTypes: { getByName: () => ANY_TYPE, getByNameAndVersion: () => ANY_TYPE, getKnownTypes: () => ({}) },
	});
	const data = createRunExecutionData({});
	above.forEach(({ hasRun = true }, index) => {
		if (hasRun) data.resultData.runData[nameOf('Above', index)] = [];
	});
	const akool = workflow.getNode('Akool');
	if (akool === null) throw new Error('the workflow has no such node');
	const additionalData = Object.assign(makeAdditionalData(new KeptCredential({}), 'https://n8n.example.com', []), more);
	return new ExecuteContext(
		workflow,
		akool,
		additionalData,
		mode,
		data,
		0,
		[{ json: {} }],
		{ main: [[{ json: {} }]] },
		{ node: akool, data: { main: [[{ json: {} }]] }, source: null },
		[],
	);
}

const waiterBehind = (above: Neighbor, mode: WorkflowExecuteMode) => waitingCaller(between([above], [], mode));
const lastNode = { responseMode: 'lastNode' };
const responseNode = { responseMode: 'responseNode' };

describe('the caller that waits for an execution', () => {
	it.each<[string, Neighbor]>([
		['a webhook that answers when the last node finishes', { type: WEBHOOK, parameters: lastNode }],
		['a webhook that streams its answer', { type: WEBHOOK, parameters: { responseMode: 'streaming' } }],
		['a webhook whose response is an expression', { type: WEBHOOK, parameters: { responseMode: '={{ $json.mode }}' } }],
		['a form that answers when the last node finishes', { type: FORM_TRIGGER, parameters: lastNode }],
		['a chat as it is set at first', { type: CHAT_TRIGGER, parameters: { options: {} } }],
		[
			'a chat that answers by chat nodes',
			{ type: CHAT_TRIGGER, parameters: { options: { responseMode: 'responseNodes' } } },
		],
		['an evaluation trigger', { type: 'n8n-nodes-base.evaluationTrigger' }],
	])('is %s, in production and in the editor', (_, above) => {
		for (const mode of ['webhook', 'manual'] as const)
			expect(waiterBehind(above, mode)).toEqual({ kind: 'trigger', name: 'Above 0' });
	});

	it.each<[string, Neighbor]>([
		['a webhook that answers at once', { type: WEBHOOK, parameters: { responseMode: 'onReceived' } }],
		['a webhook as it is set at first', { type: WEBHOOK }],
		['a form as it is set at first', { type: FORM_TRIGGER }],
		['a schedule', { type: SCHEDULE }],
		['a trigger that is switched off', { type: WEBHOOK, parameters: lastNode, disabled: true }],
		['a trigger that has not started this execution', { type: WEBHOOK, parameters: lastNode, hasRun: false }],
	])('does not exist behind %s', (_, above) => {
		for (const mode of ['webhook', 'manual'] as const) expect(waiterBehind(above, mode)).toEqual({ kind: 'nobody' });
	});

	it('does not exist behind a form with a page of its own', () => {
		const page = { type: 'n8n-nodes-base.form', parameters: { operation: 'completion' } };
		for (const parameters of [lastNode, responseNode]) {
			const form = { type: FORM_TRIGGER, parameters };
			expect(waitingCaller(between([form], [page], 'webhook'))).toEqual({ kind: 'nobody' });
		}
	});

	describe('with a Respond to Webhook node', () => {
		const RESPOND = { type: 'n8n-nodes-base.respondToWebhook' };
		const waits = { kind: 'answerNode', name: 'Above 0' };

		it.each<[string, Neighbor]>([
			['a webhook', { type: WEBHOOK, parameters: responseNode }],
			['a form', { type: FORM_TRIGGER, parameters: responseNode }],
			['a chat', { type: CHAT_TRIGGER, parameters: { options: responseNode } }],
		])('is whoever called %s, until that node has run', (_, above) => {
			for (const mode of ['webhook', 'manual'] as const) {
				expect(waitingCaller(between([above], [RESPOND], mode))).toEqual(waits);
				expect(waitingCaller(between([above, { ...RESPOND, hasRun: false }], [], mode))).toEqual(waits);
				expect(waitingCaller(between([above, { ...RESPOND, disabled: true }], [], mode))).toEqual(waits);
				expect(waitingCaller(between([above, RESPOND], [], mode))).toEqual({ kind: 'nobody' });
			}
			expect(waitingCaller(between([above], [RESPOND], 'retry'))).toEqual({ kind: 'nobody' });
		});

		it('does not exist behind a trigger that has not started this execution', () => {
			const above = { type: WEBHOOK, parameters: responseNode, hasRun: false };
			expect(waitingCaller(between([above], [RESPOND], 'webhook'))).toEqual({ kind: 'nobody' });
		});
	});

	it('does not exist if the trigger was answered when the execution failed, or nobody called it', () => {
		for (const mode of ['retry', 'error', 'trigger'] as const)
			expect(waiterBehind({ type: WEBHOOK, parameters: lastNode }, mode)).toEqual({ kind: 'nobody' });
	});

	describe('after a Wait node', () => {
		const ALL_MODES = ['trigger', 'webhook', 'manual', 'retry', 'error'] as const;
		const waitNode = (parameters: INodeParameters, hasRun = true): Neighbor => ({ type: WAIT, parameters, hasRun });
		const waiters = (above: Neighbor[], below: Neighbor[] = []) =>
			new Set(ALL_MODES.map((mode) => JSON.stringify(waitingCaller(between(above, below, mode)))));
		const only = (waiter: object) => new Set([JSON.stringify(waiter)]);

		it.each(['webhook', 'form'])('is whoever resumed it by its %s, whatever has started the execution', (resume) => {
			expect(waiters([waitNode({ resume, ...lastNode })])).toEqual(only({ kind: 'resumedNode', name: 'Above 0' }));
			expect(waiters([waitNode({ resume, ...responseNode })])).toEqual(only({ kind: 'answerNode', name: 'Above 0' }));
		});

		it.each<[string, Neighbor[], Neighbor[]]>([
			['answers at once', [waitNode({ resume: 'webhook' })], []],
			['has not run', [waitNode({ resume: 'webhook', ...lastNode }, false)], []],
			['waits for a time', [waitNode({ resume: 'timeInterval', ...lastNode })], []],
			[
				'shows a form that goes on with a page',
				[waitNode({ resume: 'form', ...lastNode })],
				[{ type: 'n8n-nodes-base.form' }],
			],
		])('does not exist if it %s', (_, above, below) => {
			expect(waiters(above, below)).toEqual(only({ kind: 'nobody' }));
		});
	});

	it('is the trigger that has started the execution, among several', () => {
		const above = [
			{ type: WEBHOOK, parameters: lastNode, hasRun: false },
			{ type: WEBHOOK, parameters: lastNode },
		];
		expect(waitingCaller(between(above, [], 'webhook'))).toEqual({ kind: 'trigger', name: 'Above 1' });
	});

	it('is an agent that runs the workflow as its tool without the engine', () => {
		const parentCallbackManager = {};
		expect(waitingCaller(between([{ type: SCHEDULE }], [], 'integrated', { parentCallbackManager }))).toEqual({
			kind: 'agent',
		});
	});

	it.each(['chat', 'evaluation'] as const)('exists in the mode %s of the workflow that calls this one', (mode) => {
		expect(waitingCaller(between([{ type: SCHEDULE }], [], 'integrated', { rootExecutionMode: mode }))).toEqual({
			kind: mode,
		});
		expect(waitingCaller(between([{ type: SCHEDULE }], [], 'integrated', { rootExecutionMode: 'webhook' }))).toEqual({
			kind: 'parentWorkflow',
		});
	});

	it.each([
		['integrated', { kind: 'parentWorkflow' }],
		['chat', { kind: 'chat' }],
		['evaluation', { kind: 'evaluation' }],
		['cli', { kind: 'unknownMode', mode: 'cli' }],
		['internal', { kind: 'unknownMode', mode: 'internal' }],
	] as const)('exists in the mode %s', (mode, waiter) => {
		expect(waiterBehind({ type: SCHEDULE }, mode)).toEqual(waiter);
	});
});

describe('a later node that waits at the same address', () => {
	const laterOf = (...below: Neighbor[]) => laterWaitingNode(between([{ type: SCHEDULE }], below, 'trigger'));

	it('is found at any distance', () => {
		expect(laterOf({ type: 'any' }, { type: WAIT, parameters: { resume: 'webhook' } })).toBe('Below 1');
		expect(laterOf({ type: WAIT, parameters: { resume: 'form' } })).toBe('Below 0');
		expect(laterOf({ type: 'n8n-nodes-base.form' })).toBe('Below 0');
	});

	it('is not one that waits for a time, or is disabled', () => {
		expect(laterOf({ type: WAIT, parameters: { resume: 'timeInterval' } })).toBeUndefined();
		expect(laterOf({ type: WAIT })).toBeUndefined();
		expect(laterOf({ type: 'n8n-nodes-base.form', disabled: true })).toBeUndefined();
	});
});
