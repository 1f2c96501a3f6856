// Decides whether a request without an answer certainly never left. Rule that must not regress: only a failure before the connection
// stood (DNS lookup, connecting, TLS, an unusable header) proves it; everything after that counts as sent.
//
// n8n wraps what axios threw, which wraps what Node.js threw (n8n-core, request-helpers/authentication.ts), so causes are followed.

import { fieldOf, isRecord, textOf, type JsonRecord } from '../akool/json';
import { connectionMessages } from '../messages/connection';

const MOST_ERRORS = 30;
/** Fields in which an error holds its causes; `errors` has one for each address of a host. */
const INNER_ERRORS = ['cause', 'errorResponse', 'error', 'errors'] as const;

/** An error and all its causes, outermost first. Never throws. */
export function errorsWithin(error: unknown): JsonRecord[] {
	const found: JsonRecord[] = [];
	const open: unknown[] = [error];
	while (open.length > 0 && found.length < MOST_ERRORS) {
		const next = open.shift();
		if (Array.isArray(next)) open.push(...next);
		else if (isRecord(next) && !found.includes(next)) {
			found.push(next);
			open.push(...INNER_ERRORS.map((name) => fieldOf(next, name)));
		}
	}
	return found;
}

/** System calls from before there is a connection. */
const BEFORE_CONNECTING = /^(?:connect|bind|getaddrinfo|getnameinfo|query\w*)$/;

const NEVER_CONNECTED = new Map<string, () => string>([
	['ECONNREFUSED', connectionMessages.refused],
	['ENOTFOUND', connectionMessages.hostUnknown],
	['EAI_AGAIN', connectionMessages.lookUpFailed],
	['EHOSTUNREACH', connectionMessages.hostUnreachable],
	['ENETUNREACH', connectionMessages.networkUnreachable],
	['ENETDOWN', connectionMessages.networkUnreachable],
]);

/** Node.js's and OpenSSL's names for a certificate that was not accepted, and for a handshake that the two sides could not agree on. */
const CERTIFICATE =
	/^(?:CERT_|CRL_|UNABLE_TO_(?:GET|DECRYPT|DECODE|VERIFY)_|ERROR_IN_C|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|INVALID_(?:CA|PURPOSE|NON_CA)|PATH_LENGTH|SUBJECT_ISSUER|AKID_|HOSTNAME_MISMATCH|EMAIL_MISMATCH|IP_ADDRESS_MISMATCH|EE_KEY_TOO_SMALL|CA_(?:KEY|MD)_|ERR_TLS_CERT_)/;
const HANDSHAKE =
	/^ERR_(?:TLS_(?:HANDSHAKE|INVALID_PROTOCOL|PROTOCOL_VERSION|INVALID_CONTEXT)|SSL_[\w/]*(?:WRONG_VERSION|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS|NO_PROTOCOLS|UNRECOGNIZED_NAME|CERTIFICATE_(?:REQUIRED|UNKNOWN|EXPIRED|REVOKED)|ACCESS_DENIED|HTTP_REQUEST|DH_KEY_TOO_SMALL|UNSAFE_LEGACY|UNKNOWN_CA|BAD_CERTIFICATE))/;
const UNUSABLE_REQUEST =
	/^ERR_(?:INVALID_(?:CHAR|URL|PROTOCOL|HTTP_TOKEN)|HTTP_INVALID_HEADER_VALUE|UNESCAPED_CHARACTERS|SOCKET_BAD_PORT)$/;

/** n8n's protection against server-side request forgery checks each address before it is connected to (backend-network, ssrf/). */
const BLOCKED_BY_N8N = /^SsrfBlocked/;

/** Errors that come without a code. */
const WITHOUT_CODE = [
	{ words: 'before secure TLS connection was established', why: connectionMessages.handshakeClosed },
	{ words: 'Proxy connection ended before receiving CONNECT response', why: connectionMessages.proxyRefused },
] as const;

/** Why a request that axios gave up was not sent; undefined where its socket was connected. */
function phaseOf(error: JsonRecord): string | undefined {
	const request = fieldOf(error, 'request');
	if (!isRecord(request) || isRecord(fieldOf(error, 'response'))) return undefined;
	const socket = fieldOf(request, 'socket');
	// Data that waits for a connection stays in this field when the socket is closed (lib/net.js); once connected, it is empty.
	const isPending = isRecord(socket) && (fieldOf(socket, '_pendingData') ?? null) !== null;
	// Node.js sends nothing of a request before the handshake is over, and the flag stays when the socket is closed (lib/_tls_wrap.js).
	if (fieldOf(socket, 'secureConnecting') === true) return connectionMessages.handshakeClosed();
	return socket === null || isPending ? connectionMessages.notConnected() : undefined;
}

function whyOf(error: JsonRecord): string | undefined {
	const code = textOf(error, 'code') ?? '';
	const message = textOf(error, 'message') ?? '';
	if (BEFORE_CONNECTING.test(textOf(error, 'syscall') ?? ''))
		return (NEVER_CONNECTED.get(code) ?? connectionMessages.notConnected)();
	if (CERTIFICATE.test(code)) return connectionMessages.certificate(code);
	if (HANDSHAKE.test(code)) return connectionMessages.noAgreement(code);
	if (UNUSABLE_REQUEST.test(code)) return connectionMessages.unusableRequest(code);
	if (BLOCKED_BY_N8N.test(textOf(error, 'name') ?? '')) return connectionMessages.blocked();
	const neverConnected = NEVER_CONNECTED.get(code);
	if (neverConnected !== undefined) return neverConnected();
	return WITHOUT_CODE.find(({ words }) => message.includes(words))?.why() ?? phaseOf(error);
}

const ON_THE_WAY = ['read', 'write'];

/**
 * Why nothing of a request can have reached Akool; undefined where something may have. Never throws.
 *
 * @param error what the request threw, wrapped as often as it may be
 */
export function whyNotSent(error: unknown): string | undefined {
	const errors = errorsWithin(error);
	const why = errors.map(whyOf).find((found) => found !== undefined);
	// The state of the socket counts before the system call, since a handshake reads and writes too.
	if (why === undefined || errors.some((inner) => phaseOf(inner) !== undefined)) return why;
	return errors.some((inner) => ON_THE_WAY.includes(textOf(inner, 'syscall') ?? '')) ? undefined : why;
}
