// An outage of a sandbox: connections are refused, as by a machine on which nothing listens. Rule: refused connections are counted on the caller's
// side, since the machine that refuses one does not notice it.
import { channel } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import type { Sandbox } from '../sandbox';
import type { TestClock } from '../support/testClock';

const REQUEST_STARTS = channel('http.client.request.start');

export class Outage {
	/** How many connections were refused. */
	refused = 0;

	private readonly host: string;

	private endsAfter = Infinity;

	private ended = Promise.resolve();

	private isActive = false;

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
			if (this.refused === this.endsAfter) void this.end();
		});
	}

	/** Refuses connections until so many have been refused. */
	async refuse(times: number) {
		this.endsAfter = times;
		this.isActive = true;
		await this.sandbox.shut();
		// Connections that were kept for later are closed, too; a request on one whose end has not come through yet would break instead of being refused.
		await this.clock.settle();
	}

	async end() {
		if (this.isActive) this.ended = this.sandbox.open();
		this.isActive = false;
		await this.ended;
	}

	close() {
		REQUEST_STARTS.unsubscribe(this.listener);
	}
}
