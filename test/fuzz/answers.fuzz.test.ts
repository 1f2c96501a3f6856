// Answers of Akool that nobody meant, each through the whole node: from n8n's request helper over the classification and the readers to the items,
// or to the message that the user gets.

import fc from 'fast-check';
import { NodeApiError, NodeOperationError, type IExecuteFunctions, type ILoadOptionsFunctions, type INodeParameters } from 'n8n-workflow';

import { AkoolApi } from '../../credentials/AkoolApi.credentials';
import { ENDPOINTS, type EndpointName } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { leap, setSpeed } from '../engine/clock';
import { KeptCredential } from '../engine/credentialsHelper';
import { dropdownContext, executeContext, RESUME_TOKEN } from '../engine/engine';
import { watchLog } from '../engine/n8n';
import { CONTINUE, create, createBatch, IMAGE_URL, onVideos, updateAudio } from '../engine/stage';
import batchAnswers from '../fixtures/akool/batch.json';
import createAnswers from '../fixtures/akool/create.json';
import creditsAnswers from '../fixtures/akool/credits.json';
import deleteAnswers from '../fixtures/akool/delete.json';
import effectsAnswers from '../fixtures/akool/effects.json';
import modelsAnswers from '../fixtures/akool/models.json';
import resultsAnswers from '../fixtures/akool/results.json';
import tokenAnswers from '../fixtures/akool/token.json';
import audioAnswers from '../fixtures/akool/update-audio.json';
import { hostileAnswer, inheritedNames, wire, type HostileAnswer, type Json } from './hostile';
import { casesOf, Tally } from './tally';

jest.mock('n8n-workflow', () => jest.requireActual<typeof import('../engine/clock')>('../engine/clock').workflowWithClock());

const CASES = casesOf('FUZZ_ANSWERS', 150);
const TIMEOUT_MS = 600_000;
/** No pause is worth waiting for here. */
const SPEED = 20_000;
const LISTS_ARE_FORGOTTEN_MS = 6 * 60_000;
/** Later than the clock ever is here, which leaps before each case. */
const FAR_AWAY_MS = 100 * 365 * 24 * 60 * 60_000;

const ACCOUNT = { authentication: 'accessToken', apiKey: 'k3y+'.repeat(8), clientId: 'RnV6ekNsaWVudElkOTk5OQ==', accessToken: 'eyJhbGciOi.fuzz.tokenOfTheFuzzers', baseUrl: 'http://127.0.0.1:9' };
const RESUME_URL = `http://localhost:5678/webhook-waiting/4711?signature=${RESUME_TOKEN}`;
const PICTURE_URL = 'http://localhost:5678/rest/binary-data/signed?token=picture.token.OfTheFuzzers';
const NEVER_SHOWN = [ACCOUNT.apiKey, ACCOUNT.clientId, ACCOUNT.accessToken, RESUME_TOKEN, 'picture.token.OfTheFuzzers'];
const KEYS = [ACCOUNT.apiKey, ACCOUNT.clientId, ACCOUNT.accessToken];
/** What Akool knows of an execution; a dropdown belongs to none. */
const LINKS = [RESUME_URL, PICTURE_URL];

/** Refusals are altered as well, codes included. */
const REFUSALS: readonly Json[] = [{ code: 1003, msg: 'Akool’s words' }];
const VIDEO_ID = resultsAnswers.completed.data.result[0]?._id ?? '';
const NO_WAIT = { waitForCompletion: false };
const JOBS = { code: 1000, data: { count: 1, result: [{ _id: '6b0016bad81563b763cdd523', create_time: Date.now() + FAR_AWAY_MS, type: 15, video_status: 1, image_url: IMAGE_URL, prompt: 'The bottle turns slowly' }] } };

interface Subject {
	/** What is answered, as the report names it. */
	name: string;
	endpoint: EndpointName;
	truths: readonly Json[];
	parameters: INodeParameters;
	/** Answers to the other calls that the operation makes; a good one where nothing stands. */
	others?: Partial<Record<EndpointName, HostileAnswer>>;
}

