// Masks what must never be shown: the credential's values, and n8n's own links. Akool may quote them, so its answers are masked when they arrive, before
// they can get into an item, a list, a log or the ledger; messages are masked once more when they are shown.

import type { AkoolAccount } from '../akool/account';
import { isRecord } from '../akool/json';

/** A shorter value is not an Akool key, and masking it would change the names of fields. */
const SHORTEST_KEY_CHARACTERS = 8;
const MASK = '***';
/** Akool's answers are not nested this deep; deeper values are masked as a whole. */
const DEEPEST = 50;

/** What makes n8n's own links secret: the address of a parked execution, and of a file. Also where such a link is part of another one. */
const SECRET_IN_LINK = /((?:[?&]|%3f|%26)(?:signature|token)(?:=|%3d))[^&\s"'\\<>]+/gi;

/** A text as it is encoded in the query of an address. */
function inAddress(text: string): string {
	return new URLSearchParams([['', text]]).toString().slice('='.length);
}

/** A user name and a password in an address. */
const USER_INFO = /(:\/\/)[^/\s@]+@/g;

function keysOf({ apiKey, accessToken, clientId }: AkoolAccount): string[] {
	const keys = [apiKey, accessToken, clientId].filter((key) => key.length >= SHORTEST_KEY_CHARACTERS);
	return [...new Set([...keys, ...keys.map(inAddress)])];
}

function masked(text: string, keys: readonly string[]): string {
	return keys.reduce((rest, key) => rest.replaceAll(key, MASK), text);
}

/** Masks the credential's values and n8n's secret links in a text. */
export function withoutSecrets(text: string, account: AkoolAccount): string {
	const short = [account.apiKey, account.accessToken].filter((key) => key.length > 0);
	return withoutLinkSecrets(masked(text, [...keysOf(account), ...short])).replace(USER_INFO, `$1${MASK}@`);
}

/** Masks the secret part of n8n's own links in a text. */
export function withoutLinkSecrets(text: string): string {
	return text.replace(SECRET_IN_LINK, `$1${MASK}`);
}

function holdsKey(value: unknown, keys: readonly string[], depth = 0): boolean {
	if (typeof value === 'string') return keys.some((key) => value.includes(key));
	if (Array.isArray(value)) return depth > DEEPEST || value.some((entry) => holdsKey(entry, keys, depth + 1));
	if (!isRecord(value)) return false;
	if (depth > DEEPEST) return true;
	return Object.entries(value).some(([name, field]) => holdsKey(name, keys) || holdsKey(field, keys, depth + 1));
}

function cleaned(value: unknown, keys: readonly string[], depth = 0): unknown {
	if (typeof value === 'string') return masked(value, keys);
	if (typeof value === 'object' && value !== null && depth > DEEPEST) return MASK;
	if (Array.isArray(value)) return value.map((entry) => cleaned(entry, keys, depth + 1));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [masked(name, keys), cleaned(field, keys, depth + 1)]),
	);
}

/** Akool's answer without the credential's values; usually the same object, since Akool quotes none. n8n's links stay, since jobs are found by them. */
export function answerWithoutKeys(answer: unknown, accounts: readonly AkoolAccount[]): unknown {
	const keys = accounts.flatMap(keysOf);
	return holdsKey(answer, keys) ? cleaned(answer, keys) : answer;
}
