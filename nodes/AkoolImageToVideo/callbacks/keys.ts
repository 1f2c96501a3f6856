// What a credential gives for reading callbacks. A credential that can never read one is told apart from a forged call,
// and without a client ID there are no keys at all: nothing may be accepted then.

/** The two fields of the credential that callbacks are made with; Akool's pages also call the API key "clientSecret". */
export interface CallbackCredential {
	apiKey: string;
	clientId: string;
}

/** All that verifying and decrypting need, in the form the cipher takes. */
export interface CallbackKeys {
	clientId: string;
	algorithm: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc';
	key: Buffer;
	iv: Buffer;
}

export type KeysOutcome =
	| { kind: 'keys'; keys: CallbackKeys }
	| { kind: 'unreadable'; reason: 'client-id-missing' }
	| { kind: 'unreadable'; reason: 'api-key-length'; keyBytes: number };

const IV_BYTES = 16;

/**
 * Takes the credential's API key and client ID; gives the keys, or says what makes the credential unfit.
 * The key is the whole API key, whose length in bytes chooses the cipher: Akool's page says 24, its keys have 32.
 * The IV is the first 16 bytes of the client ID, filled with zeros where it is shorter. Throws nothing.
 * Vendor page: "Webhook".
 */
export function deriveKeys({ apiKey, clientId }: CallbackCredential): KeysOutcome {
	if (clientId.trim() === '') return { kind: 'unreadable', reason: 'client-id-missing' };
	const key = Buffer.from(apiKey, 'utf8');
	const algorithm = algorithmFor(key.length);
	if (algorithm === undefined) return { kind: 'unreadable', reason: 'api-key-length', keyBytes: key.length };
	const iv = Buffer.alloc(IV_BYTES);
	Buffer.from(clientId, 'utf8').copy(iv);
	return { kind: 'keys', keys: { clientId, algorithm, key, iv } };
}

function algorithmFor(keyBytes: number): CallbackKeys['algorithm'] | undefined {
	switch (keyBytes) {
		case 16:
			return 'aes-128-cbc';
		case 24:
			return 'aes-192-cbc';
		case 32:
			return 'aes-256-cbc';
		default:
			return undefined;
	}
}
