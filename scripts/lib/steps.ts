// Owns what a script says while it works: one line a step, with the seconds it took. Rule: no step is silent for longer than 15 seconds.
import { isEnding } from './processes';

const TICK_MS = 1_000;
const REMINDER_MS = 15_000;
/** Of what comes before the text on a line of the terminal. */
const MARGIN = 4;

const secondsSince = (startedMs: number) => ((Date.now() - startedMs) / 1_000).toFixed(1);

interface Running {
	title: string;
	startedMs: number;
	/** The work writes to the terminal, so nothing is rewritten under it. */
	printsItself: boolean;
	/** How far it is, and in the end what came of it. */
	remark?: string;
}

const lineOf = ({ title, startedMs, remark }: Running) =>
	`${title}${remark === undefined ? '' : `: ${remark}`} (${secondsSince(startedMs)} s)`;

/** Steps that are under way; several may be at once. */
const running = new Set<Running>();
let timer: NodeJS.Timeout | undefined;

const canRewrite = () => process.stdout.isTTY && ![...running].some(({ printsItself }) => printsItself);

/** Rewrites the last line on a terminal; elsewhere, where lines cannot be rewritten, adds one now and then. */
function show() {
	const quiet = [...running].filter(({ printsItself }) => !printsItself);
	if (quiet.length === 0) return;
	const text = quiet.map(lineOf).join(', ');
	if (canRewrite()) process.stdout.write(`\r\x1b[2K  … ${text.slice(0, process.stdout.columns - MARGIN)}`);
	else console.log(`  … ${text} so far`);
}

function begin(step: Running) {
	running.add(step);
	if (canRewrite()) show();
	timer ??= setInterval(show, process.stdout.isTTY ? TICK_MS : REMINDER_MS);
}

function finish(step: Running, line: string) {
	if (canRewrite()) process.stdout.write('\r\x1b[2K');
	console.log(line);
	running.delete(step);
	if (running.size > 0) return;
	clearInterval(timer);
	timer = undefined;
}

/**
 * Does one step of a script and says so, with its time.
 * @param title what is done, in a few words
 * @param work gets a function that says how far it is; what it says last stands in the step's closing line
 * @param options `printsItself`: the work writes to the terminal, so nothing is rewritten under it
 * @returns what the work gave; its error is passed on
 */
export async function step<T>(
	title: string,
	work: (note: (text: string) => void) => T | Promise<T>,
	{ printsItself = false }: { printsItself?: boolean } = {},
): Promise<T> {
	const current: Running = { title, startedMs: Date.now(), printsItself };
	begin(current);
	try {
		const result = await work((text) => {
			current.remark = text;
		});
		finish(current, `✓ ${lineOf(current)}`);
		return result;
	} catch (error) {
		finish(current, `✗ ${lineOf({ ...current, remark: undefined })}`);
		throw error;
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
