// An Akool that runs on this machine: same answers, same refusals, same callbacks, and every fault on request. Rule: it says no more than the
// vendor's documentation says; what had to be invented is marked "invented" where it stands.
import type { Keys } from './account';
import { change, countRequests, finishAll, finishJob, leaks, viewJobs } from './controls';
import { unseal } from './seal';
import { listen } from './server';
import { makeWorld, resetWorld } from './world';
import type { CallbackOrder, FaultOptions, JobOutcome, Json, SandboxOptions } from './types';

export type * from './types';

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/**
 * Starts a sandbox.
 * @param options see settings.ts; also port (0: any free one), credits, apiKey, clientId, clock
 * @throws when the port is taken
 */
export async function startSandbox(options: SandboxOptions = {}) {
	const world = makeWorld(options);
	let server = await listen(world);
	return {
		/** Also the base of every file's address. */
		url: world.url,
		/** The keys as they are now. */
		get apiKey() {
			return world.account.apiKey;
		},
		get clientId() {
			return world.account.clientId;
		},
		get credits() {
			return world.account.credits;
		},
		set credits(credits) {
			change(world, { credits });
		},
		get settings() {
			return world.settings;
		},
		get jobs() {
			return viewJobs(world);
		},
		get requests() {
			return world.requests;
		},
		get callbacks() {
			return world.callbacks.log;
		},
		get faults() {
			return world.faults.all;
		},
		/** Requests for files that carried a key. */
		get leaks() {
			return leaks(world);
		},
		/** What was fetched of the jobs' images and audio. */
		get inputs() {
			return world.inputs.log;
		},
		countRequests: (name: string) => countRequests(world, name),
		/** @returns the fault, whose `hits` count */
		addFault: (fault: FaultOptions) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		/** Answers what a fault of the kind `hold` has held until now. */
		release: () => world.faults.release(),
		/** @param changes settings, and credits */
		change: (changes: Json) => change(world, changes),
		finishJob: (id: string, status?: JobOutcome) => finishJob(world, id, status),
		finishAll: (status?: JobOutcome) => finishAll(world, status),
		/** @returns the HTTP status of each copy */
		sendCallback: (order: CallbackOrder) => world.callbacks.sendCallback(order),
		/** The body of a callback, sealed but not sent. */
		sealCallback: (order: CallbackOrder) => world.callbacks.seal(order),
		/** What a callback says, read with the keys of the account. @throws where it was sealed with others */
		openCallback: (body: string): Json => JSON.parse(unseal(body, world.account)),
		/** From here on Akool knows the account by these, and seals callbacks with them. */
		rotateKeys: (keys: Partial<Keys>) => world.account.rotate(keys),
		expireTokens: () => world.account.expireTokens(),
		expireFiles: () => {
			world.filesExpiredMs = world.now();
		},
		/** Jobs, faults, logs, tokens, credits; settings stay. */
		reset: () => resetWorld(world),
		/** From here on connections are refused; everything else stays as it is. */
		shut: async () => await server.close(),
		/** Listens again, at the same address. */
		open: async () => {
			server = await listen(world);
		},
		close: async () => {
			resetWorld(world);
			await server.close();
		},
	};
}
