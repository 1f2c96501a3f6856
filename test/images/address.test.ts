import fc from 'fast-check';

import { readAddress } from '../../nodes/AkoolImageToVideo/images/address';

const FIELD = { parameter: 'Image URL', of: 'image', source: 'Image Source' } as const;
const A = 'https://example.com/a.png';

function read(text: string): string {
	const address = readAddress(FIELD, text);
	return address.kind === 'address' ? address.url : address.message.title;
}

const MORE = "'Image URL' holds more than an address";
const NO_HOST = "'Image URL' names no host";
const NOT_ONE = "'Image URL' is not an address";
const FILE_ITSELF = "'Image URL' holds the file itself, not its address";
const COMPUTER = "'Image URL' is a path on a computer or server, not an address";
const FILE_NAME = "'Image URL' is the name of a file, not an address";
const SHORTENED = `'Image URL' was shortened: it has "…" instead of a part`;
const several = (count: number): string => `'Image URL' holds ${count} addresses where one is needed`;
const scheme = (name: string): string => `'Image URL' begins with ${name}:, which Akool cannot open`;
const host = (name: string): string => `'Image URL' has a host that cannot exist: "${name}"`;

describe('repairing an address', () => {
	it.each([
		// as it is
		[A, A],
		['http://example.com/a.png', 'http://example.com/a.png'],
		['https://example.com/a.png?w=1&h=2#top', 'https://example.com/a.png?w=1&h=2#top'],
		['https://example.com/a_(1).png', 'https://example.com/a_(1).png'],
		['https://example.com/a%20b.png', 'https://example.com/a%20b.png'],
		['https://example.com:8443/a.png', 'https://example.com:8443/a.png'],
		['https://example.com/a.png?X-Amz-Signature=ab%2Fcd', 'https://example.com/a.png?X-Amz-Signature=ab%2Fcd'],
		["https://example.com/a.png?name='a'&w=1", "https://example.com/a.png?name='a'&w=1"],
		['https://example.com/a.png?of=data:a', 'https://example.com/a.png?of=data:a'],
		['https://example.com/filesystem-v2', 'https://example.com/filesystem-v2'],
		['https://[2001:db8::1]/a.png', 'https://[2001:db8::1]/a.png'],
		[`https://example.com/${'a'.repeat(8_172)}`, `https://example.com/${'a'.repeat(8_172)}`],
		// blanks and what cannot be seen
		[`  ${A} `, A],
		[`\u00A0${A}\u00A0`, A],
		[`\uFEFF${A}\u200B`, A],
		[`\u202A${A}\u202C`, A],
		[`${A}\r\n`, A],
		['https://example.com/my photo.png', 'https://example.com/my%20photo.png'],
		['https://example.com/my\u00A0photo.png', 'https://example.com/my%20photo.png'],
		['https://example.com/a (1).png', 'https://example.com/a%20(1).png'],
		['https://example.com/a.png (1).png', 'https://example.com/a.png%20(1).png'],
		['https://example.com/a.png (1).png?w=1', 'https://example.com/a.png%20(1).png?w=1'],
		['https://example.com/a,b.png (1).png', 'https://example.com/a,b.png%20(1).png'],
		// quotes, brackets, Markdown, HTML
		[`"${A}"`, A],
		[`'${A}'`, A],
		[`“${A}”`, A],
		[`«${A}»`, A],
		[`\`${A}\``, A],
		[`<${A}>`, A],
		[`(${A})`, A],
		[`[${A}]`, A],
		[`${A},`, A],
		[`${A};`, A],
		[`${A}.`, A],
		[`[image](${A})`, A],
		[`![image](${A})`, A],
		[`![image](${A} "The bottle")`, A],
		[`![](https://example.com/a_(1).png)`, 'https://example.com/a_(1).png'],
		[`[${A}](${A})`, A],
		[`[![image](${A})](https://example.com/page)`, A],
		[`**${A}**`, A],
		[`<img src="${A}" alt="x">`, A],
		[`<img alt='x' src='${A}'/>`, A],
		[`<a href="${A}">image</a>`, A],
		[`[img]${A}[/img]`, A],
		[`IMAGE("${A}")`, A],
		[`Photo: ${A}`, A],
		[`product.png (${A})`, A],
		[`["${A}"]`, A],
		// signs
		['https://example.com/a.png?w=1&amp;h=2', 'https://example.com/a.png?w=1&h=2'],
		['https://example.com/a.png?w=1&#38;h=2', 'https://example.com/a.png?w=1&h=2'],
		['https://example.com/50%off.png', 'https://example.com/50%25off.png'],
		['https://example.com/50%a.png', 'https://example.com/50%25a.png'],
		['https%3A%2F%2Fexample.com%2Fa.png', A],
		// with words
		[`<${A}|a.png>`, A],
		[`see <${A}|the bottle>`, A],
		[`URL:${A}`, A],
		[`url=${A}`, A],
		[`图片：${A}`, A],
		[`Product image: ${A}`, A],
		[`（${A}）`, A],
		[`「${A}」`, A],
		[`${A}。`, A],
		[`图片，${A}，谢谢`, A],
		// international
		['https://müller.example/größe.png', 'https://xn--mller-kva.example/gr%C3%B6%C3%9Fe.png'],
		['https://例え.example/写真.png?名=1', 'https://xn--r8jz45g.example/%E5%86%99%E7%9C%9F.png?%E5%90%8D=1'],
		['https://example.com/🍾.png', 'https://example.com/%F0%9F%8D%BE.png'],
		// the protocol
		['HTTPS://EXAMPLE.com/a.png', A],
		['www.example.com/a.png', 'https://www.example.com/a.png'],
		['example.com/a.png', A],
		['//example.com/a.png', A],
		['https:/example.com/a.png', A],
		['https//example.com/a.png', A],
		['https: //example.com/a.png', A],
		[String.raw`https:\\example.com\a.png`, A],
		[`https://${A}`, A],
		[`http://${A}`, A],
		[`"www.example.com/a.png"`, 'https://www.example.com/a.png'],
		['(www.example.com/a.png)', 'https://www.example.com/a.png'],
		['www.example.com/a_(1)', 'https://www.example.com/a_(1)'],
		['filesystem.example.com/a.png', 'https://filesystem.example.com/a.png'],
		['example.com:8080/a.png', 'https://example.com:8080/a.png'],
		// one that holds another
		[
			'https://cdn.example/fetch/w_300/https://example.com/a.png',
			'https://cdn.example/fetch/w_300/https://example.com/a.png',
		],
		['https://cdn.example/?url=https://example.com/a.png', 'https://cdn.example/?url=https://example.com/a.png'],
		[
			'https://cdn.example/cdn-cgi/image/w=80,q=75/https://example.com/a.png',
			'https://cdn.example/cdn-cgi/image/w=80,q=75/https://example.com/a.png',
		],
		[
			'https://cdn.example/?url=https%3A%2F%2Fexample.com%2Fa.png',
			'https://cdn.example/?url=https%3A%2F%2Fexample.com%2Fa.png',
		],
		// the same one twice
		[`${A}, ${A}`, A],
		[`${A} and ${A}`, A],
		// a link of a service
		['https://github.com/o/r/blob/main/a.png', 'https://github.com/o/r/raw/main/a.png'],
	])('accepts %s', (given, expected) => expect(read(given)).toBe(expected));
});

