import { parseOrder, parseDelete, parseResults } from '../../nodes/AkoolImageToVideo/akool/answers';
import {
	batchBody,
	createBody,
	idsBody,
	updateAudioBody,
	type BatchRequest,
	type CreateRequest,
} from '../../nodes/AkoolImageToVideo/akool/bodies';
import { parseEffects } from '../../nodes/AkoolImageToVideo/akool/effects';
import { readEnvelope } from '../../nodes/AkoolImageToVideo/akool/envelope';
import { expiresAt } from '../../nodes/AkoolImageToVideo/akool/expiry';
import {
	bestResolution,
	bestSeconds,
	limitBreaches,
	modelTitle,
	parseModels,
} from '../../nodes/AkoolImageToVideo/akool/models';
import { reachFrom } from '../../nodes/AkoolImageToVideo/akool/reach';
import { isFinal } from '../../nodes/AkoolImageToVideo/akool/video';
import batch from '../fixtures/akool/batch.json';
import deletion from '../fixtures/akool/delete.json';
import effects from '../fixtures/akool/effects.json';
import models from '../fixtures/akool/models.json';
import results from '../fixtures/akool/results.json';

/** What is in an answer of the vendor's examples. */
function dataOf(answer: unknown): unknown {
	const envelope = readEnvelope(answer);
	if (envelope.kind !== 'success') throw new Error('the example is no success');
	return envelope.data;
}

const CREATE: CreateRequest = {
	imageUrl: 'i',
	prompt: 'p',
	negativePrompt: '',
	resolution: '720p',
	videoLengthSeconds: 5,
	audioType: 3,
	audioUrl: undefined,
	effectCode: undefined,
	extendPrompt: undefined,
	isPremiumModel: undefined,
	webhookUrl: undefined,
	customBodyFields: {},
};
const BATCH: BatchRequest = {
	imageUrl: 'i',
	prompt: 'p',
	modelName: 'm',
	negativePrompt: undefined,
	resolution: undefined,
	videoLengthSeconds: 5,
	count: 1,
	extendPrompt: undefined,
	lastImageUrl: undefined,
	generateAudio: undefined,
	webhookUrl: 'https://w',
	customBodyFields: {},
};

describe('request bodies', () => {
	it('a create holds every field that the vendor requires, also an empty negative prompt', () => {
		expect(createBody(CREATE)).toEqual({
			image_url: 'i',
			prompt: 'p',
			negative_prompt: '',
			resolution: '720p',
			audio_type: 3,
			video_length: 5,
		});
	});

	it('a batch holds no field of the single create, and the callback address in lower case', () => {
		expect(batchBody(BATCH)).toEqual({
			image_url: 'i',
			prompt: 'p',
			model_name: 'm',
			video_length: 5,
			count: 1,
			webhookurl: 'https://w',
		});
	});

	it('custom body fields replace the node’s own', () => {
		expect(createBody({ ...CREATE, customBodyFields: { prompt: 'mine', seed: 1 } })).toMatchObject({
			prompt: 'mine',
			seed: 1,
		});
	});

	it('a status request and a delete hold one text with commas', () => {
		expect(idsBody(['a', 'b'])).toEqual({ _ids: 'a,b' });
		expect(updateAudioBody('a', 1, undefined)).toEqual({ pre_video_id: 'a', audio_type: 1 });
	});
});

