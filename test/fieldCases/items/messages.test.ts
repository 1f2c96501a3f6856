// What a user reads of a run that cost something, or that did not work out.

import { parseVideo } from '../../../nodes/AkoolImageToVideo/akool/video';
import { failureReason } from '../../../nodes/AkoolImageToVideo/akool/video';
import { properties } from '../../../nodes/AkoolImageToVideo/actions/operations';
import { MESSAGES } from '../../messages/table';
import { EFFECTS, MODELS } from '../../sandbox/catalogue';
import {
	at,
	CONTINUE,
	create,
	createBatch,
	IMAGE_URL,
	madeIds,
	onVideos,
	setUpHarness,
} from '../../integration/harness';

const harness = setUpHarness();
const CHARGED_AGAIN = 'Executing this step again creates and charges new videos.';
const FAILS = '[sandbox: fail]';
const EACH = { prompt: '={{ $json.text }}' };
const POLLING = { waitMode: 'polling' };

describe('the item number', () => {
	it('is in the error of a run with several items, and in no other error', async () => {
		const alone = await harness.run(create(EACH), { items: [{ text: '' }] });
		const several = await harness.run(create(EACH), { items: [{ text: 'a' }, { text: '' }] });
		expect(alone.error?.message).toBe("'Prompt' is empty");
		expect(several.error?.message).toBe("'Prompt' is empty [Item 1]");
	});

	it('is not added to items', async () => {
		const items = [{ text: 'a' }, { text: '' }, { text: FAILS }];
		const { json } = await harness.run(create(EACH), { items, settings: CONTINUE });
		expect(json.map(({ error }) => typeof error)).toEqual(['undefined', 'string', 'string']);
		expect(JSON.stringify(json)).not.toContain('[Item');
	});
});

describe('text from outside in a message', () => {
	const WRITTEN = 'see <b title="x">your bill</b>';

	it('is shown unchanged in the panel, which takes a description for HTML', async () => {
		const { error } = await harness.run(create({ imageUrl: '={{ $json.text }}' }), { items: [{ text: WRITTEN }] });
		expect(error?.description).toContain(WRITTEN.replaceAll('<', '&lt;'));
	});

	it('is shown unchanged in an item', async () => {
		const items = [{ text: WRITTEN }];
		const { json } = await harness.run(create({ imageUrl: '={{ $json.text }}' }), { items, settings: CONTINUE });
		expect(json[0]?.error_description).toContain(WRITTEN);
	});
});

describe('the sentence about charges', () => {
	it.each([
		['as an error', {}, '<br><br>'],
		['in an item', { settings: CONTINUE }, '\n\n'],
	])('ends the message about a failed video, %s', async (_, more, paragraph) => {
		const { error, json } = await harness.run(create({ prompt: FAILS }), more);
		const said = error?.description ?? String(at(json, 0).error_description);
		expect(said.endsWith(`${paragraph}${CHARGED_AGAIN}`)).toBe(true);
		expect(said.split(CHARGED_AGAIN)).toHaveLength(2);
	});

	it('ends the message about a video that may have been created', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		const { error } = await harness.run(create({ options: { ...POLLING, webhookUrl: 'https://example.com/hook' } }));
		expect(error?.description.endsWith(CHARGED_AGAIN)).toBe(true);
	});

	it('ends the message of an execution that stopped at one item after others were charged', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, after: 1 });
		const options = { ...POLLING, concurrency: 1 };
		const { error } = await harness.run(create({ ...EACH, options }), { items: [{ text: 'a' }, { text: 'b' }] });
		expect(error?.description).toMatch(/<br><br>This execution has created 1 video for 20 credits: [0-9a-f]{24}\./);
		expect(error?.description.endsWith(CHARGED_AGAIN)).toBe(true);
	});

	it('is missing when Get finds a failed video, since reading costs nothing', async () => {
		await harness.run(create({ prompt: FAILS, waitForCompletion: false }));
		const [id = ''] = madeIds(harness.sandbox);
		const { error } = await harness.run(onVideos('get', id, { waitForCompletion: true, options: POLLING }));
		expect(error?.message).toContain(`Akool could not create video ${id}`);
		expect(error?.description).not.toContain(CHARGED_AGAIN);
	});

	it('the summary names videos and credits, and a hint says that the first video passed the limit', async () => {
		const { hints } = await harness.run(create({ options: { ...POLLING, maxCredits: 10 } }));
		expect(hints).toEqual([
			expect.stringContaining("'Limit: Maximum Credits' is 10, but 20 credits were charged"),
			'1 video, 20 credits charged',
		]);
		const within = await harness.run(create({ options: { ...POLLING, maxCredits: 20 } }));
		expect(within.hints).toEqual(['1 video, 20 credits charged']);
	});

	it('the summary warns of a video that failed and was charged, also if its item continues with an error', async () => {
		const parameters = create({ prompt: FAILS, options: POLLING });
		const { hints } = await harness.run(parameters, { settings: CONTINUE });
		expect(hints).toEqual([expect.stringContaining('Akool could not create 1 video'), '1 video, 20 credits charged']);
	});

	it('appears once: a refusal does not repeat it', async () => {
		const options = { waitMode: 'callback', webhookUrl: 'https://example.com/hook' };
		const { error } = await harness.run(createBatch({ options }));
		expect(error?.description.match(/Nothing was/g)).toHaveLength(1);
	});
});

