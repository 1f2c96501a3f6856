import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { setUpHarness } from '../integration/harness';

const harness = setUpHarness();

const EXPIRED = { on: 'credits', kind: 'code', code: 1101, times: 1 } as const;

function byToken(): ICredentialDataDecryptedObject {
	const { sandbox } = harness;
	const pair = { apiKey: sandbox.apiKey, clientId: sandbox.clientId };
	return { authentication: 'accessToken', ...pair, baseUrl: sandbox.url };
}

/** An n8n that does not take the credential's error for an answer of HTTP 401. */
class WithoutRenewal extends KeptCredential {
	override async authenticate(
		...[credentials, type, options]: Parameters<KeptCredential['authenticate']>
	): Promise<IHttpRequestOptions> {
		return await super.authenticate(credentials, type, options).catch((cause: unknown) => {
			throw new Error('The request could not be authenticated', { cause });
		});
	}
}

it('makes n8n fetch a new token and send the read once more', async () => {
	harness.sandbox.addFault(EXPIRED);
	const context = executeContext({ parameters: {}, credential: new KeptCredential(byToken()) });
	expect(await callAkool(context, 'credits')).toMatchObject({ kind: 'success' });
	expect(harness.sandbox.countRequests('token')).toBe(2);
	expect(harness.sandbox.requests.every(({ headers }) => headers['x-akool-renew'] === undefined)).toBe(true);
});

it('reports the refusal if n8n does not renew the token, and says so in the log', async () => {
	harness.sandbox.addFault(EXPIRED);
	const log = watchLog();
	const context = executeContext({ parameters: {}, credential: new WithoutRenewal(byToken()) });
	expect(await callAkool(context, 'credits')).toMatchObject({ kind: 'apiError', code: 1101 });
	expect(harness.sandbox.countRequests('credits')).toBe(1);
	expect(log.filter((line) => line.startsWith('warn: This n8n did not renew the access token'))).toHaveLength(1);
});
