// What the fuzz tests of the node share: an account, good answers of Akool, and what may come of a run. Rule: it ends in items or in one of the package's
// own messages, and no secret stands in anything of it that n8n would store or show.

import { NodeApiError, NodeOperationError, type INodeExecutionData } from 'n8n-workflow';

import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { ENDPOINTS, type EndpointName } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { tokenOwner } from '../../nodes/AkoolImageToVideo/transport/accessToken';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { TestClock } from '../support/testClock';
import { RESUME_TOKEN, type executeContext } from '../integration/engine';
import { IMAGE_URL } from '../integration/harness';
import createAnswers from '../fixtures/akool/create.json';
import creditsAnswers from '../fixtures/akool/credits.json';
import effectsAnswers from '../fixtures/akool/effects.json';
import modelsAnswers from '../fixtures/akool/models.json';
import resultsAnswers from '../fixtures/akool/results.json';
import tokenAnswers from '../fixtures/akool/token.json';
import { leaksIn, secret, type Secret, type Shown } from './secrets';
import { inheritedNames, wire, type HostileAnswer } from './hostile';
import type { Request } from './network';

let running: TestClock | undefined;

/**
 * Starts the clock of a test file, and ends it with the file: no pause is worth waiting for.
 *
 * @param isNetworkReal true where files come over a real line, which the clock then waits for
 */
export function startClock(isNetworkReal: boolean): TestClock {
	const started = new TestClock({ isNetworkReal });
	running = started;
	afterAll(() => started.close());
	return started;
}

function clockOf(): TestClock {
	if (running === undefined) throw new Error('no clock was started');
	return running;
}

/** Stands in an answer for the moment at which it is given: the clock leaps before each case. */
const THIS_MOMENT_MS = 1_700_000_000_007;
export const LISTS_ARE_FORGOTTEN_MS = 6 * 60_000;

const PAIR = {
	authentication: 'accessToken',
	apiKey: 'k3y+'.repeat(8),
	clientId: 'RnV6ekNsaWVudElkOTk5OQ==',
	accessToken: 'eyJhbGciOi.fuzz.tokenOfTheFuzzers',
	baseUrl: 'http://127.0.0.1:9',
};
/** With a token that was fetched for this very account. */
export const ACCOUNT = { ...PAIR, issuedFor: tokenOwner(readAccount(PAIR)) };
const RESUME_URL = `http://localhost:5678/webhook-waiting/4711?signature=${RESUME_TOKEN}`;
const IMAGE_TOKEN = 'image.token.OfTheFuzzers';
const SIGNED_URL = `http://localhost:5678/rest/binary-data/signed?token=${IMAGE_TOKEN}`;
export const KEYS = [ACCOUNT.apiKey, ACCOUNT.clientId, ACCOUNT.accessToken];
/** What Akool knows of an execution; a dropdown belongs to none. */
export const LINKS = [RESUME_URL, SIGNED_URL];
/** With one of these, anyone can spend the account's credits, resume the execution, or read its files. */
export const SECRETS: readonly Secret[] = [
	secret('API key', ACCOUNT.apiKey),
	secret('client ID', ACCOUNT.clientId),
	secret('access token', ACCOUNT.accessToken),
	// By its address an order finds its video, so the node keeps it with the execution; Akool has it from there.
	secret('resume token', RESUME_TOKEN, ['nodeContext']),
	secret('token of a signed link', IMAGE_TOKEN, ['nodeContext']),
	secret('address of a parked execution', RESUME_URL, ['nodeContext']),
	secret('signed link', SIGNED_URL, ['nodeContext']),
	secret('header with the token', `Bearer ${ACCOUNT.accessToken}`),
	secret('header with key and client ID', `${ACCOUNT.clientId}:${ACCOUNT.apiKey}`),
];

export const VIDEO_ID = resultsAnswers.completed.data.result[0]?._id ?? '';
export const JOBS = {
	code: 1000,
	data: {
		count: 1,
		result: [
			{
				_id: '6b0016bad81563b763cdd523',
				create_time: THIS_MOMENT_MS,
				type: 15,
				video_status: 1,
				image_url: IMAGE_URL,
				prompt: 'The bottle turns slowly',
			},
		],
	},
};

export const answerOf = (body: unknown, statusCode = 200): HostileAnswer => ({
	statusCode,
	headers: {},
	body: wire(body),
});

