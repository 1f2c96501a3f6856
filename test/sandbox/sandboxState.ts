// The state of one sandbox, created in one place. Rule: one clock for all of it, so that times in answers, logs and callbacks agree.
import { Account } from './account';
import { Callbacks } from './callbacks';
import { FaultBook } from './faults';
import { Inputs } from './inputs';
import { Jobs } from './jobs';
import { DEFAULT_SETTINGS, withChanges } from './settings';
import { realClock, Timers } from './timers';
import type { Fault, Json, RequestEntry, SandboxOptions } from './types';

export type Parts = ReturnType<typeof makeParts>;
export type SandboxState = Parts & { callbacks: Callbacks; inputs: Inputs };

/** What an endpoint is given. */
export interface Call {
	state: SandboxState;
	body: Json;
	query: URLSearchParams;
	fault: Fault | undefined;
}

function makeParts({
	now: realNow = realClock.now,
	clock = { ...realClock, now: realNow },
	apiKey,
	clientId,
	credits,
	port,
	publicUrl,
	...changes
}: SandboxOptions) {
	const noRequests: RequestEntry[] = [];
	const noTimes: number[] = [];
	const now = () => clock.now();
	return {
		now,
		/** Where it listens; a port of 0 becomes a real one in server.ts. */
		port: port ?? 0,
		publicUrl,
		url: '',
		account: new Account({ apiKey, clientId, credits }),
		settings: withChanges(DEFAULT_SETTINGS, changes),
		timers: new Timers(clock),
		jobs: new Jobs(),
		faults: new FaultBook(now),
		requests: noRequests,
		/** When orders were accepted. */
		orderTimesMs: noTimes,
		/** Videos finished at or before this moment are gone. */
		filesExpiredMs: -Infinity,
	};
}

export function makeState(options: SandboxOptions): SandboxState {
	const parts = makeParts(options);
	const callbacks = new Callbacks(parts);
	const inputs = new Inputs(parts, (job) => callbacks.watchEnd(job));
	return Object.assign(parts, { callbacks, inputs });
}

/** Back to a fresh account; the settings stay as they were set. */
export function resetState(state: SandboxState) {
	state.timers.clear();
	state.callbacks.reset();
	state.inputs.reset();
	state.jobs.reset();
	state.faults.reset();
	state.account.reset();
	state.requests = [];
	state.orderTimesMs = [];
	state.filesExpiredMs = -Infinity;
}
