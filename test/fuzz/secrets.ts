// What the fuzz tests look for, and where: a list of secrets, each in every form in which it could get out, and a list of places that somebody can see or
// that n8n stores. Rule: a secret found in a place is named with both, so that a failing run says what got out and where.

/** What somebody could do harm with. */
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
	| 'answer'
	| 'fileHost'
	| 'list';

export type Shown = Partial<Record<Place, unknown>>;

/** A text as it is, in an address, in a header of Basic authentication, and in hexadecimal digits. */
function formsOf(text: string): string[] {
	const bytes = Buffer.from(text);
	const forms = [text, encodeURIComponent(text), new URLSearchParams({ '': text }).toString().slice(1)];
	return [...new Set([...forms, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')])];
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