export type Answers = Partial<Record<EndpointName, HostileAnswer>>;

/** What Akool answers where nothing else is said. */
export const GOOD: Answers = {
	create: answerOf(createAnswers.answer),
	credits: answerOf(creditsAnswers.answer),
	effects: answerOf(effectsAnswers.answer),
	getToken: answerOf(tokenAnswers.answer),
	models: answerOf(modelsAnswers.answer),
	results: answerOf(resultsAnswers.completed),
	ownJobs: answerOf(JOBS),
};

/** An answer as it is given now, a copy of its own. */
export function givenNow(answer: HostileAnswer): HostileAnswer {
	return JSON.parse(JSON.stringify(answer).replaceAll(String(THIS_MOMENT_MS), String(clockOf().now())));
}

/** Which of Akool's endpoints a request is for; undefined for one that goes elsewhere. */
export function endpointOf({ baseURL = '', url }: Request): string | undefined {
	const address = `${baseURL}${url}`;
	return Object.entries(ENDPOINTS).find(([, { path }]) => address === `${ACCOUNT.baseUrl}${path}`)?.[0];
}

export const ITEMS = 'gave items';
/** Items, or entries of a list, that say what is wrong. */
export const TOLD = 'gave items with a fault';
export const MESSAGE = 'ended in a message';

/** What a run gave: everything that it showed, and whether it says there that something is wrong. */
export interface Given {
	shown: Shown;
	isTold: boolean;
}

export interface Ending {
	kind: string;
	shown: Shown;
}

/** Everything of an error that n8n would store or show. */
function partsOf(error: NodeApiError | NodeOperationError): unknown {
	const { message, description, stack, messages, context, cause } = error;
	return [
		error,
		{ ...error },
		message,
		description,
		stack,
		messages,
		context,
		cause,
		JSON.parse(JSON.stringify(error)),
	];
}

function isOwnError(error: unknown): error is NodeApiError | NodeOperationError {
	return (
		(error instanceof NodeApiError || error instanceof NodeOperationError) &&
		!error.message.startsWith('Unexpected response in the Akool node')
	);
}

/** Gives what a run ended in. What is not one of the package's own messages is an ending of its own. @param left what stays behind, however it ends */
export async function ending(run: () => Promise<Given>, left: () => Shown = () => ({})): Promise<Ending> {
	try {
		const { shown, isTold } = await run();
		return { kind: isTold ? TOLD : ITEMS, shown: { ...left(), ...shown } };
	} catch (error) {
		return isOwnError(error)
			? { kind: MESSAGE, shown: { ...left(), error: partsOf(error) } }
			: { kind: error instanceof Error ? `threw ${error.stack}` : 'threw', shown: left() };
	}
}

const INHERITED = inheritedNames();

/** Fails where a run ended as none may, showed a secret, or changed what objects inherit. */
export function expectEndsWell({ kind, shown }: Ending, log: readonly string[]): void {
	expect([ITEMS, TOLD, MESSAGE]).toContain(kind);
	expect(leaksIn({ ...shown, log }, SECRETS)).toEqual([]);
	expect(inheritedNames()).toBe(INHERITED);
}

const node = new AkoolImageToVideo();

type Context = ReturnType<typeof executeContext>;

/** What stays with an execution beside its items, however the node ended. */
export function leftBy(context: Context): Shown {
	return {
		hints: context.hints,
		customData: context.customData.getAll(),
		nodeContext: context.getContext('node'),
		staticData: context.getWorkflowStaticData('node'),
	};
}

/** Runs the node as for the first time: nothing paid, no hint, no custom data, no list remembered. Gives its items. */
export async function runAnew(context: Context): Promise<Given & { items: INodeExecutionData[] }> {
	clockOf().advance(LISTS_ARE_FORGOTTEN_MS);
	const store = context.getContext('node');
	for (const name of Object.keys(store)) Reflect.deleteProperty(store, name);
	context.hints.splice(0);
	for (const name of Object.keys(context.customData.getAll())) context.customData.set(name, '');
	const progress = jest.spyOn(context, 'sendMessageToUI').mockClear();
	const [items = []] = await node.execute.call(context);
	const isTold = items.some(({ json }) => fieldOf(json, 'error') !== undefined);
	const files = items.flatMap(({ binary }) => Object.values(binary ?? {}));
	return { items, isTold, shown: { items, files, progress: progress.mock.calls } };
}
