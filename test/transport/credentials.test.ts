import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { callAkool } from '../../nodes/AkoolImageToVideo/transport/call';
import { accountOf } from '../../nodes/AkoolImageToVideo/transport/credentials';
import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { CREATE_BODY, madeIds, setUpHarness } from '../integration/harness';

const harness = setUpHarness();

/** A credential that can be decrypted so many times. */
class SoonUnreadable extends KeptCredential {
	constructor(
		data: ICredentialDataDecryptedObject,
		private left: number,
	) {
		super(data);
	}

	override async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		if (this.left-- <= 0) throw new Error('Credentials could not be decrypted');
		return await super.getDecrypted();
	}
}

it('keeps the ID of a paid video if the credential cannot be read again, and says so in the log', async () => {
	const log = watchLog();
	const credential = new SoonUnreadable({ apiKey: harness.sandbox.apiKey, baseUrl: harness.sandbox.url }, 1);
	const context = executeContext({ parameters: {}, credential });
	const outcome = await callAkool(context, 'create', { body: CREATE_BODY });
	expect(fieldOf(fieldOf(outcome, 'data'), '_id')).toBe(madeIds(harness.sandbox)[0]);
	expect(madeIds(harness.sandbox)).toHaveLength(1);
	expect(log).toContain('warn: The Akool API credential could not be read: Credentials could not be decrypted');
});

describe('a key that is rotated during a run', () => {
	const NEW_KEY = 'RotatedKeyRotatedKeyRotatedKey32';

	it('is masked in answers, before and after, as is the old one', async () => {
		const { sandbox, clock } = harness;
		const old = sandbox.apiKey;
		const credential = new KeptCredential({ apiKey: old, baseUrl: sandbox.url });
		const context = executeContext({ parameters: {}, credential });
		await accountOf(context);
		sandbox.addFault({ on: 'credits', kind: 'code', code: 1003, msg: `${old} or ${NEW_KEY}`, times: 2 });
		expect(JSON.stringify(await callAkool(context, 'credits'))).not.toContain(old);
		credential.kept.apiKey = NEW_KEY;
		sandbox.rotateKeys({ apiKey: NEW_KEY });
		try {
			clock.advance(60_000);
			const outcome = JSON.stringify(await callAkool(context, 'credits'));
			expect(outcome).toContain('*** or ***');
		} finally {
			sandbox.rotateKeys({ apiKey: old });
		}
	});
});
