// Lists of recent videos whose pages are not as they were asked for: no video is left out without a word, and nobody is asked without an end.

import { readRecentVideos, type RecentVideos } from '../../nodes/AkoolImageToVideo/transport/recentVideos';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { serve, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';

const clock = new TestClock();
const idOf = (n: number): string => n.toString(16).padStart(24, '0');
const rowsOf = (count: number, from = 0) =>
	Array.from({ length: count }, (_, n) => ({ _id: idOf(from + n), video_status: 3, create_time: 1e12 - n - from }));

/** What a page of the list holds. */
let pageOf: (page: number) => object;
let asked: number[] = [];
let server: LocalServer;

beforeAll(async () => {
	server = await serve((request, response) => {
		const page = Number(new URL(String(request.url), 'http://localhost').searchParams.get('page'));
		asked.push(page);
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ code: 1000, msg: 'OK', data: pageOf(page) }));
	});
});
afterAll(async () => {
	await server.close();
	clock.close();
});
beforeEach(() => {
	asked = [];
});

async function read(limit: number): Promise<RecentVideos> {
	const credential = new KeptCredential({ apiKey: 'k'.repeat(20), baseUrl: server.url });
	return await readRecentVideos(executeContext({ parameters: {}, credential }), limit, () => true);
}

it.each(['count', 'total'])('reads on if pages are shorter than requested and the list says %s', async (name) => {
	pageOf = (page) => ({ result: rowsOf(page === 3 ? 5 : 20, (page - 1) * 20), [name]: 45 });
	const recent = await read(50);
	expect(recent).toMatchObject({ kind: 'listed', cutShort: undefined });
	expect(recent.kind === 'listed' && recent.videos).toHaveLength(45);
	expect(asked).toEqual([1, 2, 3]);
});

it('reads full pages to the end, even if the list counts only each page', async () => {
	pageOf = (page) => ({ result: rowsOf(page === 2 ? 10 : 50, (page - 1) * 50), count: page === 2 ? 10 : 50 });
	const recent = await read(100);
	expect(recent.kind === 'listed' && recent.videos).toHaveLength(60);
	expect(asked).toEqual([1, 2]);
});

it('ends if a page brings no new videos, and says so', async () => {
	pageOf = () => ({ result: rowsOf(50) });
	const recent = await read(100);
	expect(recent).toMatchObject({
		cutShort: expect.stringContaining('its next page names no others. There may be more than these.'),
	});
	expect(recent.kind === 'listed' && recent.videos).toHaveLength(50);
	expect(asked).toEqual([1, 2]);
});
