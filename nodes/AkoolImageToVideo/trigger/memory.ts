// Which news has started the workflow already. The list lies in the workflow's static data, which outlives a restart, and which n8n saves only once
// it has started the workflow: so what has come back from there counts, and is remembered here as well, since calls that come at the same time each
// load and save a copy of their own. News that n8n was told of a moment ago is neither new nor dealt with: a call about it is to come again.

import type { IWebhookFunctions } from 'n8n-workflow';

import { dropOldest } from '../akool/bounded';
import type { VideoId } from '../akool/video';
import { pairOf, SeenCallbacks } from '../webhook/seen';

const STATIC_DATA_KEY = 'seenCallbacks';
const MAX_TRIGGERS = 200;
/** So long n8n may take to start a workflow and to save that it did. */
const STARTING_MS = 60_000;

interface Memory {
	seen: SeenCallbacks;
	/** News that is being dealt with at this moment. */
	underWay: Set<string>;
	/** News that n8n was told to start the workflow with, and when. */
	starting: Map<string, number>;
}

const memories = new Map<string, Memory>();

function memoryOf(context: IWebhookFunctions): Memory {
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const known = memories.get(key);
	if (known !== undefined) return known;
	const memory: Memory = { seen: new SeenCallbacks(), underWay: new Set(), starting: new Map() };
	memories.set(key, memory);
	dropOldest(memories, MAX_TRIGGERS);
	return memory;
}

/** Brings together what is kept with the workflow and what this process knows. To be called once a call, since n8n loads the workflow for each. */
export function seenBy(context: IWebhookFunctions, nowMs: number): SeenCallbacks {
	const { seen, starting } = memoryOf(context);
	seen.takeIn(context.getWorkflowStaticData('node')[STATIC_DATA_KEY]);
	for (const [news, toldMs] of starting) {
		if (seen.hasPair(news) || nowMs - toldMs >= STARTING_MS) starting.delete(news);
	}
	return seen;
}

/** Whether this news has started the workflow meanwhile, by another call that this process has dealt with. */
export function hasStarted(context: IWebhookFunctions, id: VideoId, status: number): boolean {
	return memoryOf(context).seen.has(id, status);
}

/** Whether n8n was told of this news meanwhile, by another call that this process has dealt with. */
export function isStarting(context: IWebhookFunctions, id: VideoId, status: number): boolean {
	return memoryOf(context).starting.has(pairOf(id, status));
}

/** Writes down that this news starts the workflow now. */
export function remember(context: IWebhookFunctions, id: VideoId, status: number, nowMs: number): void {
	const { seen, starting } = memoryOf(context);
	starting.set(pairOf(id, status), nowMs);
	context.getWorkflowStaticData('node')[STATIC_DATA_KEY] = seen.toText(starting.keys());
}

/** Claims news for one of several calls about it at the same time. Gives the way to let it go, or undefined where another call has it, or n8n. */
export function claim(context: IWebhookFunctions, id: VideoId, status: number): (() => void) | undefined {
	const { underWay, starting } = memoryOf(context);
	const news = pairOf(id, status);
	if (underWay.has(news) || starting.has(news)) return undefined;
	underWay.add(news);
	return () => underWay.delete(news);
}
