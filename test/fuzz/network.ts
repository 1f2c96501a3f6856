// Replaces the network: answers n8n's requests where they would leave this machine. Everything above it is n8n's own: the credential, its
// token, the errors. Rule: a request without an answer is recorded, so that the test fails; for the package it is a broken connection.

import '../integration/n8n';

import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import type { IHttpRequestOptions } from 'n8n-workflow';

export type Request = IHttpRequestOptions;

/** As n8n's full response has it. */
export interface Answer {
	statusCode: number;
	headers: object;
	body: unknown;
}

/**
 * Answers every request from here to the end of the test. Gives the addresses of those that nobody answered.
 *
 * @param answerTo `send` lets a request go where it wants to go
 */
export function answerRequests(
	answerTo: (request: Request, send: () => Promise<unknown>) => Answer | Promise<unknown> | undefined,
): string[] {
	const unanswered: string[] = [];
	const outbound = Container.get(OutboundHttp);
	const real = OutboundHttp.prototype.requests.call(outbound);
	const request = async (options: Request): Promise<unknown> => {
		const answer = answerTo(options, async () => await real.request(options));
		if (answer !== undefined) return await answer;
		unanswered.push(`${options.baseURL ?? ''}${options.url}`);
		throw new Error('nobody answers');
	};
	Object.assign(outbound, { requests: () => ({ request }) });
	return unanswered;
}

afterEach(() => Reflect.deleteProperty(Container.get(OutboundHttp), 'requests'));
