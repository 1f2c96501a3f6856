import { RESUME_TOKEN } from './engine';
import { at, CONTINUE, create, createBatch, ERROR_OUTPUT, setUpHarness } from './harness';

const harness = setUpHarness();
const RAW = { output: 'raw' };
const image = { mimeType: 'image/png', data: 'filesystem-v2', id: 'filesystem-v2:some/file', fileName: 'bottle.png' };
const IMAGE = { imageSource: 'binary', imageBinaryField: 'data' };
const inputs = [{ json: {}, binary: { data: image } }];
const IMAGE_TOKEN = 'image-token-that-nobody-may-see';
const LINKS = `http://localhost:5678/webhook-waiting/4711?signature=${RESUME_TOKEN} and http://localhost:5678/rest/binary-data/signed?token=${IMAGE_TOKEN}`;

describe('raw output without waiting', () => {
	it.each([
		[
			'Create',
			create({ ...RAW, waitForCompletion: false }),
			['uid', 'team_id', 'file_name', 'image_url', 'prompt', 'audio_type', 'negative_prompt', 'create_time'],
		],
		[
			'Create Batch',
			createBatch({ ...RAW, waitForCompletion: false }),
			['uid', 'team_id', 'file_name', 'image_url', 'prompt', 'model_name', 'batch_id', 'batch_count'],
		],
	])('holds everything that Akool said of the video: %s', async (_, parameters, names) => {
		const { json } = await harness.run(parameters);
		expect(Object.keys(at(json, 0))).toEqual(
			expect.arrayContaining([
				...names,
				'_id',
				'status',
				'resolution',
				'deduction_credit',
				'status_name',
				'expires_at',
			]),
		);
	});
});

describe('n8n’s own secret links', () => {
	it.each([
		[
			'the address of a parked execution',
			create({ ...RAW, prompt: '[sandbox: seconds=600]', options: { waitMode: 'callback' } }),
		],
		['the address of an execution that could have parked', create({ ...RAW, options: { waitMode: 'auto' } })],
	])('are removed from raw output: %s', async (_, parameters) => {
		const { json, parked } = await harness.run(parameters);
		const given = JSON.stringify([json, parked]);
		expect(at(harness.sandbox.jobs, 0).webhookUrl).toContain(RESUME_TOKEN);
		expect(given).toContain('image_url');
		expect(given).not.toContain(RESUME_TOKEN);
	});

	it.each([
		['waiting', {}],
		['not waiting', { waitForCompletion: false }],
	])('are removed from raw output: that of an image, %s', async (_, changes) => {
		const { json, stored } = await harness.run(create({ ...RAW, ...IMAGE, ...changes }), { inputs });
		expect(String(at(harness.sandbox.jobs, 0).body.image_url)).toContain('?token=');
		expect(at(json, 0)).toMatchObject({ prompt: 'The bottle turns slowly' });
		expect(stored).not.toContain('token=');
	});

	it.each([
		[
			'in a refusal',
			{ on: 'create', kind: 'code', code: 1003, msg: `not valid: ${LINKS}` },
			create({ options: { waitMode: 'callback' } }),
		],
		[
			'in the list of what a batch did not make',
			{
				on: 'batch',
				kind: 'status',
				status: 200,
				body: {
					code: 1000,
					msg: 'OK',
					data: { successList: [], errorList: [{ image_url: 'x', msg: LINKS, webhookUrl: LINKS, code: 5 }] },
				},
			},
			createBatch({ options: { waitMode: 'callback' } }),
		],
	])('are masked in what Akool quotes %s, in every form of the error', async (_, fault, parameters) => {
		harness.sandbox.addFault({ ...fault, times: Infinity });
		for (const settings of [{}, CONTINUE, ERROR_OUTPUT]) {
			const { stored } = await harness.run(parameters, { settings });
			expect(stored).toContain('***');
			expect(stored).not.toContain(RESUME_TOKEN);
			expect(stored).not.toContain(IMAGE_TOKEN);
		}
	});
});

describe('signed links of the user’s own', () => {
	const SIGNED = 'http://example.com/images/product.png?alt=media&token=eyJhbGci.J9&Signature=abc';
	const LAST = 'http://example.com/images/last.png?Expires=1&Signature=abc&Key-Pair-Id=k';
	const HOOK = 'https://hooks.example.com/videos?token=abc';
	const options = { waitMode: 'polling', checkImages: false, lastImageUrl: LAST, webhookUrl: HOOK };

	it.each([
		['waiting', true],
		['not waiting', false],
	])('stay whole in the output, %s', async (_, waitForCompletion) => {
		const modelName = { __rl: true, mode: 'name', value: 'seedance-1-0-lite-i2v-250428' };
		const given = { ...RAW, modelName, imageUrl: SIGNED, prompt: `As in ${SIGNED}`, waitForCompletion, options };
		const { json } = await harness.run(createBatch(given));
		expect(at(json, 0)).toMatchObject({ image_url: SIGNED, prompt: `As in ${SIGNED}`, webhookUrl: HOOK });
		expect(at(json, 0).last_image_url).toBe(LAST);
	});
});
