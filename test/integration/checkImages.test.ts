import { at, CONTINUE, create, createBatch, IMAGE_URL, RETRY, setUpHarness } from './harness';

const harness = setUpHarness();
const image = (name: string): string => `http://example.com/images/${name}`;
const without = (options: object = {}) => ({ waitForCompletion: false, options: { ...options } });

describe('a file that is not an image is refused before anything is spent', () => {
	it.each([
		['page.html', 'leads to a web page, not an image'],
		['page.jpg', 'leads to a web page, not an image'],
		['document.pdf', 'leads to a PDF, not an image'],
		['video.mp4', 'leads to a video, not an image'],
		['drawing.svg', 'leads to an SVG drawing, not an image'],
		['photo.heic', 'leads to a HEIC photo, not an image'],
		['text.txt', 'leads to a text, not an image'],
		['empty.jpg', 'leads to an empty file, not an image'],
		['status-404.jpg', 'leads to nothing (HTTP status 404)'],
		['status-410.jpg', 'leads to nothing (HTTP status 410)'],
		['redirect?to=http://example.com/images/page.html', 'leads to a web page, not an image'],
	])('%s %s', async (name, words) => {
		const { error } = await harness.run(create({ imageUrl: image(name), ...without() }));
		expect(error?.message).toContain(`'Image URL' ${words}`);
		expect(error?.description).toContain('Nothing was charged for this item.');
		expect(harness.sandbox.countRequests('create')).toBe(0);

		const unchecked = await harness.run(create({ imageUrl: image(name), ...without({ checkImages: false }) }));
		expect(unchecked.json).toHaveLength(1);
	});

	it('the last image of a batch, by its own name', async () => {
		const parameters = createBatch({
			modelName: { __rl: true, mode: 'name', value: 'seedance-1-0-lite-i2v-250428' },
			...without({ lastImageUrl: image('page.html') }),
		});
		const { error } = await harness.run(parameters);
		expect(error?.message).toContain("'Last Image URL' leads to a web page, not an image");
		expect(harness.sandbox.countRequests('batch')).toBe(0);
	});
});

describe('an image that may not work is ordered with a hint', () => {
	it.each([
		['photo.webp', 'is WebP'],
		['tiny.png', 'has 200 x 200 pixels'],
		['wide.png', 'has 1600 x 400 pixels'],
		['status-401.jpg', 'was not checked before ordering: its host answered n8n with HTTP status 401'],
		['status-403.jpg', 'HTTP status 403'],
		['status-429.jpg', 'HTTP status 429'],
		['status-503.jpg', 'HTTP status 503'],
		['slow-60.jpg', 'its host took longer than 10 seconds'],
		['redirect-9.jpg', 'its host redirects too many times'],
	])('%s %s', async (name, words) => {
		const { json, hints } = await harness.run(create({ imageUrl: image(name), ...without() }));
		expect(json).toHaveLength(1);
		expect(hints.join('\n')).toContain(words);
	});

	it('if no connection can be made', async () => {
		const { json, hints } = await harness.run(create({ imageUrl: 'https://example.com/a.png', ...without() }));
		expect(json).toHaveLength(1);
		expect(hints.join('\n')).toContain('The image was not checked before ordering');
	});
});

it.each([
	'product.png',
	'product.jpg',
	'untyped',
	'mislabeled.jpg',
	'no-length.jpg',
	'no-ranges.jpg',
	'redirect-3.jpg',
])('a normal image is ordered without a hint: %s', async (name) => {
	const { json, hints } = await harness.run(create({ imageUrl: image(name), ...without() }));
	expect(json).toHaveLength(1);
	expect(hints.filter((hint) => hint.includes('image'))).toEqual([]);
});

describe('with several items', () => {
	const items = ['product.png', 'page.html', 'photo.webp', 'photo.webp'].map((name) => ({ url: image(name) }));
	const parameters = create({ imageUrl: '={{ $json.url }}', ...without() });

	it('orders none if one image is refused', async () => {
		const { error } = await harness.run(parameters, { items });
		expect(error?.message).toContain('[Item 1]');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('orders the others under Continue On Fail, reads each address once, and names the items in hints', async () => {
		const { json, hints } = await harness.run(parameters, { items, settings: CONTINUE });
		expect(json.map(({ error }) => error !== undefined)).toEqual([false, true, false, false]);
		expect(harness.sandbox.jobs).toHaveLength(3);
		expect(harness.sandbox.countRequests('image')).toBe(3);
		expect(hints).toContain('The image of items 2, 3 is WebP. Some models accept only PNG and JPEG.');
	});
});

it('does not check the images of existing orders again on a retry', async () => {
	harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1102, times: 3 });
	await harness.run(create({ imageUrl: IMAGE_URL, options: { waitMode: 'polling' } }), { settings: RETRY });
	expect(harness.sandbox.jobs).toHaveLength(1);
	expect(harness.sandbox.countRequests('image')).toBe(1);
});

it('sends no key along', async () => {
	await harness.run(create({ imageUrl: image('redirect-3.jpg'), ...without() }));
	expect(harness.sandbox.leaks).toEqual([]);
	const [first] = harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'image');
	expect(first?.headers).toMatchObject({ range: 'bytes=0-32767' });
});

it('does not request a binary image at its signed link', async () => {
	const binary = { data: { mimeType: 'image/png', data: 'filesystem-v2', id: 'filesystem-v2:some/file' } };
	const { json } = await harness.run(create({ imageSource: 'binary', imageBinaryField: 'data', ...without() }), {
		inputs: [{ json: {}, binary }],
	});
	expect(at(json, 0)._id).toBeDefined();
	expect(harness.sandbox.countRequests('image')).toBe(0);
});
