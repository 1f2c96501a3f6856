// The page shown to a person who opens the address of a parked execution. Pure. Rules: it runs no script, loads nothing but the ordered
// images, escapes Akool's text, and holds no secret.

import { escape } from 'lodash';

import { webAddress } from '../akool/url';
import type { VideoId } from '../akool/video';
import { waitingMessages } from '../messages/waiting';

/** What the page shows of an awaited video. */
export interface ShownVideo {
	id: VideoId;
	/** The name of its status; undefined where it was not looked up yet. */
	state: string | undefined;
	imageUrl: string | undefined;
	prompt: string | undefined;
	/** When Akool took up the job, in milliseconds since 1970. */
	createTimeMs: number | undefined;
}

export interface PageContent {
	/** The main sentence, as plain text. */
	sentence: string;
	/** Undefined where it is not known. */
	progress: { finished: number; total: number } | undefined;
	videos: readonly ShownVideo[];
	/** The time of the visit. */
	nowMs: number;
	/** When the execution was parked. */
	parkedAtMs: number;
	/** When the wait ends. */
	endMs: number;
	/** Whether the page refreshes itself. */
	isWaiting: boolean;
}

/** How often the page refreshes itself; Akool is polled at most once in five seconds, however often it is opened. */
const REFRESH_SECONDS = 10;
/** More videos would make the page too long. */
const MOST_SHOWN = 50;
const PROMPT_CHARACTERS = 140;
const STATES = ['queued', 'processing', 'completed', 'failed'];

const STYLE = `:root{color-scheme:light dark;--page:#f6f6f9;--card:#fff;--text:#1c1c28;--soft:#6a6a7c;--line:#e3e3ea;--queued:#8a8a9a;--processing:#5b4cf0;--completed:#1f8a4c;--failed:#c8334a}
@media(prefers-color-scheme:dark){:root{--page:#15151c;--card:#20202a;--text:#f1f1f6;--soft:#a3a3b5;--line:#33333f;--processing:#9d92ff;--completed:#5fd08f;--failed:#ff8495}}
*{box-sizing:border-box}
body{margin:0;padding:12vh 1.25rem 3rem;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:36rem;margin:0 auto}
h1{margin:0;font-size:1.7rem;line-height:1.2;letter-spacing:-.02em}
p{margin:.5rem 0;color:var(--soft)}
.now{color:var(--text);font-size:1.1rem}
progress{width:100%;height:.6rem;margin:.6rem 0;accent-color:var(--processing)}
ul{margin:1.5rem 0;padding:0;list-style:none}
li{display:flex;gap:1rem;align-items:center;margin-bottom:.7rem;padding:.7rem;border:1px solid var(--line);border-radius:14px;background:var(--card)}
img,.none{flex:none;width:5.5rem;height:4rem;border-radius:8px;object-fit:cover;background:var(--line)}
div{min-width:0;flex:1}
b{display:-webkit-box;overflow:hidden;font-weight:600;-webkit-box-orient:vertical;-webkit-line-clamp:2}
time{white-space:nowrap}
code{color:var(--soft);font:12px/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;user-select:all}
small{flex:none;text-align:right;color:var(--soft);font-size:13px}
small span{display:block;font-weight:600;color:var(--queued)}
@media(max-width:34rem){body{padding-top:2rem}li{flex-wrap:wrap}img,.none{width:4rem;height:3rem}div{flex-basis:calc(100% - 5rem)}small{display:flex;flex-basis:100%;gap:.5rem}}
${STATES.map((state) => `.${state}{color:var(--${state})!important}`).join('')}`;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** A time as people say it. */
function elapsed(sinceMs: number, nowMs: number): string {
	const ms = Math.max(0, nowMs - sinceMs);
	const [minutes, seconds] = [Math.floor(ms / MINUTE_MS), Math.floor((ms % MINUTE_MS) / SECOND_MS)];
	return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`;
}

/** A moment as people read it. */
const minuteText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function card({ id, state, imageUrl, prompt, createTimeMs }: ShownVideo, nowMs: number): string {
	const image = webAddress(imageUrl);
	const thumbnail =
		image === undefined ? '<span class="none"></span>' : `<img src="${escape(image)}" alt="" loading="lazy">`;
	const title = prompt === undefined ? '' : `<b>${escape(prompt.slice(0, PROMPT_CHARACTERS))}</b>`;
	const name = state ?? waitingMessages.stateNotKnown();
	const kind = STATES.includes(name) ? ` class="${name}"` : '';
	const isOver = name === 'completed' || name === 'failed';
	const since = createTimeMs === undefined || isOver ? '' : escape(elapsed(createTimeMs, nowMs));
	return `<li>${thumbnail}<div>${title}<code>${escape(id)}</code></div><small><span${kind}>${escape(name)}</span>${since}</small></li>`;
}

function cards(videos: readonly ShownVideo[], nowMs: number): string {
	if (videos.length === 0) return '';
	const shown = videos.slice(0, MOST_SHOWN).map((video) => card(video, nowMs));
	const more = videos.length - shown.length;
	return `<ul>${shown.join('')}</ul>${more > 0 ? `<p>${escape(waitingMessages.moreVideos(more))}</p>` : ''}`;
}

/** Writes the page. Pure. */
export function progressPage(content: PageContent): string {
	const { sentence, progress, videos, nowMs, parkedAtMs, endMs, isWaiting } = content;
	const title = escape(waitingMessages.pageTitle());
	const bar =
		progress === undefined ? '' : `<progress value="${progress.finished}" max="${progress.total}"></progress>`;
	const end = minuteText(endMs);
	const until = escape(waitingMessages.waitsUntil(end)).replace(end, `<time>${end}</time>`);
	const times = isWaiting ? `<p>${escape(waitingMessages.waitsSince(elapsed(parkedAtMs, nowMs)))} ${until}</p>` : '';
	const refresh = isWaiting ? `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : '';
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}<title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p class="now">${escape(sentence)}</p>${bar}${times}${cards(videos, nowMs)}</main></body></html>`;
}
