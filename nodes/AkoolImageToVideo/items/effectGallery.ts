// One page with all effects, to view, keep and share. Rule: the page is one file that loads nothing (it contains its images), runs no script, and
// escapes Akool's text.

import { escape } from 'lodash';
import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';

import type { Effect } from '../akool/effects';
import { webAddress } from '../akool/url';
import { fileMessages } from '../messages/files';
import { withoutSecrets } from '../messages/redact';
import type { Run } from '../orders/run';

/** Where the page lies in the first item. */
export const GALLERY_FIELD = 'gallery';

/** For all images in the page; a larger page takes too long to open. */
const MOST_IMAGE_CHARACTERS = 24 * 1024 * 1024;
const IMAGE_TYPE = /^image\/[a-z\d.+-]+$/;

const STYLE = `:root{color-scheme:light dark;--page:#f6f6f9;--card:#fff;--text:#1c1c28;--soft:#6a6a7c;--line:#e3e3ea;--accent:#5b4cf0}
@media(prefers-color-scheme:dark){:root{--page:#15151c;--card:#20202a;--text:#f1f1f6;--soft:#a3a3b5;--line:#33333f;--accent:#9d92ff}}
*{box-sizing:border-box}
body{margin:0;padding:2.5rem 1.5rem 4rem;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
header,ul{max-width:76rem;margin:0 auto}
h1{margin:0;font-size:1.8rem;line-height:1.2;letter-spacing:-.02em}
header p{margin:.5rem 0 2rem;max-width:44rem;color:var(--soft)}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:1.1rem;padding:0;list-style:none}
li{display:flex;flex-direction:column;overflow:hidden;border:1px solid var(--line);border-radius:14px;background:var(--card)}
img,.none{display:block;width:100%;aspect-ratio:1;object-fit:cover}
.none{display:grid;place-items:center;background:linear-gradient(135deg,#5b4cf0,#f0607c);color:#fff;font-size:3rem;font-weight:600}
div{padding:.7rem .9rem .9rem}
h2{margin:0;font-size:1rem}
code{display:block;margin-top:.15rem;color:var(--soft);font:12px/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;user-select:all}
a{display:inline-block;margin-top:.5rem;color:var(--accent);font-size:13px;text-decoration:none}
a:hover{text-decoration:underline}`;

function card({ code, name, previewUrl }: Effect, image: string | undefined): string {
	const thumbnail =
		image === undefined
			? `<span class="none" aria-hidden="true">${escape([...name][0] ?? '')}</span>`
			: `<img src="${escape(image)}" alt="${escape(name)}" loading="lazy">`;
	const address = webAddress(previewUrl);
	const preview =
		address === undefined
			? ''
			: `<a href="${escape(address)}" target="_blank" rel="noopener noreferrer">${escape(fileMessages.galleryPreview())}</a>`;
	return `<li>${thumbnail}<div><h2>${escape(name)}</h2><code>${escape(code)}</code>${preview}</div></li>`;
}

/** Writes the page. Pure. @param images one entry for each effect, as a data URL */
export function galleryPage(effects: readonly Effect[], images: ReadonlyArray<string | undefined>): string {
	const title = escape(fileMessages.galleryTitle(effects.length));
	const cards = effects.map((effect, index) => card(effect, images[index])).join('\n');
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${title}</title><style>${STYLE}</style></head>
<body><header><h1>${title}</h1><p>${escape(fileMessages.galleryHowTo())}</p></header>
<ul>
${cards}
</ul></body></html>`;
}

async function dataUrlOf({ context }: Run, { id, data, mimeType }: IBinaryData): Promise<string | undefined> {
	if (!IMAGE_TYPE.test(mimeType)) return undefined;
	const { helpers } = context;
	const base64 =
		id === undefined ? data : (await helpers.binaryToBuffer(await helpers.getBinaryStream(id))).toString('base64');
	return `data:${mimeType};base64,${base64}`;
}

/** Makes the page as a file. @param thumbnails one entry for each effect, undefined where there is none */
export async function makeGallery(
	run: Run,
	effects: readonly Effect[],
	thumbnails: ReadonlyArray<IBinaryKeyData | undefined>,
): Promise<IBinaryData> {
	const images: Array<string | undefined> = [];
	let left = MOST_IMAGE_CHARACTERS;
	for (const thumbnail of thumbnails) {
		const [file] = Object.values(thumbnail ?? {});
		const url = file === undefined ? undefined : await dataUrlOf(run, file);
		const fits = url !== undefined && url.length <= left;
		if (fits) left -= url.length;
		images.push(fits ? url : undefined);
	}
	const page = Buffer.from(withoutSecrets(galleryPage(effects, images), run.account));
	const { helpers } = run.context;
	return await helpers.prepareBinaryData(page, 'akool-effects.html', 'text/html');
}
