import fc from 'fast-check';

import { classifyThrown } from '../../nodes/AkoolImageToVideo/transport/classify';
import { anything, RUNS } from '../callbacks/fuzz';

interface SystemError {
	code?: string;
	syscall?: string;
	name?: string;
	message?: string;
	request?: object;
	response?: object;
	errors?: object[];
}

/** As n8n throws it: its own error around that of axios, around that of Node.js. */
function wrapped(inner: SystemError): Error {
	const { request, response, ...system } = inner;
	const cause = Object.assign(new Error(inner.message ?? 'x'), system);
	const axios = Object.assign(new Error(inner.message ?? 'x', { cause }), { code: inner.code, request, response });
	return new Error('n8n says something else', { cause: axios });
}

const kindOf = (error: unknown): string => classifyThrown(error).kind;

describe('a request that certainly did not leave', () => {
	it.each([
		['ECONNREFUSED', 'connect'],
		['ETIMEDOUT', 'connect'],
		['EHOSTUNREACH', 'connect'],
		['ENETUNREACH', 'connect'],
		['ECONNRESET', 'connect'],
		['EADDRNOTAVAIL', 'connect'],
		['EACCES', 'connect'],
		['ENOTFOUND', 'getaddrinfo'],
		['EAI_AGAIN', 'getaddrinfo'],
		['EAI_FAIL', 'getaddrinfo'],
		['ESERVFAIL', 'queryA'],
		['ETIMEOUT', 'queryAaaa'],
	])('is known by the system call: %s while %s', (code, syscall) => {
		expect(kindOf(wrapped({ code, syscall }))).toBe('notSent');
	});

	it.each([
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'UNABLE_TO_GET_ISSUER_CERT',
		'UNABLE_TO_GET_CRL',
		'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
		'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'CERT_SIGNATURE_FAILURE',
		'CERT_NOT_YET_VALID',
		'CERT_HAS_EXPIRED',
		'CERT_CHAIN_TOO_LONG',
		'CERT_REVOKED',
		'CERT_UNTRUSTED',
		'CERT_REJECTED',
		'CRL_NOT_YET_VALID',
		'CRL_HAS_EXPIRED',
		'ERROR_IN_CERT_NOT_BEFORE_FIELD',
		'ERROR_IN_CERT_NOT_AFTER_FIELD',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'INVALID_CA',
		'INVALID_PURPOSE',
		'PATH_LENGTH_EXCEEDED',
		'HOSTNAME_MISMATCH',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_TLS_CERT_ALTNAME_FORMAT',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
		'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
		// As OpenSSL 3.2 and later write it.
		'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
		'ERR_INVALID_CHAR',
		'ERR_HTTP_INVALID_HEADER_VALUE',
		'ERR_INVALID_URL',
		'ERR_UNESCAPED_CHARACTERS',
	])('is known by the code of a certificate or header that cannot be used: %s', (code) => {
		expect(kindOf(wrapped({ code }))).toBe('notSent');
		expect(kindOf(Object.assign(new Error('x'), { code }))).toBe('notSent');
	});

	it('is known if each address of a host was tried in vain', () => {
		const refused = { code: 'ECONNREFUSED', syscall: 'connect' };
		const late = { code: 'ETIMEDOUT', syscall: 'connect' };
		for (const errors of [
			[refused, refused],
			[late, late],
			[refused, late],
		])
			expect(kindOf(wrapped({ name: 'AggregateError', errors }))).toBe('notSent');
	});

	it.each(['ECONNRESET', 'EPROTO', 'EPIPE', 'ERR_CANCELED'])(
		'is known by a socket whose handshake never ended: %s',
		(code) => {
			const request = { socket: { secureConnecting: true } };
			expect(kindOf(wrapped({ code, syscall: 'read', request }))).toBe('notSent');
		},
	);

	it('is known by a request that never got a socket, such as behind a proxy that hangs up', () => {
		expect(kindOf(wrapped({ request: { socket: null } }))).toBe('notSent');
	});

	it.each([
		{ message: 'Client network socket disconnected before secure TLS connection was established', code: 'ECONNRESET' },
		{ message: 'Proxy connection ended before receiving CONNECT response' },
		{ name: 'SsrfBlockedIpError' },
		{ name: 'SsrfBlockedHostnameError' },
	])('is known by its message if there is no code: %j', (error) => {
		expect(kindOf(wrapped(error))).toBe('notSent');
	});
});

describe('a request that may have left', () => {
	it.each([
		{ code: 'ECONNRESET', syscall: 'read' },
		{ code: 'EPIPE', syscall: 'write' },
		{ code: 'EHOSTUNREACH', syscall: 'read' },
		{ code: 'ETIMEDOUT', syscall: 'read' },
		{ code: 'ECONNRESET', message: 'socket hang up' },
		{ code: 'ECONNABORTED', message: 'timeout of 300ms exceeded' },
		{ code: 'ETIMEDOUT' },
		{ code: 'ERR_BAD_RESPONSE' },
		{ code: 'ERR_CANCELED' },
		{ code: 'ENEW' },
		{ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' },
		{},
	])('is of unknown outcome: %j', (error) => {
		expect(kindOf(wrapped({ ...error, request: { socket: { secureConnecting: false } } }))).toBe('unknown');
		expect(kindOf(wrapped(error))).toBe('unknown');
	});

	it('is of unknown outcome if one address had accepted it', () => {
		const errors = [
			{ code: 'ECONNREFUSED', syscall: 'connect' },
			{ code: 'ECONNRESET', syscall: 'read' },
		];
		expect(kindOf(wrapped({ errors }))).toBe('unknown');
	});

	it('is of unknown outcome if an answer had begun', () => {
		expect(kindOf(wrapped({ request: { socket: null }, response: {} }))).toBe('unknown');
	});

	it('is not recognized by anything that others could set', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				expect(classifyThrown(value).kind).toBe('unknown');
			}),
			{ numRuns: RUNS },
		);
	});
});
