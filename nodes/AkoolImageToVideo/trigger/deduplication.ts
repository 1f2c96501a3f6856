// Which events have started the workflow already. The list is in the workflow's static data, which outlives a restart. Simultaneous calls
// each load and save their own copy, so this process keeps a list as well, and every save writes both. Rules that must not regress:
// an event starts the workflow once in the seven days of its video; if n8n could not start the workflow, the event counts as new when Akool repeats it; and no
// list is evicted while a callback of its trigger is being handled.

import type { IWebhookFunctions } from 'n8n-workflow';

import { evictOldest } from '../akool/bounded';
import type { VideoId } from '../akool/video';
import { SeenCallbacks } from '../callbacks/seen';
import { clock } from '../clock';
import { saveWithStart } from '../n8n/staticData';

const STATIC_DATA_KEY = 'seenCallbacks';
const MOST_TRIGGERS = 200;
const MOST_UNANSWERED = 100;
const FIRST_ERROR_STATUS_CODE = 400;

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/** A start of the workflow whose caller has hung up: without an event for n8n's answer, only the status code shows it. */
interface UnansweredStart {
	id: VideoId;
	status: number;
	response: Response;
}

interface Memory {
	seen: SeenCallbacks;
	/** Events that are being handled, and starts of the workflow until they are answered. */
	underWay: Set<string>;
	unanswered: Map<string, UnansweredStart>;
}

/** By workflow and node, the one that was called last at the end. */
const memories = new Map<string, Memory>();

function memoryOf(context: IWebhookFunctions): Memory {
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const memory: Memory = memories.get(key) ?? {
		seen: new SeenCallbacks(),
		underWay: new Set(),
		unanswered: new Map(),
	};
	memories.delete(key);
	memories.set(key, memory);
	for (const [oldest, { underWay }] of memories) {
		if (memories.size <= MOST_TRIGGERS) break;
		if (underWay.size === 0 && oldest !== key) memories.delete(oldest);
	}
	return memory;
}

function eventKey(id: VideoId, status: number): string {
	return `${id}:${status}`;
}

/** Merges the list of the workflow and the list of this process. Call it once for each call, since n8n loads the workflow each time. */
export function seenBy(context: IWebhookFunctions): SeenCallbacks {
	const { seen, unanswered } = memoryOf(context);
	for (const [start, { id, status, response }] of unanswered) {
		if (response.statusCode < FIRST_ERROR_STATUS_CODE) continue;
		seen.forget(id, status);
		unanswered.delete(start);
	}
	seen.merge(context.getWorkflowStaticData('node')[STATIC_DATA_KEY]);
	return seen;
}

/** Whether another call to this process has started the workflow with this event meanwhile. */
export function hasStarted(context: IWebhookFunctions, id: VideoId, status: number): boolean {
	return memoryOf(context).seen.has(id, status);
}

/** Stores that this event starts the workflow, and forgets it if n8n answers that it could not start it. */
export function remember(context: IWebhookFunctions, id: VideoId, status: number): void {
	const { seen, underWay, unanswered } = memoryOf(context);
	const start = `${eventKey(id, status)} starts`;
	const response = context.getResponseObject();
	seen.add(id, status, clock.now());
	const hangsUp = (): void => {
		if (response.writableFinished) return;
		unanswered.set(start, { id, status, response });
		evictOldest(unanswered, MOST_UNANSWERED);
	};
	if (response.destroyed) hangsUp();
	else {
		underWay.add(start);
		response.once('finish', () => {
			if (response.statusCode >= FIRST_ERROR_STATUS_CODE) seen.forget(id, status);
		});
		// Comes after `finish`, and without one where the caller has hung up.
		response.once('close', () => {
			underWay.delete(start);
			hangsUp();
		});
	}
	void saveWithStart(context.getWorkflowStaticData('node'), STATIC_DATA_KEY, () => seen.toText(clock.now()));
}

/** Claims an event for one of several simultaneous calls. Returns a function that releases it, or undefined if another call has it. */
export function claim(context: IWebhookFunctions, id: VideoId, status: number): (() => void) | undefined {
	const { underWay } = memoryOf(context);
	const event = eventKey(id, status);
	if (underWay.has(event)) return undefined;
	underWay.add(event);
	return () => underWay.delete(event);
}
