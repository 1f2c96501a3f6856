// The page that a person sees who opens the address of a parked execution. Data in, HTML out; it loads nothing, runs no script and holds no secret.

import { waitingMessages } from '../messages/waiting';

export interface PageContent {
	/** What there is to say, as plain text. */
	sentence: string;
	/** Undefined where it is not known how far it is. */
	progress: { finished: number; total: number } | undefined;
	/** When the wait ends. */
	endMs: number;
	/** Whether there is something new to be seen on another visit. */
	isWaiting: boolean;
}

/** How often the page looks again by itself; a look at Akool is made at most once in five seconds, whoever asks. */
const REFRESH_SECONDS = 10;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const STYLE =
	'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#222}progress{width:100%}@media(prefers-color-scheme:dark){body{background:#1a1a1a;color:#eee}}';

/** Writes the page. Pure. */
export function progressPage({ sentence, progress, endMs, isWaiting }: PageContent): string {
	const title = waitingMessages.pageTitle();
	const bar =
		progress === undefined ? '' : `<progress value="${progress.finished}" max="${progress.total}"></progress>`;
	const ends = isWaiting ? `<p>${escaped(waitingMessages.waitsUntil(new Date(endMs).toISOString()))}</p>` : '';
	const refresh = isWaiting ? `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : '';
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p>${bar}${ends}</body></html>`;
}
