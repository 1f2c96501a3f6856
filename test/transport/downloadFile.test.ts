import {
	fetchFile,
	IMAGE_FILE,
	pauseBeforeNextMs,
	VIDEO_FILE,
} from '../../nodes/AkoolImageToVideo/transport/downloadFile';
import { TestClock } from '../support/testClock';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext, useBinaryMode } from '../integration/engine';

const ID = '6891abe782f7cd2a890c44ba';
const BYTES = Buffer.from('a video of 20 bytes.');

const clock = new TestClock();
afterAll(() => clock.close());
beforeAll(async () => {
	await useBinaryMode('filesystem');
});

/** Fetches a file whose host answers with these headers, and always the same bytes. */
async function fetched(
	headers: Record<string, string>,
	body: Buffer = BYTES,
	kind = VIDEO_FILE,
): Promise<{ kind: string; reason?: string; binary?: object }> {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
	jest.spyOn(context.helpers, 'httpRequest').mockResolvedValue({ statusCode: 200, headers, body });
	return await fetchFile(context, kind, ID, 'https://example.com/file');
}

describe('the length', () => {
	it('that was announced has to arrive, even where the connection ended well', async () => {
		expect(await fetched({ 'content-type': 'video/mp4', 'content-length': '40' })).toEqual({
			kind: 'broken',
			reason: 'Only 20 of 40 bytes arrived.',
		});
	});

	it('of nothing is no video', async () => {
		expect(await fetched({ 'content-type': 'video/mp4' }, Buffer.alloc(0))).toMatchObject({ kind: 'broken' });
	});

	it('need not be announced, and says nothing where the host compressed the file', async () => {
		expect((await fetched({ 'content-type': 'video/mp4' })).kind).toBe('stored');
		expect(
			(await fetched({ 'content-type': 'video/mp4', 'content-length': '40', 'content-encoding': 'gzip' })).kind,
		).toBe('stored');
	});

	it('may be exceeded: what unpacks a compressed file keeps the length it had on the way', async () => {
		expect((await fetched({ 'content-type': 'video/mp4', 'content-length': '11' })).kind).toBe('stored');
	});

	it.each(['identity', ' Identity', ''])('counts where the host says “%s” of its compression', async (encoding) => {
		expect(
			(await fetched({ 'content-type': 'video/mp4', 'content-length': '40', 'content-encoding': encoding })).kind,
		).toBe('broken');
	});
});

describe('a host that wants to be left alone', () => {
	it('is left alone for as long as it asks', async () => {
		const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
		const refusal = { statusCode: 503, headers: { 'retry-after': '20' }, body: Buffer.from('later') };
		const file = { statusCode: 200, headers: { 'content-type': 'video/mp4' }, body: BYTES };
		jest.spyOn(context.helpers, 'httpRequest').mockResolvedValueOnce(refusal).mockResolvedValue(file);
		const beganMs = clock.now();
		expect((await fetchFile(context, VIDEO_FILE, ID, 'https://example.com/file')).kind).toBe('stored');
		expect(clock.now() - beganMs).toBeGreaterThanOrEqual(20_000);
	});

	it('is left alone for 30 seconds at most where a video is fetched, and 5 where a picture is', () => {
		expect(pauseBeforeNextMs(VIDEO_FILE.patience, 1, 3_600_000)).toBe(30_000);
		expect(pauseBeforeNextMs(IMAGE_FILE.patience, 1, 3_600_000)).toBe(5_000);
	});

	it('is asked again after a pause that grows where it asks for none', () => {
		expect([1, 2].map((attempt) => pauseBeforeNextMs(VIDEO_FILE.patience, attempt))).toEqual([1_000, 2_000]);
	});
});

describe('the type', () => {
	it.each([
		['video/mp4', `${ID}.mp4`, 'video/mp4'],
		['video/mp4; codecs="avc1"', `${ID}.mp4`, 'video/mp4'],
		['video/webm', `${ID}.webm`, 'video/webm'],
		['application/octet-stream', `${ID}.mp4`, 'video/mp4'],
		['binary/octet-stream', `${ID}.mp4`, 'video/mp4'],
		['video/x-matroska', `${ID}.mp4`, 'video/x-matroska'],
		['video/<b>mp4</b>', `${ID}.mp4`, 'video/mp4'],
		['video/', `${ID}.mp4`, 'video/mp4'],
		[`video/${'x'.repeat(65)}`, `${ID}.mp4`, 'video/mp4'],
	])('%s is kept as %s', async (type, fileName, mimeType) => {
		expect(await fetched({ 'content-type': type })).toMatchObject({ kind: 'stored', binary: { fileName, mimeType } });
	});

	it.each(['text/html; charset=utf-8', 'application/json', 'application/xml', 'image/png'])(
		'%s is no video',
		async (type) => {
			expect(await fetched({ 'content-type': type })).toEqual({
				kind: 'broken',
				reason: expect.stringContaining(`${type} instead of a video`),
			});
		},
	);

	it.each([
		['image/png', `${ID}.png`, 'image/png'],
		['image/jpeg', `${ID}.jpg`, 'image/jpeg'],
		['IMAGE/WEBP', `${ID}.webp`, 'image/webp'],
		['binary/octet-stream', `${ID}.png`, 'image/png'],
	])('%s of a picture is kept as %s', async (type, fileName, mimeType) => {
		expect(await fetched({ 'content-type': type }, BYTES, IMAGE_FILE)).toMatchObject({
			kind: 'stored',
			binary: { fileName, mimeType },
		});
	});

	it.each(['text/html; charset=utf-8', 'video/mp4'])('%s is no picture', async (type) => {
		expect(await fetched({ 'content-type': type }, BYTES, IMAGE_FILE)).toEqual({
			kind: 'broken',
			reason: expect.stringContaining(`${type} instead of an image`),
		});
	});
});
