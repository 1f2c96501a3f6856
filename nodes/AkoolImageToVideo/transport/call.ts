// Sends one request to Akool. Address and authentication come from the credential alone. n8n does not handle HTTP errors: on a 401 it
// would repeat the request, and a second create is a second payment. Redirects are not followed, since the key and the order
// would be sent to another host.

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { clock } from '../clock';
import { TOKEN_EXPIRED_CODE } from '../akool/codes';
import { ENDPOINTS, type Endpoint, type EndpointName } from '../akool/endpoints';
import { HTTP_UNAUTHORIZED } from '../akool/httpStatus';
import type { JsonRecord } from '../akool/json';
import { connectionMessages } from '../messages/connection';
import { logMessages } from '../messages/log';
import { answerWithoutKeys } from '../messages/redact';
import { renewalHeaders, wasNotRenewed } from '../n8n/renewToken';
import { withoutAbort, wasAborted } from '../n8n/withoutAbort';
import { classifyOrder, classifyResponse, classifyThrown } from './classify';
import { accountsToHide, cancelSignalOf, CREDENTIAL_TYPE, type AkoolContext } from './credentials';
import { withinDeadline } from './deadline';
import type { CallOutcome } from './outcome';

export interface CallContent {
	body?: JsonRecord;
	qs?: IDataObject;
}

/** The outcome of a request that threw. Where n8n did not behave as expected, its log says so. */
function outcomeOf(error: unknown, isLate: boolean, context: AkoolContext, endpoint: Endpoint): CallOutcome {
	if (!endpoint.spends && cancelSignalOf(context)?.aborted === true) return { kind: 'canceled' };
	if (wasNotRenewed(error)) {
		const words = logMessages.tokenNotRenewed();
		context.logger.warn(words);
		return { kind: 'apiError', code: TOKEN_EXPIRED_CODE, msg: words, answer: '', httpStatus: 0 };
	}
	const outcome = classifyThrown(error);
	if (isLate && outcome.kind === 'unknown') return { kind: 'unknown', reason: connectionMessages.noAnswerInTime() };
	if (endpoint.spends && wasAborted(error)) context.logger.warn(logMessages.orderBrokenOff(endpoint.purpose));
	return outcome;
}

async function send(
	context: AkoolContext,
	name: EndpointName,
	content: CallContent,
	headers: IDataObject,
): Promise<CallOutcome> {
	const endpoint = ENDPOINTS[name];
	const options: IHttpRequestOptions = {
		method: endpoint.method,
		url: endpoint.path,
		headers,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...content,
	};
	// The stop button ends what costs nothing. An order on its way is waited for: its answer holds the ID of what was paid.
	const stop = endpoint.spends ? undefined : cancelSignalOf(context);
	const ending = await withinDeadline(endpoint.timeoutMs, stop, async (abortSignal) => {
		const caller = withoutAbort(context);
		const request = { ...options, abortSignal };
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			caller,
			CREDENTIAL_TYPE,
			request,
		);
		return response;
	});
	if (ending.kind === 'threw') return outcomeOf(ending.error, ending.isLate, context, endpoint);
	const answer = answerWithoutKeys(ending.value, await accountsToHide(context));
	return endpoint.spends
		? classifyOrder(answer, clock.now(), content.body ?? {})
		: classifyResponse(answer, clock.now());
}

/** Akool reports it by code; a server in front of Akool may report it by HTTP status. */
function saysTokenExpired(outcome: CallOutcome): boolean {
	if (outcome.kind === 'httpError') return outcome.httpStatus === HTTP_UNAUTHORIZED;
	return outcome.kind === 'apiError' && outcome.code === TOKEN_EXPIRED_CODE;
}

/**
 * Sends a request once and gives how it ended; never throws. A token that Akool calls expired is renewed once: a read is then sent again,
 * while a call that spends is only reported, so that the next one finds the new token.
 */
export async function callAkool(
	context: AkoolContext,
	name: EndpointName,
	content: CallContent = {},
): Promise<CallOutcome> {
	const outcome = await send(context, name, content, {});
	if (!saysTokenExpired(outcome)) return outcome;
	const [account] = await accountsToHide(context);
	if (account?.authentication !== 'accessToken') return outcome;
	if (!ENDPOINTS[name].spends) return await send(context, name, content, renewalHeaders());
	await send(context, 'credits', {}, renewalHeaders());
	return outcome;
}
