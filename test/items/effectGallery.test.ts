import type { Effect } from '../../nodes/AkoolImageToVideo/akool/effects';
import { galleryPage } from '../../nodes/AkoolImageToVideo/items/effectGallery';
import { bytesOf } from '../integration/engine';
import { at, setUpHarness } from '../integration/harness';
import { EFFECTS } from '../sandbox/catalogue';

const harness = setUpHarness();
const GALLERY = { resource: 'effect', operation: 'getAll', createGallery: true };

const effect = (more: Partial<Effect>): Effect => ({
	code: 'squish_1',
	name: 'Squish',
	logoUrl: undefined,
	previewUrl: undefined,
	id: undefined,
	createTimeMs: undefined,
	raw: {},
	...more,
});

describe('the gallery page of all effects', () => {
	it('is one file in the first item that holds every effect with its image and loads nothing', async () => {
		const { items } = await harness.run({ ...GALLERY, returnAll: true });
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['gallery'],
			...items.slice(1).map(() => []),
		]);
		const file = at(items, 0).binary?.gallery;
		expect(file).toMatchObject({ fileName: 'akool-effects.html', mimeType: 'text/html' });
		const page = (await bytesOf(file)).toString();
		for (const { name, effect_code } of EFFECTS) {
			expect(page).toContain(`<h2>${name}</h2><code>${effect_code}</code>`);
		}
		expect(page.match(/<img src="data:image\/png;base64,/g)).toHaveLength(EFFECTS.length);
		expect(page).not.toMatch(/<script|<link|<iframe|src="http|@import|url\(|\son[a-z]+=/i);
	});

	it('leaves the thumbnails beside it if they are wanted too', async () => {
		const { items } = await harness.run({ ...GALLERY, downloadThumbnails: true, limit: 2 });
		expect(items.map(({ binary }) => Object.keys(binary ?? {}).sort())).toEqual([['data', 'gallery'], ['data']]);
	});

	it('shows all effects, however few are returned, and keeps a thumbnail of the same name', async () => {
		const { items } = await harness.run({
			...GALLERY,
			downloadThumbnails: true,
			outputBinaryField: 'gallery',
			limit: 1,
		});
		expect(items).toHaveLength(1);
		const { gallery, gallery_page: page } = at(items, 0).binary ?? {};
		expect(gallery?.mimeType).toBe('image/png');
		expect((await bytesOf(page)).toString()).toContain(`<h1>${EFFECTS.length} Akool effects</h1>`);
	});

	it('shows a letter for an image that could not be downloaded', async () => {
		harness.sandbox.addFault({ on: 'file', kind: 'status', status: 404, times: Infinity });
		const { items } = await harness.run({ ...GALLERY, limit: 1 });
		const page = (await bytesOf(at(items, 0).binary?.gallery)).toString();
		expect(page).toContain(`<span class="none" aria-hidden="true">${at(EFFECTS, 0).name.slice(0, 1)}</span>`);
		expect(page).not.toContain('<img');
	});

	it('escapes Akool’s text and links only to web addresses', () => {
		const evil = '"><script>alert(1)</script>';
		const page = galleryPage(
			[
				effect({ name: evil, code: evil, previewUrl: `https://example.com/${evil}` }),
				effect({ previewUrl: 'javascript:alert(1)' }),
				effect({ previewUrl: 'no address' }),
			],
			['data:image/png;base64,"><script>'],
		);
		expect(page).not.toContain('<script');
		expect(page).not.toContain('javascript:');
		expect(page.match(/<a /g)).toHaveLength(1);
	});
});
