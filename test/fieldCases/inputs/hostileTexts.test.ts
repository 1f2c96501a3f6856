// Texts and bytes by which a stranger could keep n8n busy: a form, a chat and the host of an image are open to everybody, and while a text is being read,
// n8n does nothing else. Rule: reading takes no longer than the text is long.

import { performance } from 'node:perf_hooks';

import { readNumber } from '../../../nodes/AkoolImageToVideo/actions/values/scalars';
import { readObject } from '../../../nodes/AkoolImageToVideo/actions/values/collections';
import { readText } from '../../../nodes/AkoolImageToVideo/actions/values/text';
import { withoutPreamble } from '../../../nodes/AkoolImageToVideo/akool/markup';
import { parseVideoIds } from '../../../nodes/AkoolImageToVideo/akool/videoIds';
import { readAddress } from '../../../nodes/AkoolImageToVideo/images/address';
import { readImageFacts } from '../../../nodes/AkoolImageToVideo/images/imageFacts';
import { cleanFileName } from '../../../nodes/AkoolImageToVideo/items/fileNames';
import { shownJson } from '../../../nodes/AkoolImageToVideo/items/videoJson';
import { withoutLinkSecrets } from '../../../nodes/AkoolImageToVideo/messages/redact';

const FIELD = { parameter: 'Image URL', of: 'image', source: 'Image Source' } as const;
const A = 'https://example.com/a.png';
/** As long as an address may be, and much longer. */
const LENGTHS = [8_000, 50_000];
const LONGEST_MS = 1_000;

/** The parts in which each reader would look for one thing in several ways, many times over. */
const TEXTS: readonly string[] = [
	'{{$a',
	'{{ ',
	' ',
	'\u00A0\u200B',
	'"',
	"'",
	',',
	'.,',
	').',
	'(',
	')',
	'1',
	'1a',
	'<img ',
	'<a ',
	'<img/src=',
	'![',
	'![a](',
	'&amp;',
	'&#x2F;',
	'a.',
	'https://',
	`${A} `,
	`${A},`,
	'\\n ',
	'\n ',
	'[',
	'<!---->',
	'{"a":',
	'data:;base64',
	'%',
	'/akool?',
	'?signature=',
].flatMap((part) =>
	LENGTHS.flatMap((length) => {
		const many = part.repeat(Math.floor(length / part.length));
		return [
			many,
			`${many}a`,
			`a${many}a`,
			`${A}${many}a`,
			`${A}?${many}`,
			`//${many}`,
			`${A}${many}${'.,'.repeat(50)}`,
		];
	}),
);

const READERS: ReadonlyArray<readonly [string, (text: string) => unknown]> = [
	['a text', (text) => readText('Prompt', text)],
	['a number', (text) => readNumber('Count', text, { units: ['s'] })],
	['an address', (text) => readAddress(FIELD, text)],
	['IDs', (text) => parseVideoIds(text)],
	['a JSON object', (text) => readObject('Additional Body Fields', `\`\`\`${text}\`\`\``)],
	['the name of a file', (text) => cleanFileName(text)],
	['the beginning of a file', (text) => readImageFacts(Buffer.from(text))],
	['what Akool said of a video', (text) => shownJson({ prompt: text, webhookUrl: text })],
	['a message', (text) => withoutLinkSecrets(text)],
	['the beginning of a page', (text) => withoutPreamble(text.slice(0, 2_048))],
];

it('refuses an address that is too long for any host', () => {
	const long = 'a'.repeat(10_000);
	const readings = [`${A}?${long}`, `<img src="${A}${long}">`, `see ${A}${long}`].map((text) =>
		readAddress(FIELD, text),
	);
	expect(readings.map((reading) => reading.kind === 'refused' && reading.message.title)).toEqual(
		readings.map(() => "'Image URL' is not an address"),
	);
});

describe.each(READERS)('%s', (_, read) => {
	it('is read quickly, however hostile the text', () => {
		const slow = TEXTS.filter((text) => {
			const beganMs = performance.now();
			read(text);
			return performance.now() - beganMs > LONGEST_MS;
		});
		expect(slow.map((text) => text.slice(0, 20))).toEqual([]);
	});
});
