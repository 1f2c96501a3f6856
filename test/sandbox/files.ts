// Sends the files, whole or in ranges. Rule: links are public, as at Akool: a file is never withheld for want of a key, and a key that arrives
// here is a leak (sandbox.leaks shows it).
import { pipeline } from 'node:stream';
import { strike } from './breakages';
import { sendPage } from './http';
import { findFile } from './media';
import type { MediaFile, Outgoing, RequestEntry } from './types';
import type { World } from './world';

/** The part that a Range header asks for. */
function readRange(header: string | undefined, bytes: number) {
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === undefined) return undefined;
	return { start: Number(from), end: to ? Math.min(Number(to), bytes - 1) : bytes - 1 };
}

/** How a file may end half way. @param kind of the fault */
const breaksHalfWay = (kind: string | undefined) => kind === 'cutFile' || kind === 'stalledFile';

/** @param fault its kind */
function sendFile(
	response: Outgoing,
	file: MediaFile,
	rangeHeader: string | undefined,
	fault: string | undefined,
	headOnly: boolean,
) {
	const range = readRange(rangeHeader, file.bytes);
	if (range && range.start > range.end) {
		response.writeHead(416, { 'content-range': `bytes */${file.bytes}` }).end();
		return;
	}
	const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
	response.writeHead(range ? 206 : 200, {
		'content-type': file.type,
		'content-length': end - start + 1,
		'accept-ranges': 'bytes',
		...(range && { 'content-range': `bytes ${start}-${end}/${file.bytes}` }),
	});
	if (headOnly) {
		response.end();
		return;
	}
	const stream = file.open(start, breaksHalfWay(fault) ? Math.floor((start + end) / 2) : end);
	if (!breaksHalfWay(fault)) return void pipeline(stream, response, () => {});
	// end() of the socket, not destroy(): what was sent must arrive before the line goes dead.
	if (fault === 'cutFile') stream.on('end', () => response.socket?.end());
	stream.pipe(response, { end: false });
}

export async function answerFile(world: World, path: string, entry: RequestEntry, response: Outgoing) {
	const fault = world.faults.take('file');
	entry.fault = fault?.kind;
	if (fault?.kind === 'delay') await world.timers.wait(fault.ms ?? 0);
	if (fault && strike(fault, undefined, response)) return;
	if (fault?.kind === 'wrongType') return sendPage(response, 200, 'Please wait while we check your browser');
	const file = findFile(world, path);
	if (!file) return sendPage(response, 404, 'Not Found');
	return sendFile(response, file, entry.headers.range, fault?.kind, entry.method === 'HEAD');
}
