// Owns how a script runs a command to its end. Rule: a failed command is an error that shows the end of what the command printed.
import { lastLines } from './npmFailure';
import { ROOT } from './paths';
import { OWN_GROUP, track } from './processes';
import { ScriptError } from './steps';

export interface RunOptions {
	cwd?: string;
	/** Where commands are looked for before the system's. */
	localDir?: string;
	env?: Record<string, string>;
	/** Whether what it prints is shown as it comes. */
	show?: boolean;
	/** Gets what it prints as it comes. */
	onOutput?: (text: string) => void;
}

/**
 * Runs a command, one of the development dependencies' or the system's. What it prints is kept, or shown as it comes
 * with `show`.
 */
export async function attempt(
	command: string,
	args: string[],
	{ cwd = ROOT, localDir = ROOT, env = {}, show = false, onOutput }: RunOptions = {},
): Promise<{ exitCode: number | undefined; output: string; stdout: string }> {
	// It is an ES module alone.
	const { execa } = await import('execa');
	const child = execa(command, args, {
		cwd,
		env,
		...OWN_GROUP,
		preferLocal: true,
		localDir,
		reject: false,
		all: true,
		stdin: 'ignore',
		stdout: show ? ['inherit', 'pipe'] : 'pipe',
		stderr: show ? ['inherit', 'pipe'] : 'pipe',
	});
	track(child);
	if (onOutput !== undefined) child.all.on('data', (chunk: Buffer) => onOutput(chunk.toString()));
	const { exitCode, all, stdout, originalMessage } = await child;
	return { exitCode, output: all || originalMessage || '', stdout };
}

/**
 * As `attempt`, for a command that has to succeed.
 * @returns what it printed as its result, without what it printed besides
 * @throws {ScriptError} when it ends with another exit code than 0
 */
export async function run(command: string, args: string[], options?: RunOptions): Promise<string> {
	const { exitCode, output, stdout } = await attempt(command, args, options);
	if (exitCode === 0) return stdout;
	throw new ScriptError(`"${[command, ...args].join(' ')}" did not succeed.`, lastLines(output));
}
