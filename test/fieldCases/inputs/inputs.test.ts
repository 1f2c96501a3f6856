// What people put in, by kind: what Akool is sent, or what is said, and what it costs. Rule: nothing that cannot work costs a credit.

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { fieldOf } from '../../../nodes/AkoolImageToVideo/akool/json';
import { at, create, createBatch, setUpHarness } from '../../integration/harness';

const harness = setUpHarness();
const ON_HOST = 'http://example.com/images';
const GOOD = `${ON_HOST}/product.png`;
const SONG = `${ON_HOST}/song.mp3`;
const SEEDANCE = { __rl: true, mode: 'name', value: 'seedance-1-0-lite-i2v-250428' };

/** Sent: what stands in the body under the field's name. Refused: how the title begins, behind the parameter. */
type Expected = { sent: unknown } | { refused: string };

interface Kind {
	kind: string;
	/** Of the request's body. */
	field: string;
	/** @param value an expression that gives the input */
	parameters(value: string): INodeParameters;
	cases: ReadonlyArray<readonly [input: unknown, expected: Expected]>;
}

/** As another node would give it. */
const toJson = (input: unknown): IDataObject[string] => JSON.parse(JSON.stringify(input));

const onHost = (name: string): string => `${ON_HOST}/${name}`;

const sent = (value: unknown): Expected => ({ sent: value });
const LEFT_OUT = sent(undefined);
const refused = (words: string): Expected => ({ refused: words });
const all = (inputs: readonly unknown[], expected: Expected): Array<[unknown, Expected]> =>
	inputs.map((input) => [input, expected]);

const NO_WAIT = { waitForCompletion: false };
const option = (name: string, value: string): INodeParameters => create({ ...NO_WAIT, options: { [name]: value } });
const PAGE = refused('is a link of');
const ONE = refused('holds 2 addresses where one is needed');

