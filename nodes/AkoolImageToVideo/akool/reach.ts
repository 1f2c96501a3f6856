// Whether Akool can reach an address. It fetches images and calls back from the internet, so a local or private address works only
// if Akool itself (such as a test server) is at one, too. Judged by the address alone, without a DNS lookup.

import { parseUrl } from './url';

const PRIVATE_HOSTS = [
	/^localhost$/,
	/\.(localhost|localdomain|local|internal|intranet|lan|corp|home|home\.arpa)$/,
	/^0\./,
	/^10\./,
	/^127\./,
	/^169\.254\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^192\.168\./,
	/^198\.1[89]\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^192\.0\.0\./,
	/^(?:22[4-9]|2[3-5]\d)\.(?:\d+\.){2}\d+$/,
	/^\[::1?\]$/,
	/^\[ff/,
	/^\[f[cd]/,
	/^\[fe[89a-f]/,
	// These forms of IPv6 hold an address of IPv4, whatever that is: mapped, compatible, translated, and 6to4.
	/^\[::ffff:/,
	/^\[::[\da-f]+:[\da-f]+\]$/,
	/^\[64:ff9b:/,
	/^\[2002:/,
];

/** Akool would charge for several addresses, or one with spaces, without animating anything. */
const ONE_ADDRESS = /^https?:\/\/(?!\S+,https?:\/\/)\S+$/i;

function parseHttpUrl(address: string): URL | undefined {
	return ONE_ADDRESS.test(address) ? parseUrl(address) : undefined;
}

function isPrivate(url: URL): boolean {
	const host = url.hostname.toLowerCase().replace(/\.$/, '');
	const hasNoDomain = !host.includes('.') && !host.startsWith('[');
	return hasNoDomain || PRIVATE_HOSTS.some((pattern) => pattern.test(host));
}

export type Reach = 'reachable' | 'notAnAddress' | 'private';

/** Says whether the Akool at `baseUrl` can be expected to reach an address. */
export function reachFrom(baseUrl: string, address: string): Reach {
	const url = parseHttpUrl(address);
	if (url === undefined) return 'notAnAddress';
	const akool = parseHttpUrl(baseUrl);
	const akoolIsPublic = akool === undefined || !isPrivate(akool);
	return akoolIsPublic && isPrivate(url) ? 'private' : 'reachable';
}
