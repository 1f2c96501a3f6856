// Files from whoever Akool names as their host: what may be asked, what passes for a file, how long it is tried, and what is said where there is none.

import fsPromises from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

import { DnsResolver } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import type { IHttpRequestOptions } from 'n8n-workflow';

import {
	FILE_HOST,
	fetchFile,
	IMAGE_FILE,
	pauseBeforeNextMs,
	VIDEO_FILE,
	type FileOutcome,
	type FileSource,
} from '../../nodes/AkoolImageToVideo/transport/downloadFile';
import { KeptCredential } from '../integration/credentialsHelper';
import { bytesOf, executeContext, useBinaryMode } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { serve, type LocalServer } from '../support/localServer';
import { TestClock } from '../support/testClock';

const ID = '6891abe782f7cd2a890c44ba';
const BYTES = Buffer.from('a video of 20 bytes.');
const DAY_MS = 24 * 60 * 60_000;
const PUBLIC = { address: '93.184.215.14', family: 4 };

const clock = new TestClock();
const source: FileSource = { name: ID, url: 'https://example.com/file' };

beforeAll(async () => await useBinaryMode('filesystem'));
afterAll(() => clock.close());
beforeEach(() => namesLeadTo(() => PUBLIC.address));

/** Lets n8n look names up here. */
function namesLeadTo(addressOf: (hostname: string) => string): void {
	jest
		.spyOn(Container.get(DnsResolver), 'lookup')
		.mockImplementation(async (hostname) => await Promise.resolve([{ address: addressOf(hostname), family: 4 }]));
}

interface Answer {
	statusCode: number;
	headers?: Record<string, string>;
	body?: Buffer;
}

const FILE: Answer = { statusCode: 200, headers: { 'content-type': 'video/mp4' } };

type Context = ReturnType<typeof executeContext>;

function contextFor(baseUrl?: string): Context {
	const credential = new KeptCredential({ apiKey: 'k', ...(baseUrl === undefined ? {} : { baseUrl }) });
	return executeContext({ parameters: {}, credential });
}

/** Lets the file's host give these answers, the last one for good. Gives what it was asked. */
function hostAnswers(context: Context, answers: readonly Answer[]): IHttpRequestOptions[] {
	const asked: IHttpRequestOptions[] = [];
	jest.spyOn(context.helpers, 'httpRequest').mockImplementation(async (options) => {
		const answer = answers[Math.min(asked.length, answers.length - 1)];
		asked.push(options);
		return await Promise.resolve({ headers: {}, body: BYTES, ...answer });
	});
	return asked;
}

/** Fetches a file whose host answers with these headers, and always the same bytes. */
async function fetched(
	headers: Record<string, string>,
	body: Buffer = BYTES,
	kind = VIDEO_FILE,
): Promise<{ kind: string; reason?: string; binary?: object }> {
	const context = contextFor();
	hostAnswers(context, [{ statusCode: 200, headers, body }]);
	return await fetchFile(context, kind, source);
}

describe('the length of a file', () => {
	it('has to be what was announced, even if the connection ended well', async () => {
		expect(await fetched({ 'content-type': 'video/mp4', 'content-length': '40' })).toEqual({
			kind: 'broken',
			reason: 'Only 20 of 40 bytes arrived.',
		});
	});

	it('cannot be zero', async () => {
		const lengths: Array<Record<string, string>> = [{}, { 'content-length': '0' }];
		for (const length of lengths)
			expect(await fetched({ 'content-type': 'video/mp4', ...length }, Buffer.alloc(0))).toEqual({
				kind: 'broken',
				reason: 'Its host sent an empty file.',
			});
	});

	it('need not be announced, and is not compared if the host compressed the file', async () => {
		expect((await fetched({ 'content-type': 'video/mp4' })).kind).toBe('stored');
		expect(
			(await fetched({ 'content-type': 'video/mp4', 'content-length': '40', 'content-encoding': 'gzip' })).kind,
		).toBe('stored');
	});

	it('may exceed what was announced, since unpacking keeps the length of the compressed file', async () => {
		expect((await fetched({ 'content-type': 'video/mp4', 'content-length': '11' })).kind).toBe('stored');
	});

	it.each(['identity', ' Identity', ''])('is compared if the host calls the compression “%s”', async (encoding) => {
		expect(
			(await fetched({ 'content-type': 'video/mp4', 'content-length': '40', 'content-encoding': encoding })).kind,
		).toBe('broken');
	});

	it('has a limit, which is checked before a byte is read', async () => {
		const length = String(FILE_HOST.maxBytes + 1);
		expect(await fetched({ 'content-type': 'video/mp4', 'content-length': length })).toEqual({
			kind: 'refused',
			reason: 'It is larger than 2048 MB.',
		});
	});
});

