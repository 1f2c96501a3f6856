// Everything that one sandbox consists of, made in one place. Rule: one clock for all of it, so that times in answers, logs and callbacks agree.
import { Account } from './account';
import { Callbacks } from './callbacks';
import { FaultBook } from './faults';
import { Jobs } from './jobs';
import { DEFAULT_SETTINGS, withChanges } from './settings';
import { realClock, Timers } from './timers';
import type { RequestEntry, SandboxOptions } from './types';

export type { SandboxOptions } from './types';

export type Parts = ReturnType<typeof makeParts>;
export type World = Parts & { callbacks: Callbacks };

function makeParts({
	now = realClock.now,
	clock = { ...realClock, now },
	apiKey,
	clientId,
	credits,
	port,
	...changes
}: SandboxOptions) {
	const noRequests: RequestEntry[] = [];
	return {
		now: () => clock.now(),
		/** Where it listens; a port of 0 becomes a real one in server.ts. */
		port: port ?? 0,
		url: '',
		account: new Account({ apiKey, clientId, credits }),
		settings: withChanges(DEFAULT_SETTINGS, changes),
		timers: new Timers(clock),
		jobs: new Jobs(),
		faults: new FaultBook(),
		requests: noRequests,
		/** Videos finished at or before this moment are gone. */
		filesExpiredMs: -Infinity,
	};
}

export function makeWorld(options: SandboxOptions): World {
	const parts = makeParts(options);
	return Object.assign(parts, { callbacks: new Callbacks(parts) });
}

/** Back to a fresh account; the settings stay as they were set. */
export function resetWorld(world: World) {
	world.timers.clear();
	world.callbacks.reset();
	world.jobs.reset();
	world.faults.reset();
	world.account.reset();
	world.requests = [];
	world.filesExpiredMs = -Infinity;
}
