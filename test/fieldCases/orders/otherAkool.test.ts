// Orders at an Akool that was written for this file alone, and answers as no page of the vendor's says: what is paid is never lost, and never paid again.

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KeptCredential } from '../../integration/credentialsHelper';
import { retry, runNode, type Outcome } from '../../integration/engine';
import { CONTINUE, create, createBatch } from '../../integration/harness';
import { readText } from '../../sandbox/http';
import { serve, type LocalServer } from '../../support/localServer';
import { TestClock } from '../../support/testClock';

interface Answer {
	status?: number;
	body: unknown;
}

const ID = '6891abe782f7cd2a890c44ba';
const idOf = (n: number): string => `${ID.slice(0, 22)}${10 + n}`;
const made = (more: IDataObject = {}): IDataObject => ({ _id: ID, status: 1, deduction_credit: 20, ...more });
const success = (data: unknown): Answer => ({ body: { code: 1000, msg: 'OK', data } });

let clock: TestClock;
let server: LocalServer;
let orders: IDataObject[] = [];
/** What each endpoint answers; an order gets its number and its body. */
let answers: {
	order: (n: number, body: IDataObject) => Answer | 'reset';
	list: () => Answer;
	credits: () => Answer;
	results: () => Answer;
	models: () => Answer;
};

beforeAll(async () => {
	clock = new TestClock();
	server = await serve(async (request, response) => {
		const text = await readText(request);
		const path = String(request.url);
		const isOrder = /createBySourcePrompt|updateVideoAudio/.test(path);
		const reads = [
			['quota', answers.credits],
			['resultsByIds', answers.results],
			['video/list', answers.list],
			['aigModel', answers.models],
		] as const;
		const read = reads.find(([part]) => path.includes(part))?.[1] ?? (() => ({ status: 404, body: '' }));
		const answer = isOrder ? answers.order(orders.push(JSON.parse(text)) - 1, JSON.parse(text)) : read();
		if (answer === 'reset') {
			response.destroy();
			return;
		}
		response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
		response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
	});
});
afterAll(async () => {
	await server.close();
	clock.close();
});
beforeEach(() => {
	tests += 1;
	orders = [];
	answers = {
		order: () => success(made()),
		list: () => ({ status: 404, body: '<html>' }),
		credits: () => success({ credit: 1000 }),
		results: () => success({ result: [] }),
		models: () => ({ status: 404, body: '' }),
	};
});

let tests = 0;
/** Of another account for each test, since lists are remembered. */
const credential = (apiKey = `${'k'.repeat(20)}${tests}`): KeptCredential =>
	new KeptCredential({ apiKey, baseUrl: server.url });
const order = (options: IDataObject = {}, more: INodeParameters = {}): INodeParameters =>
	create({
		waitForCompletion: false,
		prompt: '=number {{ $json.n }}',
		options: JSON.parse(JSON.stringify({ waitMode: 'polling', checkImages: false, ...options })),
		...more,
	});
const numbers = (count: number): IDataObject[] => Array.from({ length: count }, (_, n) => ({ n }));
const play = async (parameters: INodeParameters, count = 1): Promise<Outcome> =>
	await runNode({ parameters, credential: credential(), items: numbers(count), settings: CONTINUE });

