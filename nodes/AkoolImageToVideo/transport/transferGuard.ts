// Limits one download: its size, its total time, and the time without a byte. Rule: the file's host can neither fill the
// storage nor block the execution. The bytes are counted as they pass, so none are held in memory.

import { clock } from '../clock';

export interface TransferLimits {
	maxBytes: number;
	/** A transfer without a byte for this long counts as broken. */
	idleTimeoutMs: number;
}

/** Why the guard ended a transfer. */
export type GuardEnd = 'tooLarge' | 'tooSlow' | 'silent';

/** How much of the beginning is kept to identify the file. */
const FIRST_BYTES = 512;

/** The error with which the guard ends a stream. */
class EndedByGuard extends Error {}

/** How many checks in a row have to find the stream silent: a single one may come late on a busy machine. */
const SILENT_CHECKS = 4;

/** The part of a stream that the guard needs; n8n may hand over a buffer instead. */
interface Stream {
	on(event: 'newListener', listener: (event: string | symbol) => void): unknown;
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	destroy(error?: Error): unknown;
}

/** The events by which a reader starts a stream. */
const READERS: ReadonlyArray<string | symbol> = ['data', 'readable'];

/** Enforces the limits of one download; call `close` when it is over. Never throws. */
export class TransferGuard {
	/** Why the guard ended the transfer; undefined if it did not. */
	endedBy: GuardEnd | undefined;

	/** The stream's own error. */
	streamError: unknown;

	/** The first bytes of the stream. */
	firstBytes = Buffer.alloc(0);

	private readonly over = new AbortController();

	private readonly done = new AbortController();

	private bytes = 0;

	private stream: Stream | undefined;

	/** @param endMs when the whole file has to have arrived, in milliseconds since 1970 */
	constructor(
		private readonly limits: TransferLimits,
		private readonly endMs: number,
		private readonly stop: AbortSignal | undefined,
	) {
		void this.watch();
	}

	/** Aborted by the user's stop button or by the guard. */
	get signal(): AbortSignal {
		return this.stop === undefined ? this.over.signal : AbortSignal.any([this.stop, this.over.signal]);
	}

	/** Counts the bytes of a stream as they pass. Call it before the stream is read. */
	follow(stream: Stream): void {
		this.stream = stream;
		stream.on('error', (error) => (this.streamError ??= error));
		let isCounting = false;
		// Listening starts a stream, so the guard listens only once the reader does; otherwise the reader would miss bytes.
		stream.on('newListener', (event) => {
			if (isCounting || !READERS.includes(event)) return;
			isCounting = true;
			stream.on('data', (chunk) => this.count(chunk));
		});
	}

	/** Whether the stream ended early. Any other error is not caused by the file's host. */
	hasBrokenOff(): boolean {
		return this.endedBy !== undefined || this.streamError !== undefined;
	}

	/** Ends the checks, and aborts an answer that was not read. */
	close(): void {
		this.done.abort();
		if (this.stream === undefined) this.over.abort();
	}

	private count(chunk: Uint8Array): void {
		this.bytes += chunk.length;
		if (this.firstBytes.length < FIRST_BYTES)
			this.firstBytes = Buffer.concat([this.firstBytes, chunk]).subarray(0, FIRST_BYTES);
		if (this.bytes > this.limits.maxBytes) this.end('tooLarge');
	}

	private end(reason: GuardEnd): void {
		this.endedBy ??= reason;
		this.over.abort();
		this.stream?.destroy(new EndedByGuard(reason));
	}

	private async watch(): Promise<void> {
		let seen = -1;
		for (let silent = 0; silent < SILENT_CHECKS; silent = this.bytes === seen ? silent + 1 : 0) {
			seen = this.bytes;
			const pauseMs = Math.min(this.limits.idleTimeoutMs / SILENT_CHECKS, this.endMs - clock.now());
			if (!(await clock.sleep(Math.max(0, pauseMs), this.done.signal))) return;
			if (clock.now() >= this.endMs) return this.end('tooSlow');
		}
		this.end('silent');
	}
}
