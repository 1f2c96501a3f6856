// Owns the processes that a script starts. Rule: each leads a process group of its own and is ended by that group's number, however the script
// ends; never by name, so other processes are not touched.
import { once } from 'node:events';
import { constants } from 'node:os';
import type { ChildProcess } from 'node:child_process';

/** How long a process may take to end before it is killed. */
const GRACE_MS = 10_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Spawn options that every process here is started with. Windows has no process groups, and would open a window
 * instead.
 */
export const OWN_GROUP = { detached: process.platform !== 'win32' };

const running: Set<ChildProcess> = new Set();
const cleanUps: Set<() => unknown> = new Set();
let stopRequested: (() => void) | undefined;
let ending: Promise<void> | undefined;

function signalGroup(child: ChildProcess, signal: NodeJS.Signals) {
	if (child.pid === undefined) return;
	try {
		if (OWN_GROUP.detached) process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch (error) {
		const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
		if (!gone) throw error;
	}
}

/**
 * Has a process ended with this script, at the latest.
 * @param child started with `OWN_GROUP`
 */
export function track(child: ChildProcess) {
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
}

/** Ends a tracked process and all that it started; resolves once it is gone. */
export async function end(child: ChildProcess) {
	if (!running.has(child)) return;
	const exited = once(child, 'exit');
	signalGroup(child, 'SIGTERM');
	const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
	await exited;
	clearTimeout(timer);
	signalGroup(child, 'SIGKILL');
}

/** Kills a tracked process and all that it started, as a power cut would; resolves once it is gone. */
export async function kill(child: ChildProcess) {
	if (!running.has(child)) return;
	const exited = once(child, 'exit');
	signalGroup(child, 'SIGKILL');
	await exited;
}

/**
 * Has something undone when a signal ends the script.
 * @returns takes it back, once undone by the script itself
 */
export function atEnd(undo: () => unknown): () => void {
	cleanUps.add(undo);
	return () => cleanUps.delete(undo);
}

/** Resolves at the first Ctrl-C (or other stop signal); the script then ends in its own way. */
export function untilStopped(): Promise<void> {
	return new Promise((resolve) => {
		stopRequested = resolve;
	});
}

/** Whether a signal is ending the script, so that what breaks now needs no report. */
export const isEnding = () => ending !== undefined;

async function endEverything() {
	await Promise.allSettled([...running].map(end));
	await Promise.allSettled([...cleanUps].map(async (undo) => await undo()));
}

for (const signal of STOP_SIGNALS) {
	// npm passes Ctrl-C on to a script that got it from the terminal already: the second one changes nothing.
	process.on(signal, () => {
		if (stopRequested) return stopRequested();
		ending ??= endEverything().finally(() => process.exit(128 + constants.signals[signal]));
	});
}
process.on('exit', () => {
	for (const child of running) signalGroup(child, 'SIGKILL');
});
