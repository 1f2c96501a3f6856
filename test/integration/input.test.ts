import { at, CONTINUE, create, createBatch, IMAGE_URL, onVideos, setUpHarness, updateAudio } from './harness';

const harness = setUpHarness();
const PUBLIC_AKOOL = 'https://openapi.akool.com';
/** n8n itself refuses a required field that is left empty; an expression may still give nothing. */
const NOTHING = '={{ "" }}';
const expression = (value: unknown): string => `={{ ${JSON.stringify(value)} }}`;

describe('an unusable value is refused with the name of its field, before any request', () => {
	const createOption = (options: object) => create({ options: { ...options } });
	const batchOption = (changes: object) => createBatch({ ...changes });

	it.each([
		['an empty prompt', create({ prompt: NOTHING }), "'Prompt' is empty"],
		['a prompt of blanks', create({ prompt: '  \n ' }), "'Prompt' is empty"],
		['no prompt at all', create({ prompt: '={{ $json.nothing }}' }), "'Prompt' is empty"],
		[
			'a prompt that is a whole object',
			create({ prompt: expression({ prompt: 'The bottle turns' }) }),
			"'Prompt' holds an object where a text is needed",
		],
		[
			'an object in the middle of a prompt',
			create({ prompt: '=Show {{ {} }} slowly' }),
			"'Prompt' holds an object where a text is needed",
		],
		[
			'objects to avoid',
			createOption({ negativePrompt: expression([{ avoid: 'blur' }]) }),
			"'Negative Prompt' holds an object where a text is needed",
		],
		['no image', create({ imageUrl: NOTHING }), "'Image URL' is empty"],
		[
			'an image that is no address',
			create({ imageUrl: 'product.png' }),
			"'Image URL' is the name of a file, not an address",
		],
		['a file address', create({ imageUrl: 'file:///etc/passwd' }), "'Image URL' is a path on a computer or server"],
		[
			'a bucket address',
			create({ imageUrl: 's3://bucket/product.png' }),
			"'Image URL' begins with s3:, which Akool cannot open",
		],
		['no audio', create({ audioType: 2, audioUrl: NOTHING }), "'Audio URL' is empty"],
		['audio that is no address', create({ audioType: 2, audioUrl: 'song' }), "'Audio URL' is not an address"],
		['an unknown kind of audio', create({ audioType: 4 }), `'Audio' is "4", which is not one of its choices`],
		[
			'no effect',
			create({ animateWith: 'effect', effectCode: { __rl: true, mode: 'list', value: NOTHING } }),
			"'Effect' is empty",
		],
		['an unknown resolution', create({ resolution: '8k' }), `'Resolution' is "8k"`],
		['an unknown length', create({ videoLength: 7 }), `'Video Length' is "7", which is not one of its choices`],
		[
			'custom fields that are no JSON',
			createOption({ customBodyFields: '{seed' }),
			"'Additional Body Fields' is not valid JSON",
		],
		[
			'custom fields that are a word',
			createOption({ customBodyFields: 'hello' }),
			"'Additional Body Fields' is not valid JSON",
		],
		[
			'custom fields that are a list',
			createOption({ customBodyFields: '[1]' }),
			"'Additional Body Fields' is not a JSON object",
		],
		[
			'a count among the custom fields',
			batchOption({ options: { customBodyFields: '{"count": 5}' } }),
			`'Additional Body Fields' holds "count", which has a field of its own`,
		],
		[
			'a model among the custom fields',
			createOption({ customBodyFields: '{"seed": 1, "model_name": "x"}' }),
			`'Additional Body Fields' holds "model_name"`,
		],
		[
			'audio among the custom fields',
			createOption({ customBodyFields: '{"audio_type": 2, "audio_url": "http://192.168.1.5/a.mp3"}' }),
			`'Additional Body Fields' holds "audio_type"`,
		],
		[
			'a webhook among the custom fields',
			createOption({ customBodyFields: '{"webhookurl": "https://example.com"}' }),
			`'Additional Body Fields' holds "webhookurl"`,
		],
		[
			'a webhook as Akool’s answers spell it',
			createOption({ customBodyFields: expression({ webhookUrl: 'https://example.com' }) }),
			`'Additional Body Fields' holds "webhookUrl"`,
		],
		['a webhook that is no address', createOption({ webhookUrl: 'hook' }), "'Webhook URL' is not an address"],
		[
			'a limit that is no number',
			createOption({ maxVideos: expression('many') }),
			"'Limit: Maximum Videos' is not a number",
		],
		[
			'a limit of nothing',
			createOption({ maxCredits: expression(0) }),
			"'Limit: Maximum Credits' is 0, which is not possible",
		],
		[
			'a hasty interval',
			createOption({ pollInterval: expression(1) }),
			"'Wait: Poll Interval (Seconds)' is 1, which is not possible",
		],
		['an unknown way to wait', createOption({ waitMode: expression('hope') }), `'Wait: Mode' is "hope"`],
		['an empty prompt of a batch', batchOption({ prompt: NOTHING }), "'Prompt' is empty"],
		['eleven videos', batchOption({ count: expression(11) }), "'Count' is 11"],
		['half a video', batchOption({ count: expression(1.5) }), "'Count' is 1.5"],
		['no videos', batchOption({ count: expression(0) }), "'Count' is 0"],
		[
			'a length that is no number',
			batchOption({ batchVideoLength: expression('long') }),
			"'Video Length' is not a number",
		],
		[
			'a last image that is no address',
			batchOption({ options: { lastImageUrl: 'x' } }),
			"'Last Image URL' is not an address",
		],
		['no ID', onVideos('get', NOTHING), "'Video IDs' is empty"],
		['an ID that is none', onVideos('get', 'my video'), "'Video IDs' holds something that is not an ID: my video"],
		[
			'a result’s link',
			onVideos('download', 'https://d2qf6ukcym4kn9.cloudfront.net/1754377291791-1423.mp4'),
			"'Video IDs' holds a link instead of an ID",
		],
		[
			'a link among IDs',
			onVideos('delete', `0123456789abcdef01234567,${IMAGE_URL}`),
			"'Video IDs' holds a link instead of an ID",
		],
		['no ID to add audio to', updateAudio(NOTHING), "'Video IDs' is empty"],
	])('%s', async (_, parameters, title) => {
		const { error } = await harness.run(parameters);
		expect(error?.message).toContain(title);
		expect(error?.description.length).toBeGreaterThan(10);
		expect(harness.sandbox.requests.filter(({ endpoint }) => endpoint !== 'models')).toEqual([]);

		const continued = await harness.run(parameters, { settings: CONTINUE });
		expect(continued.error).toBeUndefined();
		expect(String(at(continued.json, 0).error)).toContain(title);
	});

	it.each([
		['count', 'Count'],
		['model_name', 'Model'],
		['resolution', 'Resolution'],
		['video_length', 'Video Length'],
		['webhookurl', 'Webhook URL'],
	])('names the field to use instead of %s in Additional Body Fields', async (name, field) => {
		const { error } = await harness.run(createBatch({ options: { customBodyFields: expression({ [name]: 5 }) } }));
		expect(error?.description).toContain(`Use '${field}' instead`);
	});

	it.each([
		['resolution', 'Resolution'],
		['audio_url', 'Audio URL'],
	])('names the field to use instead of %s in Additional Body Fields of Create', async (name, field) => {
		const { error } = await harness.run(create({ options: { customBodyFields: expression({ [name]: 5 }) } }));
		expect(error?.description).toContain(`Use '${field}' instead`);
	});

	it.each([
		['a wait that is longer than a video lives', create({ options: { waitTimeout: 20_000 } }), 'from 0 to 10080'],
		['half a second without a model', createBatch({ batchVideoLength: 5.5 }), 'a whole number'],
	])('%s is refused, not rounded', async (_, parameters, advice) => {
		const { error } = await harness.run(parameters);
		expect(error?.description).toContain(advice);
		expect(harness.sandbox.jobs).toEqual([]);
	});

	it('leaves the choice to Akool if the first entry of a list is typed in', async () => {
		const best = { __rl: true, mode: 'value', value: 'Best for the model' };
		await harness.run(createBatch({ batchResolution: best, batchVideoLength: best, waitForCompletion: false }));
		expect(at(harness.sandbox.jobs, 0).body).not.toHaveProperty('resolution', 'Best for the model');
	});

	it('accepts body fields in a batch that only Create has a field for', async () => {
		await harness.run(createBatch({ waitForCompletion: false, options: { customBodyFields: '{"audio_type": 1}' } }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ audio_type: 1 });
	});

	it('does not let a count in Additional Body Fields pass Maximum Videos', async () => {
		await harness.run(createBatch({ options: { maxVideos: 1, customBodyFields: '{"count": 5}' } }), {
			settings: CONTINUE,
		});
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('shows what an ID looks like if a link is given', async () => {
		const { error } = await harness.run(
			onVideos('get', 'https://d2qf6ukcym4kn9.cloudfront.net/1754377291791-1423.mp4'),
		);
		expect(error?.description).toContain('6891abe782f7cd2a890c44ba');
	});
});

describe('a private address', () => {
	it.each([
		'http://localhost:3000/product.png',
		'http://127.0.0.1/product.png',
		'http://192.168.1.20/product.png',
		'http://10.0.0.8/product.png',
		'https://nas.local/product.png',
		'http://nas/product.png',
		'http://[::1]/product.png',
		'http://[::ffff:127.0.0.1]/product.png',
		'http://[::ffff:192.168.1.20]/product.png',
		'http://localhost./product.png',
	])('is refused before any request if Akool is public: %s', async (imageUrl) => {
		const credential = harness.freshCredential();
		credential.kept.baseUrl = PUBLIC_AKOOL;
		const { error } = await harness.run(create({ imageUrl }), { credential });
		expect(error?.message).toBe("'Image URL' is an address that Akool cannot reach");
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('is accepted if Akool itself is in that network', async () => {
		const { json } = await harness.run(
			create({ imageUrl: 'http://192.168.1.20/images/product.png', waitForCompletion: false }),
		);
		expect(json).toHaveLength(1);
	});
});

describe('expressions of another type than the field', () => {
	it('accept a number as text', async () => {
		const parameters = createBatch({
			count: expression('2'),
			batchVideoLength: expression('10'),
			waitForCompletion: false,
			options: { maxVideos: expression('5') },
		});
		const { json, error } = await harness.run(parameters);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(2);
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ count: 2, video_length: 10 });
	});

	it('accept the choices of Create as text, and send them as numbers', async () => {
		await harness.run(
			create({
				videoLength: expression('10'),
				audioType: expression('1'),
				audioUrl: NOTHING,
				waitForCompletion: expression('false'),
			}),
		);
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ video_length: 10, audio_type: 1 });
		expect(harness.sandbox.countRequests('results')).toBe(0);
	});

	it('accept an object as Additional Body Fields', async () => {
		await harness.run(create({ waitForCompletion: false, options: { customBodyFields: expression({ seed: 7 }) } }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ seed: 7 });
	});

	it('accept body fields that are named like a prototype’s', async () => {
		const { json } = await harness.run(
			create({
				waitForCompletion: false,
				options: { customBodyFields: '{"__proto__":{"polluted":1},"constructor":2}' },
			}),
		);
		expect(json).toHaveLength(1);
		expect(at(harness.sandbox.jobs, 0).body).not.toHaveProperty('polluted');
		expect({}).not.toHaveProperty('polluted');
	});

	it('accept a model and an effect as plain text', async () => {
		const { json } = await harness.run(
			createBatch({ modelName: expression('seedance-1-0-lite-i2v-250428'), waitForCompletion: false }),
		);
		expect(at(json, 0).model_name).toBe('seedance-1-0-lite-i2v-250428');
	});
});

