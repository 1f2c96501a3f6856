// What must never be shown: the credential's values, and n8n's own links. Akool may quote them, so its answers are cleaned as they come in, before
// anybody can put them into an item, a list, a log or the ledger; messages are cleaned once more as they go out.

import type { AkoolAccount } from '../akool/account';
import { isRecord, jsonText } from '../akool/json';

/** A shorter one is no key of Akool's, and would take letters out of the names of its fields. */
const SHORTEST_KEY_CHARACTERS = 8;
const MASK = '***';

/** What makes n8n's own links secret: the address of a parked execution, and of a picture. */
const SECRET_IN_LINK = /([?&](?:signature|token)=)[^&\s"'\\]+/g;

function keysOf({ apiKey, accessToken, clientId }: AkoolAccount): string[] {
	return [apiKey, accessToken, clientId].filter((key) => key.length >= SHORTEST_KEY_CHARACTERS);
}

function masked(text: string, keys: readonly string[]): string {
	return keys.reduce((rest, key) => rest.replaceAll(key, MASK), text);
}

/** Takes the values that must never be shown out of a text. */
export function withoutSecrets(text: string, account: AkoolAccount): string {
	const short = [account.apiKey, account.accessToken].filter((key) => key.length > 0);
	return masked(text, [...keysOf(account), ...short]).replace(SECRET_IN_LINK, `$1${MASK}`);
}

function cleaned(value: unknown, keys: readonly string[]): unknown {
	if (typeof value === 'string') return masked(value, keys);
	if (Array.isArray(value)) return value.map((entry) => cleaned(entry, keys));
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [masked(name, keys), cleaned(field, keys)]));
}

/** What Akool said, without the credential's values; nearly always the very same, as it quotes none. n8n's links stay: jobs are found by them. */
export function answerWithoutKeys(answer: unknown, account: AkoolAccount | undefined): unknown {
	const keys = account === undefined ? [] : keysOf(account);
	const text = jsonText(answer);
	return keys.some((key) => text.includes(key)) ? cleaned(answer, keys) : answer;
}