describe('refusing a text that is not one address', () => {
	it.each([
		[`${A} https://example.com/b.png`, several(2)],
		[`${A},https://example.com/b.png`, several(2)],
		[`${A}; https://example.com/b.png; https://example.com/c.png`, several(3)],
		[`${A}\nhttps://example.com/b.png`, several(2)],
		[`["${A}","https://example.com/b.png"]`, several(2)],
		[`${A}https://example.com/b.png`, several(2)],
		['www.example.com/a.png, www.example.com/b.png', MORE],
		[`${A} front view`, MORE],
		[`${A}?w=1, front view`, MORE],
		[`${A}\tfront view`, MORE],
		[`${A}\nfront view`, MORE],
		['data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==', FILE_ITSELF],
		[`iVBORw0KGgo${'A'.repeat(80)}`, FILE_ITSELF],
		[`/9j/4AAQSkZJRgABAQAA${'A'.repeat(80)}`, FILE_ITSELF],
		['filesystem-v2', FILE_ITSELF],
		['filesystem', FILE_ITSELF],
		['A'.repeat(401), FILE_ITSELF],
		['A'.repeat(400), NOT_ONE],
		['SUkqAAgAAAA', NOT_ONE],
		['filesystem-v2:workflows/1/executions/2/binary_data/3', FILE_ITSELF],
		[String.raw`C:\Photos\a.png`, COMPUTER],
		[String.raw`\\server\share\a.png`, COMPUTER],
		['/home/me/a.png', COMPUTER],
		['/uploads/a.png', COMPUTER],
		['./a.png', COMPUTER],
		['~/a.png', COMPUTER],
		['file:///home/me/a.png', COMPUTER],
		['product.png', FILE_NAME],
		['my photo.JPG', FILE_NAME],
		['s3://bucket/a.png', scheme('s3')],
		['gs://bucket/a.png', scheme('gs')],
		['ftp://example.com/a.png', scheme('ftp')],
		['blob:https://example.com/1-2-3', scheme('blob')],
		['data:https://example.com/a.png', FILE_ITSELF],
		[`<${A}|a> <https://example.com/b.png|b>`, several(2)],
		['htps://example.com/a.png', scheme('htps')],
		['javascript:alert(1)', scheme('javascript')],
		['https://example.com/…/a.png', SHORTENED],
		['https://example.com/photos/lo...', SHORTENED],
		['https://example.com/undefined/a.png', `'Image URL' holds "undefined", where an expression gave nothing`],
		['https://example.com/a.png?id=null', `'Image URL' holds "null", where an expression gave nothing`],
		['https:///a.png', NO_HOST],
		['https://', NO_HOST],
		['https://a.png', NO_HOST],
		['https://exa mple.com/a.png', host('exa mple.com')],
		['https://example..com:99999/a.png', host('example..com:99999')],
		['https://user:secret@example.com/a.png', "'Image URL' holds a user name or password"],
		['https%3A%2F%2Fexample.com%2F%E0%A4.png', NOT_ONE],
		[`https://example.com/${'a'.repeat(8_173)}`, NOT_ONE],
		['attached', NOT_ONE],
		['me@example.com', NOT_ONE],
		['images/a.png', NOT_ONE],
		['42', NOT_ONE],
		['-', NOT_ONE],
	])('refuses %s', (given, expected) => expect(read(given)).toBe(expected));
});

