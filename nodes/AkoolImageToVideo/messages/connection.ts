// How a request failed, to be read after a colon. Each states only what is certain, since users decide by it whether a video may exist.

export const connectionMessages = {
	refused: () => 'the connection was refused',
	hostUnknown: () => 'the host name was not found',
	lookUpFailed: () => 'the host name could not be looked up',
	hostUnreachable: () => 'the host cannot be reached',
	networkUnreachable: () => 'the network cannot be reached',
	notConnected: () => 'no connection could be made',
	certificate: (code: string) =>
		`the certificate of the server was not accepted (${code}). Behind a company proxy, n8n needs the certificate of that proxy; otherwise check the clock of this machine`,
	noAgreement: (code: string) => `no encrypted connection could be made (${code})`,
	handshakeClosed: () => 'the connection ended before it was encrypted',
	proxyRefused: () => 'the proxy made no connection',
	proxyAuthentication: () => 'the proxy requires a user name and a password',
	blocked: () => 'n8n is set not to connect to this address',
	unusableRequest: (code: string) => `the credential holds characters that cannot be sent (${code})`,

	/** From here on, something may have been sent. */
	closed: () => 'the connection was closed before the answer came',
	noAnswerInTime: () => 'no answer came in time',
	cutOff: () => 'n8n ended before the answer came',
	brokeOff: () => 'the connection broke',
	status: (status: number) => `HTTP status ${status}`,
	httpStatus: (status: number) => `Akool answered with HTTP status ${status}`,
	otherStatus: (status: number) =>
		`the answer was HTTP status ${status}, without a message from Akool. Check 'Base URL' in the credential, and any proxy in between`,
	namesVideo: () => 'the answer is no success, but names a video',
	notAnAnswer: () => "the answer was not one of Akool's",
	otherCode: (code: number, msg: string) =>
		`Akool answered ${msg === '' ? '' : `"${msg}" `}(code ${code}), which does not say that nothing was created`,
	noBalance: () => 'the answer holds no balance',
	othersUntold: () => 'its answer says nothing about the others',
	oddAnswer: () => 'it is not shaped as documented',
	namedNoVideo: () => 'the answer named no video',
};
