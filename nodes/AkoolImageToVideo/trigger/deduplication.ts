// Which news has started the workflow already. The list lies in the workflow's static data, which outlives a restart. Calls that come at the
// same time each load and save a copy of their own, so this process remembers beside it, and every save writes down what both know.
// News that n8n could not start the workflow with is forgotten again: it must be new when Akool repeats it.

import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { dropOldest } from '../akool/bounded';
import type { VideoId } from '../akool/video';
import { SeenCallbacks } from '../callbacks/seen';

const STATIC_DATA_KEY = 'seenCallbacks';
const MAX_TRIGGERS = 200;
const FIRST_ERROR_STATUS_CODE = 400;
/** The shortest pause there is; n8n takes longer to write down an execution. */
const ONCE_IT_STARTS_MS = 1;

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
	const memory: Memory = { seen: new SeenCallbacks(), underWay: new Set() };
	memories.set(key, memory);
	dropOldest(memories, MAX_TRIGGERS);
	return memory;
}

/** Brings together what is kept with the workflow and what this process knows. To be called once a call, since n8n loads the workflow for each. */
export function seenBy(context: IWebhookFunctions): SeenCallbacks {
	const { seen } = memoryOf(context);
	seen.takeIn(context.getWorkflowStaticData('node')[STATIC_DATA_KEY]);
	return seen;
}

/** Whether this news has started the workflow meanwhile, by another call that this process deals with. */
export function hasStarted(context: IWebhookFunctions, id: VideoId, status: number): boolean {
	return memoryOf(context).seen.has(id, status);
}

/** Writes down that this news starts the workflow now, until n8n answers that it could not start it. */
export function remember(context: IWebhookFunctions, id: VideoId, status: number): void {
	const { seen } = memoryOf(context);
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode >= FIRST_ERROR_STATUS_CODE) seen.forget(id, status);
	});
	seen.add(id, status);
	void keep(context.getWorkflowStaticData('node'), seen);
}

/** Has n8n save what is known. While n8n 2.41 starts a workflow, it forgets which static data has changed, and it saves after that: so it is told twice. */
async function keep(staticData: IDataObject, seen: SeenCallbacks): Promise<void> {
	staticData[STATIC_DATA_KEY] = seen.toText();
	await clock.sleep(ONCE_IT_STARTS_MS, undefined);
	staticData[STATIC_DATA_KEY] = seen.toText();
}

/** Claims news for one of several calls about it at the same time. Gives the way to let it go, or undefined where another call has it. */
export function claim(context: IWebhookFunctions, id: VideoId, status: number): (() => void) | undefined {
	const { underWay } = memoryOf(context);
	const news = `${id}:${status}`;
	if (underWay.has(news)) return undefined;
	underWay.add(news);
	return () => underWay.delete(news);
}
