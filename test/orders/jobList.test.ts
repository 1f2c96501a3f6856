// How far Akool's list of jobs is read, and what of it counts as no answer: an unreadable job must not pass for none.

import type { IDataObject } from 'n8n-workflow';

import { jobsSince } from '../../nodes/AkoolImageToVideo/orders/jobList';
import type { ListedJob } from '../../nodes/AkoolImageToVideo/orders/jobList';
import { serve, type LocalServer } from '../support/localServer';
import { runFor } from './runFor';

const SINCE_MS = Date.UTC(2026, 0, 1);

let server: LocalServer;
let pages: Array<IDataObject | undefined>;
let asked: Array<string | null>;

beforeAll(async () => {
	server = await serve((request, response) => {
		const { searchParams } = new URL(String(request.url), server.url);
		asked.push(searchParams.get('page'));
		const data = pages[Number(searchParams.get('page')) - 1];
		response.writeHead(data === undefined ? 404 : 200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ code: 1000, data }));
	});
});
afterAll(async () => await server.close());
beforeEach(() => {
	asked = [];
});

async function jobs(...answers: Array<IDataObject | undefined>): Promise<ListedJob[] | undefined> {
	pages = answers;
	return await jobsSince(runFor([{}], {}, server.url), SINCE_MS);
}

/** Jobs with numbers as IDs. */
const rows = (from: number, count: number, more: IDataObject = {}): IDataObject[] =>
	Array.from({ length: count }, (_, n) => ({ _id: `job-${from + n}`, create_time: SINCE_MS, ...more }));
const OLD = { create_time: SINCE_MS - 1 };

it.each<[string, Array<IDataObject | undefined>, number | undefined, number]>([
	['one page that is not full', [{ result: rows(0, 49) }], 49, 1],
	['no job', [{ result: [] }], 0, 1],
	['a full page, and an empty one', [{ result: rows(0, 50) }, { result: [] }], 50, 2],
	['a full page that is all', [{ result: rows(0, 50), count: 50 }], 50, 1],
	['a full page that is all by another name', [{ result: rows(0, 50), total: '50' }], 50, 1],
	[
		'short pages of more',
		[
			{ result: rows(0, 10), count: 20 },
			{ result: rows(10, 10), count: 20 },
		],
		20,
		2,
	],
	['a page of older jobs alone', [{ result: rows(0, 50, OLD) }, { result: rows(50, 50, OLD) }], 50, 1],
	['a page of some older jobs', [{ result: [...rows(0, 49, OLD), ...rows(49, 1)] }, { result: [] }], 50, 2],
	['older jobs, and one without a time', [{ result: [...rows(0, 49, OLD), { _id: 'a' }] }, { result: [] }], 50, 2],
	[
		'pages that overlap',
		[
			{ result: rows(0, 50), count: 70 },
			{ result: rows(40, 30), count: 70 },
		],
		70,
		2,
	],
	['the same page over and over', [{ result: rows(0, 50) }, { result: rows(0, 50) }], undefined, 2],
	[
		'an empty page before the end',
		[
			{ result: rows(0, 50), count: 51 },
			{ result: [], count: 51 },
		],
		undefined,
		2,
	],
	['no end', Array.from({ length: 20 }, (_, n) => ({ result: rows(50 * n, 50) })), undefined, 10],
	['no second page', [{ result: rows(0, 50) }, undefined], undefined, 2],
	['no list', [{ pages: rows(0, 1) }], undefined, 1],
	['a row without an ID', [{ result: [...rows(0, 1), { create_time: SINCE_MS }] }], undefined, 1],
])('reads a list of %s to its end, or treats it as no answer', async (_, answers, count, requests) => {
	const found = await jobs(...answers);
	expect([found?.length, asked]).toEqual([count, Array.from({ length: requests }, (__, n) => String(n + 1))]);
});

it.each<[string, IDataObject, Partial<ListedJob>]>([
	['nothing', {}, {}],
	[
		'its image and prompt',
		{ image_url: 'https://example.com/a.png', prompt: 'a' },
		{ imageUrl: 'https://example.com/a.png', prompt: 'a' },
	],
	['its key', { webhookUrl: 'https://n8n.example.com/x/akool?order=key' }, { orderKey: 'key' }],
	['its key by another name', { webhookurl: 'https://n8n.example.com/x/akool?order=key' }, { orderKey: 'key' }],
	['an address of the user’s', { webhookUrl: 'https://example.com/x?order=key' }, {}],
	['that audio was added', { only_add_audio: true }, { isAudioJob: true }],
	['what audio was added to', { pre_video_id: 'source' }, { isAudioJob: true, sourceId: 'source' }],
	['no time', { create_time: 'soon' }, { createTimeMs: undefined }],
])('reads a job that shows %s', async (_, row, expected) => {
	const [job] = (await jobs({ result: [{ _id: 'a', create_time: SINCE_MS, ...row }] })) ?? [];
	expect(job).toEqual({
		id: 'a',
		createTimeMs: SINCE_MS,
		imageUrl: undefined,
		prompt: undefined,
		orderKey: undefined,
		isAudioJob: false,
		sourceId: undefined,
		...expected,
	});
});
