// How orders are sent and settled, at an Akool that was written for this file alone: what is sent once, again or never, and what the ledger keeps of it.

import type { IncomingMessage } from 'node:http';

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../../nodes/AkoolImageToVideo/clock';
import type { KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { checkBalance, tooManyVideos } from '../../nodes/AkoolImageToVideo/orders/limits';
import { contentHashOf, slotOf } from '../../nodes/AkoolImageToVideo/orders/orderKey';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import type { OrderAddress, PricedOrder } from '../../nodes/AkoolImageToVideo/orders/placeOrder';
import { withPriceKinds } from '../../nodes/AkoolImageToVideo/orders/priceKinds';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { plannedVideos, submitOrders, type SubmitOptions } from '../../nodes/AkoolImageToVideo/orders/submitOrders';
import { readText } from '../sandbox/http';
import type { UnknownOrder } from '../../nodes/AkoolImageToVideo/orders/findExisting';
import { serve, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';
import { placed, RUN_KEY, runFor } from './runFor';
import { requestFor } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const OTHER_ID = '6891abe782f7cd2a890c44bb';
const IDS = [ID, OTHER_ID];

interface Answer {
	status?: number;
	body: unknown;
}

const success = (data: unknown): Answer => ({ body: { code: 1000, data } });
const refusal = (code: number): Answer => ({ body: { code, msg: 'no' } });

let time: TestClock;
let server: LocalServer;
/** The bodies of the orders that were sent. */
let sent: IDataObject[];
let akool: {
	order: (n: number) => Answer;
	credit: number | undefined;
	results: IDataObject[] | undefined;
	list: () => Answer;
};

async function answerTo(request: IncomingMessage): Promise<Answer> {
	const path = String(request.url);
	if (path.includes('quota')) return success({ credit: akool.credit });
	if (path.includes('resultsByIds'))
		return akool.results === undefined ? refusal(1015) : success({ result: akool.results });
	if (path.includes('video/list')) return akool.list();
	return akool.order(sent.push(JSON.parse(await readText(request))));
}

beforeAll(async () => {
	time = new TestClock();
	server = await serve(async (request, response) => {
		const { status = 200, body } = await answerTo(request);
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
});
afterAll(async () => {
	await server.close();
	time.close();
});
beforeEach(() => {
	sent = [];
	akool = {
		order: (n) => success({ _id: IDS[n - 1], deduction_credit: 20 }),
		credit: 1_000,
		results: [],
		list: () => ({ status: 404, body: '' }),
	};
});

const begin = (items: number, more: Partial<Run> = {}): Run =>
	runFor(
		Array.from({ length: items }, () => ({})),
		more,
		server.url,
	);
const priced = (request: OrderRequest): PricedOrder => ({
	request,
	slot: slotOf(RUN_KEY, request),
	contentHash: contentHashOf(request),
	replaces: [],
	priceKind: 'p',
});
const submit = async (
	run: Run,
	requests: readonly OrderRequest[],
	more: Partial<SubmitOptions> = {},
	unknown: readonly UnknownOrder[] = [],
) =>
	await submitOrders(run, requests.map(priced), unknown, {
		runKey: RUN_KEY,
		maxCredits: undefined,
		before: undefined,
		address: undefined,
		concurrency: 1,
		...more,
	});
const orderOf = ({ ledger }: Run): KeptOrder => {
	const [order] = ledger.orders();
	if (order === undefined) throw new Error('nothing was written down');
	return order;
};

describe('the answer to an order makes it', () => {
	const NONE = { successList: [], errorList: ['flagged'] };
	it.each<[string, number, Answer, Partial<KeptOrder>, number]>([
		['created, and nothing is logged', 1, success({ _id: ID }), { state: 'created' }, 0],
		['created by an answer of another shape, which is logged', 1, success([ID]), { state: 'created' }, 1],
		[
			'created in part, with a reason',
			2,
			success({ successList: [{ _id: ID }], errorList: ['x'] }),
			{ unmentioned: 0 },
			0,
		],
		['refused as a whole for one reason', 2, success(NONE), { state: 'refused', answer: JSON.stringify(NONE) }, 0],
		['refused for a reason each', 2, success({ errorList: ['a', 'b'] }), { state: 'refused' }, 0],
		['unknown where some have a reason', 2, success({ errorList: ['a'] }), { state: 'unknown' }, 1],
		['unknown where nothing is named', 1, success({ note: 'x' }), { state: 'unknown' }, 2],
		['refused with a code that says so', 1, refusal(1003), { state: 'refused', answer: '{"code":1003,"msg":"no"}' }, 0],
		['unknown with any other code', 1, refusal(7777), { state: 'unknown', code: 7777 }, 1],
		['unknown with a page', 1, { status: 404, body: '<html>' }, { state: 'unknown', answer: '<html>' }, 1],
		['unknown with JSON that was cut off', 1, { body: '{"code":1000,"da' }, { state: 'unknown' }, 1],
	])('%s', async (_, videoCount, answer, expected, logged) => {
		const run = begin(1);
		const warn = jest.spyOn(run.context.logger, 'warn');
		akool.order = () => answer;
		await submit(run, [requestFor(0, { endpoint: videoCount > 1 ? 'createBatch' : 'create', videoCount })]);
		expect(sent).toHaveLength(1);
		expect(orderOf(run)).toMatchObject(expected);
		const beginning = `${run.node.name}: Akool's answer to the order of item 0 (`;
		const logs = warn.mock.calls.filter(([words]) => String(words).startsWith(beginning));
		expect(logs).toHaveLength(logged);
	});
});

describe('an order has the callback address', () => {
	const URL_OF_N8N = 'https://n8n.example.com/webhook-waiting/1?signature=s';
	const own = { prompt: 'a', webhookurl: 'https://example.com/mine' };
	it.each<[string, Partial<OrderRequest>, OrderAddress | undefined, boolean, boolean]>([
		['if it resumes the execution', {}, { url: URL_OF_N8N, resumes: true }, true, true],
		['if it resumes nothing', {}, { url: URL_OF_N8N, resumes: false }, true, false],
		['unless there is none', {}, undefined, false, false],
		['unless the user has one', { body: own }, { url: URL_OF_N8N, resumes: true }, false, false],
		['unless it adds audio', { endpoint: 'updateAudio' }, { url: URL_OF_N8N, resumes: true }, false, false],
	])('%s', async (_, more, address, carriesKey, isCalledBack) => {
		const run = begin(1);
		await submit(run, [requestFor(0, more)], { address });
		const order = orderOf(run);
		expect([order.carriesKey, order.isCalledBack]).toEqual([carriesKey, isCalledBack]);
		const withKey = `https://n8n.example.com/webhook-waiting/1/akool?signature=s&order=${order.key}`;
		expect(sent).toHaveLength(1);
		expect(sent[0]?.webhookurl).toBe(carriesKey ? withKey : more.body?.webhookurl);
	});
});

describe('the ledger has an order', () => {
	it('as sent before Akool can receive it', async () => {
		const run = begin(1);
		const states: string[] = [];
		akool.order = () => {
			states.push(orderOf(run).state);
			return success({ _id: ID });
		};
		const beganMs = clock.now();
		time.advance(1);
		await submit(run, [requestFor(0)]);
		expect([states, orderOf(run).sentAtMs > beganMs]).toEqual([['sent'], true]);
	});

	it('as refused if it cannot be sent because a binary file has no link', async () => {
		const run = begin(1);
		const freshUrl = (): string => {
			throw new Error('n8n signs no link');
		};
		const ownFiles = [{ bodyField: 'image_url', key: 'f', freshUrl } as const];
		const [result] = await submit(run, [requestFor(0, { ownFiles })]);
		expect([sent, orderOf(run).state]).toEqual([[], 'refused']);
		expect(JSON.stringify(result?.messages)).toContain('n8n signs no link');
	});
});

it('as refused after four tries if Akool cannot be reached', async () => {
	const run = runFor([{}]);
	const beganMs = clock.now();
	await submit(run, [requestFor(0)]);
	const waitedMs = clock.now() - beganMs;
	expect([orderOf(run).state, waitedMs >= 3_500, waitedMs <= 7_000]).toEqual(['refused', true, true]);
});

describe('a rate limit', () => {
	it('repeats an order, each time with a new link to its file', async () => {
		const run = begin(1);
		let links = 0;
		const freshUrl = (): string => `https://n8n.example.com/file/${++links}`;
		akool.order = (n) => (n < 4 ? refusal(1005) : success({ _id: ID }));
		await submit(run, [requestFor(0, { ownFiles: [{ bodyField: 'image_url', key: 'f', freshUrl }] })]);
		expect(sent.map((body) => body.image_url)).toEqual([1, 2, 3, 4].map((n) => `https://n8n.example.com/file/${n}`));
		expect(orderOf(run).state).toBe('created');
	});

	it('that lasts for minutes leaves the order refused', async () => {
		const run = begin(1);
		const beganMs = clock.now();
		akool.order = () => refusal(1005);
		await submit(run, [requestFor(0)]);
		expect([orderOf(run).state, clock.now() - beganMs >= 5 * 60_000]).toEqual(['refused', true]);
	});

	it('during which the user stops the execution sends nothing more', async () => {
		const user = new AbortController();
		const run = begin(1, { signal: user.signal });
		akool.order = () => {
			user.abort();
			return refusal(1005);
		};
		await submit(run, [requestFor(0)]);
		expect([sent.length, orderOf(run).state]).toEqual([1, 'refused']);
	});
});

describe('the orders of a run', () => {
	const titlesOf = (results: Awaited<ReturnType<typeof submit>>) =>
		results.map(({ itemIndex, videos, messages }) => [
			itemIndex,
			...videos.map(({ video }) => video.id),
			...messages.map(({ message }) => message.title),
		]);

	it.each([
		[false, 1],
		[true, 2],
	])('end after a refused one unless Continue On Fail is on (%p)', async (continueOnFail, count) => {
		const run = begin(2, { continueOnFail });
		akool.order = (n) => (n === 1 ? refusal(1003) : success({ _id: ID }));
		const results = await submit(run, [requestFor(0), requestFor(1)]);
		expect(sent).toHaveLength(count);
		expect(titlesOf(results)[1]).toEqual([1, count === 2 ? ID : 'Video not created: an earlier item stopped the run']);
		expect(run.ledger.orders()).toHaveLength(count);
	});

	it.each([
		[false, 0],
		[true, 1],
	])('wait for an earlier one of unknown outcome unless Continue On Fail is on (%p)', async (continueOnFail, count) => {
		const run = begin(2, { continueOnFail });
		const unknown = { itemIndex: 0, order: placed(run, requestFor(0), { state: 'unknown', sentAtMs: clock.now() }) };
		const results = await submit(run, [requestFor(1)], {}, [unknown]);
		expect([sent.length, results.length]).toEqual([count, 2]);
	});

	it('that were held back are sent once the unknown order was found', async () => {
		const run = begin(2);
		const order = placed(run, requestFor(0), { state: 'unknown', sentAtMs: clock.now() });
		const row = { _id: OTHER_ID, webhookUrl: `https://n8n.example.com/x/akool?order=${order.key}` };
		akool.list = () => success({ result: [row] });
		akool.results = [row];
		const results = await submit(run, [requestFor(1)], {}, [{ itemIndex: 0, order }]);
		expect(titlesOf(results)).toEqual([
			[0, OTHER_ID],
			[1, ID],
		]);
	});

	it('get by their key the videos that Akool’s answer does not mention', async () => {
		const run = begin(1);
		akool.order = () => success({ successList: [{ _id: ID }] });
		akool.results = IDS.map((_id) => ({ _id }));
		akool.list = () => success({ result: IDS.map((_id) => ({ _id, webhookUrl: sent[0]?.webhookurl })) });
		const batch = requestFor(0, { endpoint: 'createBatch', videoCount: 2 });
		const address = { url: 'https://n8n.example.com/x', resumes: false };
		expect(titlesOf(await submit(run, [batch], { address }))).toEqual([[0, ...IDS]]);
	});

	it('wait under Maximum Credits, and are not sent if the run ends meanwhile', async () => {
		const run = begin(2);
		akool.order = () => refusal(1003);
		const results = await submit(run, [requestFor(0), requestFor(1)], { maxCredits: 100, concurrency: 2 });
		expect([sent.length, run.ledger.orders().map(({ state }) => state)]).toEqual([1, ['refused', 'refused']]);
		expect(titlesOf(results)[1]).toEqual([1, 'Video not created: an earlier item stopped the run']);
	});

	it('get a message of their own, without ending the run, if Maximum Credits allows no more', async () => {
		const run = begin(3);
		const batch = (item: number): OrderRequest => requestFor(item, { endpoint: 'createBatch', videoCount: 2 });
		akool.order = () => success({ successList: IDS.map((_id) => ({ _id, deduction_credit: 20 })) });
		const [, ...others] = await submit(run, [batch(0), batch(1), batch(2)], { maxCredits: 60 });
		expect(sent).toHaveLength(1);
		expect(others.map(({ itemIndex, messages }) => [itemIndex, messages[0]?.endsRun])).toEqual([
			[1, false],
			[2, false],
		]);
	});

	it('with the same audio for the same video are one, for all of their items', async () => {
		const run = begin(3);
		const audio = (itemIndex: number, audio_type: number): OrderRequest =>
			requestFor(itemIndex, { endpoint: 'updateAudio', place: 's', body: { pre_video_id: 's', audio_type } });
		const results = await submit(run, [audio(0, 1), audio(1, 1), audio(2, 2)]);
		expect(titlesOf(results)).toEqual([
			[0, ID],
			[1, ID],
			[2, OTHER_ID],
		]);
	});
});

describe('the price kind of an audio update', () => {
	const audio = (id: string) => priced(requestFor(0, { endpoint: 'updateAudio', body: { pre_video_id: id } }));
	const lengths = (one: unknown, other: unknown): IDataObject[] =>
		JSON.parse(JSON.stringify([ID, OTHER_ID].map((_id, n) => ({ _id, video_duration: [one, other][n] }))));
	it.each<[string, IDataObject[] | undefined, number | undefined, boolean]>([
		['equal lengths', lengths(5.04, '4.96'), 100, true],
		['different lengths', lengths(5, 10), 100, false],
		['no lengths', lengths(null, null), 100, false],
		['unreadable sources', undefined, 100, false],
		['no limit, so that nobody asks', lengths(5, 5), undefined, false],
	])('is equal, or not, with %s', async (_, results, maxCredits, isSame) => {
		akool.results = results;
		const kinds = await withPriceKinds(begin(1), [audio(ID), audio(OTHER_ID)], maxCredits);
		expect(kinds[0]?.priceKind === kinds[1]?.priceKind).toBe(isSame);
	});
});

it.each<[number | undefined, number | undefined, object]>([
	[undefined, 1_000, { kind: 'fine', before: { credits: 1_000, booked: 0 } }],
	[undefined, undefined, { kind: 'fine', before: undefined }],
	[1_000, 1_000, { kind: 'fine', before: { credits: 1_000 } }],
	[1_001, 1_000, { kind: 'refused' }],
	[1, undefined, { kind: 'refused' }],
])('checks a Minimum Balance of %p against a balance of %p', async (limit, credit, expected) => {
	akool.credit = credit;
	expect(await checkBalance(begin(1), limit)).toMatchObject(expected);
});

it('plans no video for a replacement, and one for equal audio', () => {
	const audio = (item: number): OrderRequest => requestFor(item, { endpoint: 'updateAudio', place: 's' });
	const batch = priced(requestFor(0, { endpoint: 'createBatch', videoCount: 3 }));
	expect(
		plannedVideos([batch, { ...batch, slot: 't', replaces: [ID, OTHER_ID] }, priced(audio(1)), priced(audio(2))]),
	).toBe(5);
});

it.each([
	[undefined, 9, true],
	[3, 2, true],
	[3, 3, false],
])('allows, with Maximum Videos %p and one existing video, %d more: %p', (limit, planned, isAllowed) => {
	const run = begin(1);
	placed(run, requestFor(0));
	expect(tooManyVideos(run, planned, limit) === undefined).toBe(isAllowed);
});
