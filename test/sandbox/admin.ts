// The sandbox's own paths, for a test in another process and for a person with curl. Rule: nothing here is an Akool path, and nothing here is
// logged among the requests.
// docs/dev/sandbox.md lists them.
import type { Keys } from './account';
import { change, finishAll, finishJob, leaks, viewJobs } from './controls';
import { sendJson } from './http';
import { isRecord } from './values';
import { resetState } from './sandboxState';
import type { CallbackOrder, Json, Outgoing } from './types';
import type { SandboxState } from './sandboxState';

export const ADMIN_PREFIX = '/__sandbox__/';
const DONE = { done: true };

function stateView(state: SandboxState) {
	const { url, account, settings, faults, callbacks } = state;
	return {
		url,
		apiKey: account.apiKey,
		clientId: account.clientId,
		credits: account.credits,
		settings,
		jobs: viewJobs(state),
		faults: faults.all,
		callbacks: callbacks.log,
		leaks: leaks(state),
		inputs: state.inputs.log,
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

const ROUTES: Readonly<Record<string, (state: SandboxState, body: unknown) => unknown>> = {
	'GET state': stateView,
	'GET requests': (state) => state.requests,
	'POST faults': (state, body) => state.faults.add(body),
	'DELETE faults': (state) => (state.faults.clear(), DONE),
	'POST faults/release': (state) => (state.faults.release(), DONE),
	'POST settings': (state, body) => (change(state, isRecord(body) ? body : {}), state.settings),
	'POST jobs/finish': (state, body) => (finishAll(state, outcomeOf(body)), DONE),
	'POST callbacks': (state, body) => {
		if (!isCallbackOrder(body)) throw new TypeError('A callback needs "id" and "status"');
		return state.callbacks.sendCallback(body);
	},
	'POST tokens/expire': (state) => (state.account.expireTokens(), DONE),
	'POST keys/rotate': (state, body) => (state.account.rotate(readKeys(body)), DONE),
	'POST files/expire': (state) => ((state.filesExpiredMs = state.now()), DONE),
	'POST reset': (state) => (resetState(state), DONE),
};

function findRoute(method: string, path: string): ((state: SandboxState, body: unknown) => unknown) | undefined {
	const id = method === 'POST' ? /^jobs\/([^/]+)\/finish$/.exec(path)?.[1] : undefined;
	if (id !== undefined) return (state, body) => (finishJob(state, id, outcomeOf(body)), DONE);
	return ROUTES[`${method} ${path}`];
}

export async function answerAdmin(
	state: SandboxState,
	method: string,
	path: string,
	body: unknown,
	response: Outgoing,
) {
	const route = findRoute(method, path.slice(ADMIN_PREFIX.length));
	if (!route) return sendJson(response, 404, { error: `The sandbox has no ${method} ${path}` });
	try {
		return sendJson(response, 200, await route(state, body));
	} catch (error) {
		return sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
	}
}