describe('a successful answer to an order', () => {
	it.each([201, 302, 401, 403, 404, 418, 429, 500, 502, 503])('counts at HTTP %d', async (status) => {
		answers.order = () => ({ ...success(made()), status });
		const { json } = await play(order());
		expect([json.map(({ _id }) => _id), orders.length]).toEqual([[ID], 1]);
	});

	it.each<[string, unknown]>([
		['a list', { code: 1000, data: [made()] }],
		['`id`', { code: 1000, data: { id: ID } }],
		['`video_id`', { code: 1000, data: { video_id: ID } }],
		['`videoId`', { code: 1000, data: { videoId: ID } }],
		['`task_id`', { code: 1000, data: { task_id: ID } }],
		['the ID alone', { code: 1000, data: ID }],
		['a list of IDs', { code: 1000, data: [ID] }],
		['`_ids`', { code: 1000, data: { _ids: [ID] } }],
		['a text with JSON', { code: 1000, data: JSON.stringify(made()) }],
		['beside `data`', { code: 1000, ...made() }],
		['beside an empty `data`', { code: 1000, data: {}, ...made() }],
		['beside `data` that is null', { code: 1000, data: null, result: made() }],
		['beside a list without rows', { code: 1000, data: [], video_id: ID }],
		['beside an empty text', { code: 1000, data: '', task_id: ID }],
		['`result` in its place', { code: 1000, result: made() }],
		['its code as a text', { code: '1000', data: made() }],
		['all of it as a text', JSON.stringify(JSON.stringify({ code: 1000, data: made() }))],
	])('is read if its video is in another place: %s', async (_, body) => {
		answers.order = () => ({ body });
		const { json } = await play(order());
		expect([json.map(({ _id }) => _id), orders.length]).toEqual([[ID], 1]);
	});

	it.each<[string, unknown]>([
		['`_id`', made()],
		['`id`', { id: ID, status: 1 }],
		['`video_id`', { video_id: ID, status: 1 }],
		['nothing but the ID', ID],
	])('to a batch with an ID of its own gives only the videos, named by %s', async (_, row) => {
		answers.order = () => success({ _id: idOf(9), successList: [row] });
		const { json } = await play(createBatch({ count: 1, waitForCompletion: false, options: { checkImages: false } }));
		expect(json.map(({ _id }) => _id)).toEqual([ID]);
	});

	it.each(['video:68~91', 'aGk+aGk=', `${ID}@eu-1`, 'v'.repeat(100)])(
		'is waited for with an ID such as %s',
		async (id) => {
			answers.order = () => success(made({ _id: id }));
			answers.results = () =>
				success({ result: [made({ _id: id, status: 3, video_url: 'https://example.com/1.mp4' })] });
			const { json } = await play(order({}, { waitForCompletion: true }));
			expect(json.map(({ _id, status_name }) => [_id, status_name])).toEqual([[id, 'completed']]);
		},
	);

	it.each(['video:68~91', 'VIDEO-000000000000000001', ID.toUpperCase()])(
		'can go on to Get as it was returned, with an ID such as %s',
		async (id) => {
			answers.order = () => success(made({ _id: id }));
			answers.results = () =>
				success({ result: [made({ _id: id, status: 3, video_url: 'https://example.com/1.mp4' })] });
			const { json: items } = await play(order());
			const videoIds = { __rl: true, mode: 'id', value: '={{ $json._id }}' };
			const parameters = { resource: 'video', operation: 'get', videoIds, waitForCompletion: false };
			const { json } = await runNode({ parameters, credential: credential(), items });
			expect(json.map(({ _id, status_name }) => [_id, status_name])).toEqual([[id, 'completed']]);
		},
	);
});

describe('an unsuccessful answer to an order', () => {
	it.each<[string, Answer]>([
		['code 0', { body: { code: 0, data: made() } }],
		['code 200', { body: { code: 200, data: made() } }],
		['no code', { body: { data: made() } }],
		['code 1015', { body: { code: 1015, data: made() } }],
		['code 1003, which refuses', { body: { code: 1003, data: made() } }],
		['code 1005, which asks to come again', { body: { code: 1005, data: made() } }],
		['HTTP 429', { status: 429, body: { data: made() } }],
		['cut JSON', { body: JSON.stringify(success(made()).body).slice(0, -4) }],
	])(
		'that names a video is of unknown outcome, is sent once, and the message names the video: %s',
		async (_, answer) => {
			answers.order = () => answer;
			const { json } = await play(order());
			expect(orders).toHaveLength(1);
			expect(json[0]?.error).toContain('Akool may have created this video');
			expect(json[0]?.error_description).toContain(ID);
		},
	);

	it.each([301, 307, 400, 401, 403, 404, 405, 409, 413, 499])(
		'that is not Akool’s, with HTTP %d, is of unknown outcome, and the message names the status',
		async (status) => {
			answers.order = () => ({ status, body: '<html>no</html>' });
			const { json } = await play(order());
			expect(orders).toHaveLength(1);
			expect(json[0]?.error).toContain('Akool may have created this video');
			expect(json[0]?.error_description).toContain(`HTTP status ${status}`);
		},
	);

	it('of a proxy that requires a password means that nothing was sent', async () => {
		answers.order = (n) => (n < 2 ? { status: 407, body: '' } : success(made()));
		const { json } = await play(order());
		expect([json.map(({ _id }) => _id), orders.length]).toEqual([[ID], 3]);
	});

	it('that quotes the source video of an audio update names no new video', async () => {
		answers.order = () => ({ body: { code: 1008, data: { _id: ID } } });
		const parameters = { resource: 'video', operation: 'updateAudio', videoIds: ID, waitForCompletion: false };
		const { json } = await play(parameters);
		expect(json[0]).toMatchObject({ error_code: 1008 });
	});

	it('with one reason for a whole batch is a refusal that quotes it', async () => {
		answers.order = () => success({ successList: [], errorList: [{ msg: 'insufficient' }] });
		const { json } = await play(createBatch({ count: 3, waitForCompletion: false, options: { checkImages: false } }));
		expect(JSON.stringify(json)).toContain('insufficient');
		expect(JSON.stringify(json)).not.toContain('may have created');
	});
});

