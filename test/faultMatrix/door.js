// The way to a sandbox, which a test may bar: connections are then refused, as by a machine on which nothing listens. Rule: how often the door
// was knocked at is counted on the caller's side, since whoever refuses a connection knows nothing of it.
'use strict';

const { channel } = require('node:diagnostics_channel');

const REQUEST_STARTS = channel('http.client.request.start');

class Door {
	/** @param {import('../sandbox').Sandbox} sandbox */
	constructor(sandbox) {
		this.sandbox = sandbox;
		this.host = new URL(sandbox.url).host;
		/** How many connections were refused. */
		this.refused = 0;
		this.opensAfter = Infinity;
		/** @type {Promise<void>} */
		this.opened = Promise.resolve();
		this.barred = false;
		/** @param {unknown} message */
		this.listener = (message) =>
			this.watch(/** @type {{ request: import('node:http').ClientRequest }} */ (message).request);
		REQUEST_STARTS.subscribe(this.listener);
	}

	reset() {
		this.refused = 0;
	}

	/** @param {import('node:http').ClientRequest} request */
	watch(request) {
		if (request.getHeader('host') !== this.host) return;
		request.once('error', (error) => {
			if (!('code' in error) || error.code !== 'ECONNREFUSED') return;
			this.refused += 1;
			if (this.refused === this.opensAfter) void this.open();
		});
	}

	/** Bars the door until so many have been refused. @param {number} times */
	async bar(times) {
		this.opensAfter = times;
		this.barred = true;
		await this.sandbox.shut();
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

module.exports = { Door };
