// Owns what a script says while it works: one line a step, with the seconds it took. Rule: no step is silent for longer than 15 seconds.
import { isEnding } from './processes';

const TICK_MS = 1_000;
const REMINDER_MS = 15_000;

const secondsSince = (startedMs: number) => ((Date.now() - startedMs) / 1_000).toFixed(1);

/** Rewrites the line on a terminal; elsewhere, where lines cannot be rewritten, adds one now and then. */
function keepShowing(title: string, startedMs: number) {
	if (process.stdout.isTTY) {
		const show = () => process.stdout.write(`\r\x1b[2K  … ${title} ${Math.round((Date.now() - startedMs) / 1_000)} s`);
		show();
		return setInterval(show, TICK_MS);
	}
	return setInterval(() => console.log(`  … ${title}: ${secondsSince(startedMs)} s so far`), REMINDER_MS);
}

function finish(line: string) {
	if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
	console.log(line);
}

/**
 * Does one step of a script and says so, with its time.
 * @param title what is done, in a few words
 * @param work gets a function that adds a remark to the step's closing line
 * @param options `printsItself`: the work writes to the terminal, so nothing is rewritten under it
 * @returns what the work gave; its error is passed on
 */
export async function step<T>(
	title: string,
	work: (note: (text: string) => void) => T | Promise<T>,
	{ printsItself = false }: { printsItself?: boolean } = {},
): Promise<T> {
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

/** Ends a script with a message that a person can act on; a stack is only shown for what nobody foresaw. */
export function failScript(error: unknown) {
	if (isEnding()) return;
	const expected = error instanceof ScriptError;
	console.error(
		`\n${expected ? `${error.message}\n${error.advice}` : error instanceof Error ? error.stack : String(error)}`,
	);
	process.exitCode = 1;
}

/** An error that says what to do. */
export class ScriptError extends Error {
	/**
	 * @param message what happened
	 * @param advice what to do about it
	 */
	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
		this.name = 'ScriptError';
	}
}
