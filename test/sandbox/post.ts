// Sends one callback. Rule: never to a host other than this machine, whatever URL a test or a workflow carries; and never follows a redirect.
import http from 'node:http';

/** Invented, since no page names one; long enough for an n8n on a busy machine. */
const CALLBACK_TIMEOUT_MS = 180_000;

export function isLoopback(url: string) {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'http:' && (/^127(\.\d+){3}$/.test(hostname) || hostname === 'localhost' || hostname === '[::1]');
}

/**
 * @param url a loopback URL
 * @param open where the request is kept while it runs
 * @returns the HTTP status, or null when nobody answered in time
 */
export function post(url: string, body: string, open: Set<http.ClientRequest>): Promise<number | null> {
	return new Promise((resolve) => {
		const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
		const request = http.request(
			url,
			{ method: 'POST', agent: false, headers, timeout: CALLBACK_TIMEOUT_MS },
			(response) => {
				response.resume();
				resolve(response.statusCode ?? null);
			},
		);
		open.add(request);
		request.on('timeout', () => request.destroy());
		request.on('error', () => resolve(null));
		request.on('close', () => {
			open.delete(request);
			resolve(null);
		});
		request.end(body);
	});
}
