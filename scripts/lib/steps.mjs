// Owns what a script says while it works: one line a step, with the seconds it took. Rule: no step is silent for longer than 15 seconds.
import { isEnding } from './processes.mjs';

const TICK_MS = 1_000;
const REMINDER_MS = 15_000;

/** @param {number} startedMs */
const secondsSince = (startedMs) => ((Date.now() - startedMs) / 1_000).toFixed(1);

/** Rewrites the line on a terminal; elsewhere, where lines cannot be rewritten, adds one now and then. @param {string} title @param {number} startedMs */
function keepShowing(title, startedMs) {
	if (process.stdout.isTTY) {
		const show = () => process.stdout.write(`\r\x1b[2K  … ${title} ${Math.round((Date.now() - startedMs) / 1_000)} s`);
		show();
		return setInterval(show, TICK_MS);
	}
	return setInterval(() => console.log(`  … ${title}: ${secondsSince(startedMs)} s so far`), REMINDER_MS);
}

/** @param {string} line */
function finish(line) {
	if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
	console.log(line);
}

/**
 * Does one step of a script and says so, with its time.
 * @template T
 * @param {string} title what is done, in a few words
 * @param {(note: (text: string) => void) => T | Promise<T>} work gets a function that adds a remark to the step's closing line
 * @param {{ printsItself?: boolean }} [options] `printsItself`: the work writes to the terminal, so nothing is rewritten under it
 * @returns {Promise<T>} what the work gave; its error is passed on
 */
export async function step(title, work, { printsItself = false } = {}) {
	const startedMs = Date.now();
	let remark = '';
	const timer = printsItself ? undefined : keepShowing(title, startedMs);
	try {
		const result = await work((text) => {
			remark = `: ${text}`;
		});
		finish(`✓ ${title}${remark} (${secondsSince(startedMs)} s)`);
		return result;
	} catch (error) {
		finish(`✗ ${title} (${secondsSince(startedMs)} s)`);
		throw error;
	} finally {
		clearInterval(timer);
	}
}

/** Ends a script with a message that a person can act on; a stack is only shown for what nobody foresaw. @param {unknown} error */
export function failScript(error) {
	if (isEnding()) return;
	const expected = error instanceof Error && 'advice' in error;
	console.error(
		`\n${expected ? `${error.message}\n${error.advice}` : error instanceof Error ? error.stack : String(error)}`,
	);
	process.exitCode = 1;
}

/** An error that says what to do. */
export class ScriptError extends Error {
	/** @param {string} message what happened @param {string} advice what to do about it */
	constructor(message, advice) {
		super(message);
		this.name = 'ScriptError';
		this.advice = advice;
	}
}
