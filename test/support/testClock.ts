// One clock for a test: the package's pauses, the sandbox's jobs and the test's own waits all follow it. Rule: it never runs on its own. It jumps to
// the next moment that somebody sleeps until, and only once nothing is left to do before that: no request on its way, no file being written.

import { channel } from 'node:diagnostics_channel';
import { ClientRequest, ServerResponse } from 'node:http';

import { replaceClock, type Clock } from '../../nodes/AkoolImageToVideo/clock';

interface Sleeper {
	dueMs: number;
	/** Of a server that a test uses: by itself no reason to let time pass. */
	isBackground: boolean;
	wake: () => void;
}

/** Whatever happens on the network of this process counts as activity. */
const NETWORK_EVENTS = [
	'http.client.request.start',
	'http.client.request.error',
	'http.client.response.finish',
	'http.server.request.start',
	'http.server.response.finish',
	'net.client.socket',
	'net.server.socket',
];

/** Work of the system for this process; time does not pass until it is done. */
const BUSY_RESOURCES = /^(FS|GetAddrInfo|(TCP|Pipe)?Connect|Write|Shutdown|RandomBytes|Zlib|ScryptJob|TLS.*Req)/;

/**
 * So many checks in a row have to find the process idle; a check takes a turn of the event loop and at least a millisecond. Bytes that are on their way
 * between a client and a server show nowhere, and a busy machine keeps them back for some milliseconds.
 */
const IDLE_CHECKS = 3;
const IDLE_CHECKS_WITH_REQUESTS = 6;
const IDLE_CHECKS_IN_TRANSIT = 100;

function isAborted(signal: AbortSignal | undefined): boolean {
	return signal?.aborted === true;
}

function requestOf(event: unknown): ClientRequest | undefined {
	const request = typeof event === 'object' && event !== null && 'request' in event ? event.request : undefined;
	return request instanceof ClientRequest ? request : undefined;
}

function responseOf(event: unknown): ServerResponse | undefined {
	const response = typeof event === 'object' && event !== null && 'response' in event ? event.response : undefined;
	return response instanceof ServerResponse ? response : undefined;
}

const realSetTimeout = setTimeout;

export class TestClock implements Clock {
	private readonly sleepers = new Set<Sleeper>();

	private activity = 0;

	/** Each until its connection is done with: an answer that nobody reads to its end never says that it is finished. */
	private readonly requestsUnderWay = new Set<ClientRequest>();

	/** By servers of this process that have not answered yet, by the port that the request came from. */
	private readonly portsHandled = new Map<ServerResponse, number | undefined>();

	private isWatching = false;

	private readonly unsubscribe: Array<() => void> = [];

	private readonly restore: () => void;

	private nowMs: number;

	private readonly isNetworkReal: boolean;

	/**
	 * @param options.nowMs         when it begins, in milliseconds since 1970; n8n's own signed links and waits go by the real time, so it begins there
	 * @param options.isNetworkReal false where no request leaves the process, so that the clock need not wait for any
	 */
	constructor({ nowMs = Date.now(), isNetworkReal = true } = {}) {
		this.nowMs = nowMs;
		this.isNetworkReal = isNetworkReal;
		for (const name of NETWORK_EVENTS) {
			const onEvent = (event: unknown): void => {
				this.activity++;
				if (name === 'http.client.request.start') this.follow(requestOf(event));
				if (name === 'http.client.response.finish') this.over(requestOf(event));
				if (name === 'http.server.request.start') this.handle(responseOf(event));
				if (name === 'http.server.response.finish') this.handled(responseOf(event));
			};
			channel(name).subscribe(onEvent);
			this.unsubscribe.push(() => channel(name).unsubscribe(onEvent));
		}
		this.restore = replaceClock(this);
	}

	private follow(request: ClientRequest | undefined): void {
		if (request === undefined) return;
		this.requestsUnderWay.add(request);
		request.once('close', () => this.over(request));
		this.watch();
	}

	private over(request: ClientRequest | undefined): void {
		if (request !== undefined && this.requestsUnderWay.delete(request)) this.activity++;
	}

	private handle(response: ServerResponse | undefined): void {
		if (response === undefined) return;
		this.portsHandled.set(response, response.req.socket.remotePort);
		response.once('close', () => this.handled(response));
	}

	private handled(response: ServerResponse | undefined): void {
		if (response !== undefined && this.portsHandled.delete(response)) this.activity++;
	}

	now(): number {
		return Math.floor(this.nowMs);
	}

	/** The middle, so that jitter changes nothing. */
	random(): number {
		return 0.5;
	}

