// Sends one request to Akool. Address and authentication come from the credential alone. HTTP errors are not left to n8n: on a 401 it
// would send the request a second time by itself, and a second create is a second payment. Redirects are not followed: the key and the order
// would go along to wherever they lead.

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { clock } from '../clock';
import { RENEWAL_MARK } from '../akool/account';
import { TOKEN_EXPIRED_CODE } from '../akool/codes';
import { ENDPOINTS, type EndpointName } from '../akool/endpoints';
import type { JsonRecord } from '../akool/json';
import { classifyResponse, classifyThrown } from './classify';
import { accountOf, cancelSignalOf, CREDENTIAL_TYPE, knownAccountOf, type AkoolContext } from './credentials';
import type { CallOutcome } from './outcome';
import { answerWithoutKeys } from '../messages/redact';

export interface CallContent {
	body?: JsonRecord;
	qs?: IDataObject;
}

/**
 * A create that is on its way is not broken off when the user stops the execution: Akool may have accepted it, and its answer holds the
 * ID of a video that is paid for. n8n ties every request to the stop button where the context has one, so this one is shown without it.
 */
function deafToStop(context: AkoolContext): AkoolContext {
	return new Proxy(context, { has: (target, name) => name !== 'getExecutionCancelSignal' && name in target });
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
		timeout: endpoint.timeoutMs,
		...content,
	};
	const caller = endpoint.spends ? deafToStop(context) : context;
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			caller,
			CREDENTIAL_TYPE,
			options,
		);
		return classifyResponse(answerWithoutKeys(response, await knownAccountOf(context)), clock.now());
	} catch (error) {
		return cancelSignalOf(caller)?.aborted === true ? { kind: 'cancelled' } : classifyThrown(error);
	}
}

function saysTokenExpired(outcome: CallOutcome): boolean {
	return outcome.kind === 'refused' && outcome.code === TOKEN_EXPIRED_CODE;
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
	const { authentication } = await accountOf(context);
	if (authentication !== 'accessToken') return outcome;
	const renewal = { [RENEWAL_MARK]: 'true' };
	if (!ENDPOINTS[name].spends) return await send(context, name, content, renewal);
	await send(context, 'credits', {}, renewal);
	return outcome;
}