describe('the vendor’s own examples are read in full', () => {
	it('reads results: one queued, one completed', () => {
		const videos = [results.queued, results.completed].flatMap((answer) => [
			...parseResults(dataOf(answer)).videos.values(),
		]);
		expect(videos.map(({ status }) => status)).toEqual([1, 3]);
		expect(videos.map(isFinal)).toEqual([false, true]);
		expect(videos[1]?.videoUrl).toMatch(/\.mp4$/);
	});

	it('reads a batch of three', () => {
		expect(parseOrder(dataOf(batch.answer)).created).toHaveLength(3);
	});

	it('reads a delete that kept one video', () => {
		const { deleted, refused } = parseDelete(dataOf(deletion.answer));
		expect(deleted.size).toBeGreaterThan(0);
		expect([...refused.values()]).toEqual(['video resource is processing, please try again later']);
	});

	it.each<[string, unknown]>([
		['a text', 'a,b'],
		['rows', [{ _id: 'a' }, { _id: 'b' }]],
	])('reads the deleted IDs of a delete from %s', (_, successIds) => {
		expect([...parseDelete({ successIds }).deleted]).toEqual(['a', 'b']);
	});

	it('reads effects and models', () => {
		expect(parseEffects(dataOf(effects.answer)).map(({ name }) => name)).toEqual(['Squish', 'Cakeify', 'Samurai']);
		expect(parseModels(dataOf(models.answer)).length).toBeGreaterThan(1);
		const bare = parseEffects([{ effect_code: 'a' }]);
		expect(bare.map(({ code }) => code)).toEqual(['a']);
	});
});

describe('a batch’s answer', () => {
	it.each([
		['a text', 'no', 'no'],
		['an item with msg', { msg: 'no' }, 'no'],
		['an item with another name', { error_reason: 'no' }, 'no'],
		['an item of another shape', { code: 7 }, '{"code":7}'],
	])('gives Akool’s reason from %s', (_, item, reason) => {
		expect(parseOrder({ errorList: [item] }).notCreated).toEqual([reason]);
	});

	it('counts a video once, even if Akool names it twice', () => {
		const row = { _id: '6891abe782f7cd2a890c44ba', status: 1 };
		expect(parseOrder({ successList: [row, row] }).created).toHaveLength(1);
	});
});

describe('the list of models', () => {
	const [model] = parseModels([
		{
			value: 'm',
			resolutionList: [{ value: '768P' }],
			durationList: [6],
			maxCount: 2,
			generate_audio: false,
			supportedLastFrame: false,
		},
	]);
	const fine = { resolution: '768P', videoLengthSeconds: 6, count: 2, wantsLastFrame: false, wantsAudio: false };

	it.each([
		['nothing', {}, []],
		['the resolution', { resolution: '768p' }, ['resolution']],
		['nothing of a resolution that is left to the model', { resolution: undefined }, []],
		['the length', { videoLengthSeconds: 5 }, ['videoLength']],
		['the count', { count: 3 }, ['count']],
		['a last frame', { wantsLastFrame: true }, ['lastFrame']],
		['audio', { wantsAudio: true }, ['audio']],
		['several at once', { resolution: '4k', videoLengthSeconds: 30, count: 9 }, ['resolution', 'videoLength', 'count']],
	])('rules out %s', (_, change, breaches) => {
		if (model === undefined) throw new Error('the model was not read');
		expect(limitBreaches(model, { ...fine, ...change }).map(({ about }) => about)).toEqual(breaches);
	});

	it.each([
		[undefined, 'unknown'],
		[null, 'unknown'],
		[false, 'no'],
		[{ type: false }, 'no'],
		[true, 'optional'],
		[{ type: true }, 'optional'],
		[{ type: true, required: true }, 'always'],
	])('reads generate_audio %j as: %s', (generate_audio, support) => {
		expect(parseModels([{ value: 'm', generate_audio }])[0]?.audio.support).toBe(support);
	});

	it.each([
		[[], undefined, 5],
		[[{ value: '768P' }, { value: '1080P' }], '768P', 6],
		[[{ value: '480p' }, { value: '720p' }], '720p', 5],
	])('gives the defaults of a model: %j', (resolutionList, resolution, seconds) => {
		const [own] = parseModels([{ value: 'm', resolutionList, durationList: seconds === 6 ? [6, 10] : [10, 5] }]);
		expect([bestResolution(own), bestSeconds(own)]).toEqual([resolution, seconds]);
	});

	it.each([
		[false, 1],
		['false', 1],
		[0, 1],
		[true, 0],
		['true', 0],
		[1, 0],
		[null, 0],
		[undefined, 0],
	])('rules out a last frame only if the list says so: %j', (supportedLastFrame, breaches) => {
		const [own] = parseModels([{ value: 'm', supportedLastFrame }]);
		if (own === undefined) throw new Error('the model was not read');
		const request = { ...fine, resolution: undefined, wantsLastFrame: true };
		expect(limitBreaches(own, request)).toHaveLength(breaches);
	});

	it('reads resolutions that are texts and numbers', () => {
		const [own] = parseModels([{ value: 'm', resolutionList: [{ value: 720 }, '1080p', 4, null, {}, { value: '' }] }]);
		expect(own?.resolutions.map(({ value }) => value)).toEqual(['720', '1080p', '4']);
	});

	it('uses 720p and five seconds for an unknown model', () => {
		expect([bestResolution(undefined), bestSeconds(undefined)]).toEqual(['720p', 5]);
	});

	it.each([
		[{}, 'Clip'],
		[{ requiresPay: true, durationList: [3, 4, 5] }, 'Clip · paid plan · 3–5 s'],
		[{ durationList: ['5', 10] }, 'Clip · 5, 10 s'],
		[{ durationList: [5, { toString: 10 }, null, true, '', [3]] }, 'Clip · 5 s'],
		[
			{ generate_audio: { type: true, required: true, extra_credit_multiplier: 1.25 } },
			'Clip · always with audio (+25%)',
		],
		[{ durationList: [4, 8], generate_audio: { type: true } }, 'Clip · audio · 4, 8 s'],
		[{ generate_audio: { type: true, extra_credit_multiplier: 0.2 } }, 'Clip · audio (+20%)'],
		[{ resolutionList: [{ value: '2k', durationList: [30] }] }, 'Clip · 30 s'],
	])('shows beside the name: %j', (row, title) => {
		const [own] = parseModels([{ value: 'm', label: 'Clip', ...row }]);
		if (own === undefined) throw new Error('the model was not read');
		expect(modelTitle(own)).toBe(title);
	});
});

