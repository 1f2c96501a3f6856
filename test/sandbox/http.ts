// Reading requests and sending answers. Rule: Content-Length is always the true length, because a client must see that an answer is incomplete.
import type { IncomingMessage } from 'node:http';
import type { Outgoing } from './types';

const MOST_BODY_BYTES = 4 * 1024 * 1024;
const JSON_TYPE = 'application/json; charset=utf-8';
const PAGE_TYPE = 'text/html; charset=utf-8';

type Headers = Record<string, string>;

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

/** Sends only the headers; returns the function that sends the body. */
export function sendHead(response: Outgoing, status: number, type: string, body: string, headers: Headers = {}) {
	response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
	response.flushHeaders();
	return () => void response.end(body);
}

export function send(response: Outgoing, status: number, type: string, body: string, headers: Headers = {}): void {
	response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
	response.end(body);
}

export function sendJson(response: Outgoing, status: number, value: unknown, headers?: Headers): void {
	send(response, status, JSON_TYPE, JSON.stringify(value), headers);
}

/** Like sendJson, but returns the function that sends the body. */
export function sendJsonHead(response: Outgoing, value: unknown) {
	return sendHead(response, 200, JSON_TYPE, JSON.stringify(value));
}

/** Text as it is, under the type of JSON. */
export function sendAsJson(response: Outgoing, text: string): void {
	send(response, 200, JSON_TYPE, text);
}

export function sendPage(response: Outgoing, status: number, text: string, headers?: Headers): void {
	send(response, status, PAGE_TYPE, `<!DOCTYPE html><html><body><h1>${text}</h1></body></html>`, headers);
}

export function sendHtml(response: Outgoing, status: number, html: string, headers?: Headers): void {
	send(response, status, PAGE_TYPE, html, headers);
}
