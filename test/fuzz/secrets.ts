// What the fuzz tests look for, and where: a list of secrets, each in every form in which it could get out, and a list of places that somebody can see or
// that n8n stores. Rule: a secret found in a place is named with both, so that a failing run says what got out and where.

/** A secret value. */
export interface Secret {
	name: string;
	/** It in all forms. */
	forms: readonly string[];
	/** Where it has to be, since nothing would work without it. */
	belongsIn: readonly Place[];
}

/** Where a secret could get out. */
export type Place =
	| 'items'
	| 'files'
	| 'hints'
	| 'log'
	| 'customData'
	| 'error'
	| 'staticData'
	| 'nodeContext'
	| 'progress'
	| 'page'
	| 'answer'
	| 'fileHost'
	| 'list';

export type Shown = Partial<Record<Place, unknown>>;

const BITS_OF_BYTE = 8;
const BITS_OF_DIGIT = 6;

/** How bytes look in Base64 wherever in a longer text they stand: the digits that do not depend on the bytes around them. */
function base64Within(bytes: Buffer): string[] {
	return [0, 1, 2].map((before) => {
		const text = Buffer.concat([Buffer.alloc(before), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		const start = Math.ceil((before * BITS_OF_BYTE) / BITS_OF_DIGIT);
		return text.slice(start, Math.floor(((before + bytes.length) * BITS_OF_BYTE) / BITS_OF_DIGIT));
	});
}

const inUrl64 = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');
const percents = (text: string): string =>
	[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const escapes = (text: string): string =>
	[...text].map((letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('');
const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/**
 * A text as it is and backward, in an address (once and twice encoded), in JSON and HTML, in hexadecimal digits, and in Base64 wherever it begins, as in a
 * header of Basic authentication.
 */
function formsOf(text: string): string[] {
	const bytes = Buffer.from(text);
	const encoded = encodeURIComponent(text);
	const hex = bytes.toString('hex');
	const within = base64Within(bytes);
	const forms = [
		text,
		[...text].reverse().join(''),
		encoded,
		encoded.toLowerCase(),
		encodeURIComponent(encoded),
		new URLSearchParams({ '': text }).toString().slice(1),
		percents(text),
		percents(text).toUpperCase(),
		JSON.stringify(text).slice(1, -1),
		escapes(text),
		text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter),
		hex,
		hex.toUpperCase(),
		...within,
		...within.map(inUrl64),
	];
	return [...new Set(forms)];
}

export function secret(name: string, value: string, belongsIn: readonly Place[] = []): Secret {
	return { name, forms: formsOf(value), belongsIn };
}

/** Every text of a value: names and values of fields at any depth, words and places of errors. */
export function textsOf(value: unknown, seen = new WeakSet<object>()): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (Buffer.isBuffer(value)) return [value.toString('latin1')];
	const ofError = value instanceof Error ? [value.message, value.stack ?? '', ...textsOf(value.cause, seen)] : [];
	const entries = Object.entries(value).flatMap(([name, field]) => [name, ...textsOf(field, seen)]);
	return [...ofError, ...entries];
}

/** The secrets that stand where they must not, each with its place. */
export function leaksIn(shown: Shown, secrets: readonly Secret[]): string[] {
	return Object.entries(shown).flatMap(([place, value]) => {
		const texts = textsOf(value);
		return secrets
			.filter(({ belongsIn }) => !belongsIn.some((allowed) => allowed === place))
			.filter(({ forms }) => forms.some((form) => texts.some((text) => text.includes(form))))
			.map(({ name }) => `${name} in ${place}`);
	});
}
