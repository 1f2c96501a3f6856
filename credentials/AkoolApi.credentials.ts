// How a user proves who they are. Every call to Akool passes through `authenticate`: it alone sets the address and the one authentication
// header, so a key can never go to another host. A wrong key is answered with HTTP 200, so the test reads the body's code.

import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { clock } from '../nodes/AkoolImageToVideo/clock';
import {
	authenticationHeader,
	NoAccessToken,
	readAccount,
	RENEWAL_MARK,
	type AkoolAccount,
} from '../nodes/AkoolImageToVideo/akool/account';
import { parseToken } from '../nodes/AkoolImageToVideo/akool/answers';
import { CODE_FACTS, codeFact, TOO_FREQUENT_CODE } from '../nodes/AkoolImageToVideo/akool/codes';
import { DEFAULT_BASE_URL, ENDPOINTS } from '../nodes/AkoolImageToVideo/akool/endpoints';
import { readEnvelope } from '../nodes/AkoolImageToVideo/akool/envelope';
import { HTTP_SERVER_SIDE, HTTP_TOO_MANY_REQUESTS } from '../nodes/AkoolImageToVideo/akool/httpStatus';
import { fieldOf, numberOf } from '../nodes/AkoolImageToVideo/akool/json';
import { isHttpAddress } from '../nodes/AkoolImageToVideo/akool/reach';
import { retryAfterMs } from '../nodes/AkoolImageToVideo/akool/retryAfter';

/** What n8n takes for a token that ran out: it then calls `preAuthentication`, keeps the new token and sends the request again. */
class TokenRenewal extends Error {
	readonly response = { status: 401 };
}

/** @throws Error where there is no address to send to: n8n’s credential dialog would show nothing but ERR_INVALID_URL */
function accountWithAddress(credentials: ICredentialDataDecryptedObject): AkoolAccount {
	const account = readAccount(credentials);
	if (isHttpAddress(account.baseUrl)) return account;
	throw new Error(
		`Base URL is not an address. Enter the whole address, beginning with https://, such as ${DEFAULT_BASE_URL}.`,
	);
}

function codeRule(code: string): IAuthenticateRuleResponseSuccessBody {
	const { title, advice } = codeFact(Number(code));
	return {
		type: 'responseSuccessBody',
		properties: { key: 'code', value: Number(code), message: `${title} (code ${code}). ${advice}` },
	};
}

/**
 * The body that getToken answered with. What goes wrong here has cost nothing, whatever the request was that needed the token, so all that is
 * of the moment (no connection, trouble on the server's side, too many requests) is said to pass.
 */
async function askForToken(
	{ helpers }: IHttpRequestHelper,
	{ baseUrl, clientId, apiKey }: AkoolAccount,
): Promise<unknown> {
	const { method, path, timeoutMs } = ENDPOINTS.getToken;
	const response: unknown = await helpers
		.httpRequest({
			method,
			url: `${baseUrl}${path}`,
			body: { clientId, clientSecret: apiKey },
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutMs,
		})
		.catch(() => undefined);
	const body = fieldOf(response, 'body');
	const httpStatus = numberOf(response, 'statusCode') ?? HTTP_SERVER_SIDE;
	const isTooFrequent = httpStatus === HTTP_TOO_MANY_REQUESTS || numberOf(body, 'code') === TOO_FREQUENT_CODE;
	if (!isTooFrequent && httpStatus < HTTP_SERVER_SIDE) return body;
	const because = `no access token could be fetched${isTooFrequent ? ', since Akool is asked too often' : ''}`;
	throw new NoAccessToken(because, true, retryAfterMs(fieldOf(response, 'headers'), clock.now()));
}

export class AkoolApi implements ICredentialType {
	name = 'akoolApi';

	displayName = 'Akool API';

	icon: Icon = {
		light: 'file:../nodes/AkoolImageToVideo/akool.svg',
		dark: 'file:../nodes/AkoolImageToVideo/akool.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-akool/n8n-nodes-akool#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'Exchanges Client ID and API Key for a token, which n8n keeps',
				},
				{ name: 'API Key', value: 'apiKey', description: 'Sends the API Key with each request (recommended)' },
			],
			default: 'apiKey',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The value called "API Key" under API Credentials in your Akool account. Akool formerly called it clientSecret.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			placeholder: 'e.g. VGVzdENsaWVudElkMDAwMQ==',
			description:
				'From the same page as the API Key. Needed for the trigger and for Authentication by Access Token. With it, calls that wake a sleeping execution are checked too.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			description: 'Only change this for a proxy or a test server',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Fetches a token where the user chose tokens; n8n calls this when it has none or was told that it ran out.
	 * Throws NoAccessToken where Akool gives none, with what to correct. Vendor page: "Get The Token".
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const account = accountWithAddress(credentials);
		if (account.authentication !== 'accessToken') return {};
		if (account.clientId === '') {
			throw new NoAccessToken(
				'Client ID is empty. Fill it in from Akool’s API Credentials page, or set Authentication to API Key.',
				false,
			);
		}
		const body = await askForToken(this, account);
		const accessToken = parseToken(body);
		if (accessToken !== undefined) return { accessToken };
		const envelope = readEnvelope(body);
		if (envelope.kind === 'refusal') {
			const { title, advice } = codeFact(envelope.code);
			throw new NoAccessToken(`${title} (code ${envelope.code}: ${envelope.msg}). ${advice}`, false);
		}
		throw new NoAccessToken('Akool gave none. Check Client ID, API Key and Base URL.', false);
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const account = accountWithAddress(credentials);
		const { [RENEWAL_MARK]: renewal, ...headers } = requestOptions.headers ?? {};
		requestOptions.headers = { ...headers, ...authenticationHeader(account) };
		requestOptions.baseURL = account.baseUrl;
		if (renewal !== undefined && account.authentication === 'accessToken') {
			throw new TokenRenewal('The access token has run out');
		}
		return requestOptions;
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: ENDPOINTS.credits.path,
			method: ENDPOINTS.credits.method,
			timeout: ENDPOINTS.credits.timeoutMs,
			disableFollowRedirect: true,
		},
		rules: [
			...Object.keys(CODE_FACTS).map(codeRule),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.credit',
					value: undefined,
					message: 'The server answered, but not with an Akool credit balance. Check the Base URL.',
				},
			},
		],
	};
}