describe('reachability', () => {
	const PUBLIC = 'https://openapi.akool.com';

	it.each([
		'http://localhost:5678',
		'http://10.1.2.3',
		'http://172.31.0.1',
		'http://100.64.0.1',
		'http://n8n:5678',
		'http://[fd00::1]',
		'http://[fe80::1]',
		'http://[fec0::1]',
		'http://192.0.0.8',
		'http://[64:ff9b::127.0.0.1]',
		'http://[::127.0.0.1]',
		'http://[2002:7f00:1::]',
		'http://0.0.0.0',
		'http://app.internal',
	])('an Akool on the internet cannot reach %s, a private Akool can', (address) => {
		expect(reachFrom(PUBLIC, address)).toBe('private');
		expect(reachFrom('http://localhost:9000', address)).toBe('reachable');
	});

	it.each([
		'https://example.com/a.png',
		'http://172.32.0.1',
		'http://8.8.8.8',
		'http://[2001:4860:4860::8888]',
		'https://localhost.example.com',
	])('%s is reachable from the internet', (address) => {
		expect(reachFrom(PUBLIC, address)).toBe('reachable');
	});

	it.each(['', 'example.com/a.png', 'ftp://example.com', 'javascript:alert(1)', 'data:image/png;base64,xx'])(
		'"%s" is not an address',
		(address) => {
			expect(reachFrom(PUBLIC, address)).toBe('notAnAddress');
		},
	);
});

describe('expiry', () => {
	it('is seven days after creation', () => {
		expect(expiresAt(Date.UTC(2026, 10, 1))).toBe('2026-11-08T00:00:00.000Z');
	});

	it.each([[undefined], [Number.MAX_VALUE], [8.64e15]])('is undefined for %s', (createTimeMs) => {
		expect(expiresAt(createTimeMs)).toBeUndefined();
	});
});
