// How received bytes become a JSON object: nothing that is not wholly UTF-8 and wholly JSON is ever repaired or guessed at.

import { isRecord, type JsonRecord } from '../akool/json';

/** The text of these bytes, or undefined where they are not valid UTF-8. */
export function decodeUtf8(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** The JSON object that this text is, or undefined where it is another kind of JSON or none. */
export function parseJsonObject(text: string): JsonRecord | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