const answerOf = (body: unknown, statusCode = 200): HostileAnswer => ({ statusCode, headers: {}, body: wire(body) });
const GOOD: Partial<Record<EndpointName, HostileAnswer>> = {
	create: answerOf(createAnswers.answer), credits: answerOf(creditsAnswers.answer), models: answerOf(modelsAnswers.answer), results: answerOf(resultsAnswers.completed), ownJobs: answerOf(JOBS),
};

const SUBJECTS: readonly Subject[] = [
	{ name: 'createBySourcePrompt', endpoint: 'create', truths: [wire(createAnswers.answer)], parameters: create(NO_WAIT) },
	{ name: 'createBySourcePrompt/batch', endpoint: 'createBatch', truths: [wire(batchAnswers.answer)], parameters: createBatch({ count: 3, ...NO_WAIT }) },
	{ name: 'updateVideoAudio', endpoint: 'updateAudio', truths: [wire(audioAnswers.answer)], parameters: updateAudio(VIDEO_ID, NO_WAIT) },
	{ name: 'resultsByIds', endpoint: 'results', truths: [wire(resultsAnswers.queued), wire(resultsAnswers.completed)], parameters: onVideos('get', VIDEO_ID) },
	{ name: 'resultsByIds while waiting', endpoint: 'results', truths: [wire(resultsAnswers.queued), wire(resultsAnswers.completed)], parameters: onVideos('get', VIDEO_ID, { waitForCompletion: true, options: { waitMode: 'polling', waitTimeout: 1 } }) },
	{ name: 'delbyids', endpoint: 'delete', truths: [wire(deleteAnswers.answer)], parameters: onVideos('delete', deleteAnswers.answer.data.successIds.join(',')) },
	{ name: 'effects', endpoint: 'effects', truths: [wire(effectsAnswers.answer)], parameters: { resource: 'effect', operation: 'getAll' } },
	{ name: 'aigModel/list', endpoint: 'models', truths: [wire(modelsAnswers.answer)], parameters: { resource: 'model', operation: 'getAll' } },
	{ name: 'aigModel/list before a batch', endpoint: 'models', truths: [wire(modelsAnswers.answer)], parameters: createBatch({ count: 3, ...NO_WAIT }), others: { createBatch: answerOf(batchAnswers.answer) } },
	{ name: 'quota/info', endpoint: 'credits', truths: [wire(creditsAnswers.answer)], parameters: { resource: 'account', operation: 'getCredits' } },
	{ name: 'getToken', endpoint: 'getToken', truths: [wire(tokenAnswers.answer)], parameters: { resource: 'account', operation: 'getCredits' } },
	{ name: 'content/video/list', endpoint: 'ownJobs', truths: [wire(JOBS)], parameters: create(NO_WAIT), others: { create: answerOf('', 500) } },
];

const NAMES_BY_PATH = new Map(Object.entries(ENDPOINTS).map(([name, { path }]) => [path, name]));
const tally = new Tally();
const node = new AkoolImageToVideo();
const credential = new KeptCredential(ACCOUNT);

/** Lets the helper answer every call: one with what was made up, the others as they should be. */
function answerWith(context: IExecuteFunctions | ILoadOptionsFunctions, { endpoint, others = {} }: Subject): (answer: HostileAnswer) => void {
	let madeUp: HostileAnswer | undefined;
	const spy = jest.spyOn(context.helpers, 'httpRequestWithAuthentication');
	spy.mockImplementation(async (_type, { url }) => {
		const name = NAMES_BY_PATH.get(url ?? '') ?? '';
		if (endpoint === 'getToken' && madeUp !== undefined) await fetchToken(madeUp);
		const found = name === endpoint ? madeUp : Object.entries({ ...GOOD, ...others }).find(([other]) => other === name)?.[1];
		if (found === undefined) throw new Error(`nobody answers ${url}`);
		return structuredClone(found);
	});
	return (answer) => {
		madeUp = answer;
	};
}

/** Has the credential read an answer of getToken, as n8n does before a request; an HTTP error is thrown there. */
async function fetchToken({ statusCode, body }: HostileAnswer): Promise<void> {
	const httpRequest = async (): Promise<Json> => (statusCode >= 400 ? await Promise.reject(new Error('Request failed')) : body);
	await new AkoolApi().preAuthentication.call({ helpers: { httpRequest } }, credential.kept);
}