	/** The same clock for a server that a test uses: time passes for it only while somebody else sleeps or waits for its answer. */
	readonly background: Clock = {
		now: () => this.now(),
		random: () => this.random(),
		sleep: async (ms, signal) => await this.sleepUntil(this.nowMs + Math.max(0, ms), true, signal),
	};

	async sleep(ms: number, signal?: AbortSignal): Promise<boolean> {
		return await this.sleepUntil(this.nowMs + Math.max(0, ms), false, signal);
	}

	private async sleepUntil(dueMs: number, isBackground: boolean, signal: AbortSignal | undefined): Promise<boolean> {
		if (isAborted(signal)) return false;
		this.activity++;
		await new Promise<void>((resolve) => {
			const sleeper: Sleeper = { dueMs, isBackground, wake: () => wake() };
			const wake = (): void => {
				this.sleepers.delete(sleeper);
				signal?.removeEventListener('abort', wake);
				this.activity++;
				resolve();
			};
			signal?.addEventListener('abort', wake, { once: true });
			this.sleepers.add(sleeper);
			this.watch();
		});
		return !isAborted(signal);
	}

	/** Lets this much time pass at once, also for everything that sleeps. */
	advance(ms: number): void {
		this.goTo(this.nowMs + ms);
	}

	/** Waits until a condition holds, and lets time pass while nothing else is to do. */
	async until(condition: () => boolean, what = 'the awaited'): Promise<void> {
		for (let checks = 0; !condition(); checks++) {
			if (checks > 5_000) throw new Error(`${what} did not happen`);
			await this.turn();
		}
	}

	/** Runs the event loop until the process is idle, without letting time pass. */
	async settle(): Promise<void> {
		this.frozen++;
		try {
			await this.idle();
		} finally {
			this.frozen--;
			this.watch();
		}
	}

	private frozen = 0;

	/** While the work goes on, time stands still unless `advance` is called. */
	async whileFrozen<T>(work: () => Promise<T>): Promise<T> {
		this.frozen++;
		try {
			return await work();
		} finally {
			this.frozen--;
			this.watch();
		}
	}

	/** Ends the test's time; to be called once the tests of a file are over. */
	close(): void {
		for (const end of this.unsubscribe) end();
		for (const { wake } of [...this.sleepers]) wake();
		this.restore();
	}

	private goTo(ms: number): void {
		const due = [...this.sleepers].filter(({ dueMs }) => dueMs <= ms).sort((a, b) => a.dueMs - b.dueMs);
		this.nowMs = Math.max(this.nowMs, ms);
		for (const { wake } of due) wake();
	}

	private async turn(): Promise<void> {
		await new Promise<void>((resolve) => {
			if (this.isNetworkReal) realSetTimeout(() => setImmediate(resolve), 1);
			else setImmediate(resolve);
		});
	}

	private isBusy(): boolean {
		return process.getActiveResourcesInfo().some((name) => BUSY_RESOURCES.test(name));
	}

	private idleLooks(): number {
		if (this.requestsUnderWay.size === 0) return IDLE_CHECKS;
		const handledPorts = new Set(this.portsHandled.values());
		const areAllHandled = [...this.requestsUnderWay].every(({ socket }) => handledPorts.has(socket?.localPort));
		return areAllHandled ? IDLE_CHECKS_WITH_REQUESTS : IDLE_CHECKS_IN_TRANSIT;
	}

	private async idle(): Promise<void> {
		let idleChecks = 0;
		let seen = this.activity;
		while (idleChecks < this.idleLooks()) {
			await this.turn();
			idleChecks = this.activity === seen && !this.isBusy() ? idleChecks + 1 : 0;
			seen = this.activity;
		}
	}

	/** Whether somebody waits for time to pass. */
	private isAwaited(): boolean {
		const sleepers = [...this.sleepers];
		return (
			sleepers.some(({ isBackground }) => !isBackground) || (sleepers.length > 0 && this.requestsUnderWay.size > 0)
		);
	}

	private watch(): void {
		if (this.isWatching || !this.isAwaited()) return;
		this.isWatching = true;
		void this.jumpWhileIdle();
	}

	private async jumpWhileIdle(): Promise<void> {
		while (this.isAwaited() && this.frozen === 0) {
			await this.idle();
			if (this.frozen > 0 || !this.isAwaited()) break;
			const nextMs = Math.min(...[...this.sleepers].map(({ dueMs }) => dueMs));
			if (Number.isFinite(nextMs)) this.goTo(nextMs);
		}
		this.isWatching = false;
	}
}