describe('the first bytes of a file', () => {
	const PAGE = Buffer.from('\uFEFF\n <!DOCTYPE html><html><body>Sign in</body></html>');
	const VIDEO = { 'content-type': 'video/mp4' };

	it.each([
		['a page', PAGE],
		['a page that begins with a comment', Buffer.from('<!-- cached --><html></html>')],
		['an answer in XML', Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
		['an answer in JSON', Buffer.from('{"message":"Forbidden"}')],
		['a document', Buffer.from('%PDF-1.7 something')],
	])('of %s do not count as a video, whatever the host calls it', async (_, body) => {
		expect(await fetched(VIDEO, body)).toEqual({
			kind: 'broken',
			reason: 'Its host sent a page or a text instead of a video.',
		});
		expect((await fetched({ 'content-type': 'application/octet-stream' }, body)).kind).toBe('broken');
	});

	it('of a page do not count as an image, those of an SVG may', async () => {
		expect((await fetched({ 'content-type': 'image/png' }, PAGE, IMAGE_FILE)).kind).toBe('broken');
		const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
		expect((await fetched({ 'content-type': 'image/svg+xml' }, drawing, IMAGE_FILE)).kind).toBe('stored');
	});

	it('are checked in a stream as well, however small its parts', async () => {
		const server = await serve((_, response) => {
			response.writeHead(200, VIDEO);
			for (const byte of PAGE.toString('latin1')) response.write(Buffer.from(byte, 'latin1'));
			response.end();
		});
		namesLeadTo(() => '127.0.0.1');
		const outcome = await fetchFile(contextFor(server.url), VIDEO_FILE, { name: ID, url: `${server.url}/file` });
		await server.close();
		expect(outcome).toEqual({ kind: 'broken', reason: 'Its host sent a page or a text instead of a video.' });
	});
});

describe('the address of a file', () => {
	const PRIVATE = /leads to a private or local host/;

	it.each([
		['http://127.0.0.1/video.mp4', PRIVATE],
		['http://localhost:5678/rest/settings', PRIVATE],
		['http://[::1]/video.mp4', PRIVATE],
		['http://[::ffff:10.0.0.1]/video.mp4', PRIVATE],
		['http://169.254.169.254/latest/meta-data/', PRIVATE],
		['http://0x7f000001/video.mp4', PRIVATE],
		['http://2130706433/video.mp4', PRIVATE],
		['http://192.168.0.1.:80/video.mp4', PRIVATE],
		['http://redis:6379/', PRIVATE],
		['data:video/mp4;base64,AAAA', /not a web address/],
		['file:///etc/passwd', /not a web address/],
		['ftp://example.com/video.mp4', /not a web address/],
		['video.mp4', /not a web address/],
		['', /not a web address/],
	])('is not requested: %s', async (url, reason) => {
		const context = contextFor();
		const asked = hostAnswers(context, [FILE]);
		expect(await fetchFile(context, VIDEO_FILE, { name: ID, url })).toEqual({
			kind: 'refused',
			objection: reason === PRIVATE ? 'private' : 'notOnTheWeb',
			reason: expect.stringMatching(reason),
		});
		expect(asked).toEqual([]);
	});

	it('is not requested if n8n resolves its public name to a private address', async () => {
		namesLeadTo((hostname) => (hostname === 'example.com' ? '10.0.0.5' : PUBLIC.address));
		const context = contextFor();
		const asked = hostAnswers(context, [FILE]);
		expect(await fetchFile(context, VIDEO_FILE, source)).toMatchObject({
			kind: 'refused',
			reason: expect.stringContaining('does not let it be fetched from example.com'),
		});
		expect(asked).toEqual([]);
	});

	it('is requested if every name resolves to a private address, also Akool’s', async () => {
		namesLeadTo(() => '198.18.0.7');
		const context = contextFor();
		hostAnswers(context, [FILE]);
		expect((await fetchFile(context, VIDEO_FILE, source)).kind).toBe('stored');
	});

	it('is judged by its text alone if this n8n has no filter, and the log says so', async () => {
		const log = watchLog();
		const context = contextFor();
		Reflect.deleteProperty(context.helpers, 'getSecureEgressFilter');
		hostAnswers(context, [FILE]);
		expect((await fetchFile(context, VIDEO_FILE, source)).kind).toBe('stored');
		expect(log.filter((line) => line.startsWith('debug: This n8n has no filter'))).toHaveLength(1);
	});

	it('may be private if Akool itself is', async () => {
		const context = contextFor('http://192.168.0.9:8080');
		hostAnswers(context, [FILE]);
		expect((await fetchFile(context, VIDEO_FILE, { name: ID, url: 'http://192.168.0.10/v.mp4' })).kind).toBe('stored');
	});
});

describe('a redirect', () => {
	const to = (location: string): Answer => ({ statusCode: 302, headers: { location } });

	it('is followed without the key, and not by n8n itself', async () => {
		const context = contextFor();
		const asked = hostAnswers(context, [to('/moved'), to('//cdn.example.com/a'), FILE]);
		expect((await fetchFile(context, VIDEO_FILE, source)).kind).toBe('stored');
		expect(asked.map(({ url }) => url)).toEqual([
			'https://example.com/file',
			'https://example.com/moved',
			'https://cdn.example.com/a',
		]);
		expect(asked.every(({ disableFollowRedirect }) => disableFollowRedirect === true)).toBe(true);
		expect(JSON.stringify(asked)).not.toMatch(/x-api-key|authorization/i);
	});

	it.each(['http://127.0.0.1/', 'http://[fd00::1]/', 'data:video/mp4,x', 'file:///etc/hosts'])(
		'to %s is not followed',
		async (location) => {
			const context = contextFor();
			const asked = hostAnswers(context, [to(location)]);
			expect((await fetchFile(context, VIDEO_FILE, source)).kind).toBe('refused');
			expect(asked).toHaveLength(1);
		},
	);

	it('that never ends is given up', async () => {
		const context = contextFor();
		const asked = hostAnswers(context, [to('/again')]);
		expect(await fetchFile(context, VIDEO_FILE, source)).toMatchObject({
			kind: 'refused',
			reason: 'Its link redirects more than 5 times.',
		});
		expect(asked).toHaveLength(6);
	});
});

describe('a file that its host does not show', () => {
	const young = (): FileSource => ({ ...source, createTimeMs: clock.now() - 60_000 });

	it.each([403, 404, 425, 429, 500, 503])('yet (HTTP %d) is fetched a little later', async (statusCode) => {
		const context = contextFor();
		hostAnswers(context, [...Array.from({ length: 5 }, () => ({ statusCode })), FILE]);
		const beganMs = clock.now();
		expect((await fetchFile(context, VIDEO_FILE, young())).kind).toBe('stored');
		expect(clock.now() - beganMs).toBeGreaterThan(30_000);
	});

	it('ends in an error after some minutes, with what is known of the link', async () => {
		const context = contextFor();
		hostAnswers(context, [{ statusCode: 404 }]);
		const file = young();
		const beganMs = clock.now();
		expect(await fetchFile(context, VIDEO_FILE, file)).toEqual({
			kind: 'notThereYet',
			reason: expect.stringMatching(/HTTP status 404.*expires only on 20\d\d-/),
		});
		const tookMs = clock.now() - beganMs;
		expect(tookMs).toBeGreaterThanOrEqual(3 * 60_000);
		expect(tookMs).toBeLessThan(4 * 60_000);
	});

	it('is waited for from when it was finished, not ordered', async () => {
		const context = contextFor();
		hostAnswers(context, [{ statusCode: 404 }, FILE]);
		const file = { ...source, createTimeMs: clock.now() - 5 * 60 * 60_000, finishTimeMs: clock.now() - 1_000 };
		expect((await fetchFile(context, VIDEO_FILE, file)).kind).toBe('stored');
	});

	it.each([
		['an expired one', 8 * DAY_MS, 'gone', /The link expired on 20\d\d-.*seven days/],
		['an old one', 2 * DAY_MS, 'notThereYet', /expires only on 20\d\d-/],
	])('is not requested again: %s', async (_, ageMs, kind, reason) => {
		const context = contextFor();
		const asked = hostAnswers(context, [{ statusCode: 403 }]);
		expect(await fetchFile(context, VIDEO_FILE, { ...source, createTimeMs: clock.now() - ageMs })).toEqual({
			kind,
			reason: expect.stringMatching(reason),
		});
		expect(asked).toHaveLength(1);
	});

	it('and never will (HTTP 410) is given up at once', async () => {
		const context = contextFor();
		const asked = hostAnswers(context, [{ statusCode: 410 }]);
		expect((await fetchFile(context, VIDEO_FILE, young())).kind).toBe('gone');
		expect(asked).toHaveLength(1);
	});
});

describe('the pause before a host is asked again', () => {
	it('is as long as the host asks for', async () => {
		const context = contextFor();
		hostAnswers(context, [{ statusCode: 503, headers: { 'retry-after': '20' } }, FILE]);
		const beganMs = clock.now();
		expect((await fetchFile(context, VIDEO_FILE, source)).kind).toBe('stored');
		expect(clock.now() - beganMs).toBeGreaterThanOrEqual(20_000);
	});

	it('is 30 seconds at most for a video, and 5 for an image', () => {
		expect(pauseBeforeNextMs(VIDEO_FILE.fetchLimits, 1, 3_600_000)).toBe(30_000);
		expect(pauseBeforeNextMs(IMAGE_FILE.fetchLimits, 1, 3_600_000)).toBe(5_000);
	});

	it('doubles each time if the host asks for none', () => {
		expect([1, 2, 3, 9].map((attempt) => pauseBeforeNextMs(VIDEO_FILE.fetchLimits, attempt))).toEqual([
			1_000, 2_000, 4_000, 30_000,
		]);
	});
});

describe('a download over a real connection', () => {
	let host: LocalServer;
	let answer: (response: ServerResponse) => void;
	let asked = 0;
	beforeAll(async () => {
		host = await serve((_, response) => {
			asked++;
			answer(response);
		});
	});
	beforeEach(() => (asked = 0));
	afterAll(async () => await host.close());

	const small = { ...VIDEO_FILE, fetchLimits: { ...FILE_HOST, maxBytes: 1024 * 1024 } };

	async function fetchFrom(given: (response: ServerResponse) => void, kind = VIDEO_FILE): Promise<FileOutcome> {
		answer = (response) => {
			response.writeHead(200, { 'content-type': 'video/mp4' });
			given(response);
		};
		return await fetchFile(contextFor(host.url), kind, { name: ID, url: `${host.url}/video.mp4` });
	}

	it.each(['filesystem', 'default'] as const)(
		'arrives complete, byte for byte, while its bytes are counted (%s)',
		async (mode) => {
			await useBinaryMode(mode);
			const bytes = Buffer.alloc(3 * 1024 * 1024, 'video');
			const outcome = await fetchFrom((response) => void response.end(bytes));
			expect(outcome.kind).toBe('stored');
			expect((await bytesOf('binary' in outcome ? outcome.binary : undefined)).equals(bytes)).toBe(true);
			await useBinaryMode('filesystem');
		},
	);

	it('is aborted if more comes than allowed, and not repeated', async () => {
		const chunk = Buffer.alloc(256 * 1024);
		const outcome = await fetchFrom((response) => {
			const goOn = (): void => void response.write(chunk, (error) => (error ? undefined : setImmediate(goOn)));
			response.on('error', () => undefined);
			goOn();
		}, small);
		expect(outcome).toEqual({ kind: 'refused', reason: 'It is larger than 1 MB.' });
		expect(asked).toBe(1);
	});

	it('counts as broken if its host falls silent, and is repeated', async () => {
		const beganMs = clock.now();
		const outcome = await fetchFrom((response) => void response.write('half of it'));
		expect(outcome).toEqual({ kind: 'broken', reason: 'Its host sent nothing for 60 seconds.' });
		expect(asked).toBe(3);
		expect(clock.now() - beganMs).toBeLessThan(6 * 60_000);
	});

	it('has a deadline even if a byte comes now and then', async () => {
		const beganMs = clock.now();
		const outcome = await fetchFrom((response) => {
			const drip = (): void => {
				if (response.destroyed) return;
				response.write('.');
				void clock.sleep(10_000).then(drip);
			};
			drip();
		});
		expect(outcome).toEqual({ kind: 'refused', reason: 'The download took longer than 15 minutes.' });
		expect(clock.now() - beganMs).toBeLessThan(16 * 60_000);
	});

	it('reports a full storage, and leaves the details to the log', async () => {
		const log = watchLog();
		const full = Object.assign(new Error("ENOSPC: no space left on device, write '/home/node/x'"), { code: 'ENOSPC' });
		jest.spyOn(fsPromises, 'writeFile').mockRejectedValue(full);
		const outcome = await fetchFrom((response) => void response.end(BYTES));
		expect(outcome).toEqual({
			kind: 'notKept',
			reason: expect.stringContaining('The disk on which n8n keeps files is full'),
		});
		expect(asked).toBe(1);
		expect(log.join()).toContain('ENOSPC: no space left on device');
	});

	it('reports a storage that fails in another way', async () => {
		const readOnly = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
		jest.spyOn(fsPromises, 'writeFile').mockRejectedValue(readOnly);
		const outcome = await fetchFrom((response) => void response.end(BYTES));
		expect(outcome).toEqual({
			kind: 'notKept',
			reason: expect.stringContaining('n8n could not keep the file (EROFS)'),
		});
	});

	it('counts as broken with its connection, even while n8n writes', async () => {
		const outcome = await fetchFrom((response) => {
			response.write('half of it', () => response.destroy());
		});
		expect(outcome).toEqual({ kind: 'broken', reason: 'The connection to its host broke.' });
		expect(asked).toBe(3);
	});

	it('says why a host cannot be reached', async () => {
		const closed = await serve(() => undefined);
		await closed.close();
		const outcome = await fetchFile(contextFor(host.url), VIDEO_FILE, { name: ID, url: `${closed.url}/video.mp4` });
		expect(outcome).toEqual({ kind: 'broken', reason: 'Its host could not be reached: the connection was refused.' });
	});
});

describe('the type of a file', () => {
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
		'%s does not count as a video',
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
	])('%s of an image is kept as %s', async (type, fileName, mimeType) => {
		expect(await fetched({ 'content-type': type }, BYTES, IMAGE_FILE)).toMatchObject({
			kind: 'stored',
			binary: { fileName, mimeType },
		});
	});

	it.each(['text/html; charset=utf-8', 'video/mp4'])('%s does not count as an image', async (type) => {
		expect(await fetched({ 'content-type': type }, BYTES, IMAGE_FILE)).toEqual({
			kind: 'broken',
			reason: expect.stringContaining(`${type} instead of an image`),
		});
	});
});
