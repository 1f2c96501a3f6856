// The images that a test or a person may give to Akool: each name says what is wrong with it. Rule: they cover what an
// address in a user's sheet can lead to, so that the image check can be tested with all of them.
// docs/dev/sandbox.md says what each name stands for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainPng } from './png';
import { whole } from './values';
import type { FoundFile, MediaFile } from './types';

const MEDIA = join(__dirname, 'media');
const IMAGE_PATHS = /^\/(?:images\/(?<name>[^/]+)|files\/(?<product>product\.(?:jpg|png)))$/;
const PAGE =
	'<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to see this file.</body></html>';
const DRAWING =
	'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><circle cx="320" cy="320" r="200"/></svg>';
/** 640 x 360 pixels of one color. */
const WEBP =
	'UklGRuQBAABXRUJQVlA4INgBAACwNACdASqAAmgBPtFosVMoJiSioAgBABoJaW7hd2EbQAnsA99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77Y4AAP7/hJv/wbJFNyP9W0wdS9BBgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
/** The smallest one that there is: one pixel. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
/** What an ISO media file begins with; only its brand matters here. */
const isoHeader = (brand: string) =>
	Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}\0\0\0\0mif1${brand}`, 'latin1')]);

const media = (name: string) => readFileSync(join(MEDIA, name));
const product = (type = 'image/jpeg'): MediaFile => whole(type, media('product.jpg'));

const IMAGES: Readonly<Record<string, () => MediaFile>> = {
	'product.jpg': product,
	'product.png': () => whole('image/png', media('product.png')),
	'square.png': () => whole('image/png', plainPng(1024, 1024)),
	'portrait.png': () => whole('image/png', plainPng(720, 1280)),
	'tiny.png': () => whole('image/png', plainPng(200, 200)),
	'huge.png': () => whole('image/png', plainPng(7000, 7000)),
	'wide.png': () => whole('image/png', plainPng(1600, 400)),
	'tall.png': () => whole('image/png', plainPng(400, 1600)),
	'photo.webp': () => whole('image/webp', Buffer.from(WEBP, 'base64')),
	'photo.gif': () => whole('image/gif', Buffer.from(GIF, 'base64')),
	'photo.avif': () => whole('image/avif', isoHeader('avif')),
	'photo.heic': () => whole('image/heic', isoHeader('heic')),
	'drawing.svg': () => whole('image/svg+xml', Buffer.from(DRAWING)),
	'document.pdf': () => whole('application/pdf', Buffer.from('%PDF-1.7\n%%EOF\n')),
	'video.mp4': () => whole('video/mp4', media('sample.mp4')),
	'song.mp3': () =>
		whole('audio/mpeg', Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(64)])),
	'text.txt': () => whole('text/plain', Buffer.from('A bottle on a table.')),
	'page.html': () => whole('text/html; charset=utf-8', Buffer.from(PAGE)),
	'page.jpg': () => whole('image/jpeg', Buffer.from(PAGE)),
	'empty.jpg': () => whole('image/jpeg', Buffer.alloc(0)),
	'truncated.jpg': () => ({ ...product(), isCut: true }),
	untyped: () => product('application/octet-stream'),
	'mislabeled.jpg': () => product('text/html; charset=utf-8'),
	'no-length.jpg': () => ({ ...product(), noLength: true }),
	'no-ranges.jpg': () => ({ ...product(), noRanges: true }),
};

/** The names of the images above that need no number. */
export const IMAGE_NAMES: readonly string[] = Object.keys(IMAGES);

/** Whether an address is that of our product image, whose video is shipped. @param url of the sandbox */
export const isOurProduct = (url: string, address: string): boolean =>
	address.startsWith(`${url}/`) && /^\/(images|files)\/product\.(jpg|png)$/.test(address.slice(url.length));

export const isImagePath = (path: string): boolean => IMAGE_PATHS.test(path);

function redirect(hops: number): FoundFile {
	return hops > 0 ? { status: 302, location: `/images/redirect-${hops - 1}.jpg` } : product();
}

/** The image at an address below /images; the product image is also among the files. */
export function findImage({ pathname, searchParams }: URL): FoundFile | undefined {
	const { name, product: own } = IMAGE_PATHS.exec(pathname)?.groups ?? {};
	const known = own ?? name ?? '';
	if (Object.hasOwn(IMAGES, known)) return IMAGES[known]?.();
	if (known === 'redirect') return { status: 302, location: searchParams.get('to') ?? '/images/product.jpg' };
	const [, what, number] = /^(slow|status|redirect)-(\d+)\.jpg$/.exec(known) ?? [];
	switch (what) {
		case 'slow':
			return { ...product(), waitSeconds: Number(number) };
		case 'status':
			return { status: Number(number) };
		case 'redirect':
			return redirect(Number(number));
		default:
			return undefined;
	}
}
