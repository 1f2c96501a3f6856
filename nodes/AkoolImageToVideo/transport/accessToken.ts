// Exchanges Client ID and API Key for an access token. Vendor page: "Get The Token". Rule: the pair goes to Base URL alone and along no redirect, and
// what prevents the token is reported with its cause.

import { createHash } from 'crypto';

import { UserError, type IHttpRequestHelper } from 'n8n-workflow';

import { clock } from '../clock';
import { NoAccessToken, type AkoolAccount } from '../akool/account';
import { parseToken } from '../akool/answers';
import { TOO_FREQUENT_CODE } from '../akool/codes';
import { ENDPOINTS } from '../akool/endpoints';
import { readBody, readEnvelope } from '../akool/envelope';
import { HTTP_SERVER_SIDE, HTTP_TOO_MANY_REQUESTS } from '../akool/httpStatus';
import { fieldOf, numberOf } from '../akool/json';
import { retryAfterMs } from '../akool/retryAfter';
import { codeMessage } from '../messages/codes';
import { credentialMessages } from '../messages/credential';
import { classifyThrown } from './classify';
import { withinDeadline } from './deadline';

/**
 * Identifies the account that a token was fetched for, as a hash. n8n keeps a token with the credential even if Client ID and API Key are expressions or were
 * changed since: sent along with another pair, it would order on the old account.
 */
export function tokenOwner({ baseUrl, clientId, apiKey }: AkoolAccount): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, clientId, apiKey]))
		.digest('hex');
}

/** Why the request for a token got no answer. The call that needed the token was not sent, so it may be tried again. */
function notFetched(error: unknown): NoAccessToken {
	// n8n itself refused: the domain is not allowed, or its protection blocks the address.
	if (error instanceof UserError) return new NoAccessToken(credentialMessages.tokenNotAllowed(error.message), false);
	const outcome = classifyThrown(error);
	return new NoAccessToken(
		credentialMessages.tokenNotFetched('reason' in outcome ? outcome.reason : outcome.kind),
		true,
	);
}

async function send({ helpers }: IHttpRequestHelper, { baseUrl, clientId, apiKey }: AkoolAccount): Promise<unknown> {
	const { method, path, timeoutMs } = ENDPOINTS.getToken;
	const ending = await withinDeadline(timeoutMs, undefined, async (abortSignal) => {
		const response: unknown = await helpers.httpRequest({
			method,
			url: `${baseUrl}${path}`,
			body: { clientId, clientSecret: apiKey },
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal,
		});
		return response;
	});
	if (ending.kind === 'threw') throw notFetched(ending.error);
	return ending.value;
}

/** The body that getToken answered with. @throws NoAccessToken where the next try may succeed */
async function answerOf(helper: IHttpRequestHelper, account: AkoolAccount): Promise<unknown> {
	const response = await send(helper, account);
	const body = readBody(fieldOf(response, 'body'));
	const httpStatus = numberOf(response, 'statusCode') ?? HTTP_SERVER_SIDE;
	const isTooFrequent = httpStatus === HTTP_TOO_MANY_REQUESTS || numberOf(body, 'code') === TOO_FREQUENT_CODE;
	if (!isTooFrequent && httpStatus < HTTP_SERVER_SIDE) return body;
	const because = isTooFrequent
		? credentialMessages.tokenTooFrequent()
		: credentialMessages.tokenNotFetched(`Akool answered with HTTP status ${httpStatus}`);
	throw new NoAccessToken(because, true, retryAfterMs(fieldOf(response, 'headers'), clock.now()));
}

/**
 * Fetches a new access token. Vendor page: "Get The Token".
 *
 * @throws NoAccessToken with what to correct, and whether the next try may succeed
 */
export async function fetchAccessToken(helper: IHttpRequestHelper, account: AkoolAccount): Promise<string> {
	if (account.clientId === '') throw new NoAccessToken(credentialMessages.clientIdMissing(), false);
	const body = await answerOf(helper, account);
	const accessToken = parseToken(body);
	if (accessToken !== undefined) return accessToken;
	const envelope = readEnvelope(body);
	if (envelope.kind !== 'refusal') throw new NoAccessToken(credentialMessages.noTokenInAnswer(), false);
	const { title, description } = codeMessage(envelope.code);
	throw new NoAccessToken(credentialMessages.tokenRefused(title, envelope.code, envelope.msg, description), false);
}
