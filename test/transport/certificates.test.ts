// Certificates that are not accepted, as a real TLS server shows them to somebody who trusts its root: nothing is sent before one is.

import { Agent } from 'node:https';

import axios from 'axios';

import { classifyThrown } from '../../nodes/AkoolImageToVideo/transport/classify';
import { startTlsFront } from '../sandbox/tlsFront';
import type { CertificateKind } from '../sandbox/types';

const KINDS: ReadonlyArray<readonly [CertificateKind, string]> = [
	['expired', 'CERT_HAS_EXPIRED'],
	// As with a clock in the past.
	['notYetValid', 'CERT_NOT_YET_VALID'],
	['otherHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
	['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['leafAlone', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
];

it.each(KINDS)('sends no order if a certificate is %s: %s', async (kind, code) => {
	const front = await startTlsFront('http://127.0.0.1:9', kind);
	try {
		const httpsAgent = new Agent({ ca: front.ca });
		const thrown: unknown = await axios
			.post(front.url, {}, { httpsAgent, proxy: false })
			.catch((error: unknown) => error);
		const outcome = classifyThrown(new Error('n8n says something else', { cause: thrown }));
		expect(outcome).toEqual({ kind: 'notSent', reason: expect.stringContaining(code) });
	} finally {
		await front.close();
	}
});
