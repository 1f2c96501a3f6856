// Time, sleep and randomness for the whole package, so that tests advance one clock for everything. Rule: nothing else in nodes/ or credentials/
// reads the time, pauses, or draws random numbers.

import { randomBytes } from 'crypto';

import { sleep as sleepInN8n } from 'n8n-workflow';

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Resolves to true after `ms` milliseconds, or to false as soon as the signal is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
	/** A number from 0 up to, but not including, 1. */
	random(): number;
}

/** n8n 2.8's `sleep` takes no signal, so a longer sleep checks it in between. */
const SLICE_MS = 500;

const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const endMs = Date.now() + ms;
		for (let leftMs = ms; leftMs > 0 && signal?.aborted !== true; leftMs = endMs - Date.now()) {
			await sleepInN8n(Math.min(leftMs, SLICE_MS));
		}
		return signal?.aborted !== true;
	},
	random: () => Math.random(),
};

let current = systemClock;

/** The clock to use; always read through this object, never destructured. */
export const clock: Clock = {
	now: () => current.now(),
	sleep: async (ms, signal) => await current.sleep(ms, signal),
	random: () => current.random(),
};

/** Replaces the system's clock in tests; call the returned function to restore it. */
export function replaceClock(replacement: Clock): () => void {
	current = replacement;
	return () => {
		current = systemClock;
	};
}

const RANDOM_BYTES = 9;

/** A word of 12 letters, digits, `_` and `-` that nobody can guess. Never replaced: two executions of a test have to differ as those of users do. */
export function randomWord(): string {
	return randomBytes(RANDOM_BYTES).toString('base64url');
}
