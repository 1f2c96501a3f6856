// What Akool refuses, and in which words: HTTP 200, a code other than 1000, nothing made and nothing charged.
import { startSandbox, type Sandbox } from '../sandbox';
import { callerOf } from '../sandbox/caller';

const CREATE_PATH = '/api/open/v4/image2Video/createBySourcePrompt';
const RESULTS_PATH = '/api/open/v4/image2Video/resultsByIds';
const KLING = { model_name: 'kwaivgi/kling-v3.0-std/image-to-video', resolution: undefined };
const START_CREDITS = 500;
const GONE = undefined;

let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ credits: START_CREDITS, queueSeconds: Infinity });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({ subscribed: true, shortOfCreditsCode: 1006 });
});
afterAll(() => sandbox.close());

function expectNothingMade() {
	expect(sandbox.jobs).toEqual([]);
	expect(sandbox.credits).toBe(START_CREDITS);
}

describe('a caller', () => {
	test.each([
		['without any header', {}, 1102, 'Authorization cannot be empty'],
		['with a wrong key', { 'x-api-key': 'wrong' }, 1109, 'account not exist'],
		[
			'with a made-up token',
			{ authorization: 'Bearer made.up' },
			1101,
			'Invalid authorization or The request token has expired',
		],
	])('%s is refused', async (_who, headers, code, msg) => {
		expect(await akool.credits(headers)).toEqual({ code, msg });
	});

	test('who sends the client ID as the key is told that the account does not exist', async () => {
		expect(await akool.credits({ 'x-api-key': sandbox.clientId })).toEqual({
			code: 1109,
			msg: 'account does not exist',
		});
	});

	test('with both headers is judged by Authorization alone', async () => {
		const { token } = await akool.token();
		expect(await akool.credits({ 'x-api-key': sandbox.apiKey, authorization: 'Bearer stale' })).toHaveProperty(
			'code',
			1101,
		);
		expect(await akool.credits({ 'x-api-key': 'wrong', authorization: `Bearer ${token}` })).toHaveProperty(
			'code',
			1000,
		);
	});

	test('is refused once the tokens have expired', async () => {
		const { token } = await akool.token();
		sandbox.expireTokens();
		expect(await akool.credits({ authorization: `Bearer ${token}` })).toHaveProperty('code', 1101);
	});

	test('gets no token for a wrong pair', async () => {
		expect(await akool.token({ clientId: sandbox.clientId, clientSecret: 'wrong' })).toHaveProperty('code', 1109);
	});

	test('is refused before the body is read', async () => {
		expect(await akool.post(CREATE_PATH, {}, {})).toHaveProperty('code', 1102);
	});
});

test.each([
	['no image', { image_url: GONE }],
	['an image that is no link', { image_url: 'data:image/png;base64,AAAA' }],
	['no prompt', { prompt: GONE }],
	['an empty prompt', { prompt: '' }],
	['no negative_prompt at all', { negative_prompt: GONE }],
	['no audio_type', { audio_type: GONE }],
	['an audio_type in quotes', { audio_type: '3' }],
	['an audio_type that is not there', { audio_type: 4 }],
	['uploaded audio without its link', { audio_type: 2 }],
	['a length of 7 seconds', { video_length: 7 }],
	['a length in quotes', { video_length: '5' }],
	['a resolution of 480p', { resolution: '480p' }],
	['extend_prompt as text', { extend_prompt: 'true' }],
])('create refuses %s', async (_what, changes) => {
	expect(await akool.create(changes)).toEqual({ code: 1003, msg: 'parameter validate error' });
	expectNothingMade();
});

test('create refuses an effect that does not exist', async () => {
	expect(await akool.create({ effect_code: 'nothing_1' })).toHaveProperty('code', 1008);
	expectNothingMade();
});

