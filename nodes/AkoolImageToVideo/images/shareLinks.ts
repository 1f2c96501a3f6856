// Share links of file services. Most show a page, which Akool charges for and cannot animate. Rule: a link becomes the
// address of its file only where that is certain; all others are refused with a way to get such an address.

import type { BetterWay } from '../messages/addresses';
import { SHARE_RULES } from './shareServices';

export type ShareLink =
	| { kind: 'direct'; url: string }
	| { kind: 'page'; service: string; way: BetterWay }
	| { kind: 'botToken'; service: string };

const TELEGRAM_FILE = /^\/file\/bot\d+:/;
/** A link of a search engine may lead to a link of a service, and that to a file. */
const LONGEST_CHAIN = 3;

function step(url: URL): ShareLink | undefined {
	if (url.hostname === 'api.telegram.org' && TELEGRAM_FILE.test(url.pathname))
		return { kind: 'botToken', service: 'Telegram' };
	const rest = `${url.pathname}${url.search}`;
	const rule = SHARE_RULES.find(({ host, path }) => host.test(url.hostname) && path.test(rest));
	if (rule === undefined) return undefined;
	const direct = rule.direct(url);
	return direct === undefined
		? { kind: 'page', service: rule.service, way: rule.way }
		: { kind: 'direct', url: direct };
}

/** Resolves an address: itself, unless it is a link of a known service. Pure. */
export function readShareLink(address: string): ShareLink {
	let current = address;
	for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
		const next = step(new URL(current));
		if (next === undefined) break;
		if (next.kind !== 'direct') return next;
		current = next.url;
	}
	return { kind: 'direct', url: current };
}