describe('the table of messages', () => {
	const texts = Object.values(MESSAGES).flatMap((subject) =>
		Object.values(subject).map((entry) => {
			const said = entry.example();
			return typeof said === 'string' ? said : `${said.title}\n${said.description}`;
		}),
	);

	it('uses one kind of apostrophe', () => {
		expect(texts.filter((text) => /[‘’]/.test(text))).toEqual([]);
	});

	it('calls parameters by their labels', () => {
		const labels = [
			'Wait Mode',
			'Wait Timeout',
			'Custom Body Fields',
			'Maximum Credits',
			'Minimum Balance',
			'Name or ID',
		];
		const old = labels.map((label) => `'${label}'`);
		expect(texts.filter((text) => old.some((label) => text.includes(label)))).toEqual([]);
	});
});

describe('values that Akool may accept', () => {
	it('sends Generate Audio to a model whose list entry says null, and shows a hint', async () => {
		const unknown = MODELS.find(({ generate_audio: audio }) => audio === null)?.value;
		const options = { ...POLLING, generateAudio: true };
		const { hints } = await harness.run(
			createBatch({ modelName: { __rl: true, mode: 'list', value: unknown }, options }),
		);
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ generate_audio: true });
		expect(hints.join()).toContain("Akool may ignore 'Generate Audio'");
	});

	it('lets Akool choose the model of Create Batch if none is set', async () => {
		const modelName = { __rl: true, mode: 'list', value: '' };
		const { json } = await harness.run(createBatch({ modelName, batchResolution: '', batchVideoLength: '' }));
		expect(at(harness.sandbox.jobs, 0).body).not.toHaveProperty('model_name');
		expect(at(json, 0).status).toBe(3);
	});

	it('accepts a prompt together with an effect', async () => {
		const effectCode = { __rl: true, mode: 'list', value: at(EFFECTS, 0).effect_code };
		await harness.run(create({ animateWith: 'effect', effectCode, prompt: 'my words' }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ effect_code: effectCode.value, prompt: 'my words' });
	});

	it.each(['fail_msg', 'error', 'message', 'error_reason', 'error_message', 'failed_reason', 'msg'])(
		'reads the reason of a failed video from %s',
		(field) => {
			const video = parseVideo({ _id: '6891abe782f7cd2a890c44ba', status: 4, [field]: 'flagged' });
			expect(video === undefined ? undefined : failureReason(video)).toBe('flagged');
		},
	);

	it.each([
		['2k', 10],
		['768P', 6],
	])('accepts a resolution such as %s and a length of %d s if the list has them', async (resolution, seconds) => {
		const model = MODELS.find(
			({ resolutionList, durationList }) =>
				resolutionList.some(({ value }) => value === resolution) && durationList.includes(seconds),
		);
		const modelName = { __rl: true, mode: 'list', value: model?.value };
		await harness.run(createBatch({ modelName, batchResolution: resolution, batchVideoLength: seconds }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ resolution, video_length: seconds });
	});

	it('accepts a length of 30 seconds if the model has it', async () => {
		const model = MODELS.find(({ durationList }) => durationList.includes(30));
		const modelName = { __rl: true, mode: 'list', value: model?.value };
		await harness.run(createBatch({ modelName, batchResolution: '', batchVideoLength: 30 }));
		expect(at(harness.sandbox.jobs, 0).body).toMatchObject({ image_url: IMAGE_URL, video_length: 30 });
	});

	it('the field Image Source names Edit Image for another aspect ratio', () => {
		const source = properties.find(({ name }) => name === 'imageSource');
		expect(source?.description).toMatch(/shape.*Edit Image/);
		expect(properties.filter(({ name }) => /aspect/i.test(name))).toEqual([]);
	});
});