describe('the results of a status request', () => {
	const done = made({ status: 3, video_url: 'https://example.com/1.mp4' });
	it.each<[string, unknown]>([
		['a bare list', [done]],
		['a list under another name', { list: [done] }],
		['a list within a list', { data: { result: [done] } }],
		['a row in the place of the list', { result: done }],
		['a row alone', done],
		['a text', JSON.stringify({ result: [done] })],
		['rows with `id`', { result: [{ ...done, _id: undefined, id: ID }] }],
		['rows with `video_id`', { result: [{ ...done, _id: undefined, video_id: ID }] }],
		['a status that is a text', { result: [{ ...done, status: '3' }] }],
		['the rows of others beside it', { result: [made({ _id: idOf(1), status: 4 }), done, done, null, 'x'] }],
	])('are read from %s', async (_, data) => {
		answers.results = () => success(data);
		const { json } = await play(order({}, { waitForCompletion: true }));
		expect(json.map(({ _id, status_name }) => [_id, status_name])).toEqual([[ID, 'completed']]);
	});

	it.each<[string, (ms: number) => unknown]>([
		['in seconds', (ms) => ms / 1000],
		['as a text', (ms) => new Date(ms).toISOString()],
		['in milliseconds', (ms) => String(ms)],
	])('give the expiry date from a time %s', async (_, write) => {
		const createdMs = Date.UTC(2026, 10, 1);
		answers.results = () => success({ result: [{ ...done, create_time: write(createdMs) }] });
		const { json } = await play(order({}, { waitForCompletion: true }));
		expect(json[0]?.expires_at).toBe('2026-11-08T00:00:00.000Z');
	});
});

describe('the list of recent videos', () => {
	const parameters = { resource: 'video', operation: 'getAll', limit: 5 };

	it.each<[string, unknown]>([
		['`result`', { result: [made()] }],
		['another name', { videos: [made()] }],
		['no name', [made()]],
		['`data`, with `id`', { data: { list: [{ id: ID, status: 1 }] } }],
	])('is read from %s', async (_, data) => {
		answers.list = () => success(data);
		const { json } = await play(parameters);
		expect(json.map(({ _id }) => _id)).toEqual([ID]);
	});

	it('is not reported as empty if its shape is unknown', async () => {
		answers.list = () => success({ pages: { first: made() } });
		const { json } = await play(parameters);
		expect(json[0]?.error).toBe('Akool did not list the recent videos of this account');
	});
});

describe('Akool’s own message', () => {
	it.each<[string, IDataObject]>([
		['`msg`', { msg: 'the image is too dark' }],
		['`message`', { message: 'the image is too dark' }],
		['`error`', { error: 'the image is too dark' }],
		['an object', { msg: { en: 'the image is too dark' } }],
		['a list', { msg: ['the image is too dark'] }],
	])('is shown from %s', async (_, words) => {
		answers.order = () => ({ body: { code: 1003, ...words } });
		const { json } = await play(order());
		expect(json[0]?.error_description).toContain('the image is too dark');
	});
});

describe('the list of models', () => {
	const MODEL = 'clip-1';
	const rows = (more: IDataObject): IDataObject[] => [{ value: MODEL, label: 'Clip', ...more }];
	const batch = async (): Promise<IDataObject | undefined> => {
		await play(
			createBatch({
				modelName: { __rl: true, mode: 'name', value: MODEL },
				batchResolution: '1080p',
				count: 2,
				waitForCompletion: false,
				options: { checkImages: false },
			}),
		);
		return orders[0];
	};
	it.each<[string, unknown, string | undefined]>([
		['texts', rows({ resolutionList: ['720p', '1080p'] }), '1080p'],
		['nothing', rows({}), '1080p'],
		['null', rows({ resolutionList: null }), '1080p'],
		['an empty list', rows({ resolutionList: [] }), undefined],
		['no room for a batch', rows({ maxCount: 0 }), '1080p'],
		['rows under another name', { result: rows({ resolutionList: ['1080p'] }) }, '1080p'],
	])('does not change the chosen resolution if it says %s', async (_, data, resolution) => {
		answers.models = () => success(data);
		expect((await batch())?.resolution).toBe(resolution);
		expect(orders[0]?.count).toBe(2);
	});
});

