// The sandbox's live answers against the vendor's own examples: same fields, same types, same nesting, and the same values where the example
// determines them. A field that is dropped, renamed or added in test/sandbox turns this red.
import audioPage from '../fixtures/akool/update-audio.json';
import batchPage from '../fixtures/akool/batch.json';
import createPage from '../fixtures/akool/create.json';
import creditsPage from '../fixtures/akool/credits.json';
import deletePage from '../fixtures/akool/delete.json';
import effectsPage from '../fixtures/akool/effects.json';
import modelsPage from '../fixtures/akool/models.json';
import resultsPage from '../fixtures/akool/results.json';
import tokenPage from '../fixtures/akool/token.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { callerOf } from '../sandbox/caller';
import { shapeOf } from './shape';

const ID = expect.stringMatching(/^[0-9a-f]{24}$/);
const TIME_MS = expect.any(Number);

let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ queueSeconds: Infinity });
	akool = callerOf(sandbox);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** A finished video made as on the vendor's page, and an audio job on top of it that waits. */
async function makeBoth() {
	const { data: video } = await akool.create({ ...createPage.request, video_length: 5 });
	sandbox.finishJob(video._id);
	const audio = await akool.updateAudio(video._id, { ...audioPage.request, pre_video_id: video._id });
	return { video, audio };
}

test('create answers as its page shows, value by value', async () => {
	const answer = await akool.create(createPage.request);
	const { data } = createPage.answer;
	expect(answer).toEqual({ ...createPage.answer, data: { ...data, _id: ID, create_time: TIME_MS } });
});

test('create names no effect and no audio if none was ordered', async () => {
	const { data } = await akool.create();
	const onlyOnRequest = ['audio_url', 'effect_code', 'effect_name'];
	const always = Object.keys(createPage.answer.data).filter((field) => !onlyOnRequest.includes(field));
	expect(Object.keys(data).sort()).toEqual(always.sort());
});

test('create batch answers as its page shows: three videos, one millisecond apart, one batch_id', async () => {
	// The page's request has a last frame that the page's answer does not show; the table of the answer does.
	const answer = await akool.batch({ ...batchPage.request, last_image_url: undefined });
	const [first] = answer.data.successList;
	const successList = batchPage.answer.data.successList.map((item, index) => ({
		...item,
		_id: ID,
		create_time: (first?.create_time ?? 0) + index,
		batch_id: `${first?.create_time}_101400`,
	}));
	expect(answer).toEqual({ ...batchPage.answer, data: { successList, errorList: [] } });
});

test('create batch repeats the last frame', async () => {
	const { data } = await akool.batch(batchPage.request);
	expect(data.successList[0]).toHaveProperty('last_image_url', batchPage.request.last_image_url);
});

test('results show a queued audio job and a finished video as their page does', async () => {
	const { video, audio } = await makeBoth();
	const queued = await akool.results(audio.data._id);
	const completed = await akool.results(video._id);
	expect(shapeOf(queued)).toEqual(shapeOf(resultsPage.queued));
	expect(shapeOf(completed)).toEqual(shapeOf(resultsPage.completed));
	expect(queued.data.result[0]).toMatchObject({
		_id: audio.data._id,
		status: 1,
		only_add_audio: true,
		deduction_credit: 5,
		video_duration: 5.063,
	});
	expect(completed.data.result[0]).toMatchObject({
		_id: video._id,
		status: 3,
		only_add_audio: false,
		deduction_credit: 30,
		sub_type: 1501,
	});
});

test('update audio answers as its page shows: a new ID, and an update_time before its creation', async () => {
	const { video, audio } = await makeBoth();
	expect(shapeOf(audio)).toEqual(shapeOf(audioPage.answer));
	expect(audio.data).toMatchObject({ pre_video_id: video._id, status: 1, only_add_audio: true, deduction_credit: 5 });
	expect(audio.data._id).not.toBe(video._id);
	expect(audio.data.update_time).toBeLessThanOrEqual(audio.data.create_time);
});

test('delete answers as its page shows, one deleted and one refused', async () => {
	const { video, audio } = await makeBoth();
	const answer = await akool.remove(video._id, audio.data._id);
	const [refused] = deletePage.answer.data.noPermissionItems;
	const data = { successIds: [video._id], noPermissionItems: [{ ...refused, _id: audio.data._id }] };
	expect(answer).toEqual({ ...deletePage.answer, data });
});

test('effects answer as their page shows, with the message Success', async () => {
	const { code, msg, data } = await akool.effects();
	expect({ code, msg }).toEqual({ code: 1000, msg: 'Success' });
	expect(shapeOf(data)).toEqual(shapeOf(effectsPage.answer.data));
	expect(data.count).toBe(data.result.length);
	const documented = effectsPage.answer.data.result.map(({ _id, create_time, name, effect_code }) => ({
		_id,
		create_time,
		name,
		effect_code,
	}));
	expect(data.result.slice(0, documented.length)).toMatchObject(documented);
});

test.each(['types[]=1501', 'types%5B%5D=1501'])(
	'models answer ?%s as their page shows, with data as the array itself',
	async (types) => {
		const answer = await akool.models(types);
		for (const model of [...modelsPage.answer.data, modelsPage.kling]) expect(answer.data).toContainEqual(model);
		for (const model of [answer.data].flat())
			expect(Object.keys(model).sort()).toEqual(Object.keys(modelsPage.kling).sort());
	},
);

test('models answer an unknown type with an empty array', async () => {
	expect(await akool.models('types[]=1502')).toEqual({ code: 1000, msg: 'OK', data: [] });
});

test('credits answer as their page shows', async () => {
	sandbox.credits = 0;
	expect(await akool.credits()).toEqual(creditsPage.answer);
});

test('getToken puts a token beside the code, and the token authenticates', async () => {
	const answer = await akool.token();
	expect(shapeOf(answer)).toEqual(shapeOf(tokenPage.answer));
	expect(await akool.credits({ authorization: `Bearer ${answer.token}` })).toHaveProperty(
		'data.credit',
		sandbox.credits,
	);
});
