// The node in a test run of n8n's evaluations: the run waits for each execution, and takes one that is parked for one that has ended.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { errorOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { AKOOL, akoolNode, chain, node } from '../run/workflows';
import type { Akool, ScenarioContext } from '../run/scenarioContext';

/** Longer than the automatic mode polls before it parks. */
const JOB_SECONDS = 70;
const PROMPT = 'Turn';
const METRIC = 'finished';
const ENDINGS = ['completed', 'error', 'cancelled'];

interface TestRun {
	id: string;
	status: string;
	metrics?: Record<string, unknown>;
}

interface TestCase {
	executionId: string | null;
	status: string;
}

/** A table with a row for each image, in the owner's own project; gives its ID. */
async function createTable({ client }: ScenarioContext, images: readonly string[]): Promise<string> {
	const project = await client.request<{ id: string }>('GET', '/rest/projects/personal');
	const tables = `/rest/projects/${project.id}/data-tables`;
	const columns = [{ name: 'image', type: 'string' }];
	const { id } = await client.request<{ id: string }>('POST', tables, { name: randomUUID(), columns });
	await client.request('POST', `${tables}/${id}/insert`, { data: images.map((image) => ({ image })) });
	return id;
}

/** Runs an evaluation over one image to its end. */
async function evaluate(context: ScenarioContext, { credential, imageUrl }: Akool, options: object) {
	const { client } = context;
	const table = { __rl: true, mode: 'id', value: await createTable(context, [imageUrl]) };
	const assignment = { id: randomUUID(), name: METRIC, type: 'number', value: '={{ $json.status }}' };
	const workflow = await client.createWorkflow(
		chain('Evaluated', [
			node('Rows', 'n8n-nodes-base.evaluationTrigger', 4.7, { source: 'dataTable', dataTableId: table }),
			akoolNode(AKOOL, { imageUrl: '={{ $json.image }}', prompt: PROMPT, options }, credential),
			node('Metrics', 'n8n-nodes-base.evaluation', 4.7, {
				operation: 'setMetrics',
				metric: 'customMetrics',
				metrics: { assignments: [assignment] },
			}),
		]),
	);
	const runs = `/rest/workflows/${workflow.id}/test-runs`;
	// n8n 2.8 does not say the ID of the test run.
	await client.request('POST', `${runs}/new`, {});
	const run = await waitFor(
		'the test run to end',
		async () => {
			const [found] = await client.request<TestRun[]>('GET', runs);
			return found !== undefined && ENDINGS.includes(found.status) ? found : undefined;
		},
		{ timeoutMs: LONGEST_WAIT_MS, everyMs: 500 },
	);
	const [testCase] = await client.request<TestCase[]>('GET', `${runs}/${run.id}/test-cases`);
	// The list of executions leaves those of an evaluation out.
	const execution = await client.waitForExecution(testCase?.executionId ?? '');
	return { run, testCase, execution };
}

scenario(
	'An evaluation measures finished videos, however long they take',
	async (context) => {
		const akool = await context.akool({ jobSeconds: JOB_SECONDS });
		const { run, testCase, execution } = await evaluate(context, akool, {});
		assert.equal(run.status, 'completed');
		assert.equal(testCase?.status, 'success', errorOf(execution));
		assert.equal(run.metrics?.[METRIC], 3);
		assert.deepEqual(
			akoolItems(execution).map(({ json }) => [json.status, json.timed_out]),
			[[3, undefined]],
		);
		assert.equal(akool.sandbox.jobs.length, 1);
	},
	{ group: 'long' },
);

scenario('An evaluation refuses Callback before anything is spent, and says why', async (context) => {
	const akool = await context.akool();
	const { testCase, execution } = await evaluate(context, akool, { waitMode: 'callback' });
	assert.equal(testCase?.status, 'error');
	assert.match(
		errorOf(execution) ?? '',
		/'Wait: Mode' cannot be Callback here.*an evaluation waits for the result.*Automatic or Polling/s,
	);
	assert.equal(akool.sandbox.jobs.length, 0);
});
