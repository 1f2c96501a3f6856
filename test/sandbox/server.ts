// Receives requests, logs them and routes them. Rules: every request except the sandbox's own is logged before a fault can affect
// it; unknown paths and methods are HTTP 404; an unknown caller is refused before the body is looked at.
import http from 'node:http';
import { listen as listenLocally, type LocalServer } from '../support/localServer';
import { answerAdmin, ADMIN_PREFIX } from './admin';
import { isAccepted, applyFault } from './faultyAnswers';
import { asBody } from './checks';
import { Refusal, refusalAnswer } from './codes';
import { distort } from './distortions';
import { ENDPOINTS } from './endpoints';
import { pauseOf } from './faults';
import { answerFile } from './files';
import { isImagePath } from './images';
import { parseJson, readText, sendJson, sendPage } from './http';
import { isRecord, splitIds } from './values';
import type { Answer, Fault, RequestEntry } from './types';
import type { SandboxState } from './sandboxState';

const FILES_PREFIX = '/files/';
const FILE_ENDPOINTS = ['file', 'image'];

function endpointName(method: string, path: string) {
	if (method === 'GET' || method === 'HEAD') {
		if (isImagePath(path)) return 'image';
		if (path.startsWith(FILES_PREFIX)) return 'file';
	}
	const found = Object.entries(ENDPOINTS).find(([, endpoint]) => endpoint.path === path && endpoint.method === method);
	return found?.[0] ?? 'unknown';
}

/** The answer of an endpoint, refusals included. */
async function work(
	state: SandboxState,
	entry: RequestEntry,
	query: URLSearchParams,
	fault: Fault | undefined,
): Promise<Answer> {
	const endpoint = ENDPOINTS[entry.endpoint];
	if (!endpoint) throw new TypeError(`no endpoint ${entry.endpoint}`);
	try {
		if (!endpoint.open) state.account.checkCaller(entry.headers);
		return await endpoint.answer({ state, body: asBody(entry.body), query, fault });
	} catch (error) {
		if (error instanceof Refusal) return refusalAnswer(error.code, error.message);
		throw error;
	}
}

/** Whether a request asks about one of these videos. */
const namesOneOf = (body: unknown, ids: string[]) =>
	isRecord(body) && splitIds(String(body['_ids'])).some((id) => ids.includes(id));

async function answerEndpoint(
	state: SandboxState,
	entry: RequestEntry,
	query: URLSearchParams,
	response: http.ServerResponse,
) {
	const fault = state.faults.take(
		entry.endpoint,
		({ kind, ids }) => kind !== 'code' || ids === undefined || namesOneOf(entry.body, ids),
	);
	entry.fault = fault?.kind;
	if (fault?.kind === 'delay') await state.timers.wait(pauseOf(fault));
	if (fault?.kind === 'hold') await state.faults.hold();
	const answer = !fault || isAccepted(fault) ? await work(state, entry, query, fault) : undefined;
	if (fault?.kind === 'lateAnswer') await state.timers.wait(pauseOf(fault));
	if (fault && applyFault(state, fault, answer, response)) return;
	if (answer) sendJson(response, 200, fault ? distort(fault, answer) : answer);
}

/** Routes one logged request. @param valid whether the body was JSON */
async function route(
	state: SandboxState,
	entry: RequestEntry,
	url: URL,
	valid: boolean,
	response: http.ServerResponse,
) {
	const missing = entry.endpoint === 'unknown' || (entry.endpoint === 'list' && !state.settings.listEnabled);
	if (missing) return sendPage(response, 404, `Cannot ${entry.method} ${url.pathname}`);
	if (FILE_ENDPOINTS.includes(entry.endpoint)) return await answerFile(state, url, entry, response);
	if (!valid) return sendPage(response, 400, 'Bad Request');
	return await answerEndpoint(state, entry, url.searchParams, response);
}

async function handle(state: SandboxState, request: http.IncomingMessage, response: http.ServerResponse) {
	const url = new URL(request.url ?? '/', state.url);
	const { method = 'GET', headers } = request;
	const { valid, value } = parseJson(await readText(request));
	if (url.pathname.startsWith(ADMIN_PREFIX)) return await answerAdmin(state, method, url.pathname, value, response);
	const entry: RequestEntry = {
		endpoint: endpointName(method, url.pathname),
		method,
		path: url.pathname + url.search,
		headers,
		body: value,
		atMs: state.now(),
		answered: null,
	};
	state.requests.push(entry);
	await route(state, entry, url, valid, response);
	entry.answered = response.headersSent ? response.statusCode : (entry.fault ?? 'aborted');
}

/** Starts to listen on this machine only; sets state.url. */
export async function listen(state: SandboxState): Promise<LocalServer> {
	const server = http.createServer((request, response) => {
		handle(state, request, response).catch((error) => {
			if (response.headersSent || response.destroyed) return response.destroy();
			// A fault of the sandbox itself must differ from one that was requested.
			return sendJson(response, 599, { sandboxError: String(error) });
		});
	});
	const listening = await listenLocally(server, state.port);
	state.port = listening.port;
	state.url = state.publicUrl ?? listening.url;
	return listening;
}
