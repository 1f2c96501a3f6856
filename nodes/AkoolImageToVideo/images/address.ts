// Repairs addresses that people paste from sheets, chats, mails and Markdown, with blanks, quotes and other characters around them. Pure. Rules: the result
// is one whole http or https address; if it is not certain which one is meant, the text is refused with the reason; repairing twice changes nothing.

import { parseUrl } from '../akool/url';
import { trimInvisible, withoutStray } from '../akool/text';
import { addressMessages as say, type AddressField } from '../messages/addresses';
import type { UserMessage } from '../messages/userMessage';
import { addressesIn, INNER_START, LONGEST_ADDRESS } from './addressesInText';
import { readShareLink } from './shareLinks';
import { repairedStart } from './withoutProtocol';

export type Address = { kind: 'address'; url: string } | { kind: 'refused'; message: UserMessage };

function refused(message: UserMessage): Address {
	return { kind: 'refused', message };
}

/** The first characters of an image, an audio file, a PDF or an SVG in base64. */
const BASE64_START =
	/^(?:iVBORw0KGgo|\/9j\/4|R0lGOD|UklGR|Qk[0-9A-Za-z+/]{2}|SUkq|TU0AK|JVBERi0|PHN2Zy|SUQz|\/\/[uvts])/;
const BASE64 = /^[\w+/=\s-]{64,}$/;
/** How n8n names a file that it keeps. */
const N8N_FILE = /^(?:filesystem(?:-v2)?|s3|azure|database)(?::|$)/;

