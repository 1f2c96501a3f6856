// Sends one callback. Rule: never to a host other than this machine, whatever URL a test or a workflow carries; and never follows a redirect.
import http from 'node:http';
import type { Timers } from './timers';

/** Invented, since no page names one; long enough for an n8n on a busy machine. */
const CALLBACK_TIMEOUT_MS = 180_000;

export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && (/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]');
}

interface PostOptions {
	/** Where the request is kept while it runs. */
	open: Set<http.ClientRequest>;
	timers: Timers;
	/** The second half of the body comes so much later. */
	heldMs?: number;
	/** The connection is closed after so long, answered or not. */
	callerTimeoutMs?: number;
}

interface Posted {
	/** null: nobody answered in time. */
	httpStatus: number | null;
	hasHungUp: boolean;
}

/** @param url a loopback URL */
export async function post(
	url: string,
	body: string,
	{ open, timers, heldMs, callerTimeoutMs }: PostOptions,
): Promise<Posted> {
	return await new Promise((resolve) => {
		const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
		let hasHungUp = false;
		const end = (httpStatus: number | null) => resolve({ httpStatus, hasHungUp });
		const request = http.request(
			url,
			{ method: 'POST', agent: false, headers, timeout: CALLBACK_TIMEOUT_MS },
			(response) => {
				response.resume();
				end(response.statusCode ?? null);
			},
		);
		open.add(request);
		request.on('timeout', () => request.destroy());
		request.on('error', () => end(null));
		request.on('close', () => {
			open.delete(request);
			end(null);
		});
		if (callerTimeoutMs !== undefined) {
			timers.after(callerTimeoutMs, () => {
				hasHungUp = true;
				request.destroy();
			});
		}
		if (heldMs === undefined) return void request.end(body);
		const half = Math.floor(body.length / 2);
		request.write(body.slice(0, half));
		timers.after(heldMs, () => request.end(body.slice(half)));
	});
}