describe('an order without an answer stays unknown', () => {
	const resetOnce = (n: number): Answer | 'reset' => (n === 0 ? 'reset' : success(made({ _id: idOf(n) })));
	const row = (more: IDataObject = {}): IDataObject => ({
		...made(),
		create_time: clock.now(),
		prompt: 'number 0',
		...more,
	});
	const lists: Array<[string, () => unknown]> = [
		['of a shape that is not known', () => ({ pages: [row()] })],
		['with a row that is not understood', () => ({ result: [{ name: 'x', create_time: clock.now() }] })],
		['as a bare list', () => [row()]],
		['under another name', () => ({ videos: [row()] })],
		['with IDs of another name', () => ({ result: [{ ...row(), _id: undefined, id: ID }] })],
		['with times in seconds', () => ({ result: [row({ create_time: Math.floor(clock.now() / 1000) })] })],
		['with times as texts', () => ({ result: [row({ create_time: new Date(clock.now()).toISOString() })] })],
		['without times', () => ({ result: [row({ create_time: undefined })] })],
		['that shows neither image nor prompt', () => ({ result: [row({ prompt: undefined })] })],
		['by a clock that is off', () => ({ result: [row({ create_time: clock.now() - 5 * 60_000 })] })],
		['that shows the order’s own key', () => ({ result: [row({ prompt: 'x', webhookUrl: orders[0]?.webhookurl })] })],
		[
			'in pages that do not end',
			() => ({ count: 500, result: [row({ prompt: 'x', create_time: clock.now() + 3_600_000 })] }),
		],
	];
	it.each(lists)('if Akool shows a list %s', async (_, data) => {
		answers.order = resetOnce;
		answers.list = () => success(data());
		const { json } = await play(order());
		expect(orders).toHaveLength(1);
		expect(json[0]?.error).toContain('Akool may have created this video');
	});

	it('unless the list is empty and both balances are as before', async () => {
		answers.order = resetOnce;
		answers.list = () => success({ result: [] });
		const { json } = await play(order());
		expect(json[0]?.error).toContain('Akool did not create this video');
	});

	it('if a refund for a failed video may have restored the balance', async () => {
		answers.order = (n) => (n === 1 ? 'reset' : success(made()));
		answers.list = () => success({ result: [row({ prompt: 'x' })] });
		answers.results = () => success({ result: [made({ status: 4, deduction_credit: 0 })] });
		const { json } = await play(order({ concurrency: 1 }), 2);
		expect(json[1]?.error).toContain('Akool may have created this video');
	});

	it('if the balance is another account’s', async () => {
		answers.order = resetOnce;
		const parameters = order();
		const failed = await runNode({ parameters, credential: credential(), items: numbers(1) });
		expect(failed.error?.message).toContain('Akool may have created this video');
		answers.list = () => success({ result: [] });
		const again = await retry(failed, { parameters, credential: credential('other'.repeat(4)), executionId: '4712' });
		expect(again.error?.message).toContain('Akool may have created this video');
		expect(orders).toHaveLength(1);
	});
});

describe('a batch whose answer omits some of its videos', () => {
	const batch = (options: IDataObject = {}): INodeParameters =>
		createBatch({
			count: 3,
			waitForCompletion: false,
			options: JSON.parse(JSON.stringify({ checkImages: false, concurrency: 1, ...options })),
		});
	const rows = (...ns: number[]): IDataObject[] =>
		ns.map((n) => made({ _id: idOf(n), webhookUrl: orders[0]?.webhookurl, create_time: clock.now() }));

	beforeEach(() => {
		answers.order = (n) => success({ successList: [made({ _id: idOf(3 * n) }), made({ _id: idOf(3 * n + 1) })] });
	});

	it('finds the others by the key of its order', async () => {
		answers.list = () => success({ count: 3, result: rows(0, 1, 2) });
		answers.results = () => success({ result: rows(0, 1, 2) });
		const { json } = await play(batch());
		expect(json.map(({ _id, error }) => [_id, error])).toEqual([0, 1, 2].map((n) => [idOf(n), undefined]));
		expect(orders).toHaveLength(1);
	});

	it('does not take videos with another order’s key, or with new audio', async () => {
		const others = (): IDataObject[] => [
			{
				...made({ _id: idOf(7) }),
				webhookUrl: 'https://example.com/webhook-waiting/1/akool?order=another',
				create_time: clock.now(),
			},
			{ ...rows(8)[0], only_add_audio: true },
		];
		answers.list = () => success({ count: 4, result: [...rows(0, 1), ...others()] });
		answers.results = () => success({ result: [...rows(0, 1), ...others()] });
		const { json } = await play(batch());
		expect(json.map(({ _id, error }) => _id ?? error)).toEqual([idOf(0), idOf(1), 'Akool created 2 of 3 videos']);
	});

	it('is not ordered again, and delays no other item, if they are not found', async () => {
		const { json } = await play(batch(), 2);
		expect(orders).toHaveLength(2);
		expect(json.map(({ _id, error }) => _id ?? error)).toEqual([
			idOf(0),
			idOf(1),
			'Akool created 2 of 3 videos',
			idOf(3),
			idOf(4),
			'Akool created 2 of 3 videos',
		]);
	});

	it('counts them for Maximum Credits', async () => {
		// Two at 20, and one that may cost 20: with another three there would be 120.
		await play(batch({ maxCredits: 110 }), 2);
		expect(orders).toHaveLength(1);
	});

	it('counts them for Maximum Videos', async () => {
		await runNode({
			parameters: batch({ maxVideos: 5 }),
			credential: credential(),
			items: numbers(2),
			settings: CONTINUE,
			loop: true,
		});
		expect(orders).toHaveLength(1);
	});
});

