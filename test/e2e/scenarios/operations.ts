// Every operation in a real n8n, as a user meets them first.
import assert from 'node:assert/strict';
import { AKOOL, START, akoolNode, chain, itemOfVideo, node, numbered, imagesToVideos } from '../run/workflows';
import { akoolItems, nodeSeconds } from '../run/reading';
import { scenario } from '../run/scenario';
import { fileOf, itemsOf } from '../driver/n8nWorkflows';
import { NODE_TYPE, TRIGGER_TYPE } from '../driver/environment';
import type { AkoolAccount } from '../driver/environment';

/** An operation that n8n adds by itself. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';
const SHORT_WAIT = { options: { waitMode: 'polling', pollInterval: 2 } };
const BATCH = {
	operation: 'createBatch',
	modelName: { __rl: true, mode: 'list', value: 'seedance-1-0-lite-i2v-250428' },
	batchResolution: '720p',
	batchVideoLength: 5,
};

scenario('All operations run, one after the other', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.5 });
	const { sandbox, credential, imageUrl } = akool;
	const image = { imageUrl, prompt: 'A slow turn', ...SHORT_WAIT };
	const video = (name: string, parameters: object) => akoolNode(name, { ...image, ...parameters }, credential);
	const idOf = (of: string) => `={{ $('${of}').item.json._id }}`;
	const execution = await context.run(
		chain('Everything', [
			node(START, 'n8n-nodes-base.manualTrigger', 1),
			akoolNode('Credits', { resource: 'account', operation: 'getCredits' }, credential),
			akoolNode('Models', { resource: 'model', operation: 'getAll', returnAll: false, limit: 1 }, credential),
			akoolNode('Effects', { resource: 'effect', operation: 'getAll', returnAll: false, limit: 1 }, credential),
			video('By Prompt', {}),
			video('By Effect', {
				animateWith: 'effect',
				effectCode: { __rl: true, mode: 'list', value: 'squish_89244231312' },
			}),
			video('With Audio', { audioType: 1 }),
			video('With Music', { audioType: 2, audioUrl: `${sandbox.url}/images/song.mp3` }),
			video('Batch', { ...BATCH, count: 2 }),
			akoolNode('Get', { operation: 'get', videoIds: idOf('Batch') }, credential),
			akoolNode('Download', { operation: 'download', videoIds: idOf('Get') }, credential),
			akoolNode(
				'Update Audio',
				{ operation: 'updateAudio', videoIds: idOf('Get'), audioType: 1, downloadVideo: true, ...SHORT_WAIT },
				credential,
			),
			akoolNode('Delete', { operation: 'delete', videoIds: idOf('Update Audio') }, credential),
		]),
	);
	assert.equal(execution.status, 'success', JSON.stringify(execution.data.resultData.error?.message));
	const json = (name: string) => itemsOf(execution, name).map((item) => item.json);
	const [byPrompt, byEffect, withSound, withMusic] = sandbox.jobs;
	assert.deepEqual(json('Credits'), [{ credit: 1_000_000 }]);
	assert.equal(json('Models')[0]?.value ?? json('Models')[0]?.model_name, 'AkoolImage2VideoFastV1');
	assert.equal(json('Effects').length, 1);
	for (const name of ['By Prompt', 'By Effect', 'With Audio', 'With Music']) {
		assert.equal(json(name)[0]?.status_name, 'completed', name);
		assert.match(String(json(name)[0]?.video_url), /^http/);
	}
	assert.deepEqual(
		[byPrompt, byEffect, withSound, withMusic].map((job) => job?.body.audio_type),
		[3, 3, 1, 2],
	);
	assert.equal(byEffect?.body.effect_code, 'squish_89244231312');
	assert.deepEqual(
		json('Batch').map(({ status, model_name: model }) => [status, model]),
		Array(2).fill([3, 'seedance-1-0-lite-i2v-250428']),
	);
	assert.deepEqual(new Set(json('Get').map(({ _id }) => _id)), new Set(json('Batch').map(({ _id }) => _id)));
	assert.equal(itemsOf(execution, 'Download').length, 2);
	for (const name of ['Download', 'Update Audio']) {
		for (const item of itemsOf(execution, name)) {
			assert.equal(fileOf(item).fileName, `${item.json._id}.mp4`);
			const file = await context.client.downloadBinary(fileOf(item));
			assert.ok(file.includes(Buffer.from(String(item.json._id))), 'the file is the one of this video');
		}
	}
	assert.deepEqual(
		json('Delete').map(({ deleted }) => deleted),
		[true, true],
	);
	assert.equal(sandbox.jobs.filter(({ deleted }) => deleted).length, 2);
	assert.equal(sandbox.leaks.length, 0);
});

scenario('The credential test succeeds, or shows Akool’s reason', async (context) => {
	const { sandbox } = await context.akool();
	const token = { authentication: 'accessToken' as const };
	const table: [string, Partial<AkoolAccount>, string, RegExp][] = [
		['the right key', {}, 'OK', /./],
		['a slash behind the address', { baseUrl: `${sandbox.url}/` }, 'OK', /./],
		['a wrong key', { apiKey: 'wrong' }, 'Error', /does not know this API key.*1109/],
		['the client ID as key', { apiKey: sandbox.clientId }, 'Error', /not the Client ID/],
		['a token', token, 'OK', /./],
		['a token for a wrong key', { ...token, apiKey: 'wrong' }, 'Error', /does not know this API key.*1109/],
		['a token without client ID', { ...token, clientId: '' }, 'Error', /^'Client ID' is empty. Enter it/],
		[
			'a server that is not Akool',
			{ baseUrl: context.environment.url },
			'Error',
			/not with an Akool credit balance\. Check 'Base URL'/,
		],
	];
	for (const [what, account, status, message] of table) {
		const verdict = await context.client.testCredential(await context.credentialFor(sandbox, account));
		assert.equal(verdict.status, status, `${what}: ${verdict.message}`);
		assert.match(verdict.message, message, what);
		if (status === 'Error') context.note(`${what}: “${verdict.message}”`);
	}
});

scenario('An expired access token is renewed once, without a second order', async (context) => {
	const akool = await context.akool({}, { authentication: 'accessToken' });
	const first = await context.run(imagesToVideos(akool, SHORT_WAIT));
	assert.equal(first.status, 'success');
	const fetched = akool.sandbox.countRequests('token');
	akool.sandbox.expireTokens();
	const again = await context.run(
		imagesToVideos(akool, { operation: 'get', videoIds: akoolItems(first)[0]?.json._id }),
	);
	assert.equal(again.status, 'success');
	assert.equal(akool.sandbox.countRequests('token'), fetched + 1);
	assert.equal(akool.sandbox.jobs.length, 1);
});

scenario('Dropdowns show Akool’s live lists and follow the chosen model', async (context) => {
	const { sandbox, credential } = await context.akool();
	const query = { node: 'n8n-nodes-akool.akoolImageToVideo', credential };
	const effects = await context.client.searchList({ ...query, method: 'searchEffects', parameter: 'effectCode' });
	assert.equal(effects.results.length, 24);
	assert.deepEqual(
		effects.results.map(({ name }) => name),
		effects.results.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
	);
	assert.match(effects.results[0]?.url ?? '', /\.mp4$/);
	const found = await context.client.searchList({
		...query,
		method: 'searchEffects',
		parameter: 'effectCode',
		filter: 'SQUI',
	});
	assert.deepEqual(
		found.results.map(({ value }) => value),
		['squish_89244231312'],
	);
	const models = await context.client.searchList({ ...query, method: 'searchModels', parameter: 'modelName' });
	assert.equal(models.results.length, 14);
	const follow = async (value: string) => {
		const parameters = { resource: 'video', operation: 'createBatch', modelName: { __rl: true, mode: 'list', value } };
		const lists = [
			['searchResolutions', 'batchResolution'],
			['searchVideoLengths', 'batchVideoLength'],
		];
		const [resolutions, lengths] = await Promise.all(
			lists.map(
				async ([method = '', parameter = '']) =>
					(await context.client.searchList({ ...query, method, parameter, parameters })).results,
			),
		);
		return [resolutions, lengths].map((options) => options?.map((option) => option.value));
	};
	assert.deepEqual(await follow('MiniMax-Hailuo-2.3/image-to-video'), [
		['', '768P', '1080P'],
		['', 6, 10],
	]);
	assert.deepEqual(await follow('seedance-1-0-lite-i2v-250428'), [
		['', '480p', '720p', '1080p'],
		['', 5, 10],
	]);
	assert.deepEqual((await follow('kwaivgi/kling-v3.0-std/image-to-video'))[0], ['']);
	assert.equal(sandbox.countRequests('effects'), 1);
	assert.equal(sandbox.countRequests('models'), 1);
	const wrong = await context.credentialFor(sandbox, { apiKey: 'wrong' });
	await assert.rejects(
		async () =>
			await context.client.searchList({
				...query,
				credential: wrong,
				method: 'searchEffects',
				parameter: 'effectCode',
			}),
		/API key/,
	);
});

scenario(
	'The editor knows the output fields of every operation and of the trigger before the first run',
	async (context) => {
		const types = await context.client.listNodeTypes();
		const action = types.find(({ name }) => name === NODE_TYPE);
		const fields = (action?.properties ?? []).filter(({ name }) => name === 'operation');
		const operations = fields
			.flatMap(({ displayOptions, options }) =>
				(options ?? []).map((option) => `/${displayOptions?.show?.resource?.[0]}/${'value' in option && option.value}`),
			)
			.filter((operation) => !operation.endsWith(CUSTOM_API_CALL));
		assert.equal(operations.length, 10);
		for (const path of [...operations.map((operation) => `${NODE_TYPE}/1.0.0${operation}`), `${TRIGGER_TYPE}/1.0.0`]) {
			const schema = await context.client.request<{ type: string; properties: object }>('GET', `/schemas/${path}.json`);
			assert.equal(schema.type, 'object', path);
			assert.ok(Object.keys(schema.properties).length > 0, path);
		}
	},
);

scenario('20 videos are polled with one request at a time, and the node ends with the last video', async (context) => {
	const akool = await context.akool({ jobSeconds: 10 });
	const { sandbox } = akool;
	// Of a kind that no other scenario makes: how long videos took of late is known to the node, and shapes its pauses.
	const execution = await context.run(
		imagesToVideos(akool, { resolution: '1080p', options: { waitMode: 'polling' } }, { items: numbered(20) }),
	);
	assert.equal(execution.status, 'success');
	const items = akoolItems(execution);
	assert.deepEqual(
		items.map(({ pairedItem }) => pairedItem),
		numbered(20).map(({ n }) => ({ item: n })),
	);
	assert.deepEqual(
		items.map(({ json }) => itemOfVideo(sandbox, json._id)),
		numbered(20).map(({ n }) => n),
	);
	const polls = sandbox.requests.filter(({ endpoint }) => endpoint === 'results');
	const first = polls[0]?.body as { _ids: string };
	assert.equal(first._ids.split(',').length, 20);
	assert.ok(polls.length <= 5, `${polls.length} status requests`);
	const lastEndsMs = Math.max(...sandbox.jobs.map(({ created_ms: createdMs }) => createdMs)) + 10_050;
	// How long n8n takes for its own part is n8n's to say.
	const [last, before] = polls.map(({ atMs }) => (atMs - lastEndsMs) / 1_000).reverse();
	assert.ok(Number(last) < 8, `the status request came ${last} s after the last video`);
	assert.ok(before === undefined || before < 0, 'no status request comes after the one that could see the last video');
	const overSeconds = (Date.parse(execution.stoppedAt) - lastEndsMs) / 1_000;
	context.note(
		`${polls.length} status requests for 20 videos; over ${overSeconds.toFixed(1)} s after the last video; the node held a worker for ${nodeSeconds(execution, AKOOL).toFixed(1)} s`,
	);
});
