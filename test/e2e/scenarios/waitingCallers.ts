// A caller that waits for an execution's answer gets the right one: the node does not park where n8n would answer with unfinished items.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { visibleText } from '../run/reading';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, START, akoolNode, chain, itemOfVideo, node, PROMPT, callingWorkflow } from '../run/workflows';
import type { WorkflowNode } from '../driver/n8nWorkflows';
import type { Akool, ScenarioContext } from '../run/scenarioContext';

/** Longer than the automatic mode polls before it parks. */
const JOB_SECONDS = 70;

/** When the caller of the webhook is answered. */
type Answering = 'lastNode' | 'nodeBehind' | 'nodeBefore';

/** A published workflow that a webhook starts and answers for; gives its ID and its address. */
async function publish(
	context: ScenarioContext,
	{ credential, imageUrl }: Akool,
	response: Answering,
	options: object,
) {
	const path = randomUUID();
	const answer = node('Answer', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'allIncomingItems' });
	const responseMode = response === 'lastNode' ? response : 'responseNode';
	const parameters = { path, httpMethod: 'POST', responseMode, options: {} };
	const workflow = await context.client.createWorkflow(
		chain('Answering', [
			node('Webhook', 'n8n-nodes-base.webhook', 2, parameters, { webhookId: path }),
			...(response === 'nodeBefore' ? [answer] : []),
			akoolNode(AKOOL, { imageUrl, prompt: 'Turn', options }, credential),
			response === 'nodeBehind' ? answer : node(AFTER, 'n8n-nodes-base.noOp', 1),
		]),
	);
	await context.client.activateWorkflow(workflow.id);
	context.atClose(async () => void (await context.client.deactivateWorkflow(workflow.id)));
	return { id: workflow.id, address: `${context.environment.url}/webhook/${path}` };
}

async function ask(address: string): Promise<{ status: number; text: string }> {
	const response = await fetch(address, {
		method: 'POST',
		body: '{}',
		headers: { 'content-type': 'application/json' },
	});
	return { status: response.status, text: await response.text() };
}

scenario(
	'A webhook that answers when the last node finishes returns finished videos, however long they take',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const { address } = await publish(context, akool, 'lastNode', {});
		const startedMs = Date.now();
		const { status, text } = await ask(address);
		assert.equal(status, 200, text);
		assert.match(text, /"status":3/);
		assert.doesNotMatch(text, /timed_out/);
		assert.ok(Date.now() - startedMs >= JOB_SECONDS * 1_000, 'it has waited for the video');
	},
	{ group: 'long' },
);

scenario(
	'A webhook that answers when the last node finishes: Callback is refused before anything is spent',
	async (context) => {
		const akool = await context.akool();
		const { id, address } = await publish(context, akool, 'lastNode', { waitMode: 'callback' });
		assert.equal((await ask(address)).status, 500);
		const ended = await (await executionOf(context, id)).ends();
		assert.match(errorOf(ended) ?? '', /'Wait: Mode' cannot be Callback here.*the trigger "Webhook" answers/is);
		assert.equal(akool.sandbox.jobs.length, 0);
	},
);

/** The only execution of a workflow. */
async function executionOf(context: ScenarioContext, workflowId: string) {
	const [execution] = await context.client.listExecutions(workflowId);
	return context.started(workflowId, execution?.id ?? '');
}

const HINT = /In queue mode, n8n answers its caller with an empty body/;

scenario(
	'A webhook answered by a later node: Callback parks, and a hint says what the caller receives',
	async (context) => {
		const akool = await context.akool({ jobSeconds: 4 });
		const { id, address } = await publish(context, akool, 'nodeBehind', { waitMode: 'callback' });
		const { status, text } = await ask(address);
		assert.equal(status, 200, text);
		if (context.environment.shape === 'queue') assert.equal(text, '', 'n8n answers as soon as the execution is parked');
		else assert.match(text, /"status":3/);
		const execution = await (await executionOf(context, id)).ends();
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.equal(itemsOf(execution, 'Answer')[0]?.json.status, 3);
		assert.match(visibleText(execution), HINT);
	},
);

scenario(
	'A webhook answered by a later node: Automatic returns finished videos, however long they take',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const { id, address } = await publish(context, akool, 'nodeBehind', {});
		const { status, text } = await ask(address);
		assert.equal(status, 200, text);
		assert.match(text, /"status":3/);
		const execution = await (await executionOf(context, id)).ends();
		assert.match(visibleText(execution), /because the trigger \\"Webhook\\" answers by a Respond to Webhook node/);
	},
	{ group: 'long' },
);

scenario('A webhook answered by an earlier node: Callback parks without a hint', async (context) => {
	const akool = await context.akool({ jobSeconds: Infinity });
	const { id, address } = await publish(context, akool, 'nodeBefore', { waitMode: 'callback' });
	assert.equal((await ask(address)).status, 200);
	const started = await executionOf(context, id);
	await started.reaches(['waiting']);
	akool.sandbox.finishAll();
	const execution = await started.ends();
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(itemsOf(execution, AFTER)[0]?.json.status, 3);
	assert.doesNotMatch(visibleText(execution), HINT);
});

