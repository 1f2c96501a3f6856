// Which news has started the workflow already. The list lies in the workflow's static data, which outlives a restart. Calls that come at the
// same time each load and save a copy of their own, so this process remembers beside it, and every save writes down what both know.

import type { IWebhookFunctions } from 'n8n-workflow';

import type { VideoId } from '../akool/video';
import { parseSeen, rememberSeen, type SeenCallbacks } from '../webhook/seen';

const STATIC_DATA_KEY = 'seenCallbacks';
const MAX_TRIGGERS = 200;

interface Memory {
	seen: SeenCallbacks;
	/** News that is being dealt with at this moment. */
	underWay: Set<string>;
}

const memories = new Map<string, Memory>();

function memoryOf(context: IWebhookFunctions): Memory {
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const known = memories.get(key);
	if (known !== undefined) return known;
	const memory: Memory = { seen: [], underWay: new Set() };
	memories.set(key, memory);
	const oldest = memories.keys().next();
	if (memories.size > MAX_TRIGGERS && oldest.done !== true) memories.delete(oldest.value);
	return memory;
}

/** Everything that has started this trigger's workflow, as far as it is kept. */
export function seenBy(context: IWebhookFunctions): SeenCallbacks {
	const kept = parseSeen(context.getWorkflowStaticData('node')[STATIC_DATA_KEY]);
	const { seen } = memoryOf(context);
	return seen.length === 0 ? kept : parseSeen([...new Set([...kept, ...seen])]);
}

/** Writes down that this news starts the workflow now. */
export function remember(context: IWebhookFunctions, id: VideoId, status: number): void {
	const memory = memoryOf(context);
	memory.seen = rememberSeen(seenBy(context), id, status);
	context.getWorkflowStaticData('node')[STATIC_DATA_KEY] = [...memory.seen];
}

/** Claims news for one of several calls about it at the same time. Gives the way to let it go, or undefined where another call has it. */
export function claim(context: IWebhookFunctions, id: VideoId, status: number): (() => void) | undefined {
	const { underWay } = memoryOf(context);
	const news = `${id}:${status}`;
	if (underWay.has(news)) return undefined;
	underWay.add(news);
	return () => underWay.delete(news);
}
