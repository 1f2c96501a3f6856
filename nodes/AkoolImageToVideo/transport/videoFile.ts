// Brings a finished file home as a stream, so that memory does not grow with it. The key is never sent to the file's host, a broken stream
// is read again, and half a file never passes for a whole one: what was stored is measured against what was announced.

import type { IBinaryData, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { fieldOf, numberOf, textOf } from '../akool/json';
import type { VideoId } from '../akool/video';
import { cancelSignalOf } from './context';
import { pause } from './pause';

/** The contexts that can keep a file. */
export type FileContext = IExecuteFunctions | IWebhookFunctions;

export type FileOutcome =
	| { kind: 'stored'; binary: IBinaryData }
	| { kind: 'gone'; reason: string }
	| { kind: 'broken'; reason: string }
	| { kind: 'cancelled' };

type FileBody = Parameters<FileContext['helpers']['prepareBinaryData']>[0];

interface FileResponse {
	statusCode: number;
	headers: unknown;
	body: FileBody;
}

const FILE_ATTEMPTS = 3;
const FILE_PAUSE_MS = 1_000;
/** Without a byte for so long, the stream counts as broken. */
const IDLE_TIMEOUT_MS = 60_000;
const HTTP_OK = 200;
const GONE_STATUSES = [403, 404, 410];
const DEFAULT_MIME_TYPE = 'video/mp4';
const EXTENSIONS: Readonly<Record<string, string>> = { 'video/mp4': 'mp4', 'video/webm': 'webm', 'video/quicktime': 'mov' };

/** The type to keep, or undefined where what comes is no video: storage hosts answer with a page when they cannot serve the file. */
function videoType(headers: unknown): string | undefined {
	const type = (textOf(headers, 'content-type') ?? DEFAULT_MIME_TYPE).split(';')[0]?.trim().toLowerCase() ?? '';
	if (type.startsWith('video/')) return type;
	return type.endsWith('/octet-stream') ? DEFAULT_MIME_TYPE : undefined;
}

/** The announced length; not to be compared with what arrives when the host compressed it on the way. */
function announcedBytes(headers: unknown): number | undefined {
	return fieldOf(headers, 'content-encoding') === undefined ? numberOf(headers, 'content-length') : undefined;
}

/** n8n 2.8 does not put the number of bytes beside the data; its storage knows it. */
async function storedBytes(context: FileContext, binary: IBinaryData): Promise<number> {
	if (binary.bytes !== undefined) return binary.bytes;
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

function discard(body: FileBody): void {
	if ('destroy' in body) body.destroy();
}

async function fetchOnce(context: FileContext, id: VideoId, url: string): Promise<FileOutcome> {
	const response: FileResponse = await context.helpers.httpRequest({
		method: 'GET',
		url,
		headers: { 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: IDLE_TIMEOUT_MS,
		abortSignal: cancelSignalOf(context),
	});
	const { statusCode, headers, body } = response;
	if (statusCode !== HTTP_OK) {
		discard(body);
		const isGone = GONE_STATUSES.includes(statusCode);
		const reason = `The file’s host answered with HTTP status ${statusCode}.`;
		return isGone ? { kind: 'gone', reason: `${reason} Links end seven days after the video was created.` } : { kind: 'broken', reason };
	}
	const mimeType = videoType(headers);
	if (mimeType === undefined) {
		discard(body);
		return { kind: 'broken', reason: `The file’s host sent ${textOf(headers, 'content-type') ?? 'something'} instead of a video.` };
	}
	const binary = await context.helpers.prepareBinaryData(body, `${id}.${EXTENSIONS[mimeType] ?? 'mp4'}`, mimeType);
	const arrived = await storedBytes(context, binary);
	const announced = announcedBytes(headers);
	if (arrived === 0 || (announced !== undefined && arrived !== announced)) {
		return { kind: 'broken', reason: `Only ${arrived} of ${announced ?? 'an unknown number of'} bytes arrived.` };
	}
	return { kind: 'stored', binary };
}

async function fetchSafely(context: FileContext, id: VideoId, url: string): Promise<FileOutcome> {
	try {
		return await fetchOnce(context, id, url);
	} catch {
		if (cancelSignalOf(context)?.aborted === true) return { kind: 'cancelled' };
		return { kind: 'broken', reason: 'The connection to the file’s host broke off.' };
	}
}

/** Streams the file of a completed video into n8n's binary storage, named after the video's ID. Never throws. */
export async function fetchVideoFile(context: FileContext, id: VideoId, url: string): Promise<FileOutcome> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await fetchSafely(context, id, url);
		if (outcome.kind !== 'broken' || attempt >= FILE_ATTEMPTS) return outcome;
		if (!(await pause(FILE_PAUSE_MS * attempt, cancelSignalOf(context)))) return { kind: 'cancelled' };
	}
}
