// Owns how a script runs a command to its end. Rule: a failed command is an error that shows the end of what the command printed.
import { execa } from 'execa';
import { lastLines } from './npmFailure.mjs';
import { ROOT } from './paths.mjs';
import { OWN_GROUP, track } from './processes.mjs';
import { ScriptError } from './steps.mjs';

/**
 * Runs a command, one of the development dependencies' or the system's. What it prints is kept, or shown as it comes with `show`.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean }} [options]
 * @returns {Promise<{ exitCode: number | undefined, output: string }>}
 */
export async function attempt(command, args, { cwd = ROOT, env = {}, show = false } = {}) {
	const child = execa(command, args, {
		cwd,
		env,
		...OWN_GROUP,
		preferLocal: true,
		localDir: ROOT,
		reject: false,
		all: true,
		stdin: 'ignore',
		stdout: show ? ['inherit', 'pipe'] : 'pipe',
		stderr: show ? ['inherit', 'pipe'] : 'pipe',
	});
	track(child);
	const { exitCode, all, originalMessage } = await child;
	return { exitCode, output: all || originalMessage || '' };
}

/**
 * As `attempt`, for a command that has to succeed.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof attempt>[2]} [options]
 * @returns {Promise<string>} what it printed
 * @throws {ScriptError} when it ends with another exit code than 0
 */
export async function run(command, args, options) {
	const { exitCode, output } = await attempt(command, args, options);
	if (exitCode === 0) return output;
	throw new ScriptError(`"${[command, ...args].join(' ')}" did not succeed.`, lastLines(output));
}