test.each([
	['an unknown model', { model_name: 'nobody/nothing' }],
	['a resolution that the model does not list', { resolution: '4k' }],
	['no resolution where the model lists some', { resolution: GONE }],
	['a length that the model does not list', { video_length: 7 }],
	['a count of none', { count: 0 }],
	['a count above ten', { count: 11 }],
	['a count above the maximum of the model', { ...KLING, count: 5 }],
	[
		'a last frame where the model has none',
		{ model_name: 'AkoolImage2VideoFastV1', last_image_url: 'https://example.com/b.png' },
	],
])('batch refuses %s', async (_what, changes) => {
	expect(await akool.batch(changes)).toHaveProperty('code', 1003);
	expectNothingMade();
});

test('batch accepts a model without resolutions only without one, or with the one that the vendor sends', async () => {
	expect(await akool.batch({ ...KLING, video_length: 3 })).toHaveProperty('code', 1000);
	expect(await akool.batch({ ...KLING, resolution: '1080p', video_length: 3 })).toHaveProperty('code', 1000);
});

test.each([
	['an array', { _ids: ['6891abe782f7cd2a890c44ba'] }],
	['the key "ids"', { ids: '6891abe782f7cd2a890c44ba' }],
	['nothing', {}],
])('results refuse %s', async (_what, body) => {
	expect(await akool.post(RESULTS_PATH, body)).toEqual({ code: 1003, msg: 'Failed to get results' });
});

test('results have no row for an unknown ID', async () => {
	expect(await akool.results('6891abe782f7cd2a890c44ba')).toEqual({ code: 1000, msg: 'OK', data: { result: [] } });
});

test('delete answers success for an unknown ID, without the ID', async () => {
	const { code, data } = await akool.remove('6891abe782f7cd2a890c44ba');
	expect(code).toBe(1000);
	expect(data).toEqual({
		successIds: [],
		noPermissionItems: [{ _id: '6891abe782f7cd2a890c44ba', msg: 'You do not have permission to operate' }],
	});
});

test('update audio is refused without audio, without a link, and for an unfinished or unknown video', async () => {
	const { data } = await akool.create();
	expect(await akool.updateAudio(data._id)).toHaveProperty('code', 1003);
	sandbox.finishJob(data._id);
	expect(await akool.updateAudio(data._id, { audio_type: 3 })).toHaveProperty('code', 1003);
	expect(await akool.updateAudio(data._id, { audio_type: 2 })).toHaveProperty('code', 1003);
	expect(await akool.updateAudio('6891abe782f7cd2a890c44ba')).toHaveProperty('code', 1008);
	expect(sandbox.jobs).toHaveLength(1);
});

test.each([
	[1006, 'Your quota is not enough'],
	[1104, 'Insufficient credit balance'],
])('an order is refused with %i if the credits do not suffice', async (code, msg) => {
	sandbox.change({ credits: 19, shortOfCreditsCode: code });
	expect(await akool.create()).toEqual({ code, msg });
	expect(sandbox.credits).toBe(19);
});

test('a free account gets no 10 seconds, no premium and no paid model', async () => {
	sandbox.change({ subscribed: false });
	const msg = 'Requires subscription user to use';
	expect(await akool.create({ video_length: 10 })).toEqual({ code: 1213, msg });
	expect(await akool.create({ is_premium_model: true })).toEqual({ code: 1213, msg });
	expect(await akool.batch({ ...KLING, video_length: 5 })).toEqual({ code: 1213, msg });
	expectNothingMade();
});

test.each([
	['GET', CREATE_PATH],
	['POST', '/api/open/v4/image2Video/create'],
	['POST', '/api/open/v4/image2video/createBySourcePrompt'],
	['DELETE', '/api/open/v4/image2Video/delbyids'],
])('%s %s answers HTTP 404', async (method, path) => {
	const response = await fetch(sandbox.url + path, { method, headers: { 'x-api-key': sandbox.apiKey } });
	expect(response.status).toBe(404);
});

test('models refuse a request without types', async () => {
	expect(await akool.models('')).toHaveProperty('code', 1003);
});
