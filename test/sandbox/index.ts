// A local Akool: the same answers, refusals and callbacks, and every fault on request. Rule: it follows the
// vendor's documentation; everything else is marked "invented".
import type { Keys } from './account';
import { change, countRequests, finishAll, finishJob, leaks, viewJobs } from './controls';
import { decryptEnvelope } from './envelope';
import { listen } from './server';
import { makeState, resetState } from './sandboxState';
import type { CallbackOrder, FaultOptions, JobOutcome, Json, SandboxOptions } from './types';

export type * from './types';

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/**
 * Starts a sandbox.
 * @param options see settings.ts; also port (0: any free one), credits, apiKey, clientId, clock
 * @throws when the port is taken
 */
export async function startSandbox(options: SandboxOptions = {}) {
	const state = makeState(options);
	let server = await listen(state);
	return {
		/** Also the base of every file's address. */
		url: state.url,
		/** The keys as they are now. */
		get apiKey() {
			return state.account.apiKey;
		},
		get clientId() {
			return state.account.clientId;
		},
		get credits() {
			return state.account.credits;
		},
		set credits(credits) {
			change(state, { credits });
		},
		get settings() {
			return state.settings;
		},
		get jobs() {
			return viewJobs(state);
		},
		get requests() {
			return state.requests;
		},
		get callbacks() {
			return state.callbacks.log;
		},
		get faults() {
			return state.faults.all;
		},
		/** Requests for files that carried a key. */
		get leaks() {
			return leaks(state);
		},
		/** What was fetched of the jobs' images and audio. */
		get inputs() {
			return state.inputs.log;
		},
		countRequests: (name: string) => countRequests(state, name),
		/** @returns the fault, whose `hits` count */
		addFault: (fault: FaultOptions) => state.faults.add(fault),
		clearFaults: () => state.faults.clear(),
		/** Answers what a fault of the kind `hold` has held until now. */
		release: () => state.faults.release(),
		/** @param changes settings, and credits */
		change: (changes: Json) => change(state, changes),
		finishJob: (id: string, status?: JobOutcome) => finishJob(state, id, status),
		finishAll: (status?: JobOutcome) => finishAll(state, status),
		/** @returns the HTTP status of each copy */
		sendCallback: (order: CallbackOrder) => state.callbacks.sendCallback(order),
		/** The body of a callback that is not sent. */
		makeCallback: (order: CallbackOrder) => state.callbacks.makeBody(order),
		/** What a callback says, read with the keys of the account. @throws where it was encrypted with others */
		openCallback: (body: string): Json => JSON.parse(decryptEnvelope(body, state.account)),
		/** From here on Akool knows the account by these, and encrypts callbacks with them. */
		rotateKeys: (keys: Partial<Keys>) => state.account.rotate(keys),
		expireTokens: () => state.account.expireTokens(),
		expireFiles: () => {
			state.filesExpiredMs = state.now();
		},
		/** Jobs, faults, logs, tokens, credits; settings stay. */
		reset: () => resetState(state),
		/** From here on connections are refused; everything else stays as it is. */
		shut: async () => await server.close(),
		/** Listens again, at the same address. */
		open: async () => {
			server = await listen(state);
		},
		close: async () => {
			resetState(state);
			await server.close();
		},
	};
}
