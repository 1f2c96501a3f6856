// How texts that people give are looked at. They come from sheets, chats and web pages, with blanks that nobody sees: those at the ends never count.

/** Whatever shows nothing: blanks of all kinds, control and format characters, fillers. The tags that end some flags are none. */
const INVISIBLE = String.raw`(?![\u{E0020}-\u{E007F}])[\s\p{Cc}\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]`;
const INVISIBLE_AT_ENDS = new RegExp(`^(?:${INVISIBLE})+|(?:${INVISIBLE})+$`, 'gu');

/** The text without what cannot be seen at its ends. */
export function trimInvisible(text: string): string {
	return text.replace(INVISIBLE_AT_ENDS, '');
}

const SHOWN_CHARACTERS = 80;

/** The beginning of a text, with a mark where more follows. */
export function shortened(text: string, characters: number = SHOWN_CHARACTERS): string {
	return text.length > characters ? `${text.slice(0, characters)}…` : text;
}
