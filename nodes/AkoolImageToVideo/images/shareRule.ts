// How a service whose links people copy is written down: whose links, and what becomes of them. Pure.

import type { BetterWay } from '../messages/addresses';

export interface ShareRule {
	service: string;
	host: RegExp;
	/** Of the path and the query. */
	path: RegExp;
	/** The address of the file itself; undefined where a link holds none. */
	direct: (url: URL) => string | undefined;
	way: BetterWay;
}

export const ANY = /^/;

export function page(service: string, host: RegExp, way: BetterWay, path: RegExp = ANY): ShareRule {
	return { service, host, path, direct: () => undefined, way };
}

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
