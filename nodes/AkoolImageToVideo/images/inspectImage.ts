// Reads the first bytes of an image from its host, as Akool will. Rule: it stays cheap whatever the host does: it stops reading as
// soon as it knows enough, ends after ten seconds, and never throws.

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_BASE_URL } from '../akool/endpoints';
import { parseUrl } from '../akool/url';
import { clock } from '../clock';
import { causeOf } from '../messages/causes';
import { imageMessages } from '../messages/images';
import { classifyThrown } from '../transport/classify';
import { accountToHide, cancelSignalOf } from '../transport/credentials';
import { discard, openFile, type FileBody, type FileResponse } from '../transport/fileAddress';
import { TransferGuard } from '../transport/transferGuard';
import { FIRST_BYTES, isEnough, readImageFacts, type ImageFacts } from './imageFacts';

export type Inspection =
	| { kind: 'seen'; facts: ImageFacts; isEmpty: boolean }
	/** There is no file. */
	| { kind: 'notThere'; httpStatus: number }
	| { kind: 'noSuchHost' }
	/** It leads to a host that Akool cannot reach. */
	| { kind: 'private' }
	/** n8n could not read it, but Akool may. */
	| { kind: 'notSeen'; because: string };

const INSPECTION_TIMEOUT_MS = 10_000;
const ACCEPT = { Accept: 'image/*,*/*;q=0.8' };
/** Nearly every image has its size within these bytes; requesting more at once would fill the memory with unread bytes. */
const FIRST_ASKED_BYTES = 32 * 1024;
const range = (from: number, end: number): IDataObject => ({ ...ACCEPT, Range: `bytes=${from}-${end - 1}` });
const PARTIAL = 206;
const NO_SUCH_RANGE = 416;
const NOT_THERE = [404, 410];
const SUCCESSES = [200, 203, 206];
const NO_SUCH_HOST = 'ENOTFOUND';
const AKOOL_HOST = new URL(DEFAULT_BASE_URL).hostname;

/** Reads as many first bytes as are needed to know the kind and size. @param before the bytes that were read already */
export async function firstBytes(body: FileBody, before: Buffer = Buffer.alloc(0)): Promise<Buffer> {
	if (Buffer.isBuffer(body)) return Buffer.concat([before, body]).subarray(0, FIRST_BYTES);
	let bytes = before;
	for await (const chunk of body) {
		bytes = Buffer.concat([bytes, Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)]).subarray(0, FIRST_BYTES);
		// Leaving the loop closes the stream and its connection.
		if (isEnough(bytes)) break;
	}
	return bytes;
}

async function bytesOf({ body }: FileResponse, guard: TransferGuard, before?: Buffer): Promise<Buffer> {
	if (!Buffer.isBuffer(body)) guard.follow(body);
	return await firstBytes(body, before);
}

/** The first bytes, and the following ones if the host sends them. */
async function withMore(context: IExecuteFunctions, url: string, first: Buffer, guard: TransferGuard): Promise<Buffer> {
	const opened = await openFile(context, url, guard.signal, range(first.length, FIRST_BYTES));
	if (opened.kind === 'refused') return first;
	if (opened.response.statusCode === PARTIAL) return await bytesOf(opened.response, guard, first);
	discard(opened.response.body);
	return first;
}

async function inspectResponse(
	context: IExecuteFunctions,
	url: string,
	response: FileResponse,
	guard: TransferGuard,
): Promise<Inspection> {
	const { statusCode, body } = response;
	if (!SUCCESSES.includes(statusCode)) {
		discard(body);
		return NOT_THERE.includes(statusCode)
			? { kind: 'notThere', httpStatus: statusCode }
			: { kind: 'notSeen', because: imageMessages.becauseStatus(statusCode) };
	}
	const first = await bytesOf(response, guard);
	const isCut = statusCode === PARTIAL && first.length >= FIRST_ASKED_BYTES && !isEnough(first);
	const bytes = isCut ? await withMore(context, url, first, guard) : first;
	return { kind: 'seen', facts: readImageFacts(bytes), isEmpty: bytes.length === 0 };
}

/**
 * Says whether an error means that the host does not exist, for Akool either. An n8n that reaches Akool by its public name resolves names as the
 * internet does; one behind a gateway may know no public names. And behind a proxy, the name that was not found may be the proxy's.
 */
function isNoHost(error: unknown, host: string, baseUrl: string): boolean {
	const words = causeOf(error).split(/[\s:]+/);
	return parseUrl(baseUrl)?.hostname === AKOOL_HOST && words.includes(NO_SUCH_HOST) && words.includes(host);
}

async function failedInspection(
	context: IExecuteFunctions,
	url: string,
	error: unknown,
	guard: TransferGuard,
): Promise<Inspection> {
	if (guard.endedBy !== undefined)
		return { kind: 'notSeen', because: imageMessages.becauseSlow(INSPECTION_TIMEOUT_MS / 1_000) };
	const baseUrl = (await accountToHide(context))?.baseUrl ?? DEFAULT_BASE_URL;
	if (isNoHost(error, new URL(url).hostname, baseUrl)) return { kind: 'noSuchHost' };
	const outcome = classifyThrown(error);
	const reason = 'reason' in outcome ? outcome.reason : '';
	return { kind: 'notSeen', because: imageMessages.becauseConnection(reason) };
}

/** Inspects an image at an address, within ten seconds. Never throws. */
export async function inspectImage(context: IExecuteFunctions, url: string): Promise<Inspection> {
	const limits = { maxBytes: Infinity, idleTimeoutMs: INSPECTION_TIMEOUT_MS };
	const guard = new TransferGuard(limits, clock.now() + INSPECTION_TIMEOUT_MS, cancelSignalOf(context));
	try {
		let opened = await openFile(context, url, guard.signal, range(0, FIRST_ASKED_BYTES));
		// An empty file has no beginning, and some hosts have no ranges.
		if (opened.kind === 'response' && opened.response.statusCode === NO_SUCH_RANGE) {
			discard(opened.response.body);
			opened = await openFile(context, url, guard.signal, ACCEPT);
		}
		if (opened.kind === 'response') return await inspectResponse(context, url, opened.response, guard);
		switch (opened.objection) {
			case 'private':
			case 'notOnTheWeb':
				return { kind: 'private' };
			case 'blockedByN8n':
				return { kind: 'notSeen', because: imageMessages.becauseBlocked() };
			case 'tooManyRedirects':
				return { kind: 'notSeen', because: imageMessages.becauseRedirects() };
		}
	} catch (error) {
		return await failedInspection(context, url, error, guard);
	} finally {
		guard.close();
	}
}
