// Reading requests and sending answers. Rule: Content-Length is always the true length, because a cut answer must look cut.
import type { IncomingMessage } from 'node:http';
import type { Outgoing } from './types';

const MOST_BODY_BYTES = 4 * 1024 * 1024;

export async function readText(request: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of request) {
		bytes += piece.length;
		if (bytes > MOST_BODY_BYTES) throw new RangeError('request body too large');
		pieces.push(piece);
	}
	return Buffer.concat(pieces).toString('utf8');
}

export function parseJson(text: string): { valid: boolean; value: unknown } {
	if (text === '') return { valid: true, value: undefined };
	try {
		return { valid: true, value: JSON.parse(text) };
	} catch {
		return { valid: false, value: text };
	}
}

export function send(
	response: Outgoing,
	status: number,
	type: string,
	body: string,
	headers: Record<string, string> = {},
) {
	response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
	response.end(body);
}

export function sendJson(response: Outgoing, status: number, value: unknown) {
	send(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

export function sendPage(response: Outgoing, status: number, text: string) {
	send(response, status, 'text/html; charset=utf-8', `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`);
}