scenario(
	'A Wait node that answers its caller when the last node finishes returns finished videos',
	async (context) => {
		const { sandbox, credential, imageUrl } = await context.akool({ jobSeconds: JOB_SECONDS });
		const waits = { resume: 'webhook', httpMethod: 'POST', responseMode: 'lastNode' };
		const started = await context.start(
			chain('Resumed', [
				node(START, 'n8n-nodes-base.manualTrigger', 1),
				node('Address', 'n8n-nodes-base.set', 3.4, {
					mode: 'raw',
					jsonOutput: '={{ JSON.stringify({ url: $execution.resumeUrl }) }}',
				}),
				node('Wait', 'n8n-nodes-base.wait', 1.1, waits, { webhookId: randomUUID() }),
				akoolNode(AKOOL, { imageUrl, prompt: 'Turn' }, credential),
				node(AFTER, 'n8n-nodes-base.noOp', 1),
			]),
		);
		await started.reaches(['waiting']);
		const parked = await context.client.getExecution(started.id);
		const startedMs = Date.now();
		const { status, text } = await ask(String(itemsOf(parked, 'Address')[0]?.json.url));
		assert.equal(status, context.can.answersResumingCalls ? 200 : 500, text);
		if (context.can.answersResumingCalls) assert.match(text, /"status":3/);
		assert.doesNotMatch(text, /timed_out/);
		assert.ok(Date.now() - startedMs >= JOB_SECONDS * 1_000, 'it has waited for the video');
		assert.equal(sandbox.jobs.length, 1);
		const execution = await started.ends();
		assert.equal(itemsOf(execution, AFTER)[0]?.json.status, 3);
		assert.match(visibleText(execution), /because the node \\"Wait\\" answers whoever resumed/);
	},
	{ group: 'long' },
);

/** Triggers that a person waits at, by how they are called once they are published. */
const PERSONS: [string, (path: string) => WorkflowNode, (url: string, path: string) => Promise<Response>][] = [
	[
		'A chat',
		(path) =>
			node(
				'Chat',
				'@n8n/n8n-nodes-langchain.chatTrigger',
				1.1,
				{ public: true, mode: 'webhook', options: {} },
				{
					webhookId: path,
				},
			),
		async (url, path) =>
			await fetch(`${url}/webhook/${path}/chat`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ action: 'sendMessage', sessionId: path, chatInput: 'A video, please' }),
			}),
	],
	[
		'A form',
		(path) =>
			node(
				'Form',
				'n8n-nodes-base.formTrigger',
				2.2,
				{
					formTitle: 'Video',
					formFields: { values: [{ fieldLabel: 'Wish' }] },
					responseMode: 'lastNode',
					options: { path },
				},
				{ webhookId: path },
			),
		async (url, path) => {
			const body = new FormData();
			body.set('field-0', 'A video, please');
			return await fetch(`${url}/form/${path}`, { method: 'POST', body });
		},
	],
];

for (const [what, trigger, call] of PERSONS) {
	scenario(
		`${what} that answers when the last node finishes returns a finished video, however long it takes`,
		async (context) => {
			const { sandbox, credential, imageUrl } = await context.akool({ jobSeconds: JOB_SECONDS });
			const path = randomUUID();
			const workflow = await context.client.createWorkflow(
				chain('Answering a person', [
					trigger(path),
					akoolNode(AKOOL, { imageUrl, prompt: 'Turn' }, credential),
					node(AFTER, 'n8n-nodes-base.noOp', 1),
				]),
			);
			await context.client.activateWorkflow(workflow.id);
			context.atClose(async () => void (await context.client.deactivateWorkflow(workflow.id)));
			const startedMs = Date.now();
			const response = await call(context.environment.url, path);
			const text = await response.text();
			assert.equal(response.status, 200, text);
			assert.ok(Date.now() - startedMs >= JOB_SECONDS * 1_000, `it has not waited for the video: ${text}`);
			assert.doesNotMatch(text, /timed_out/);
			const execution = await (await executionOf(context, workflow.id)).ends();
			assert.equal(execution.status, 'success', errorOf(execution));
			assert.equal(itemsOf(execution, AFTER)[0]?.json.status, 3);
			assert.equal(sandbox.jobs.length, 1);
			context.note(`answered ${text.slice(0, 120)}`);
		},
		{ group: 'long' },
	);
}

scenario(
	'A sub-workflow that runs once for each item returns all its videos',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const { sandbox, credential, imageUrl } = akool;
		const sub = await context.client.createWorkflow(
			chain('Sub-workflow', [
				node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
				akoolNode(AKOOL, { imageUrl, prompt: PROMPT }, credential),
			]),
		);
		await context.client.activateWorkflow(sub.id);
		context.atClose(async () => void (await context.client.deactivateWorkflow(sub.id)));
		const execution = await context.run(callingWorkflow(sub.id, 3, 'each'), 6 * JOB_SECONDS * 1_000);
		assert.equal(execution.status, 'success', errorOf(execution));
		const items = itemsOf(execution, AFTER);
		assert.deepEqual(
			items.map(({ json }) => [itemOfVideo(sandbox, json._id), json.status]),
			[0, 1, 2].map((item) => [item, 3]),
		);
		assert.equal(sandbox.jobs.length, 3);
	},
	{ group: 'long' },
);
