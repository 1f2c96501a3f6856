// How a text becomes an address. Rule: `URL.canParse` is not used; once it has been called often, Node.js 20 misreads hosts with Latin letters such as ü.

/** Parses an address, relative to `base` where it is given; undefined where the text is not one. */
export function parseUrl(text: string, base?: string): URL | undefined {
	try {
		return new URL(text, base);
	} catch {
		return undefined;
	}
}

/** An address that a page may load or lead to; undefined for any other text, such as a script. */
export function webAddress(text: string | undefined): string | undefined {
	const url = text === undefined ? undefined : parseUrl(text);
	return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
