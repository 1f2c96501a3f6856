// Any character of Unicode, as the unit of a text. fast-check's own unit 'binary' takes seconds in every file that uses it, since it lists them all.
import fc from 'fast-check';

const LAST = 0x10ffff;
const isHalf = (code: number) => code >= 0xd800 && code <= 0xdfff;

/** For `fc.string({ unit })`. It knows the way back, so that texts which are known to be dangerous are tried too. */
export const ANY_CHARACTER = fc
	.nat(LAST)
	.filter((code) => !isHalf(code))
	.map(
		(code) => String.fromCodePoint(code),
		(text) => {
			const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
			if (code === undefined || text !== String.fromCodePoint(code)) throw new Error('not one character');
			return code;
		},
	);
