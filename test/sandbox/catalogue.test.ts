// The lists of models and effects: what shapes there are, what they cost, and what a test can add.
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { EFFECTS, MODELS } from './catalogue';

const START_CREDITS = 5_000;

let sandbox: Sandbox;
let akool: ReturnType<typeof callerOf>;

beforeAll(async () => {
	sandbox = await startSandbox({ credits: START_CREDITS });
	akool = callerOf(sandbox);
});
beforeEach(() => {
	sandbox.reset();
	sandbox.change({ extraModels: [] });
});
afterAll(() => sandbox.close());

const spent = () => START_CREDITS - sandbox.credits;

test('lists a model of every known shape', () => {
	const values = MODELS.flatMap(({ resolutionList }) => resolutionList.map(({ value }) => value));
	expect(values).toEqual(expect.arrayContaining(['480P', '768P', '1080P', '2k', '4k', '1280x720', '720x1280']));
	expect(MODELS.flatMap(({ durationList }) => durationList)).toContain(30);
	expect(MODELS.some(({ resolutionList }) => resolutionList.length === 0)).toBe(true);
	expect(new Set(MODELS.map(({ generate_audio }) => String(generate_audio)))).toEqual(
		new Set(['null', 'true', 'false', '[object Object]']),
	);
	const sorts = MODELS.map(({ sort }) => sort);
	expect(sorts).toEqual([...sorts].sort((a, b) => b - a));
	expect(new Set(MODELS.map(({ value }) => value)).size).toBe(MODELS.length);
	expect(new Set(EFFECTS.map(({ effect_code }) => effect_code)).size).toBe(EFFECTS.length);
});

test.each(MODELS.map((model) => [model.label, model] as const))(
	'accepts an order of %s as it is listed',
	async (_label, model) => {
		for (const video_length of model.durationList.slice(-1)) {
			const resolution = model.resolutionList.at(-1)?.value;
			const answer = await akool.batch({ model_name: model.value, resolution, video_length, count: model.maxCount });
			expect(answer.data.successList).toHaveLength(model.maxCount);
		}
	},
);

test.each([
	['required, and so paid for without being asked for', 'doubao-seedance-2-0-260128/image-to-video', undefined, 30],
	['required, without a surcharge', 'seedance/seedance-2.5/reference-to-video', undefined, 15],
	['offered and not asked for', 'alibaba/wan2.5-i2v-preview', undefined, 10],
	['offered and asked for', 'alibaba/wan2.5-i2v-preview', true, 12],
	['not there, and so ignored', 'AkoolImage2VideoFastV1', true, 5],
])('charges audio that is %s', async (_what, model_name, generate_audio, credits) => {
	await akool.batch({ model_name, generate_audio, video_length: model_name.includes('2.5/') ? 4 : 5 });
	expect(spent()).toBe(credits);
});

test('lists a model that a test adds and accepts orders of it; an odd entry is only listed', async () => {
	const [first] = MODELS;
	const added = { ...first, value: 'somebody/new-model', resolutionList: [{ value: '8k', unit_credit: 99 }] };
	sandbox.change({ extraModels: [added, null, { value: 7 }] });
	const entries: unknown = (await akool.models()).data;
	expect(entries).toEqual([...MODELS, added, null, { value: 7 }]);
	await akool.batch({ model_name: 'somebody/new-model', resolution: '8k' });
	expect(spent()).toBe(99);
	expect(await akool.batch({ model_name: '7' })).toHaveProperty('code', 1003);
});

test('oddRow: lists models and effects with an entry of an odd shape', async () => {
	sandbox.addFault({ on: '*', kind: 'oddRow', shape: 'text', times: 2 });
	expect([(await akool.models()).data].flat()[0]).toBe('internal error');
	expect((await akool.effects()).data.result[0]).toBe('internal error');
});