function isFileItself(text: string): boolean {
	if (/^data:/i.test(text) || /^filesystem(?:-v2)?$/.test(text)) return true;
	if (N8N_FILE.test(text) && /\/binary_data\//.test(text)) return true;
	return BASE64.test(text) && (BASE64_START.test(text) || text.length > 400);
}

const SHORTENED = /…|\.{3}$/;
/** The remains in an address of an expression that gave nothing. */
const EMPTY_PART = /(?<=[/=])(?:undefined|null|NaN|\[object \w+\])(?=[/?&#.]|$)/;
const WITH_PASSWORD = /^https?:\/\/[^/?#@]*@/i;
const HOST = /^https?:\/\/([^/?#]*)/i;
const FILE_ENDING = /\.(?:png|jpe?g|webp|gif|heic|avif|svg|bmp|tiff?|mp3|wav|m4a|aac|ogg|mp4|pdf)$/i;
/** Characters that an address may contain unencoded. */
const PLAIN = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;
const BLANKS = /[ \u00A0]+/;
const QUERY = /[?#].*/s;

/** A valid host name: its parts are neither empty nor too long. */
const HOST_NAME = /^(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?$/;
const isHost = (name: string): boolean => name.startsWith('[') || HOST_NAME.test(name);

/** The remark after an address. Blanks belong to the address if a file's ending follows them; otherwise they may begin a remark. */
function remarkBehind(address: string): string | undefined {
	const [beginning = '', ...rest] = address.split(BLANKS);
	const first = beginning.replace(/[,;|]$/, '');
	const behind = rest.join(' ');
	if (behind === '') return undefined;
	const firstIsWhole = FILE_ENDING.test(first.replace(QUERY, ''));
	const endsAsFile = FILE_ENDING.test(address.replace(QUERY, ''));
	return firstIsWhole && (!endsAsFile || first !== beginning) ? behind : undefined;
}

/** Checks and encodes one address that begins with its protocol. */
function finished(field: AddressField, found: string): Address {
	if (found.length > LONGEST_ADDRESS) return refused(say.notAnAddress(field, found));
	if (SHORTENED.test(found)) return refused(say.shortenedAddress(field, found));
	const lines = found.split(/[\t\r\n]+/).map((line) => line.trim());
	const remark = lines.length > 1 ? lines.slice(1).join(' ') : remarkBehind(found);
	if (remark !== undefined) return refused(say.moreThanAnAddress(field, found, remark));
	const empty = EMPTY_PART.exec(found)?.[0];
	if (empty !== undefined) return refused(say.emptyPart(field, empty, found));
	const host = HOST.exec(found)?.[1] ?? '';
	if (host === '') return refused(say.noHost(field, found));
	if (WITH_PASSWORD.test(found)) return refused(say.holdsPassword(field));
	const encoded = found.replaceAll(/%(?![\da-f]{2})/gi, '%25').replaceAll(/[ \u00A0]/g, '%20');
	const url = parseUrl(encoded);
	if (url === undefined || !isHost(url.hostname)) return refused(say.hostNotValid(field, host, found));
	if (FILE_ENDING.test(url.hostname)) return refused(say.noHost(field, found));
	return { kind: 'address', url: PLAIN.test(encoded) && encoded.startsWith(url.protocol) ? encoded : url.href };
}

/** Turns a share link into the address of its file where that is certain. */
function direct(field: AddressField, address: Address): Address {
	if (address.kind === 'refused' || field.of === 'webhook') return address;
	const link = readShareLink(address.url);
	switch (link.kind) {
		case 'direct':
			return finished(field, link.url);
		case 'page':
			return refused(say.showsAPage(field, link.service, link.way));
		case 'botToken':
			return refused(say.holdsToken(field, link.service));
	}
}

/** Unescapes line ends, quotes and slashes in text that was copied out of JSON. */
const withoutJson = (text: string): string =>
	text
		.replaceAll(/\\[nrt](?=\s*(?:https?:|$))/gi, '\n')
		.replaceAll('\\"', '"')
		.replaceAll('\\/', '/');

const AMPERSANDS = /&(?:(?:amp|#0*38|#x0*26);)+/gi;
const NAMED_SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const ENCODED_SIGN = /&(?:(lt|gt|quot|apos|nbsp)|#(\d{2,4})|#x([\da-f]{2,4}));/gi;
/** Letters and digits are never encoded, and decoding the other excluded characters would allow a second decoding. */
const SIGN = /^(?![\w&#;])[!-~]$/;

/** Decodes HTML entities in text that was copied out of a page. */
const withoutHtml = (text: string): string =>
	text.replaceAll(AMPERSANDS, '&').replaceAll(ENCODED_SIGN, (whole, name?: string, decimal?: string, hex?: string) => {
		if (name !== undefined) return NAMED_SIGNS[name.toLowerCase()] ?? whole;
		const sign = String.fromCharCode(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
		return SIGN.test(sign) ? sign : whole;
	});

/** Prefixes from formulas, mentions or a browser's source view. */
const LEAD_IN = /^(?:[=@]|view-source:)+(?=https?:)/i;
/** A label before the address. The excluded words are schemes of addresses, not labels. */
const LABEL =
	/^(?!(?:blob|data|file|filesystem|ftp|javascript|mailto):)[\p{L}\d _-]{1,20}[:：=]\s*(?=https?:[/\\]{2})/iu;
/** With full-width characters, as Chinese and Japanese keyboards type it. */
const WIDE_START = /^(https?)[:：][/／]{2}/i;

/** Repairs an address, or says why it cannot be used. Never throws. */
export function readAddress(field: AddressField, given: string): Address {
	const text = trimInvisible(withoutHtml(withoutJson(withoutStray(given))))
		.replace(LEAD_IN, '')
		.replace(LABEL, '')
		.replace(WIDE_START, '$1://');
	if (isFileItself(text)) return refused(say.fileItself(field, text));
	const found = addressesIn(text);
	const [address] = found;
	if (found.length > 1) return refused(say.severalAddresses(field, found.length, text));
	if (address !== undefined) {
		return INNER_START.test(address)
			? refused(say.severalAddresses(field, 2, text))
			: direct(field, finished(field, address));
	}
	const start = text.length > LONGEST_ADDRESS ? ({ kind: 'none' } as const) : repairedStart(text);
	switch (start.kind) {
		case 'repaired':
			return readAddress(field, start.address);
		case 'noHost':
			return refused(say.noHost(field, text));
		case 'computer':
			return refused(say.pathOnComputer(field, text));
		case 'fileName':
			return refused(say.fileName(field, text));
		case 'scheme':
			return refused(say.otherScheme(field, start.scheme, text));
		case 'none':
			return refused(say.notAnAddress(field, text));
	}
}
