// Brings a video or a picture home as a stream, so that memory does not grow with it. The key is never sent to the file's host, a broken stream
// is read again, and half a file never passes for a whole one: what was stored is measured against what was announced.

import type { IBinaryData, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { numberOf, textOf } from '../akool/json';
import { retryAfterMs } from '../akool/retryAfter';
import { cancelSignalOf } from './credentials';

/** The contexts that can keep a file. */
export type FileContext = IExecuteFunctions | IWebhookFunctions;

export type FileOutcome =
	| { kind: 'stored'; binary: IBinaryData }
	| { kind: 'gone'; reason: string }
	| { kind: 'broken'; reason: string; retryAfterMs?: number }
	| { kind: 'cancelled' };

/** How patient we are with the host of a file. */
export interface Patience {
	attempts: number;
	/** Before the second attempt; it grows with each further one. */
	pauseMs: number;
	/** The longest pause that the host may ask for with Retry-After. */
	longestPauseMs: number;
	/** Without a byte for so long, a stream counts as broken. */
	idleTimeoutMs: number;
}

/** What has to come for a file: a page never passes for a video. */
export interface FileKind {
	family: 'video' | 'image';
	/** Taken for its type where the host names none. */
	defaultType: string;
	extensions: Readonly<Record<string, string>>;
	/** Why a file may be gone. */
	goneBecause: string;
	patience: Patience;
}

/** How patient we are with the host of the videos, which were paid for. */
export const FILE_HOST: Patience = { attempts: 3, pauseMs: 1_000, longestPauseMs: 30_000, idleTimeoutMs: 60_000 };

export const VIDEO_FILE: FileKind = {
	family: 'video',
	defaultType: 'video/mp4',
	extensions: { 'video/mp4': 'mp4', 'video/webm': 'webm', 'video/quicktime': 'mov' },
	goneBecause: ' Links end seven days after the video was created.',
	patience: FILE_HOST,
};

export const IMAGE_FILE: FileKind = {
	family: 'image',
	defaultType: 'image/png',
	extensions: { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/gif': 'gif' },
	goneBecause: '',
	patience: { attempts: 2, pauseMs: 500, longestPauseMs: 5_000, idleTimeoutMs: 10_000 },
};

type FileBody = Parameters<FileContext['helpers']['prepareBinaryData']>[0];

interface FileResponse {
	statusCode: number;
	headers: unknown;
	body: FileBody;
}

const HTTP_OK = 200;
const GONE_STATUSES = [403, 404, 410];

/** A type as it is registered; whatever else a host writes there is not passed on. */
const REGISTERED_TYPE = /^[a-z]+\/[a-z\d][a-z\d.+-]{0,63}$/;

/** The type to keep, or undefined where something else comes: storage hosts answer with a page when they cannot serve the file. */
function typeToKeep({ family, defaultType }: FileKind, headers: unknown): string | undefined {
	const type = (textOf(headers, 'content-type') ?? defaultType).split(';')[0]?.trim().toLowerCase() ?? '';
	if (type.startsWith(`${family}/`)) return REGISTERED_TYPE.test(type) ? type : defaultType;
	return type.endsWith('/octet-stream') ? defaultType : undefined;
}

const NOT_COMPRESSED = ['', 'identity'];

/** The announced length; not to be compared with what arrives when the host compressed it on the way. */
function announcedBytes(headers: unknown): number | undefined {
	const encoding = textOf(headers, 'content-encoding') ?? '';
	return NOT_COMPRESSED.includes(encoding.trim().toLowerCase()) ? numberOf(headers, 'content-length') : undefined;
}

/** n8n 2.8 does not put the number of bytes beside the data; its storage knows it. */
async function storedBytes(context: FileContext, binary: IBinaryData): Promise<number> {
	if (binary.bytes !== undefined) return binary.bytes;
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

function discard(body: FileBody): void {
	if (!('destroy' in body)) return;
	// Where nobody has begun to read it, its end would not reach the connection.
	body.on('error', () => undefined).once('data', () => body.destroy());
}

async function fetchOnce(context: FileContext, kind: FileKind, name: string, url: string): Promise<FileOutcome> {
	const response: FileResponse = await context.helpers.httpRequest({
		method: 'GET',
		url,
		headers: { 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		timeout: kind.patience.idleTimeoutMs,
		abortSignal: cancelSignalOf(context),
	});
	const { statusCode, headers, body } = response;
	if (statusCode !== HTTP_OK) {
		discard(body);
		const isGone = GONE_STATUSES.includes(statusCode);
		const reason = `The file’s host answered with HTTP status ${statusCode}.`;
		if (isGone) return { kind: 'gone', reason: `${reason}${kind.goneBecause}` };
		return { kind: 'broken', reason, retryAfterMs: retryAfterMs(headers, clock.now()) };
	}
	const mimeType = typeToKeep(kind, headers);
	if (mimeType === undefined) {
		discard(body);
		return {
			kind: 'broken',
			reason: `The file’s host sent ${textOf(headers, 'content-type') ?? 'something'} instead of ${kind.family === 'video' ? 'a video' : 'an image'}.`,
		};
	}
	const binary = await context.helpers.prepareBinaryData(
		body,
		`${name}.${kind.extensions[mimeType] ?? kind.extensions[kind.defaultType]}`,
		mimeType,
	);
	const arrived = await storedBytes(context, binary);
	const announced = announcedBytes(headers);
	// More than was announced is a file that was compressed on the way: what unpacked it takes the header away.
	if (arrived === 0 || arrived < (announced ?? 0)) {
		return { kind: 'broken', reason: `Only ${arrived} of ${announced ?? 'an unknown number of'} bytes arrived.` };
	}
	return { kind: 'stored', binary };
}

async function fetchSafely(context: FileContext, kind: FileKind, name: string, url: string): Promise<FileOutcome> {
	try {
		return await fetchOnce(context, kind, name, url);
	} catch {
		if (cancelSignalOf(context)?.aborted === true) return { kind: 'cancelled' };
		return { kind: 'broken', reason: 'The connection to the file’s host broke off.' };
	}
}

/** The pause before a file is fetched once more: longer each time, and as long as its host asks for, within what we are patient for. */
export function pauseBeforeNextMs(
	{ pauseMs, longestPauseMs }: Patience,
	attempt: number,
	retryAfterMs: number = 0,
): number {
	return Math.max(pauseMs * attempt, Math.min(retryAfterMs, longestPauseMs));
}

/** Streams a file into n8n's binary storage, under a name that gets the ending of its type. Never throws. */
export async function fetchFile(context: FileContext, kind: FileKind, name: string, url: string): Promise<FileOutcome> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await fetchSafely(context, kind, name, url);
		if (outcome.kind !== 'broken' || attempt >= kind.patience.attempts) return outcome;
		if (!(await clock.sleep(pauseBeforeNextMs(kind.patience, attempt, outcome.retryAfterMs), cancelSignalOf(context))))
			return { kind: 'cancelled' };
	}
}
