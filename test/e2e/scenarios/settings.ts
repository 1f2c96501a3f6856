// What n8n's own settings, and people at work on a workflow, do to an execution that is parked. Rule: what n8n gets wrong stands in capabilities.ts and in the
// table of docs/waiting.md, with the release that it was seen on.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { pipeline } from 'node:stream';
import { errorOf, itemsOf } from '../driver/n8nWorkflows';
import { serve } from '../../support/localServer';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { BY_CALLBACK, FINISHED_BY_TEST, WAITING, parkVideos } from '../run/parked';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, PROMPT, akoolNode, chain, node, numbered, startWith, callingWorkflow } from '../run/workflows';
import type { Execution, SavedWorkflow } from '../driver/n8nWorkflows';
import type { ScenarioContext } from '../run/scenarioContext';

const EVERY_MOMENT = { timeoutMs: LONGEST_WAIT_MS, everyMs: 100 };

/** What somebody does to a workflow while an execution of it is parked. */
const CHANGES: [string, (context: ScenarioContext, workflow: SavedWorkflow) => Promise<void>][] = [
	[
		'the node is renamed',
		async ({ client }, { id, nodes, connections }) => {
			const renamed = JSON.stringify({ nodes, connections }).replaceAll(`"${AKOOL}"`, '"Renamed"');
			await client.updateWorkflow(id, JSON.parse(renamed));
			await client.activateWorkflow(id);
		},
	],
	[
		'the node’s parameters change',
		async ({ client }, { id, nodes }) => {
			const changed = nodes.map((each) =>
				each.name === AKOOL
					? { ...each, parameters: { ...each.parameters, prompt: 'Another', waitForCompletion: false } }
					: each,
			);
			await client.updateWorkflow(id, { nodes: changed });
			await client.activateWorkflow(id);
		},
	],
	[
		'the node is deleted',
		async ({ client }, { id, nodes }) => {
			await client.updateWorkflow(id, { nodes: nodes.filter(({ name }) => name !== AKOOL), connections: {} });
			await client.activateWorkflow(id);
		},
	],
	['the workflow is unpublished', async ({ client }, { id }) => void (await client.deactivateWorkflow(id))],
	['the workflow is archived', async ({ client }, { id }) => void (await client.archiveWorkflow(id))],
];

function assertBothCompleted(execution: Execution) {
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.deepEqual(
		akoolItems(execution).map(({ json }) => json.status),
		[3, 3],
	);
}

for (const [what, change] of CHANGES) {
	scenario(`A parked execution continues unchanged when its workflow is edited: ${what}`, async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const started = await parkVideos(context, akool, 2, 'call');
		await change(context, await context.client.getWorkflow(started.workflowId));
		sandbox.finishAll();
		const execution = await started.ends();
		assertBothCompleted(execution);
		assert.equal(itemsOf(execution, AFTER).length, 2, 'the node behind has run');
		assert.equal(sandbox.jobs.length, 2, 'no video was made twice');
	});
}

scenario(
	'A parked execution is kept until it ends even if the workflow does not save successful executions',
	async (context) => {
		const akool = await context.akool(FINISHED_BY_TEST);
		const { sandbox } = akool;
		const requested = new Set<string>();
		const listener = await serve((incoming, answer) => {
			requested.add(String(incoming.url));
			answer.end('{}');
		});
		context.atClose(listener.close);
		const workflow = chain('Saves nothing', [
			...startWith(numbered(2)),
			akoolNode(AKOOL, { imageUrl: akool.imageUrl, prompt: PROMPT, ...BY_CALLBACK }, akool.credential),
			node('Tell', 'n8n-nodes-base.httpRequest', 4.2, { url: `=${listener.url}/{{ $json._id }}/{{ $json.status }}` }),
		]);
		const settings = { ...workflow.settings, saveDataSuccessExecution: 'none' };
		const started = await context.start({ ...workflow, settings }, 'call');
		await started.reaches(WAITING);
		sandbox.finishAll();
		await waitFor('the node behind to run', async () => (requested.size === 2 ? true : undefined), EVERY_MOMENT);
		assert.deepEqual(requested, new Set(sandbox.jobs.map(({ _id }) => `/${_id}/3`)));
		await waitFor(
			'the execution to be gone',
			async () => ((await started.status()) === 'unknown' ? true : undefined),
			EVERY_MOMENT,
		);
	},
);

scenario('A sub-workflow fails after it was resumed: what happens to the parent workflow', async (context) => {
	const akool = await context.akool(FINISHED_BY_TEST);
	const { sandbox, credential, imageUrl } = akool;
	const { client } = context;
	const sub = await client.createWorkflow(
		chain('Fails at the end', [
			node('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
			akoolNode(AKOOL, { imageUrl, prompt: PROMPT, ...BY_CALLBACK }, credential),
			node('Stop', 'n8n-nodes-base.stopAndError', 1, { errorMessage: 'Stopped on purpose' }),
		]),
	);
	await client.activateWorkflow(sub.id);
	context.atClose(async () => void (await client.deactivateWorkflow(sub.id)));
	const above = await context.start(callingWorkflow(sub.id, 1, 'once'));
	await above.reaches(WAITING);
	sandbox.finishAll();
	const execution = await above.ends();
	const [below] = await client.listExecutions(sub.id);
	assert.equal(below?.status, 'error');
	assert.equal(execution.status, context.can.reportsFailedSubWorkflows ? 'error' : 'success', errorOf(execution));
	context.note(`the workflow above ended with ${execution.status}: ${errorOf(execution) ?? 'nothing is said'}`);
	assert.equal(sandbox.jobs.length, 1);
});

scenario(
	'A callback resumes an execution of an n8n below a path (N8N_PATH) behind a proxy',
	async (context) => {
		const proxy = await serve((incoming, outgoing) => {
			const { method, headers, url = '' } = incoming;
			const inside = request(
				`${context.environment.url}${url.replace('/below', '')}`,
				{ method, headers },
				(answer) => {
					outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
					pipeline(answer, outgoing, () => undefined);
				},
			);
			incoming.pipe(inside);
		});
		const env = { N8N_PATH: '/below/', WEBHOOK_URL: `${proxy.url}/below/` };
		await context.environment.restart({ env });
		try {
			const akool = await context.akool(FINISHED_BY_TEST);
			const { sandbox } = akool;
			const started = await parkVideos(context, akool, 2, 'call');
			assert.ok(String(sandbox.jobs[0]?.webhookUrl).startsWith(`${proxy.url}/below/webhook-waiting/`));
			sandbox.finishAll();
			const execution = await started.ends();
			assertBothCompleted(execution);
		} finally {
			await proxy.close();
			await context.environment.restart();
		}
	},
	{ group: 'alone' },
);
