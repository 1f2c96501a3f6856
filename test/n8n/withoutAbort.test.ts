import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import { withoutAbort } from '../../nodes/AkoolImageToVideo/n8n/withoutAbort';
import { KeptCredential } from '../integration/credentialsHelper';
import { credentialFor, executeContext } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { CREATE_BODY, setUpHarness } from '../integration/harness';

const harness = setUpHarness();

it('hides the abort signal from n8n, and nothing else', () => {
	const context = executeContext({ parameters: {}, credential: credentialFor(harness.sandbox) });
	const hidden = withoutAbort(context);
	expect('getExecutionCancelSignal' in context).toBe(true);
	expect('getExecutionCancelSignal' in hidden).toBe(false);
	expect('helpers' in hidden).toBe(true);
	expect(hidden.getNode()).toEqual(context.getNode());
});

it('does not abort a create when the execution is stopped, but aborts a read', async () => {
	harness.sandbox.addFault({ on: 'create', kind: 'delay', ms: 10_000 });
	harness.sandbox.addFault({ on: 'credits', kind: 'delay', ms: 10_000 });
	const stop = new AbortController();
	const context = executeContext({ parameters: {}, credential: credentialFor(harness.sandbox) }, stop.signal);
	const calls = [callAkool(context, 'create', { body: CREATE_BODY }), callAkool(context, 'credits')];
	setImmediate(() => stop.abort());
	expect(await Promise.all(calls)).toMatchObject([{ kind: 'success' }, { kind: 'canceled' }]);
});

/** An n8n that ties every request to the stop button in a way of its own. */
class TiedAnyhow extends KeptCredential {
	constructor(
		data: ICredentialDataDecryptedObject,
		private readonly signal: AbortSignal,
	) {
		super(data);
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...(await super.authenticate(credentials, type, options)), abortSignal: this.signal };
	}
}

it('treats an order that n8n aborted as one of unknown outcome, and says so in the log', async () => {
	const log = watchLog();
	const stop = new AbortController();
	const credential = new TiedAnyhow({ apiKey: harness.sandbox.apiKey, baseUrl: harness.sandbox.url }, stop.signal);
	const context = executeContext({ parameters: {}, credential }, stop.signal);
	stop.abort();
	expect(await callAkool(context, 'create', { body: CREATE_BODY })).toMatchObject({ kind: 'unknown' });
	expect(
		log.filter((line) => line.startsWith('warn: This n8n aborted the request for creating the video')),
	).toHaveLength(1);
});