const IMAGE_URLS: Kind = {
	kind: 'Image URL',
	field: 'image_url',
	parameters: (value) => create({ ...NO_WAIT, imageUrl: value, options: {} }),
	cases: [
		...all(
			[
				GOOD,
				` ${GOOD} `,
				`\u00A0${GOOD}\u200B`,
				`\uFEFF${GOOD}`,
				`${GOOD}\n`,
				`"${GOOD}"`,
				`'${GOOD}'`,
				`“${GOOD}”`,
				`<${GOOD}>`,
				`(${GOOD})`,
				`${GOOD},`,
				`${GOOD}.`,
				`[image](${GOOD})`,
				`![image](${GOOD} "Bottle")`,
				`<img src="${GOOD}">`,
				`Photo: ${GOOD}`,
				`product.png (${GOOD})`,
				`["${GOOD}"]`,
				`${GOOD}, ${GOOD}`,
				[GOOD],
				[[GOOD]],
				{ url: GOOD },
				[{ id: 'att1', url: GOOD, filename: 'product.png' }],
				{ type: 'file', file: { url: GOOD } },
				{ type: 'external', external: { url: GOOD } },
				{ src: GOOD },
				`http:/example.com/images/product.png`,
				`http//example.com/images/product.png`,
				`https://${GOOD}`,
				encodeURIComponent(GOOD),
				// From formulas, style sheets, forums, source views and keyboards of other scripts.
				`=${GOOD}`,
				`@${GOOD}`,
				`=IMAGE("${GOOD}")`,
				`=HYPERLINK("${GOOD}";"Photo")`,
				`url('${GOOD}')`,
				`[img]${GOOD}[/img]`,
				`[url=${GOOD}]Photo[/url]`,
				`view-source:${GOOD}`,
				'http：//example.com/images/product.png',
				'http;//example.com/images/product.png',
				'http:example.com/images/product.png',
				`https:${GOOD}`,
				'http:\\\\example.com\\images\\product.png',
				'http\u200B://example.com/images/pro\u00ADduct.png',
				'http://exam\u200Bple.com/images/product.png',
				'http://example。com/images/product.png',
				'HTTP://EXAMPLE.COM/images/product.png',
				`• ${GOOD}`,
				`1. ${GOOD}`,
				`<img alt="a" data-src="${GOOD}">`,
				`[![a](${GOOD})](http://example.com/page)`,
				`<a href="http://example.com/page"><img src="${GOOD}"></a>`,
				...['"', '>', '”', '`', '">', '»', '\\', '\\n', ' |'].map((behind) => `${GOOD}${behind}`),
				`\\"${GOOD}\\"`,
				// Copied out of JSON and out of the source of a page.
				GOOD.replaceAll('/', '\\/'),
				`"${GOOD.replaceAll('/', '\\/')}",`,
				GOOD.replaceAll('/', '&#x2F;'),
				GOOD.replaceAll('/', '&#47;').replace(':', '&#58;'),
				`&lt;img src=&quot;${GOOD}&quot; alt=&#39;a&#39;&gt;`,
				`&quot;${GOOD}&quot;`,
				// As other nodes give files.
				{ secure_url: GOOD, url: `${ON_HOST}/b.png` },
				{ webContentLink: GOOD, webViewLink: 'https://drive.google.com/file/d/1aBcDeFgHiJkLmNo/view' },
				{ '@microsoft.graph.downloadUrl': GOOD, webUrl: 'https://contoso.sharepoint.com/x' },
				{ link: 'http://example.com/page', source_url: GOOD },
				{ url: [GOOD] },
				{ image: { url: GOOD } },
				{ src: { original: GOOD, large: `${ON_HOST}/b.png` } },
				{ file_url: GOOD },
				{ Location: GOOD },
				[{ title: 'product.png', path: 'download/product.png', signedUrl: GOOD, mimetype: 'image/png' }],
				{ urls: { thumb: `${ON_HOST}/b.png`, regular: GOOD } },
				{ images: [{ url: GOOD, content_type: 'image/png' }], seed: 7 },
				{ status: 'succeeded', output: [GOOD] },
				{ id: 7, media_url: GOOD },
			],
			sent(GOOD),
		),
		[`${GOOD}?a=1&amp;b=2`, sent(`${GOOD}?a=1&b=2`)],
		[`${GOOD}?a=1&amp;amp;b=2`, sent(`${GOOD}?a=1&b=2`)],
		// As WordPress writes it.
		[`${GOOD}?a=1&#038;b=2`, sent(`${GOOD}?a=1&b=2`)],
		['http://bücher.example/images/product.png', sent('http://xn--bcher-kva.example/images/product.png')],
		[`${ON_HOST}/photo.webp`, sent(`${ON_HOST}/photo.webp`)],
		[`${ON_HOST}/status-403.jpg`, sent(`${ON_HOST}/status-403.jpg`)],
		...all([null, '', '  ', '\u200B', [], [null], 'null', 'undefined'], refused('is empty')),
		...all([`${GOOD} ${ON_HOST}/b.png`, `${GOOD},${ON_HOST}/b.png`, `${GOOD}\n${ON_HOST}/b.png`], ONE),
		...all([`${GOOD}\\n${ON_HOST}/b.png`, `<img src="${GOOD}"><img src="${ON_HOST}/b.png">`], ONE),
		[`![a](${GOOD}) ![b](${ON_HOST}/b.png)`, ONE],
		[[GOOD, `${ON_HOST}/b.png`], refused('holds 2 values where one is needed')],
		[`${GOOD} front view`, refused('holds more than an address')],
		['product.png', refused('is the name of a file')],
		...all([String.raw`C:\a.png`, '/home/me/a.png', 'file:///a.png', './a.png'], refused('is a path on a computer')),
		...all(['s3://b/a.png', 'ftp://example.com/a.png', 'htps://example.com/a.png'], refused('begins with ')),
		...all(
			[`data:image/png;base64,iVBORw0KGgo=`, `iVBORw0KGgo${'A'.repeat(80)}`, 'filesystem-v2'],
			refused('holds the file itself'),
		),
		[{ mimeType: 'image/png', data: 'filesystem-v2', id: 'x' }, refused('holds a file of the workflow')],
		[{ name: 'a', size: 5 }, refused('holds an object where a text is needed')],
		['see [object Object]', refused('holds an object where a text is needed')],
		['http://example.com/…/a.png', refused('was shortened')],
		['http://example.com/undefined/a.png', refused('holds "undefined", where an expression gave nothing')],
		['http:///a.png', refused('names no host')],
		...all(
			[
				'http://user:secret@example.com/a.png',
				'https://www.google.com/url?q=http%3A%2F%2Fuser%3Asecret%40example.com%2Fa.png',
			],
			refused('holds a user name or password'),
		),
		...all(['http:', 'https:', 'https://', 'http:////example.com/a.png'], refused('names no host')),
		...all(
			[
				'http://example..com/a.png',
				'http://.a.example/a.png',
				'http://example,com/a.png',
				`http://${'a'.repeat(64)}.com/`,
			],
			refused('has a host that cannot exist'),
		),
		...all(['#N/A', '#REF!', '#NAME?', '#WERT!', 'Loading...'], refused('holds "')),
		...all(['N/A', 'NULL', 'NaN', ', '], refused('is empty')),
		...all(['attached', '42', 42, true, 'me@example.com'], refused('is not an address')),
		...all(
			[
				'https://drive.google.com/drive/folders/1aBc',
				'https://photos.app.goo.gl/aBc',
				'https://1drv.ms/i/s!Abc',
				'https://www.icloud.com/iclouddrive/0abc',
				'https://app.box.com/s/abc',
				'https://we.tl/t-abc',
				'https://imgur.com/a/abc',
				'https://www.notion.so/Product-123',
				'https://www.canva.com/design/DAF/view',
				'https://www.pinterest.com/pin/123/',
				'https://www.instagram.com/p/abc/',
				'https://chatgpt.com/s/m_1',
				'https://www.midjourney.com/jobs/1',
				'https://www.gettyimages.de/detail/1',
				'https://stock.adobe.com/images/a/1',
				'https://www.etsy.com/listing/1',
				'https://www.amazon.de/dp/B01',
				'https://www.deviantart.com/a/art/b',
				'https://disk.yandex.ru/i/a',
				'https://www.mediafire.com/file/a/b.png/file',
				'https://gofile.io/d/a',
				'https://file.io/a',
				'https://images.app.goo.gl/a',
				'https://goo.gl/photos/a',
				'https://mail.google.com/mail/u/0/?view=att',
				'https://acme.atlassian.net/wiki/a',
				'https://console.aws.amazon.com/s3/object/a',
				'https://app.notion.com/p/a',
				'https://canva.link/a',
				'https://n8n.example.com/rest/binary-data?id=filesystem-v2:a&action=view',
			],
			PAGE,
		),
		['https://api.telegram.org/file/bot1:a/x.jpg', refused('holds the secret token')],
		...all(
			['page.html', 'page.jpg', 'document.pdf', 'video.mp4', 'drawing.svg', 'photo.heic', 'empty.jpg'].map(
				(name) => `${ON_HOST}/${name}`,
			),
			refused('leads to a'),
		),
		...all([`${ON_HOST}/status-404.jpg`, `${ON_HOST}/status-410.jpg`], refused('leads to nothing')),
	],
};

