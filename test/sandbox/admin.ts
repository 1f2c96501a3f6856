// The sandbox's own paths, for a test in another process and for a person with curl. Rule: nothing here is an Akool path, and nothing here is
// logged among the requests.
// docs/dev/sandbox.md lists them.
import type { Keys } from './account';
import { change, finishAll, finishJob, leaks, viewJobs } from './controls';
import { sendJson } from './http';
import { isRecord } from './values';
import { resetWorld } from './world';
import type { CallbackOrder, Json, Outgoing } from './types';
import type { World } from './world';

export const ADMIN_PREFIX = '/__sandbox__/';
const DONE = { done: true };

function state(world: World) {
	const { url, account, settings, faults, callbacks } = world;
	return {
		url,
		apiKey: account.apiKey,
		clientId: account.clientId,
		credits: account.credits,
		settings,
		jobs: viewJobs(world),
		faults: faults.all,
		callbacks: callbacks.log,
		leaks: leaks(world),
		inputs: world.inputs.log,
	};
}

function isCallbackOrder(body: unknown): body is CallbackOrder {
	return isRecord(body) && typeof body['id'] === 'string' && typeof body['status'] === 'number';
}

function readKeys(body: unknown): Partial<Keys> {
	const { apiKey, clientId }: Json = isRecord(body) ? body : {};
	return {
		...(typeof apiKey === 'string' && { apiKey }),
		...(typeof clientId === 'string' && { clientId }),
	};
}

function outcomeOf(body: unknown): number | undefined {
	return isRecord(body) && typeof body['status'] === 'number' ? body['status'] : undefined;
}

const ROUTES: Readonly<Record<string, (world: World, body: unknown) => unknown>> = {
	'GET state': state,
	'GET requests': (world) => world.requests,
	'POST faults': (world, body) => world.faults.add(body),
	'DELETE faults': (world) => (world.faults.clear(), DONE),
	'POST faults/release': (world) => (world.faults.release(), DONE),
	'POST settings': (world, body) => (change(world, isRecord(body) ? body : {}), world.settings),
	'POST jobs/finish': (world, body) => (finishAll(world, outcomeOf(body)), DONE),
	'POST callbacks': (world, body) => {
		if (!isCallbackOrder(body)) throw new TypeError('A callback needs "id" and "status"');
		return world.callbacks.sendCallback(body);
	},
	'POST tokens/expire': (world) => (world.account.expireTokens(), DONE),
	'POST keys/rotate': (world, body) => (world.account.rotate(readKeys(body)), DONE),
	'POST files/expire': (world) => ((world.filesExpiredMs = world.now()), DONE),
	'POST reset': (world) => (resetWorld(world), DONE),
};

function findRoute(method: string, path: string): ((world: World, body: unknown) => unknown) | undefined {
	const id = method === 'POST' ? /^jobs\/([^/]+)\/finish$/.exec(path)?.[1] : undefined;
	if (id !== undefined) return (world, body) => (finishJob(world, id, outcomeOf(body)), DONE);
	return ROUTES[`${method} ${path}`];
}

export async function answerAdmin(world: World, method: string, path: string, body: unknown, response: Outgoing) {
	const route = findRoute(method, path.slice(ADMIN_PREFIX.length));
	if (!route) return sendJson(response, 404, { error: `The sandbox has no ${method} ${path}` });
	try {
		return sendJson(response, 200, await route(world, body));
	} catch (error) {
		return sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}
