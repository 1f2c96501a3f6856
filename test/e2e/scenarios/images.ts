// Pictures that are in the workflow: Akool gets a signed link to them that ends by itself.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths';
import { errorOf } from '../driver/n8nWorkflows';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { AFTER, AKOOL, START, akoolNode, chain, node } from '../run/workflows';
import type { Akool } from '../run/scene';

const withBinaryPicture = ({ imageUrl, credential }: Akool) =>
	chain('Binary picture', [
		node(START, 'n8n-nodes-base.manualTrigger', 1),
		node('Picture', 'n8n-nodes-base.httpRequest', 4.2, {
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

scenario('a picture of the workflow reaches Akool through a signed link', async (scene) => {
	const akool = await scene.akool();
	const execution = await scene.run(withBinaryPicture(akool));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akoolItems(execution)[0]?.json.status, 3);
	const link = String(akool.sandbox.jobs[0]?.body.image_url);
	const answer = await fetch(link);
	assert.equal(answer.status, 200);
	assert.match(answer.headers.get('content-type') ?? '', /^image\/png/);
	const original = await readFile(join(ROOT, 'test', 'sandbox', 'media', 'product.png'));
	assert.ok(Buffer.from(await answer.arrayBuffer()).equals(original));
	assert.notEqual((await fetch(`${link}x`)).status, 200, 'the link is signed');
});

scenario(
	'with binary data in memory, or an n8n that Akool cannot reach, the picture is refused with advice',
	async (scene) => {
		const akool = await scene.akool();
		const far = {
			...akool,
			credential: await scene.credentialFor(akool.sandbox, { baseUrl: 'http://akool.example.com' }),
		};
		const unreachable = await scene.run(withBinaryPicture(far));
		assert.match(
			errorOf(unreachable) ?? '',
			/cannot be given to Akool.*local or private.*WEBHOOK_URL.*'Image Source' to URL/s,
		);
		await scene.stage.restart({ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } });
		const inMemory = await scene.run(withBinaryPicture(akool));
		assert.match(
			errorOf(inMemory) ?? '',
			/cannot be given to Akool.*memory.*N8N_DEFAULT_BINARY_DATA_MODE.*'Image Source' to URL/s,
		);
		assert.equal(akool.sandbox.jobs.length, 0);
		await scene.stage.restart();
	},
	{ lane: 'alone' },
);
