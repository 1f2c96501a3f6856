// The text of an error that is not an outcome: its message and those of its causes. Never its fields, which hold requests and so
// the key. The caller masks secrets.

import { jsonText } from '../akool/json';

const LONGEST_CHAIN = 6;

function chainOf(error: unknown): unknown[] {
	const chain: unknown[] = [error];
	while (chain.length < LONGEST_CHAIN) {
		const last = chain.at(-1);
		if (!(last instanceof Error) || last.cause === undefined || chain.includes(last.cause)) break;
		chain.push(last.cause);
	}
	return chain;
}

function wordsOf(error: unknown): string {
	if (error instanceof Error) return error.message || error.name;
	return typeof error === 'string' ? error : jsonText(error);
}

/** An error and its causes in one line. Causes that n8n repeats in the error above them are left out. */
export function causeOf(error: unknown): string {
	const words = chainOf(error).map(wordsOf);
	return words.filter((word, index) => !words.slice(0, index).some((before) => before.includes(word))).join(': ');
}

/** An error and its causes with the places in the code, for the log. */
export function stackOf(error: unknown): string {
	return chainOf(error)
		.map((one) => (one instanceof Error ? (one.stack ?? wordsOf(one)) : wordsOf(one)))
		.join('\ncaused by ');
}
