// Images that are in the workflow: Akool gets a signed link to them that expires, and that opens for as long as Akool may take to fetch them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/lib/paths';
import { waitFor } from '../../support/waitFor';
import { errorOf } from '../driver/n8nWorkflows';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, START, akoolNode, chain, node } from '../run/workflows';
import type { Akool, ScenarioContext } from '../run/scenarioContext';

const TIMING = { timeoutMs: 60_000, everyMs: 200 };
/** The link of a renamed upload was seen dead three seconds after the order. */
const RENAMED_AFTER_MS = 4_000;

const product = async () => await readFile(join(ROOT, 'test', 'sandbox', 'media', 'product.png'));

const withBinaryImage = ({ imageUrl, credential }: Akool) =>
	chain('Binary image', [
		node(START, 'n8n-nodes-base.manualTrigger', 1),
		node('Image', 'n8n-nodes-base.httpRequest', 4.2, {
			url: imageUrl,
			options: { response: { response: { responseFormat: 'file' } } },
		}),
		akoolNode(
			AKOOL,
			{ imageSource: 'binary', prompt: 'Turn', options: { waitMode: 'polling', pollInterval: 2 } },
			credential,
		),
		node(AFTER, 'n8n-nodes-base.noOp', 1),
	]);

scenario('Akool fetches a binary image of the workflow through a signed link', async (context) => {
	const akool = await context.akool();
	const execution = await context.run(withBinaryImage(akool));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akoolItems(execution)[0]?.json.status, 3);
	const link = String(akool.sandbox.jobs[0]?.body.image_url);
	const answer = await fetch(link);
	assert.equal(answer.status, 200);
	assert.match(answer.headers.get('content-type') ?? '', /^image\/png/);
	assert.ok(Buffer.from(await answer.arrayBuffer()).equals(await product()));
	assert.notEqual((await fetch(`${link}x`)).status, 200, 'the link is signed');
});

scenario(
	'A binary image is refused with advice if n8n keeps files in memory or Akool cannot reach n8n',
	async (context) => {
		const akool = await context.akool();
		const far = {
			...akool,
			credential: await context.credentialFor(akool.sandbox, { baseUrl: 'http://akool.example.com' }),
		};
		const unreachable = await context.run(withBinaryImage(far));
		assert.match(
			errorOf(unreachable) ?? '',
			/cannot be given to Akool.*local or private.*WEBHOOK_URL.*'Image Source' to URL/s,
		);
		await context.environment.restart({ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } });
		const inMemory = await context.run(withBinaryImage(akool));
		assert.match(
			errorOf(inMemory) ?? '',
			/cannot be given to Akool.*memory.*N8N_DEFAULT_BINARY_DATA_MODE.*'Image Source' to URL/s,
		);
		assert.equal(akool.sandbox.jobs.length, 0);
		await context.environment.restart();
	},
	{ group: 'alone' },
);

/** The triggers that people upload files to: n8n gives such a file another name when the execution parks or ends. */
const UPLOADS = {
	'a Webhook trigger': {
		trigger: (id: string) =>
			node('Upload', 'n8n-nodes-base.webhook', 2, { path: id, httpMethod: 'POST', options: {} }, { webhookId: id }),
		path: 'webhook',
		formField: 'Photo',
	},
	'a form': {
		trigger: (id: string) =>
			node(
				'Upload',
				'n8n-nodes-base.formTrigger',
				2.3,
				{
					formTitle: 'Photo',
					formFields: { values: [{ fieldLabel: 'Photo', fieldType: 'file', multipleFiles: false }] },
					options: {},
				},
				{ webhookId: id },
			),
		path: 'form',
		formField: 'field-0',
	},
};
type Upload = (typeof UPLOADS)[keyof typeof UPLOADS];

const WAYS = {
	'that waits by polling': { options: { waitMode: 'polling', pollInterval: 2 } },
	'that parks until a callback': { options: { waitMode: 'callback' } },
	'that does not wait': { waitForCompletion: false, options: {} },
};

/** Uploads a photo to a published workflow that makes a video of it; gives the workflow's ID. */
async function upload(
	context: ScenarioContext,
	{ credential }: Akool,
	{ trigger, path, formField }: Upload,
	way: object,
) {
	const id = randomUUID();
	const workflow = await context.client.createWorkflow(
		chain('Uploaded image', [
			trigger(id),
			akoolNode(AKOOL, { imageSource: 'binary', imageBinaryField: 'Photo', prompt: 'Turn', ...way }, credential),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
		]),
	);
	await context.client.activateWorkflow(workflow.id);
	context.atClose(async () => void (await context.client.deactivateWorkflow(workflow.id)));
	const body = new FormData();
	body.append(formField, new File([await product()], 'photo.png', { type: 'image/png' }));
	const { status } = await fetch(`${context.environment.url}/${path}/${id}`, { method: 'POST', body });
	assert.equal(status, 200);
	return workflow.id;
}

async function assertOpens(link: string, when: string) {
	const answer = await fetch(link);
	assert.equal(answer.status, 200, when);
	assert.match(answer.headers.get('content-type') ?? '', /^image\/png/, when);
	assert.ok(Buffer.from(await answer.arrayBuffer()).equals(await product()), when);
}

for (const [to, form] of Object.entries(UPLOADS)) {
	for (const [how, way] of Object.entries(WAYS)) {
		scenario(
			`Akool can fetch an image uploaded to ${to} at any later time, in an execution ${how}`,
			async (context) => {
				const isParked = 'waitMode' in way.options && way.options.waitMode === 'callback';
				const akool = await context.akool({ jobSeconds: Infinity });
				const workflowId = await upload(context, akool, form, way);
				const job = await waitFor('the order', () => akool.sandbox.jobs[0], TIMING);
				const link = String(job.body.image_url);
				const [listed] = await context.client.listExecutions(workflowId);
				const execution = context.started(workflowId, listed?.id ?? '');
				if (isParked) await execution.reaches(['waiting']);
				if ('waitForCompletion' in way) await execution.reaches(['success']);
				// n8n renames uploads a moment after that.
				await sleep(RENAMED_AFTER_MS);
				await assertOpens(link, 'before the video is finished');
				akool.sandbox.finishJob(job._id);
				const ended = await execution.ends();
				assert.equal(ended.status, 'success', errorOf(ended));
				await sleep(RENAMED_AFTER_MS);
				await assertOpens(link, 'after the execution has ended');
			},
		);
	}
}
