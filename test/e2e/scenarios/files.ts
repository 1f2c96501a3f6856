// Files in the two places that n8n has for them: folders and its database.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary';
import { errorOf, fileOf, itemsOf } from '../driver/n8nWorkflows';
import { LONGEST_WAIT_MS, waitFor } from '../../support/waitFor';
import { createAtAkool } from '../run/calls';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, START, TRIGGER, akoolNode, chain, node, triggered } from '../run/workflows';
import type { ScenarioContext } from '../run/scenarioContext';

const BY_CALLBACK = { options: { waitMode: 'callback' } };
const TIMING = { timeoutMs: LONGEST_WAIT_MS, everyMs: 300 };
const DIGEST = 'digest';

/** Reads an item's file, as any further node would. */
const reading = (name: string) =>
	node(name, 'n8n-nodes-base.crypto', 1, {
		action: 'hash',
		type: 'SHA256',
		binaryData: true,
		binaryPropertyName: 'data',
		dataPropertyName: DIGEST,
		encoding: 'hex',
	});

const digestOf = (file: Buffer) => createHash('sha256').update(file).digest('hex');

/** The file as Akool has it. */
const fileAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

/** An image of the workflow goes to Akool, the video is waited for by callback, and the next node reads it. */
async function checkAction(context: ScenarioContext) {
	const akool = await context.akool({ jobSeconds: 2 });
	const execution = await context.run(
		chain('Files', [
			node(START, 'n8n-nodes-base.manualTrigger', 1),
			node('Image', 'n8n-nodes-base.httpRequest', 4.2, {
				url: akool.imageUrl,
				options: { response: { response: { responseFormat: 'file' } } },
			}),
			akoolNode(
				AKOOL,
				{ imageSource: 'binary', prompt: 'Turn', downloadVideo: true, ...BY_CALLBACK },
				akool.credential,
			),
			reading('Read'),
			node(AFTER, 'n8n-nodes-base.noOp', 1),
		]),
	);
	assert.equal(execution.status, 'success', errorOf(execution));
	const [job] = akool.sandbox.jobs;
	const image = await fetch(String(job?.body.image_url));
	assert.equal(image.status, 200, 'Akool gets the image');
	assert.ok(
		Buffer.from(await image.arrayBuffer()).equals(
			await readFile(join(ROOT, 'test', 'sandbox', 'media', 'product.png')),
		),
	);
	const [item] = itemsOf(execution, AKOOL);
	const file = await context.client.downloadBinary(fileOf(item));
	assert.ok(file.includes(Buffer.from(String(job?._id))), 'the file is the one of this video');
	assert.equal(itemsOf(execution, AFTER)[0]?.json[DIGEST], digestOf(file), 'the next node reads it');
	return fileOf(item).data;
}

/** A callback starts a workflow with the video's file. */
async function checkTrigger(context: ScenarioContext) {
	const { client, environment } = context;
	const akool = await context.akool({ jobSeconds: 1 });
	const { nodes, connections, ...rest } = triggered(akool.credential, { options: { downloadVideo: true } });
	const workflow = await client.createWorkflow({
		...rest,
		nodes: [...nodes, reading('Read')],
		connections: { ...connections, [AFTER]: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
	});
	await client.activateWorkflow(workflow.id);
	const id = await createAtAkool(akool.sandbox, {
		webhookurl: `${environment.url}/webhook/${workflow.nodes[0]?.webhookId}/webhook`,
	});
	const ended = await waitFor(
		'the workflow to be started',
		async () => (await client.listExecutions(workflow.id, ['success', 'error']))[0],
		TIMING,
	);
	const execution = await client.getExecution(ended.id);
	assert.equal(execution.status, 'success', errorOf(execution));
	const [item] = itemsOf(execution, TRIGGER);
	assert.equal(item?.json._id, id);
	assert.equal(
		itemsOf(execution, 'Read')[0]?.json[DIGEST],
		digestOf(await fileAt(String(item?.json.video_url))),
		'the next node reads the file',
	);
	const shown = await client.downloadBinary(fileOf(item)).then(
		() => true,
		() => false,
	);
	await client.deactivateWorkflow(workflow.id);
	return shown;
}

for (const mode of ['filesystem', 'database'] as const) {
	scenario(
		`Binary data mode ${mode}: images are sent to Akool and videos are downloaded`,
		async (context) => {
			const folder = await makeTemporaryFolder('akool-files-');
			// The processes of a queue mode share the folder, as they would a volume.
			await context.environment.restart({
				env: { N8N_DEFAULT_BINARY_DATA_MODE: mode, N8N_BINARY_DATA_STORAGE_PATH: folder.path },
			});
			try {
				const kept = await checkAction(context);
				assert.match(kept, new RegExp(`^${mode}`), 'n8n keeps files in that mode');
				const shown = await checkTrigger(context);
				if (!shown) context.note('the editor does not show the file that came with the trigger’s item; nodes read it');
				assert.equal(shown, context.can.showsFilesOfTriggers(mode));
			} finally {
				await context.environment.restart();
				await folder.remove();
			}
		},
		{ group: 'alone' },
	);
}
