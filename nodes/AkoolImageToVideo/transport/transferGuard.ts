// Watches over one file on its way: it may be so large, take so long in all, and be silent for so long. Rule: the file's host can neither fill the
// storage nor hold the execution; memory is none of it, since the bytes are counted as they pass.

import { clock } from '../clock';

export interface TransferLimits {
	maxBytes: number;
	/** Without a byte for so long, a transfer counts as broken. */
	idleTimeoutMs: number;
}

/** Why a transfer was ended from here. */
export type GuardEnd = 'tooLarge' | 'tooSlow' | 'silent';

/** So much of a file's beginning is kept, for its kind to be judged. */
const FIRST_BYTES = 512;

/** What the guard ends a stream with. */
class EndedByGuard extends Error {}

/** So many checks in a row have to find the stream silent: one alone may come late, on a machine that is busy. */
const SILENT_CHECKS = 4;

/** The part of a stream that the guard needs; n8n may hand over a buffer instead. */
interface Stream {
	on(event: 'newListener', listener: (event: string | symbol) => void): unknown;
	on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	destroy(error?: Error): unknown;
}

/** How a stream's reader gets hold of it; all of them see the chunks that listeners see. */
const READERS: ReadonlyArray<string | symbol> = ['data', 'readable'];

export class TransferGuard {
	/** Why the transfer was ended; undefined while it was not. */
	endedBy: GuardEnd | undefined;

	/** The stream's own error. */
	streamError: unknown;

	/** How the stream began. */
	firstBytes = Buffer.alloc(0);

	private readonly over = new AbortController();

	private readonly done = new AbortController();

	private bytes = 0;

	private stream: Stream | undefined;

	/** @param endMs when the whole file has to be here */
	constructor(
		private readonly limits: TransferLimits,
		private readonly endMs: number,
		private readonly stop: AbortSignal | undefined,
	) {
		void this.watch();
	}

	/** Breaks the request off, whoever wants that: the user, or the guard. */
	get signal(): AbortSignal {
		return this.stop === undefined ? this.over.signal : AbortSignal.any([this.stop, this.over.signal]);
	}

	/** Counts the bytes of a stream as they pass. To be called before anybody reads it. */
	follow(stream: Stream): void {
		this.stream = stream;
		stream.on('error', (error) => (this.streamError ??= error));
		let isCounting = false;
		// Listening makes a stream flow, so it begins with whoever reads: before that, the bytes would be lost to them.
		stream.on('newListener', (event) => {
			if (isCounting || !READERS.includes(event)) return;
			isCounting = true;
			stream.on('data', (chunk) => this.count(chunk));
		});
	}

	/** The stream has not come to its end, whoever ended it. What else goes wrong with a file is not its host's doing. */
	hasBrokenOff(): boolean {
		return this.endedBy !== undefined || this.streamError !== undefined;
	}

	/** The transfer is over, however it ended. An answer that nobody has read is not waited for. */
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
