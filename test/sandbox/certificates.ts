// Certificates for the TLS front, made when needed. Rule: they are never stored, and only tests trust their root.
import { generate } from 'selfsigned';
import type { CertificateKind } from './types';

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 365 * DAY_MS;
const LOOPBACK_IP = 7;
const DNS_NAME = 2;

interface Pem {
	private: string;
	cert: string;
}

/** What a TLS server shows, and what a client has to trust for it. */
export interface Chain {
	key: string;
	cert: string;
	/** The root; a client that does not know it cannot verify the chain. */
	ca: string;
}

interface Wanted {
	name: string;
	isIssuer?: boolean;
	issuer?: Pem;
	hosts?: string[];
	fromMs?: number;
	toMs?: number;
}

async function makeCertificate({ name, isIssuer = false, issuer, hosts = [], fromMs, toMs }: Wanted): Promise<Pem> {
	const nowMs = Date.now();
	const altNames = hosts.map((value) => ({ type: DNS_NAME, value }) as const);
	return await generate([{ name: 'commonName', value: name }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notBeforeDate: new Date(fromMs ?? nowMs - DAY_MS),
		notAfterDate: new Date(toMs ?? nowMs + YEAR_MS),
		...(issuer && { ca: { key: issuer.private, cert: issuer.cert } }),
		extensions: [
			{ name: 'basicConstraints', cA: isIssuer, critical: true },
			isIssuer
				? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
				: { name: 'keyUsage', digitalSignature: true, critical: true },
			...(hosts.length === 0
				? []
				: [
						{
							name: 'subjectAltName' as const,
							altNames: [...altNames, { type: LOOPBACK_IP, ip: '127.0.0.1' } as const],
						},
					]),
		],
	});
}

const HERE = ['localhost'];

/** A chain of the given kind. */
export async function makeChain(kind: CertificateKind): Promise<Chain> {
	const nowMs = Date.now();
	const root = await makeCertificate({ name: 'Sandbox Root', isIssuer: true });
	const intermediate = await makeCertificate({ name: 'Sandbox Intermediate', isIssuer: true, issuer: root });
	const leaf = async (wanted: Partial<Wanted> = {}) =>
		await makeCertificate({ name: 'localhost', issuer: intermediate, hosts: HERE, ...wanted });
	const chain = ({ private: key, cert }: Pem, ...others: Pem[]): Chain => ({
		key,
		cert: [cert, ...others.map((other) => other.cert)].join('\n'),
		ca: root.cert,
	});
	switch (kind) {
		case 'good':
			return chain(await leaf(), intermediate);
		case 'selfSigned':
			return chain(await leaf({ issuer: undefined }));
		case 'rootInChain':
			return chain(await leaf(), intermediate, root);
		case 'leafAlone':
			return chain(await leaf());
		case 'expired':
			return chain(await leaf({ fromMs: nowMs - 2 * DAY_MS, toMs: nowMs - DAY_MS }), intermediate);
		case 'notYetValid':
			return chain(await leaf({ fromMs: nowMs + DAY_MS, toMs: nowMs + 2 * DAY_MS }), intermediate);
		case 'otherHost':
			return chain(await leaf({ hosts: ['other.example.com'] }), intermediate);
	}
}
