// The way to a sandbox, which a test may bar: connections are then refused, as by a machine on which nothing listens. Rule: how often the door
// was knocked at is counted on the caller's side, since whoever refuses a connection knows nothing of it.
import { channel } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Sandbox } from '../sandbox';
import type { TestClock } from '../support/testClock';

const REQUEST_STARTS = channel('http.client.request.start');

export class Door {
	/** How many connections were refused. */
	refused = 0;

	private readonly host: string;

	private opensAfter = Infinity;

	private opened = Promise.resolve();

	private barred = false;

	private readonly listener = (message: unknown): void => {
		if (typeof message !== 'object' || message === null || !('request' in message)) return;
		if (message.request instanceof ClientRequest) this.watch(message.request);
	};

	constructor(
		private readonly sandbox: Sandbox,
		private readonly clock: TestClock,
	) {
		this.host = new URL(sandbox.url).host;
		REQUEST_STARTS.subscribe(this.listener);
	}

	reset() {
		this.refused = 0;
	}

	private watch(request: ClientRequest) {
		if (request.getHeader('host') !== this.host) return;
		request.once('error', (error) => {
			if (!('code' in error) || error.code !== 'ECONNREFUSED') return;
			this.refused += 1;
			if (this.refused === this.opensAfter) void this.open();
		});
	}

	/** Bars the door until so many have been refused. */
	async bar(times: number) {
		this.opensAfter = times;
		this.barred = true;
		await this.sandbox.shut();
		// Connections that were kept for later are closed, too; a request on one whose end has not come through yet would break instead of being refused.
		await this.clock.settle();
	}

	async open() {
		if (this.barred) this.opened = this.sandbox.open();
		this.barred = false;
		await this.opened;
	}

	close() {
		REQUEST_STARTS.unsubscribe(this.listener);
	}
}
