// Serves files and images, whole, in ranges, or with a fault. Rule: links are public, as at Akool: a file needs no
// key, and a key that arrives here is a leak (sandbox.leaks shows it).
import { pipeline, Readable } from 'node:stream';
import { applyFault } from './faultyAnswers';
import { pauseOf } from './faults';
import { sendPage } from './http';
import { findImage } from './images';
import { findFile } from './media';
import type { Fault, FoundFile, MediaFile, Outgoing, RequestEntry } from './types';
import type { SandboxState } from './sandboxState';

const PIECE = Buffer.alloc(64 * 1024, 'sandbox ');
const DEFAULT_LARGE_BYTES = 50_000_000_000;
const DEFAULT_DRIP_MS = 100;

interface Range {
	start: number;
	end: number;
}

/** The part that a Range header requests. */
function readRange(header: string | undefined, bytes: number): Range | undefined {
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === undefined) return undefined;
	return { start: Number(from), end: to ? Math.min(Number(to), bytes - 1) : bytes - 1 };
}

/** A number of arbitrary bytes, generated while they are sent. */
function filling(bytes: number): Readable {
	function* pieces() {
		for (let left = bytes; left > 0; left -= PIECE.length) yield PIECE.subarray(0, Math.min(left, PIECE.length));
	}
	return Readable.from(pieces());
}

/** Ends when the client does. */
const pour = (stream: Readable, response: Outgoing): void => void pipeline(stream, response, () => {});

/** The first half, and then the end of the connection, or nothing. */
function sendHalf(stream: Readable, response: Outgoing, isCut: boolean): void {
	// end() of the socket, not destroy(): what was sent must arrive before the connection ends.
	if (isCut) stream.on('end', () => response.socket?.end());
	stream.pipe(response, { end: false });
}

/** A few bytes at a time, with pauses of the sandbox's clock. */
async function sendSlowly(
	state: SandboxState,
	stream: Readable,
	response: Outgoing,
	{ bytes = 1, ...fault }: Fault,
): Promise<void> {
	const pauseMs = pauseOf(fault) || DEFAULT_DRIP_MS;
	for await (const piece of stream) {
		for (let at = 0; at < piece.length; at += bytes) {
			if (response.destroyed) return;
			response.write(piece.subarray(at, at + bytes));
			await state.timers.wait(pauseMs);
		}
	}
	response.end();
}

/** The right bytes, and then more as long as somebody reads. */
function sendEndless(response: Outgoing, file: MediaFile, type = file.type): void {
	response.writeHead(200, { 'content-type': type });
	const own = file.open(0, file.bytes - 1);
	own.on('end', () => pour(filling(Infinity), response));
	own.pipe(response, { end: false });
}

function sendLarge(response: Outgoing, { type }: MediaFile, bytes = DEFAULT_LARGE_BYTES): void {
	response.writeHead(200, { 'content-type': type, 'content-length': bytes });
	pour(filling(bytes), response);
}

function sendFile(
	state: SandboxState,
	file: MediaFile,
	entry: RequestEntry,
	response: Outgoing,
	fault: Fault | undefined,
) {
	const range = file.noRanges ? undefined : readRange(entry.headers.range, file.bytes);
	if (range && range.start > range.end) {
		response.writeHead(416, { 'content-range': `bytes */${file.bytes}` }).end();
		return;
	}
	const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
	response.writeHead(range ? 206 : 200, {
		'content-type': fault?.kind === 'wrongType' ? fault.type : file.type,
		...(!file.noLength && { 'content-length': end - start + 1 }),
		...(!file.noRanges && { 'accept-ranges': 'bytes' }),
		...(range && { 'content-range': `bytes ${start}-${end}/${file.bytes}` }),
	});
	if (entry.method === 'HEAD') return void response.end();
	const isHalf = file.isCut || fault?.kind === 'cutFile' || fault?.kind === 'stalledFile';
	if (isHalf) return sendHalf(file.open(start, Math.floor((start + end) / 2)), response, fault?.kind !== 'stalledFile');
	if (fault?.kind === 'slowFile') return void sendSlowly(state, file.open(start, end), response, fault);
	return pour(file.open(start, end), response);
}

/** Applies faults that depend on the file. @returns whether one occurred */
function strikeFile(fault: Fault, file: MediaFile, response: Outgoing): boolean {
	if (fault.kind === 'wrongType' && fault.type === undefined)
		sendPage(response, 200, 'Please wait while we check your browser');
	else if (fault.kind === 'endlessFile') sendEndless(response, file, fault.type);
	else if (fault.kind === 'largeFile') sendLarge(response, file, fault.bytes);
	else return false;
	return true;
}

/** Serves a file, or answers with an HTTP status where there is none. */
function sendStatus(response: Outgoing, { status, location }: Exclude<FoundFile, MediaFile>): void {
	sendPage(response, status, String(status), location === undefined ? {} : { location });
}

export async function answerFile(
	state: SandboxState,
	url: URL,
	entry: RequestEntry,
	response: Outgoing,
): Promise<void> {
	const fault = state.faults.take(entry.endpoint);
	entry.fault = fault?.kind;
	if (fault?.kind === 'delay') await state.timers.wait(pauseOf(fault));
	if (fault && applyFault(state, fault, undefined, response)) return;
	if (fault?.kind === 'redirect') {
		return sendStatus(response, { status: fault.status ?? 302, location: fault.location ?? entry.path });
	}
	const found = entry.endpoint === 'image' ? findImage(url) : findFile(state, url.pathname);
	if (found === undefined) return sendStatus(response, { status: 404 });
	if ('status' in found) return sendStatus(response, found);
	if (found.waitSeconds !== undefined) await state.timers.wait(found.waitSeconds * 1000);
	if (fault && strikeFile(fault, found, response)) return;
	sendFile(state, found, entry, response, fault);
}