const KINDS: readonly Kind[] = [
	IMAGE_URLS,
	{
		kind: 'Prompt',
		field: 'prompt',
		parameters: (value) => create({ ...NO_WAIT, prompt: value, options: {} }),
		cases: [
			...all(['Turn', ' Turn\u200B', ['Turn']], sent('Turn')),
			['Turn\n\nslowly', sent('Turn\n\nslowly')],
			[42, sent('42')],
			[true, sent('true')],
			...all([null, '', ' \n', 'undefined', 'null', []], refused('is empty')),
			...all(['undefined, undefined', 'NULL', 'NaN', 'n/a', '-', '…', '\u3164'], refused('is empty')),
			...all(['#N/A', '#REF!', '#ERROR!', 'Loading...'], refused('holds "')),
			['{'.repeat(2) + 'prompt' + '}'.repeat(2), refused('holds an expression that n8n did not evaluate')],
			...all(['👋', 'The undefined bottle', '{"scene":"slow"}'], sent(expect.any(String))),
			...all([{ output: 'Turn' }, 'a [object Object]'], refused('holds an object where a text is needed')),
			[['a', 'b'], refused('holds 2 values where one is needed')],
			['{'.repeat(2) + ' $json.prompt ' + '}'.repeat(2), refused('holds an expression that n8n did not evaluate')],
		],
	},
	{
		kind: 'Extend Prompt',
		field: 'extend_prompt',
		parameters: (value) => option('extendPrompt', value),
		cases: [
			...all([true, 'true', 'TRUE', 'yes', 'on', 1, '1', 'true\u00A0', [true]], sent(true)),
			...all(['1.0', 'T', '"true"', "'yes'", 'TRUE;', 'tr\u200Bue', 'ＴＲＵＥ', 'checked', 'Enabled'], sent(true)),
			...all([false, 'false', 'No', 'off', 0, '0'], sent(false)),
			...all(['0.0', 'f', '"false"', 'False\u00A0', 'unchecked', 'disabled'], sent(false)),
			...all([null, '', ' ', 'null', []], LEFT_OUT),
			...all(['maybe', 'wahr', 'ja', '✓', '-', -1, 2, {}, [true, false]], refused('')),
		],
	},
	{
		kind: 'Resolution',
		field: 'resolution',
		parameters: (value) => create({ ...NO_WAIT, resolution: value, options: {} }),
		cases: [
			...all(['1080p', '1080P', ' 1080p ', 1080, '1080'], sent('1080p')),
			...all(['1080 p', '"1080p"', "'1080P'", '1080p,', '１０８０ｐ'], sent('1080p')),
			...all(['4k', '4K', '4 K'], sent('4k')),
			...all(['8k', 'HD', 'Full HD', '1920x1080', 4, '1080i', '480p', {}], refused('')),
			[null, refused('is empty')],
		],
	},
	{
		kind: 'Video Length',
		field: 'video_length',
		parameters: (value) => create({ ...NO_WAIT, videoLength: value, options: {} }),
		cases: [
			...all([10, '10', '10.0', ' 10 ', '10 s', '10s', '10 seconds', '10 Seconds'], sent(10)),
			...all(['１０', '"10"', '10.', '1e1', [10]], sent(10)),
			...all([7, 'ten', '1,0', '10 min', '5-10', 'PT10S', true], refused('is "')),
		],
	},
	{
		kind: 'Count',
		field: 'count',
		parameters: (value) => createBatch({ ...NO_WAIT, modelName: SEEDANCE, count: value, options: {} }),
		cases: [
			...all([2, '2', '2.0', ' 2 ', [2]], sent(2)),
			...all(['２', '"2"', '2;', '+2', '002', '2.000'], sent(2)),
			...all([0, 11, 1.5, -1], refused('is ')),
			...all(['two', '2,0', '2 videos', '1/2', '0x2', 'Infinity', true, {}], refused('is not a number')),
			[null, refused('is empty')],
		],
	},
	{
		kind: 'Model',
		field: 'model_name',
		parameters: (value) => createBatch({ ...NO_WAIT, modelName: value, options: {} }),
		cases: [
			...all([SEEDANCE.value, SEEDANCE.value.toUpperCase(), `"${SEEDANCE.value}"`], sent(SEEDANCE.value)),
			...all([null, ''], LEFT_OUT),
			...all(['seedance', 'Kling', 'default'], refused('is "')),
		],
	},
	{
		kind: 'Resolution',
		field: 'resolution',
		parameters: (value) => createBatch({ ...NO_WAIT, modelName: SEEDANCE, batchResolution: value, options: {} }),
		cases: [
			...all(['1080p', '1080P', '1080 p', 1080, '"1080p"'], sent('1080p')),
			...all([null, ''], sent('720p')),
			...all(['4K', 'best', '1920x1080'], refused('is ')),
		],
	},
	{
		kind: 'Limit: Maximum Credits',
		field: 'prompt',
		parameters: (value) => option('maxCredits', value),
		cases: [
			...all([500, '500', ' 500 ', '"500"', '500.0'], sent('The bottle turns slowly')),
			...all(['1.000', '1.000.000'], refused('')),
			...all(['1,000', '1 000', '50%', 'unlimited', true], refused('is not a number')),
			...all([0, -5], refused('is ')),
			...all([null, '', 'undefined'], refused('is empty')),
		],
	},
	{
		kind: 'Additional Body Fields',
		field: 'seed',
		parameters: (value) => option('customBodyFields', value),
		cases: [
			...all([{ seed: 7 }, '{"seed":7}', '\uFEFF{"seed": 7} '], sent(7)),
			...all([null, '', '{}', 'null'], LEFT_OUT),
			...all(["{'seed': 7}", '{seed: 7}', '{"seed": 7,}', '{“seed”: 7}', '```json\n{"seed": 7}\n```'], sent(7)),
			...all([[{ seed: 7 }], '[{"seed": 7}]', JSON.stringify('{"seed": 7}')], sent(7)),
			...all(['{seed', '[1]', '5', '{"count": 5}'], refused('')),
			...all(['{"seed": NaN}', '{"seed": True}', '{"seed": seed}', '{"seed": [True]}', 'seed: 7'], refused('')),
		],
	},
	{
		kind: 'Webhook URL',
		field: 'webhookurl',
		parameters: (value) => option('webhookUrl', value),
		cases: [
			...all([GOOD, ` ${GOOD}`, `"${GOOD}"`, `[hook](${GOOD})`], sent(GOOD)),
			// Akool then gets an address with the order's key, which resumes nothing, since this run never waits.
			...all([null, '', '  '], sent(expect.stringContaining('/webhook-waiting/0/akool?order='))),
			...all(['hook', 'ftp://example.com/a', `${GOOD} ${ON_HOST}/2`], refused('')),
		],
	},
	{
		kind: 'Audio',
		field: 'audio_type',
		parameters: (value) => option('audioType', value),
		cases: [
			...all([1, '1', 'Generate', 'generate ', '"Generate"'], sent(1)),
			...all([3, '3', 'None', 'NONE'], sent(3)),
			...all(['1s', '2 s', 'no', false, 0, 4], refused('is "')),
			[null, refused('is empty')],
		],
	},
	{
		kind: 'Audio URL',
		field: 'audio_url',
		parameters: (value) => create({ ...NO_WAIT, audioType: 2, audioUrl: value, options: {} }),
		cases: [
			...all([SONG, `<${SONG}>`, { url: SONG }, `<audio src="${SONG}"></audio>`], sent(SONG)),
			// Audio may come in a video's container, and from a host that does not show it to n8n.
			...all([`${ON_HOST}/video.mp4`, `${ON_HOST}/status-403.jpg`], sent(expect.stringContaining(ON_HOST))),
			...all(['song.mp3', 'https://open.spotify.com/track/1', 'https://youtu.be/1', null], refused('')),
			...all(['https://suno.com/song/1', 'https://artist.bandcamp.com/track/1'], PAGE),
			...all(['page.html', 'page.jpg', 'document.pdf', 'product.png', 'text.txt'].map(onHost), refused('leads to a')),
			[`${ON_HOST}/empty.jpg`, refused('leads to an empty file, not an audio file')],
			[`${ON_HOST}/status-404.jpg`, refused('leads to nothing')],
		],
	},
];

