// Where a request really goes, however its address is written. Rule: the address that is checked is the one that is sent, so it is resolved once, by the URL
// standard that browsers and n8n share, and the sender uses the result.

import { hasApiPath, withoutApiPath } from './endpoints';
import { withoutSlashes } from './text';
import { parseUrl } from './url';

/** Characters that the URL standard ignores anywhere in an address. */
const NOT_PART_OF_AN_ADDRESS = /[\t\n\r]/g;
const HAS_SCHEME = /^[a-z][a-z\d+.-]*:/i;
/** The beginnings of an address that names a host without a scheme. */
const HAS_HOST = /^[/\\]{2}/;

function parsed(address: string, base?: string): URL | undefined {
	return parseUrl(address, base);
}

function isWeb({ protocol }: URL): boolean {
	return protocol === 'https:' || protocol === 'http:';
}

/** Says whether a text can be Base URL: a whole address without user info, query and fragment. A path after the host is allowed. */
export function isBaseUrl(text: string): boolean {
	const url = /^https?:\/\/\S+$/i.test(text) ? parsed(text) : undefined;
	return url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/**
 * The one address that a request goes to; undefined where there is none on the web.
 *
 * @param address as the caller of n8n's helpers wrote it: whole, or below `base`
 * @param base    Base URL, or what the caller named in its place
 */
export function targetOf(address: string, base: string): URL | undefined {
	const text = address.replace(NOT_PART_OF_AN_ADDRESS, '').trim();
	const isPath = !HAS_SCHEME.test(text) && !HAS_HOST.test(text);
	const given = withoutSlashes(base.trim());
	const root = hasApiPath(text) ? withoutApiPath(given) : given;
	const below = text === '' ? root : `${root}/${text.replace(/^[/\\]/, '')}`;
	const target = isPath ? parsed(below) : parsed(text, parsed(root)?.href);
	if (target === undefined || !isWeb(target)) return undefined;
	// User info would be sent as an Authorization header, which makes Akool ignore the key.
	target.username = '';
	target.password = '';
	return target;
}
