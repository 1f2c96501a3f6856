// Encrypts and signs a callback's body: AES-CBC by the length of the key, IV from the client ID, SHA-1 over four sorted texts.
// Rule: this is what working receivers decrypt, not what the vendor's page says (24 bytes, padded to 24); test/contract checks it against vectors.
import { createCipheriv, createDecipheriv, createHash, randomInt } from 'node:crypto';
import type { Keys } from './account';
import type { EnvelopeOptions, EnvelopeBody } from './types';

const IV_BYTES = 16;
const KEY_BITS_PER_BYTE = 8;

/** Node's name of the cipher, its key and its IV. */
function cipherOf({ clientId, apiKey }: Keys): [string, Buffer, Buffer] {
	const key = Buffer.from(apiKey);
	const iv = Buffer.alloc(IV_BYTES);
	Buffer.from(clientId).copy(iv);
	return [`aes-${key.length * KEY_BITS_PER_BYTE}-cbc`, key, iv];
}

function encrypt(plaintext: string, keys: Keys): string {
	const cipher = createCipheriv(...cipherOf(keys));
	return cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64');
}

/** Decrypts a callback's body. @throws where it was encrypted with other keys */
export function decryptEnvelope(body: string, keys: Keys): string {
	const { dataEncrypt }: EnvelopeBody = JSON.parse(body);
	const decipher = createDecipheriv(...cipherOf(keys));
	return decipher.update(dataEncrypt, 'base64', 'utf8') + decipher.final('utf8');
}

/** Code-unit order, joined with nothing between. */
function sign(values: (string | number)[]) {
	return createHash('sha1').update(values.map(String).sort().join('')).digest('hex');
}

/** A nonce as in the vendor's sample: four digits. */
export const newNonce = () => String(randomInt(1000, 10_000));

export function makeEnvelope(
	plaintext: string,
	{ clientId, apiKey, timestamp, nonce, breakSignature }: EnvelopeOptions,
): EnvelopeBody {
	const dataEncrypt = encrypt(plaintext, { clientId, apiKey });
	const signature = sign([clientId, timestamp, nonce, dataEncrypt]);
	return { signature: breakSignature ? sign([signature]) : signature, dataEncrypt, timestamp, nonce };
}
