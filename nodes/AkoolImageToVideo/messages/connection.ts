// How a request failed on its way, to be read after a colon. Each says nothing but what is certain: "not sent" is what the money hangs on.

import { define } from './define';

export const connectionMessages = {
	refused: define([], () => 'the connection was refused'),
	hostUnknown: define([], () => 'the host name was not found'),
	lookUpFailed: define([], () => 'the host name could not be looked up'),
	hostUnreachable: define([], () => 'the host cannot be reached'),
	networkUnreachable: define([], () => 'the network cannot be reached'),
	notConnected: define([], () => 'no connection could be made'),
	certificate: define(
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
		(code: string) =>
			`the certificate of the server was not accepted (${code}). Behind a company proxy, n8n needs the certificate of that proxy; otherwise check the clock of this machine`,
	),
	noAgreement: define(
		['ERR_SSL_WRONG_VERSION_NUMBER'],
		(code: string) => `no encrypted connection could be made (${code})`,
	),
	handshakeClosed: define([], () => 'the connection ended before it was encrypted'),
	proxyRefused: define([], () => 'the proxy made no connection'),
	proxyAuthentication: define([], () => 'the proxy requires a user name and a password'),
	blocked: define([], () => 'n8n is set not to connect to this address'),
	unusableRequest: define(
		['ERR_INVALID_CHAR'],
		(code: string) => `the credential holds characters that cannot be sent (${code})`,
	),

	/** From here on, something may have been sent. */
	closed: define([], () => 'the connection was closed before the answer came'),
	noAnswerInTime: define([], () => 'no answer came in time'),
	cutOff: define([], () => 'n8n ended before the answer came'),
	brokeOff: define([], () => 'the connection broke'),
	status: define([429], (status: number) => `HTTP status ${status}`),
	httpStatus: define([502], (status: number) => `Akool answered with HTTP status ${status}`),
	otherStatus: define(
		[403],
		(status: number) =>
			`HTTP status ${status} came back without a word of Akool's. Check 'Base URL' in the credential, and any proxy in between`,
	),
	namesVideo: define([], () => 'the answer is no success, but names a video'),
	notAnAnswer: define([], () => "the answer was not one of Akool's"),
	otherCode: define(
		[1015, 'Create video error, please try again later'],
		(code: number, msg: string) =>
			`Akool answered ${msg === '' ? '' : `"${msg}" `}(code ${code}), which does not say that nothing was created`,
	),
	noBalance: define([], () => 'the answer holds no balance'),
	othersUntold: define([], () => 'its answer says nothing about the others'),
	oddAnswer: define([], () => 'it is not shaped as documented'),
	namedNoVideo: define([], () => 'the answer named no video'),
};
