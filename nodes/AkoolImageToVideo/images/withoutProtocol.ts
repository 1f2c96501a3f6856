// Text that does not begin with http:// or https://: an address whose beginning is mistyped or missing, or something else. Pure.

import { trimEnds } from '../akool/text';

export type Start =
	| { kind: 'repaired'; address: string }
	/** Three slashes: an expression that was to give the host gave nothing. */
	| { kind: 'noHost' }
	| { kind: 'computer' }
	| { kind: 'fileName' }
	| { kind: 'scheme'; scheme: string }
	| { kind: 'none' };

const ENCODED = /^https?%3a%2f%2f\S+$/i;
const MISTYPED = /^(https?)\s*(?:[:;.]\s*[/\\]{1,2}|[/\\]{2})\s*(?![/\\])(?=\S)/i;
/** `https:example.com/1.png`, or a protocol that was typed before a pasted address. */
const NO_SLASHES = /^(https?):(?=https?:[/\\]{2}\S|(?:[\p{L}\d-]+\.)+\p{L}{2,}[/?#])/iu;
const ONLY_PROTOCOL = /^https?:?[/\\]*$/i;
const NO_HOST = /^https?:?[/\\]{3}/i;
const NO_PROTOCOL = /^[/\\]{2}(?=[^/\\\s.]+\.[^/\\\s]+[/\\])/;
const HOST_AND_PORT = /^(?:[\p{L}\d-]+\.)*[\p{L}\d-]+:\d{1,5}(?:\/|$)/u;
const HOST_AND_PATH = /^(?:[\p{L}\d-]+\.)+\p{L}{2,}(?:[/?#]\S|\/$)/u;
const WWW = /^www\.(?:[\p{L}\d-]+\.)+\p{L}{2,}(?=[/?#]|$)/u;
const COMPUTER = /^(?:[a-z]:[\\/]|\\\\|~?\/|\.{1,2}[\\/]|file:)/i;
const SCHEME = /^([a-z][a-z\d+.-]*):/i;
const FILE_NAME = /^[^/\\]+\.(?:png|jpe?g|webp|gif|heic|heif|avif|svg|bmp|tiff?|mp3|wav|m4a|aac|ogg|flac)$/i;

const OPENING = /["'“”„‘’«<([`]/;
const CLOSING = /["'“”‟‘’»>)\]`]/;

/** A text without the quotes or brackets around it. */
function unwrapped(text: string): string {
	const isWrapped = OPENING.test(text.charAt(0)) && CLOSING.test(text.slice(-1));
	return isWrapped ? trimEnds(text, (character) => OPENING.test(character) || CLOSING.test(character)) : text;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** The address that is meant, or what the text is instead. */
export function repairedStart(given: string): Start {
	const text = unwrapped(given);
	if (ENCODED.test(text)) {
		const address = decoded(text);
		return address === undefined ? { kind: 'none' } : { kind: 'repaired', address };
	}
	if (NO_HOST.test(text) || ONLY_PROTOCOL.test(text)) return { kind: 'noHost' };
	if (MISTYPED.test(text)) return { kind: 'repaired', address: text.replace(MISTYPED, '$1://') };
	if (NO_SLASHES.test(text)) return { kind: 'repaired', address: text.replace(NO_SLASHES, '$1://') };
	if (NO_PROTOCOL.test(text)) return { kind: 'repaired', address: text.replace(NO_PROTOCOL, 'https://') };
	if (COMPUTER.test(text)) return { kind: 'computer' };
	if (FILE_NAME.test(text)) return { kind: 'fileName' };
	if (HOST_AND_PORT.test(text) || HOST_AND_PATH.test(text) || WWW.test(text))
		return { kind: 'repaired', address: `https://${text}` };
	const scheme = SCHEME.exec(text)?.[1];
	return scheme === undefined ? { kind: 'none' } : { kind: 'scheme', scheme: scheme.toLowerCase() };
}
