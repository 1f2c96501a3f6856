// The credential Akool API. Every request to Akool passes through `authenticate`. Rule that must not regress: the key is sent only to the origin of
// Base URL, in one header, and along no redirect; a request to anywhere else is an error that says so. A wrong key is answered with HTTP 200, so the test
// reads the body's code.

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

import {
	authenticationHeader,
	NoAccessToken,
	readAccount,
	type AkoolAccount,
} from '../nodes/AkoolImageToVideo/akool/account';
import { CODE_FACTS } from '../nodes/AkoolImageToVideo/akool/codes';
import { DEFAULT_BASE_URL, ENDPOINTS } from '../nodes/AkoolImageToVideo/akool/endpoints';
import { isBaseUrl, targetOf } from '../nodes/AkoolImageToVideo/akool/target';
import { codeMessage } from '../nodes/AkoolImageToVideo/messages/codes';
import { credentialMessages } from '../nodes/AkoolImageToVideo/messages/credential';
import { takeRenewalMark, tokenRenewal } from '../nodes/AkoolImageToVideo/n8n/renewToken';
import { addressOf, boundTo, hasOwnConnection } from '../nodes/AkoolImageToVideo/n8n/requestOptions';
import { fetchAccessToken, tokenOwner } from '../nodes/AkoolImageToVideo/transport/accessToken';

/** @throws NoAccessToken where there is no address to send to: n8n’s credential dialog would show nothing but ERR_INVALID_URL */
function accountWithAddress(credentials: ICredentialDataDecryptedObject): AkoolAccount {
	const account = readAccount(credentials);
	if (isBaseUrl(account.baseUrl)) return account;
	throw new NoAccessToken(credentialMessages.baseUrlUnusable(), false);
}

/** The address of a request with the key. @throws NoAccessToken if it is not sent straight to the origin of Base URL */
function targetAtBaseUrl(requestOptions: IHttpRequestOptions, { baseUrl }: AkoolAccount): URL {
	const { address, base } = addressOf(requestOptions);
	const target = targetOf(address, base ?? baseUrl);
	const ownOrigin = new URL(baseUrl).origin;
	if (target?.origin !== ownOrigin)
		throw new NoAccessToken(credentialMessages.keyOnlyToBaseUrl(ownOrigin, target?.host ?? 'another address'), false);
	if (hasOwnConnection(requestOptions)) throw new NoAccessToken(credentialMessages.keyOnlyDirectly(ownOrigin), false);
	return target;
}

function codeRule(code: string): IAuthenticateRuleResponseSuccessBody {
	const { title, description } = codeMessage(Number(code));
	return {
		type: 'responseSuccessBody',
		properties: {
			key: 'code',
			value: Number(code),
			message: credentialMessages.codeOfTest(title, Number(code), description),
		},
	};
}

export class AkoolApi implements ICredentialType {
	name = 'akoolApi';

	displayName = 'Akool API';

	icon: Icon = {
		light: 'file:../nodes/AkoolImageToVideo/akool.svg',
		dark: 'file:../nodes/AkoolImageToVideo/akool.dark.svg',
	};

	documentationUrl = 'https://docs.akool.com';

	properties: INodeProperties[] = [
		{
			displayName:
				'Copy the API Key, and the Client ID for the trigger, from <a href="https://akool.com/workspace/current/api/credentials" target="_blank">API Credentials in your Akool account</a>',
			name: 'keyPageNotice',
			type: 'notice',
			default: '',
		},
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
			description: 'The value called "API Key" on that page. Akool formerly called it clientSecret.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			placeholder: 'e.g. VGVzdENsaWVudElkMDAwMQ==',
			description:
				'Needed for the trigger and for Authentication by Access Token. With it, the callbacks that resume an execution are verified too.',
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
		{
			displayName: 'Issued For',
			name: 'issuedFor',
			type: 'hidden',
			default: '',
		},
	];

	/**
	 * Fetches a token if the user chose Access Token; n8n calls this when it has none or was told that it expired.
	 *
	 * @throws NoAccessToken where Akool gives none, with what to correct
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		const account = accountWithAddress(credentials);
		if (account.authentication !== 'accessToken') return {};
		return { accessToken: await fetchAccessToken(this, account), issuedFor: tokenOwner(account) };
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const account = accountWithAddress(credentials);
		const mustRenew = takeRenewalMark(requestOptions);
		const target = targetAtBaseUrl(requestOptions, account);
		// n8n stores both together; a token without an owner was entered by somebody who knows whose it is.
		const { issuedFor } = credentials;
		const isOthers = Boolean(issuedFor) && issuedFor !== tokenOwner(account);
		if (account.authentication === 'accessToken' && (mustRenew || isOthers)) throw tokenRenewal();
		return boundTo(requestOptions, target, authenticationHeader(account));
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
					message: credentialMessages.notAkool(),
				},
			},
		],
	};
}
