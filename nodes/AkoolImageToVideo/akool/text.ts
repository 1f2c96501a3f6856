// Cleans texts that people enter. They come from sheets, chats and web pages with invisible blanks; those at the ends never count.

/** Invisible characters: blanks of all kinds, control and format characters, fillers. The tags within flag emoji are not among them. */
const INVISIBLE = String.raw`(?![\u{E0020}-\u{E007F}])[\s\p{Cc}\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]`;
const IS_INVISIBLE = new RegExp(`^${INVISIBLE}$`, 'u');

/**
 * The text without those characters at its end. A regular expression ending in `+$` is not used: it takes quadratic time for long runs of them within the
 * text, and anyone can write such text into a form or a chat.
 */
export function trimEnd(text: string, isOut: (character: string) => boolean): string {
	let end = text.length;
	const last = (): string => [...text.slice(Math.max(0, end - 2), end)].at(-1) ?? '';
	while (end > 0 && isOut(last())) end -= last().length;
	return text.slice(0, end);
}

/** An address without slashes at its end. */
export function withoutSlashes(address: string): string {
	return trimEnd(address, (character) => character === '/');
}

/** As `trimEnd`, at both ends. */
export function trimEnds(text: string, isOut: (character: string) => boolean): string {
	const rest = trimEnd(text, isOut);
	let start = 0;
	const first = (): string => String.fromCodePoint(rest.codePointAt(start) ?? 0);
	while (start < rest.length && isOut(first())) start += first().length;
	return rest.slice(start);
}

/** The text without invisible characters at its ends. */
export function trimInvisible(text: string): string {
	return trimEnds(text, (character) => IS_INVISIBLE.test(character));
}

/** Format characters that get between others by accident. Joiners are not among them, since scripts and emoji need them. */
const STRAY = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g;

/** The text without the invisible characters that pages, chats and text processors leave within words. */
export function withoutStray(text: string): string {
	return text.replace(STRAY, '');
}

const QUOTED = /^(["'`“„‟«‘‚])(.*)["'`”“„‟»’‘‚]$/s;

/** A short value such as a number or a name: with plain instead of full-width letters, without quotes around it or a separator after it. */
export function plainValue(text: string): string {
	const plain = trimInvisible(
		withoutStray(text)
			.normalize('NFKC')
			.replace(/[,;]\s*$/, ''),
	);
	return trimInvisible(QUOTED.exec(plain)?.[2] ?? plain);
}

const SHOWN_CHARACTERS = 80;

/** The beginning of a text, with a mark where more follows. */
export function shortened(text: string, characters: number = SHOWN_CHARACTERS): string {
	return text.length > characters ? `${text.slice(0, characters)}…` : text;
}