it('has the agreed number of cases', () => {
	expect(KINDS.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(150);
});

describe.each(KINDS)('$kind', ({ kind, field, parameters, cases }) => {
	it.each(cases)('%j', async (input, expected) => {
		const before = harness.sandbox.credits;
		const run = await harness.run(parameters('={{ $json.given }}'), { items: [{ given: toJson(input) }] });
		if ('sent' in expected) {
			expect(run.error).toBeUndefined();
			expect(at(harness.sandbox.jobs, 0).body[field]).toEqual(expected.sent);
			return;
		}
		expect(run.error?.message).toContain(`'${kind}' ${expected.refused}`);
		expect(harness.sandbox.jobs).toHaveLength(0);
		expect(before - harness.sandbox.credits).toBe(0);
	});
});

describe('Video IDs', () => {
	const ID = '6891abe782f7cd2a890c44ba';
	const OTHER = '6891abe782f7cd2a890c44bb';
	const videoIds = { __rl: true, mode: 'id', value: '={{ $json.given }}' };
	/** What Akool is asked, or what is said. */
	const read = async (input: unknown): Promise<string> => {
		const run = await harness.run(
			{ resource: 'video', operation: 'get', videoIds },
			{ items: [{ given: toJson(input) }] },
		);
		const body = harness.sandbox.requests[0]?.body;
		if (body === undefined) return String(run.error?.message);
		return String(fieldOf(body, '_ids'));
	};

	it.each([
		ID,
		`\u200B${ID}\u00A0`,
		`"${ID}"`,
		`'${ID}',`,
		ID.toUpperCase(),
		{ _id: ID },
		{ id: 1, video_id: ID },
		{ id: ID },
		{ json: { _id: ID }, pairedItem: 0 },
		[[ID]],
		`['${ID}']`,
		JSON.stringify(JSON.stringify([ID])),
	])('reads one ID from %j', async (input) => expect(await read(input)).toBe(ID));

	it.each([
		`${ID},${OTHER}`,
		`${ID};${OTHER}`,
		`${ID} | ${OTHER}`,
		`${ID}\r\n${OTHER}\r\n`,
		`"${ID}","${OTHER}"`,
		[`${ID},${OTHER}`],
		[{ _id: ID }, { video_id: OTHER }],
		[ID, null, '', OTHER, ID],
	])('reads two IDs from %j', async (input) => expect(await read(input)).toBe(`${ID},${OTHER}`));

	it.each([
		[null, 'is empty'],
		['undefined', 'is empty'],
		[[], 'is empty'],
		['{'.repeat(2) + ' $json._id ' + '}'.repeat(2), 'holds an expression that n8n did not evaluate'],
		['https://example.com/1.mp4', 'holds a link instead of an ID'],
		[`${ID}x`, `holds something that is not an ID: ${ID}x`],
		[{ name: 'a' }, 'holds something that is not an ID: {"name":"a"}'],
		[42, 'holds something that is not an ID: 42'],
		['#N/A', 'holds "#N/A"'],
	])('refuses %j', async (input, words) => expect(await read(input)).toContain(`'Video IDs' ${words}`));
});
