// What the inspection of each image means for its order: refused before it costs anything, ordered with a hint, or ordered.

import type { INodeExecutionData } from 'n8n-workflow';

import { checkImages } from '../../nodes/AkoolImageToVideo/images/checkImages';
import type { ImageToCheck } from '../../nodes/AkoolImageToVideo/images/imageToCheck';
import { inspectImage, type Inspection } from '../../nodes/AkoolImageToVideo/images/inspectImage';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { TestClock } from '../support/testClock';

jest.mock('../../nodes/AkoolImageToVideo/images/inspectImage');

const clock = new TestClock({ isNetworkReal: false });
afterAll(() => clock.close());

const FINE: Inspection = { kind: 'seen', isEmpty: false, facts: { kind: 'png', size: { width: 1024, height: 768 } } };
const WEBP: Inspection = { kind: 'seen', isEmpty: false, facts: { kind: 'webp', size: undefined } };
const GIF: Inspection = { kind: 'seen', isEmpty: false, facts: { kind: 'gif', size: undefined } };
const PAGE: Inspection = { kind: 'seen', isEmpty: false, facts: { kind: 'page', size: undefined } };

let found: Map<string, Inspection>;
beforeEach(() => {
	found = new Map();
	jest
		.mocked(inspectImage)
		.mockReset()
		.mockImplementation(async (_, url) => await Promise.resolve(found.get(url) ?? FINE));
});

let images = 0;
const image = (inspection: Inspection, more: Partial<ImageToCheck> = {}): ImageToCheck => {
	const url = `https://host${images++}.example/a.png`;
	found.set(url, inspection);
	return { parameter: 'Image URL', of: 'image', url, ...more };
};

const order = (itemIndex: number, ...its: ImageToCheck[]) => ({ itemIndex, images: its });

/** Checks these orders of a run of so many items. */
async function check(orders: ReadonlyArray<ReturnType<typeof order>>, itemCount = 5) {
	const context = executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });
	const items = Array.from({ length: itemCount }, (): INodeExecutionData => ({ json: {} }));
	jest.spyOn(context, 'getInputData').mockReturnValue(items);
	const { passed, refused, hints } = await checkImages(context, orders);
	return {
		passed: passed.map(({ itemIndex }) => itemIndex),
		refused: refused.map(({ message }) => message.title),
		hints,
	};
}

it.each<[Inspection, string]>([
	[{ kind: 'notThere', httpStatus: 404 }, "'Image URL' leads to nothing (HTTP status 404)"],
	[{ kind: 'noSuchHost' }, "'Image URL' names a host that does not exist: host"],
	[{ kind: 'private' }, "'Image URL' leads on to an address that Akool cannot reach"],
	[PAGE, "'Image URL' leads to a web page, not an image"],
	[{ ...FINE, isEmpty: true }, "'Image URL' leads to an empty file, not an image"],
])('refuses %j', async (inspection, title) => {
	const { passed, refused, hints } = await check([order(0, image(inspection))]);
	expect([passed, hints]).toEqual([[], []]);
	expect(refused).toEqual([expect.stringContaining(title)]);
});

it.each<[Inspection, string]>([
	[WEBP, 'The image of item 0 is WebP.'],
	[
		{ kind: 'notSeen', because: 'its host is slow' },
		'The image of item 0 was not checked before ordering: its host is',
	],
])('orders %j with a hint', async (inspection, hint) => {
	const { passed, refused, hints } = await check([order(0, image(inspection))]);
	expect([passed, refused]).toEqual([[0], []]);
	expect(hints).toEqual([expect.stringContaining(hint)]);
});

it('orders a fine image without a hint', async () => {
	expect(await check([order(0, image(FINE))])).toEqual({ passed: [0], refused: [], hints: [] });
});

it('names all items in one hint, and no number for a single item', async () => {
	const orders = [order(1, image(WEBP), image(WEBP)), order(2, image(GIF)), order(3, image(WEBP))];
	const { hints } = await check(orders);
	expect(hints).toEqual([expect.stringContaining('items 1, 3 is WebP'), expect.stringContaining('item 2 is GIF')]);
	expect((await check([order(0, image(WEBP))], 1)).hints).toEqual([expect.stringContaining('The image is WebP')]);
});

it('refuses an order for its first unusable image, and mentions no other', async () => {
	const lastImage = image({ kind: 'private' }, { parameter: 'Last Image URL' });
	const { passed, refused, hints } = await check([
		order(0, image(WEBP), image(PAGE), lastImage),
		order(1, image(FINE)),
	]);
	expect([passed, refused, hints]).toEqual([[1], ["'Image URL' leads to a web page, not an image"], []]);
});

it('reads an address of several orders once, and a known binary file not at all', async () => {
	const shared = image(PAGE);
	const ownPage = image(FINE, { facts: { kind: 'pdf', size: undefined }, of: 'audio', parameter: 'Audio File' });
	const { passed, refused } = await check([order(0, shared), order(1, shared), order(2, ownPage)]);
	expect(passed).toEqual([]);
	expect(refused[2]).toBe("'Audio File' leads to a PDF, not an audio file");
	expect(jest.mocked(inspectImage).mock.calls.map(([, url]) => url)).toEqual([shared.url]);
});

it('orders without a check what was not checked within a minute, eight at a time', async () => {
	let atOnce = 0;
	let most = 0;
	jest.mocked(inspectImage).mockImplementation(async () => {
		most = Math.max(most, ++atOnce);
		await clock.sleep(10_000);
		atOnce--;
		return FINE;
	});
	const orders = Array.from({ length: 50 }, (_, itemIndex) => order(itemIndex, image(FINE)));
	const { passed, hints } = await check(orders);
	expect(passed).toHaveLength(50);
	expect(hints).toEqual([
		'The image of items 48, 49 was not checked before ordering: checking the other images took too long.',
	]);
	expect(most).toBe(8);
});
