// Requests a file from its host. The address comes from Akool's answer, so it is not trusted: http and https only, no private or local host unless
// Akool itself is at one, few redirects, and each of them is checked like the first address. The key is never sent along.

import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { parseUrl } from '../akool/url';
import { DEFAULT_BASE_URL } from '../akool/endpoints';
import { textOf } from '../akool/json';
import { reachFrom } from '../akool/reach';
import { downloadMessages } from '../messages/downloads';
import { logMessages } from '../messages/log';
import { isBlockedByN8n, judgedByN8n } from '../n8n/egressFilter';
import { accountToHide } from './credentials';

/** The contexts that can keep a file. */
export type FileContext = IExecuteFunctions | IWebhookFunctions;

export type FileBody = Parameters<FileContext['helpers']['prepareBinaryData']>[0];

export interface FileResponse {
	statusCode: number;
	headers: unknown;
	body: FileBody;
}

export type Objection = 'notOnTheWeb' | 'private' | 'blockedByN8n' | 'tooManyRedirects';

/** The host's answer, or why an address was not requested. */
export type Opened =
	{ kind: 'response'; response: FileResponse } | { kind: 'refused'; objection: Objection; reason: string };

const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/** Closes the connection of a body that will not be read. */
export function discard(body: FileBody): void {
	if (!('destroy' in body)) return;
	// A stream has to be flowing before its destruction reaches the connection.
	body.on('error', () => undefined).once('data', () => body.destroy());
}

function refused(objection: Objection, reason: string): Opened {
	return { kind: 'refused', objection, reason };
}

/** Why an address is not requested; undefined where it may be. */
async function objectionTo(context: FileContext, baseUrl: string, address: string): Promise<Opened | undefined> {
	const reach = reachFrom(baseUrl, address);
	if (reach === 'notAnAddress') return refused('notOnTheWeb', downloadMessages.notOnTheWeb());
	if (reach === 'private') return refused('private', downloadMessages.privateHost(new URL(address).host));
	// An Akool in a private network may name files there; n8n itself still blocks what the administrator has forbidden.
	if (reachFrom(DEFAULT_BASE_URL, baseUrl) !== 'reachable') return undefined;
	const judgment = await judgedByN8n(context, address);
	if (judgment === undefined) context.logger.debug(logMessages.noEgressFilter());
	// Some networks resolve every public name to a private address, Akool's included.
	if (judgment !== 'blocked' || (await judgedByN8n(context, baseUrl)) === 'blocked') return undefined;
	return refused('blockedByN8n', downloadMessages.blockedByN8n(new URL(address).host));
}

async function ask(
	context: FileContext,
	url: string,
	signal: AbortSignal,
	headers: IDataObject,
): Promise<FileResponse> {
	return await context.helpers.httpRequest({
		method: 'GET',
		url,
		headers: { 'Accept-Encoding': 'identity', ...headers },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		maxRedirects: 0,
		abortSignal: signal,
	});
}

/** The target of a redirect; undefined where the answer is none. */
function nextAddress({ statusCode, headers }: FileResponse, address: string): string | undefined {
	const location = textOf(headers, 'location');
	if (location === undefined || !REDIRECTS.includes(statusCode)) return undefined;
	return parseUrl(location, address)?.href ?? location;
}

/**
 * Requests a file and follows redirects.
 *
 * @param headers for its host, beside the usual ones
 * @throws what n8n's request helper throws where the connection breaks
 */
export async function openFile(
	context: FileContext,
	url: string,
	signal: AbortSignal,
	headers: IDataObject = {},
): Promise<Opened> {
	const baseUrl = (await accountToHide(context))?.baseUrl ?? DEFAULT_BASE_URL;
	let address: string | undefined = url;
	for (let asked = 0; asked <= MOST_REDIRECTS; asked++) {
		const objection = await objectionTo(context, baseUrl, address);
		if (objection !== undefined) return objection;
		const response: FileResponse | undefined = await ask(context, address, signal, headers).catch((error: unknown) => {
			if (isBlockedByN8n(error)) return undefined;
			throw error;
		});
		if (response === undefined) return refused('blockedByN8n', downloadMessages.blockedByN8n(new URL(address).host));
		const next = nextAddress(response, address);
		if (next === undefined) return { kind: 'response', response };
		discard(response.body);
		address = next;
	}
	return refused('tooManyRedirects', downloadMessages.tooManyRedirects(MOST_REDIRECTS));
}
