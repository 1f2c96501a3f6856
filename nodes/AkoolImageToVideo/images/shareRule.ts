// The form of a rule for share links: which links, and how to get the file. Pure.

import type { BetterWay } from '../messages/addresses';

export interface ShareRule {
	service: string;
	host: RegExp;
	/** Matched against path and query. */
	path: RegExp;
	/** The address of the file itself; undefined where a link holds none. */
	direct: (url: URL) => string | undefined;
	way: BetterWay;
}

export const ANY = /^/;

/** A rule for links that only show a page, with the way to get the file. */
export function page(service: string, host: RegExp, way: BetterWay, path: RegExp = ANY): ShareRule {
	return { service, host, path, direct: () => undefined, way };
}

/** A rule for links that can be turned into the address of the file. */
export function file(
	service: string,
	host: RegExp,
	path: RegExp,
	direct: ShareRule['direct'],
	way: BetterWay = OPEN_IMAGE,
): ShareRule {
	return { service, host, path, direct, way };
}

export const node = (name: string): BetterWay => ({ by: 'node', node: name });
export const onHost = (host: string): BetterWay => ({ by: 'imageAddress', host });
export const OPEN_IMAGE: BetterWay = { by: 'imageAddress' };
export const DOWNLOAD: BetterWay = { by: 'download' };