/** Everything of an error that n8n would store or show. */
function partsOf(error: NodeApiError | NodeOperationError): unknown {
	const { message, description, stack, messages } = error;
	return [{ ...error }, message, description, stack, messages];
}

const ITEMS = 'gave items';
const MESSAGE = 'ended in a message';

function isOwnError(error: unknown): error is NodeApiError | NodeOperationError {
	return (error instanceof NodeApiError || error instanceof NodeOperationError) && !error.message.startsWith('Something unforeseen happened');
}

/** Gives what a run ended in, and everything that it showed. What is not one of the package's own messages is an ending of its own. */
async function ending(run: () => Promise<unknown>): Promise<{ kind: string; shown: unknown }> {
	try {
		return { kind: ITEMS, shown: await run() };
	} catch (error) {
		return isOwnError(error) ? { kind: MESSAGE, shown: partsOf(error) } : { kind: error instanceof Error ? `threw ${error.stack}` : 'threw', shown: undefined };
	}
}

const INHERITED = inheritedNames();

/** Tries made-up answers and looks at all that comes of them. */
async function holds(subject: Subject, cases: number, context: IExecuteFunctions | ILoadOptionsFunctions, secrets: readonly string[], run: () => Promise<unknown>): Promise<void> {
	const answer = answerWith(context, subject);
	const log = watchLog();
	const property = fc.asyncProperty(hostileAnswer([...subject.truths, ...subject.truths, ...REFUSALS], secrets), async (madeUp) => {
		leap(LISTS_ARE_FORGOTTEN_MS);
		answer(madeUp);
		const { kind, shown } = await ending(run);
		expect([ITEMS, MESSAGE]).toContain(kind);
		const text = JSON.stringify([shown, log.splice(0)]);
		expect(NEVER_SHOWN.filter((secret) => text.includes(secret))).toEqual([]);
		expect(inheritedNames()).toBe(INHERITED);
		tally.count(`answers of ${subject.name}`, kind);
	});
	await fc.assert(property, { numRuns: cases });
}

beforeAll(() => setSpeed(SPEED));
afterAll(() => tally.print());

describe.each(SUBJECTS)('any answer of $name', (subject) => {
	const half = Math.ceil(CASES / 2);

	it.each([
		['simplified, without Continue On Fail', {}, {}],
		['raw, with Continue On Fail', { output: 'raw' }, CONTINUE],
	])('ends in items or in a message, with no secret in either: %s', async (_, more, settings) => {
		const context = executeContext({ parameters: { ...subject.parameters, ...more }, settings, credential });
		const store = context.getContext('node');
		const hints = context.hints;
		await holds(subject, half, context, [...KEYS, ...LINKS], async () => {
			for (const name of Object.keys(store)) Reflect.deleteProperty(store, name);
			hints.splice(0);
			const [items] = await node.execute.call(context);
			return [items, hints, context.customData.getAll()];
		});
		expect(tally.total(`answers of ${subject.name}`)).toBeGreaterThanOrEqual(half);
	}, TIMEOUT_MS);
});

describe.each(SUBJECTS.filter(({ endpoint, name }) => ['effects', 'models'].includes(endpoint) && !name.includes('before')))('a dropdown of $name', (subject) => {
	const { listSearch, loadOptions } = node.methods;
	const lists: ReadonlyArray<(this: ILoadOptionsFunctions) => Promise<unknown>> =
		subject.endpoint === 'effects' ? [listSearch.searchEffects] : [listSearch.searchModels, loadOptions.getModelResolutions, loadOptions.getModelVideoLengths];

	it('shows a list or a reason, with no secret in either', async () => {
		const context = dropdownContext(createBatch(), credential);
		for (const list of lists) {
			await holds({ ...subject, name: `${subject.name} in a dropdown` }, Math.ceil(CASES / lists.length), context, KEYS, async () => await list.call(context));
		}
		expect(tally.total(`answers of ${subject.name} in a dropdown`)).toBeGreaterThanOrEqual(CASES);
	}, TIMEOUT_MS);
});