describe('limits with unusual values', () => {
	it.each<[unknown, number]>([
		['20', 2],
		['20.0', 2],
		[0.5, 6],
		[-5, 1],
		[0, 1],
		[null, 1],
		['NaN', 1],
		['1e999', 1],
		['20 credits', 1],
		[true, 1],
		[[20], 1],
	])('Maximum Credits 50 with a price of %j lets so many of six orders go: %d', async (price, count) => {
		answers.order = (n) => success(made({ _id: idOf(n), deduction_credit: JSON.parse(JSON.stringify(price)) }));
		const { json } = await play(order({ maxCredits: 50, concurrency: 20 }), 6);
		expect([orders.length, json.length]).toEqual([count, 6]);
	});

	it.each([0, -1, 0.5, '', 'many'])('Maximum Credits %j orders nothing', async (maxCredits) => {
		await play(order({ maxCredits }), 2);
		expect(orders).toHaveLength(0);
	});

	it.each([
		[{ credit: '99.5' }, 0],
		[{ credit: '100' }, 1],
		[{ credit: 200, lock_credit: '150' }, 0],
		[{ credit: 200, lock_credit: -50 }, 1],
		[{ credit: null }, 0],
	])('Minimum Balance 100 reads the balance %j', async (balance, count) => {
		answers.credits = () => success(balance);
		await play(order({ minBalance: 100 }));
		expect(orders).toHaveLength(count);
	});

	it('Maximum Credits treats a switch named like a text field as part of the price', async () => {
		answers.order = (n, { extend_prompt: isDear }) =>
			success(made({ _id: idOf(n), deduction_credit: isDear === true ? 300 : 20 }));
		const options = { maxCredits: 500, concurrency: 20, extendPrompt: '={{ $json.n > 0 }}' };
		await play(order(options), 20);
		expect(orders.length).toBeLessThanOrEqual(3);
	});

	it('Maximum Credits counts refunded credits, so that only one order passes it', async () => {
		answers.order = (n) => success(made({ _id: idOf(n), deduction_credit: 300 }));
		answers.results = () => success({ result: [made({ _id: idOf(0), status: 4, deduction_credit: 0 })] });
		const parameters = create({
			prompt: '=number {{ $json.n }}',
			resolution: '={{ $json.n === 0 ? "720p" : "4k" }}',
			options: { waitMode: 'polling', checkImages: false, maxCredits: 100 },
		});
		await runNode({ parameters, credential: credential(), items: numbers(2), settings: CONTINUE, loop: true });
		expect(orders).toHaveLength(1);
	});

	it('Maximum Videos 1 allows a retried execution to replace a failed video', async () => {
		answers.order = (n) => success(made({ _id: idOf(n) }));
		answers.results = () => success({ result: [made({ _id: idOf(0), status: 4 }), made({ _id: idOf(1), status: 3 })] });
		const options = { waitMode: 'polling', checkImages: false, maxVideos: 1 };
		const request = { credential: credential(), items: numbers(1) };
		const failed = await runNode({ ...request, parameters: create({ options }) });
		expect(failed.error).toBeDefined();
		const { error } = await retry(failed, {
			...request,
			parameters: create({ options, prompt: 'b' }),
			executionId: '4712',
		});
		expect([error, orders.length]).toEqual([undefined, 2]);
	});
});
