// Which listed jobs may be those of an order whose outcome is unknown: one of them keeps the order from being placed again, and is never taken for it.

import { customDataOf } from '../../nodes/AkoolImageToVideo/n8n/customData';
import { candidatesOf, type Candidates } from '../../nodes/AkoolImageToVideo/orders/candidates';
import type { ListedJob } from '../../nodes/AkoolImageToVideo/orders/jobList';
import type { KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { placed, runFor } from './runFor';
import { requestFor, videoOf } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const SOURCE_ID = '6891abe782f7cd2a890c44bb';
const SENT_MS = Date.UTC(2026, 0, 1);
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** So long an order may be on its way. */
const ON_ITS_WAY_MS = 150 * SECOND_MS;

/** A job of the order's minute that is like no order of these tests. */
const job = (more: Partial<ListedJob> = {}): ListedJob => ({
	id: ID,
	createTimeMs: SENT_MS,
	imageUrl: 'https://example.com/other.png',
	prompt: 'another prompt',
	orderKey: undefined,
	isAudioJob: false,
	sourceId: undefined,
	...more,
});

const request = (more: Partial<OrderRequest> = {}): OrderRequest =>
	requestFor(0, { body: { image_url: 'https://example.com/a.png', prompt: 'The bottle turns slowly' }, ...more });
const unknownOrder = (run: Run, what = request()): KeptOrder =>
	placed(run, what, { state: 'unknown', sentAtMs: SENT_MS });

const ALIKE = { prompt: 'The bottle turns slowly' };
const named: Candidates = { alike: [ID], isNone: false };
const notRuledOut: Candidates = { alike: [], isNone: false };
const none: Candidates = { alike: [], isNone: true };

it('finds no candidates in an empty list', async () => {
	const run = runFor([{}]);
	expect(await candidatesOf(run, unknownOrder(run), [])).toEqual(none);
});

describe('a listed job', () => {
	const at = (ms: number, more: Partial<ListedJob> = {}): Partial<ListedJob> => ({
		createTimeMs: SENT_MS + ms,
		...more,
	});
	it.each<[string, Partial<ListedJob>, Candidates]>([
		['of the same minute', at(0), notRuledOut],
		['of which the list shows no time', { createTimeMs: undefined }, notRuledOut],
		['of a minute before', at(-MINUTE_MS), notRuledOut],
		['of more than a minute before', at(-MINUTE_MS - 1), none],
		['of a minute after the order was given up', at(ON_ITS_WAY_MS + MINUTE_MS), notRuledOut],
		['of more than a minute after that', at(ON_ITS_WAY_MS + MINUTE_MS + 1), none],
		['of ten minutes before that is alike', at(-10 * MINUTE_MS, ALIKE), notRuledOut],
		['of more than that before', at(-10 * MINUTE_MS - 1, ALIKE), none],
		['of ten minutes after that is alike', at(ON_ITS_WAY_MS + 10 * MINUTE_MS, ALIKE), notRuledOut],
		['of more than that after', at(ON_ITS_WAY_MS + 10 * MINUTE_MS + 1, ALIKE), none],
	])('%s counts as a candidate or is ruled out', async (_, more, expected) => {
		const run = runFor([{}]);
		expect(await candidatesOf(run, unknownOrder(run), [job(more)])).toEqual(expected);
	});

	it.each<[string, Partial<ListedJob>, Candidates]>([
		['the same prompt', ALIKE, named],
		['the beginning of the prompt', { prompt: 'The bott…' }, named],
		['the beginning of the prompt with three dots', { prompt: 'The bott...' }, named],
		['a beginning that is too short to tell', { prompt: 'The bot…' }, notRuledOut],
		['a part of the prompt that is not its beginning', { prompt: 'turns slowly' }, notRuledOut],
		['dots within another prompt', { prompt: 'The bottle turns... slowly' }, notRuledOut],
		['no prompt', { prompt: undefined }, notRuledOut],
		['the same image', { imageUrl: 'https://example.com/a.png' }, named],
		['no image', { imageUrl: undefined }, notRuledOut],
		['the key of another order', { ...ALIKE, orderKey: 'another' }, none],
		['new audio, and the key of its source', { ...ALIKE, orderKey: 'another', isAudioJob: true }, named],
		['a source of its own', { isAudioJob: true, sourceId: SOURCE_ID }, notRuledOut],
	])('with %s is named, kept as a candidate, or ruled out', async (_, more, expected) => {
		const run = runFor([{}]);
		expect(await candidatesOf(run, unknownOrder(run), [job(more)])).toEqual(expected);
	});

	it.each([
		[false, named],
		[true, notRuledOut],
	])('with the order’s own key is named (new audio: %p)', async (isAudioJob, expected) => {
		const run = runFor([{}]);
		const order = unknownOrder(run);
		expect(await candidatesOf(run, order, [job({ orderKey: order.key, isAudioJob })])).toEqual(expected);
	});

	it('with the order’s own n8n link is named, though the link’s secret is not stored', async () => {
		const link = (secret: string): string => `https://n8n.example.com/binary?token=${secret}`;
		const run = runFor([{}]);
		const order = unknownOrder(run, request({ body: { image_url: link('a.b.c') } }));
		expect(JSON.stringify(order)).not.toContain('a.b.c');
		expect(await candidatesOf(run, order, [job({ imageUrl: link('a.b.c') })])).toEqual(named);
	});
});

describe('a listed job is ruled out if it is', () => {
	it.each<[string, (run: Run) => void]>([
		['a video of this node', (run) => run.ledger.created(placed(run, requestFor(1)), [videoOf(ID)], [])],
		[
			'the source of new audio',
			(run) => void placed(run, requestFor(1, { endpoint: 'updateAudio', body: { pre_video_id: ID } })),
		],
		[
			'a video of another node of the execution',
			(run) => customDataOf(run.context)?.set('akool_videos_2', `${SOURCE_ID},${ID}`),
		],
	])('%s', async (_, know) => {
		const run = runFor([{}]);
		const order = unknownOrder(run);
		know(run);
		expect(await candidatesOf(run, order, [job(ALIKE)])).toEqual(none);
	});
});

describe('an audio update', () => {
	const audio = request({ endpoint: 'updateAudio', place: SOURCE_ID, body: { pre_video_id: SOURCE_ID } });

	it('can always have candidates if its source cannot be read, since nothing can be compared', async () => {
		const run = runFor([{}]);
		expect(await candidatesOf(run, unknownOrder(run, audio), [])).toEqual(notRuledOut);
	});

	it.each<[string, Partial<ListedJob>, Candidates]>([
		['the same source', { sourceId: SOURCE_ID, isAudioJob: true }, named],
		['another source', { sourceId: '6891abe782f7cd2a890c44bc', isAudioJob: true }, notRuledOut],
		['a key, which may be that of its source', { orderKey: 'another' }, notRuledOut],
	])('compares a job that has %s', async (_, more, expected) => {
		const run = runFor([{}]);
		expect(await candidatesOf(run, unknownOrder(run, audio), [job(more)])).toEqual(expected);
	});
});
