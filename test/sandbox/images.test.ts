// The images that a check of images has to distinguish: each is what its name says.
import { startSandbox, type Sandbox } from '.';
import { IMAGE_NAMES } from './images';
import { standingClock } from './standingClock';

const clock = standingClock();
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ clock });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = async (name: string, init: RequestInit = {}) => await fetch(`${sandbox.url}/images/${name}`, init);

async function bytesOf(name: string) {
	return Buffer.from(await (await get(name)).arrayBuffer());
}

/** The sides that a PNG claims. */
const sidesOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

test.each([
	['square.png', [1024, 1024]],
	['portrait.png', [720, 1280]],
	['tiny.png', [200, 200]],
	['huge.png', [7000, 7000]],
	['wide.png', [1600, 400]],
	['tall.png', [400, 1600]],
])('%s is a PNG of %j', async (name, sides) => {
	const png = await bytesOf(name);
	expect(png.toString('latin1', 1, 4)).toBe('PNG');
	expect(sidesOf(png)).toEqual(sides);
	expect(png.length).toBeLessThan(20_000);
});

test.each([
	['product.jpg', 'image/jpeg', /^\xff\xd8\xff/],
	['product.png', 'image/png', /^\x89PNG/],
	['photo.webp', 'image/webp', /^RIFF....WEBP/s],
	['photo.gif', 'image/gif', /^GIF8/],
	['photo.avif', 'image/avif', /^....ftypavif/s],
	['photo.heic', 'image/heic', /^....ftypheic/s],
	['drawing.svg', 'image/svg+xml', /^<svg/],
	['document.pdf', 'application/pdf', /^%PDF/],
	['video.mp4', 'video/mp4', /^....ftyp/s],
	['song.mp3', 'audio/mpeg', /^ID3/],
	['text.txt', 'text/plain', /^A bottle/],
	['page.html', 'text/html; charset=utf-8', /^<!DOCTYPE html>/],
	['page.jpg', 'image/jpeg', /^<!DOCTYPE html>/],
	['empty.jpg', 'image/jpeg', /^$/],
	['untyped', 'application/octet-stream', /^\xff\xd8\xff/],
	['mislabeled.jpg', 'text/html; charset=utf-8', /^\xff\xd8\xff/],
])('%s is served as %s', async (name, type, beginning) => {
	const response = await get(name);
	expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
	expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toMatch(beginning);
	expect(IMAGE_NAMES).toContain(name);
});

test('truncated.jpg ends half way', async () => {
	await expect(bytesOf('truncated.jpg')).rejects.toThrow('terminated');
});

test('no-length.jpg has no length, and no-ranges.jpg ignores Range', async () => {
	const range = { headers: { range: 'bytes=0-9' } };
	expect((await get('no-length.jpg')).headers.get('content-length')).toBeNull();
	expect((await get('product.jpg', range)).status).toBe(206);
	const whole = await get('no-ranges.jpg', range);
	expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, null]);
	expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(10);
});

test.each([401, 403, 404, 410, 429, 500])('status-%i.jpg answers with that HTTP status', async (status) => {
	expect((await get(`status-${status}.jpg`)).status).toBe(status);
});

test('slow-60.jpg takes a minute of the clock', async () => {
	const response = get('slow-60.jpg');
	while (clock.sleepers() === 0) await new Promise(setImmediate);
	clock.advance(60);
	expect((await response).status).toBe(200);
});

test('redirect-3.jpg leads to the product after three redirects, redirect?to anywhere', async () => {
	const response = await get('redirect-3.jpg');
	expect([response.url, response.headers.get('content-type')]).toEqual([
		`${sandbox.url}/images/redirect-0.jpg`,
		'image/jpeg',
	]);
	expect(sandbox.countRequests('image')).toBe(4);
	const away = await get('redirect?to=http%3A%2F%2F169.254.169.254%2F', { redirect: 'manual' });
	expect([away.status, away.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
});

test('an unknown name answers 404, and all images are logged as such', async () => {
	expect((await get('nothing.jpg')).status).toBe(404);
	expect((await get('toString')).status).toBe(404);
	await get('product.jpg', { headers: { 'x-api-key': sandbox.apiKey } });
	expect(sandbox.countRequests('image')).toBe(3);
	expect(sandbox.countRequests('file')).toBe(0);
	expect(sandbox.leaks).toHaveLength(1);
});

test('a fault of images does not affect videos', async () => {
	sandbox.addFault({ on: 'image', kind: 'status', status: 403, forSeconds: 10 });
	expect((await get('product.jpg')).status).toBe(403);
	expect((await fetch(`${sandbox.url}/files/large-1.mp4`)).status).toBe(200);
	clock.advance(10);
	expect((await get('product.jpg')).status).toBe(200);
});