it('quotes the text after an address', () => {
	for (const between of [' ', '\n', '\r\n ', ', ']) {
		const address = readAddress(FIELD, `${A}${between}front view`);
		expect(address).toMatchObject({ message: { description: expect.stringContaining('"front view"') } });
	}
});

describe('any text', () => {
	const addresses = fc.webUrl({ withFragments: true, withQueryParameters: true });
	const around = fc.constantFrom<readonly [string, string]>(
		['', ''],
		[' ', ' '],
		['"', '"'],
		['<', '>'],
		['(', ')'],
		['![x](', ')'],
		['[x](', ')'],
		['\uFEFF', '\u200B'],
		['“', '”'],
	);

	it('gives a whole http address or a refusal, and repairing it again changes nothing', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), addresses), (text) => {
				const once = readAddress(FIELD, text);
				if (once.kind === 'refused') return;
				expect(once.url).toMatch(/^https?:\/\/[\x21-\x7E]+$/);
				expect(URL.canParse(once.url)).toBe(true);
				expect(readAddress(FIELD, once.url)).toEqual(once);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('never turns into an address on another host', () => {
		fc.assert(
			fc.property(addresses, around, (address, [before, behind]) => {
				const read = readAddress({ ...FIELD, of: 'webhook' }, `${before}${address}${behind}`);
				if (read.kind === 'address') expect(new URL(read.url).host).toBe(new URL(address).host);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('gives different results for different addresses', () => {
		fc.assert(
			fc.property(addresses, addresses, fc.constantFrom(' ', ', ', ',', ';', '\n', ' | '), (one, two, between) => {
				fc.pre(!/[,;|\s]/.test(one + two) && one !== two);
				const read = readAddress(FIELD, `${one}${between}${two}`);
				if (read.kind === 'address') expect(readAddress(FIELD, one)).toEqual(readAddress(FIELD, two));
			}),
		);
	});
});