describe('an expression that cannot be evaluated', () => {
	const BROKEN = { prompt: '={{ $json.text.trim() }}', waitForCompletion: false };

	it('ends the run with the item number, before anything is spent', async () => {
		const { error } = await harness.run(create(BROKEN), { items: [{ text: 'a' }, { text: 5 }] });
		expect(error?.message).toContain('[Item 1]');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('is returned with its own item under Continue On Fail', async () => {
		const { json } = await harness.run(create(BROKEN), {
			items: [{ text: 'a' }, { text: 5 }, { text: 'c' }],
			settings: CONTINUE,
		});
		expect(json.map(({ error }) => error !== undefined)).toEqual([false, true, false]);
		expect(harness.sandbox.jobs).toHaveLength(2);
	});

	it.each([
		['maxVideos', 'Maximum Videos'],
		['maxCredits', 'Maximum Credits'],
		['minBalance', 'Minimum Balance'],
	])('never leaves a run without its limit: %s', async (option, displayName) => {
		for (const value of ['={{ $json.nothing }}', '={{ $json.a.trim() }}', NOTHING, '={{ null }}']) {
			const { error } = await harness.run(create({ options: { [option]: value } }), { items: [{ a: 1 }] });
			expect(error?.message).toBe(`'Limit: ${displayName}' is empty`);
		}
		expect(harness.sandbox.jobs).toHaveLength(0);
	});
});

it.each([
	['https://n8n.example.com/webhook-test/abc', 1],
	['https://n8n.example.com/webhook/abc', 0],
])('shows a hint only for n8n’s test address of a trigger: %s', async (webhookUrl, hints) => {
	const parameters = create({ waitForCompletion: false, options: { webhookUrl } });
	const run = await harness.run(parameters, { items: [{ n: 0 }, { n: 1 }] });
	expect(at(harness.sandbox.jobs, 0).body.webhookurl).toBe(webhookUrl);
	expect(run.hints.filter((hint) => hint.includes('is a test address of n8n'))).toHaveLength(hints);
});
