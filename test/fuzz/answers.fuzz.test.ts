// Arbitrary and malformed answers of Akool, each through the whole node: from n8n's request helper over the classification and the readers to the items,
// or to the message that the user gets. Rule: each case counts only where what was made up has been asked for.

import fc from 'fast-check';
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';

import type { EndpointName } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { KeptCredential } from '../integration/credentialsHelper';
import { dropdownContext, executeContext } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { CONTINUE, create, createBatch, IMAGE_URL, onVideos, updateAudio } from '../integration/harness';
import { png } from '../support/imageBytes';
import batchAnswers from '../fixtures/akool/batch.json';
import createAnswers from '../fixtures/akool/create.json';
import creditsAnswers from '../fixtures/akool/credits.json';
import deleteAnswers from '../fixtures/akool/delete.json';
import effectsAnswers from '../fixtures/akool/effects.json';
import modelsAnswers from '../fixtures/akool/models.json';
import resultsAnswers from '../fixtures/akool/results.json';
import tokenAnswers from '../fixtures/akool/token.json';
import audioAnswers from '../fixtures/akool/update-audio.json';
import { bodyOf } from './fileHost';
import { hostileAnswer, wire, type HostileAnswer, type Json } from './hostile';
import { answerRequests } from './network';
import type { Shown } from './secrets';
import { casesOf, Tally } from './tally';
import {
	ACCOUNT,
	answerOf,
	ending,
	endpointOf,
	expectEndsWell,
	givenNow,
	GOOD,
	ITEMS,
	JOBS,
	KEYS,
	LINKS,
	LISTS_ARE_FORGOTTEN_MS,
	MESSAGE,
	leftBy,
	runAnew,
	startClock,
	TOLD,
	VIDEO_ID,
	type Answers,
	type Given,
} from './trial';

const CASES = casesOf('FUZZ_ANSWERS', 150);
const TIMEOUT_MS = 600_000;

/** Refusals are altered as well, codes included: a value, too many requests, a token that ran out, a key. */
const REFUSALS: readonly Json[] = [1003, 1005, 1101, 1109].map((code) => ({ code, msg: 'Akool’s words' }));
/** An answer that lets nobody go on, with all that it must not say. */
const refusalOf = (secrets: readonly string[]): HostileAnswer =>
	answerOf({ code: 1109, msg: `Akool’s words about ${secrets.join(' and ')}` });
/** So many true answers come for each refusal. */
const TRUTHS_FOR_EACH = 2;
const FILE = Buffer.from('a file');
const VIDEO = 'video/mp4';
const IMAGE = 'image/png';
const NO_WAIT = { waitForCompletion: false };
const WAIT = { waitForCompletion: true, options: { waitMode: 'polling', waitTimeout: 1 } };
const QUEUED = wire({
	...resultsAnswers.queued,
	data: { result: resultsAnswers.queued.data.result.map((row) => ({ ...row, _id: VIDEO_ID })) },
});
const COMPLETED = wire(resultsAnswers.completed);
const OTHER_MODELS = answerOf({
	...modelsAnswers.answer,
	data: modelsAnswers.answer.data.filter(({ value }) => value !== 'AkoolImage2VideoFastV1'),
});

interface Subject {
	/** What is answered, as the report names it. */
	name: string;
	endpoint: EndpointName;
	/** Answers that give items. */
	truths: readonly Json[];
	/** Even a true answer gives none: what Akool lists is taken for an order's only where it carries the order's key, which nobody can guess. */
	neverEnough?: boolean;
	/** An answer that gives none, where a refusal is passed over. */
	untruth?: HostileAnswer;
	parameters: INodeParameters;
	/** Answers to the other calls that the operation makes; a good one where nothing stands. */
	others?: Answers;
	/** The type of the files that the operation fetches, whole ones wherever they are said to be. */
	fileType?: string;
}

const SUBJECTS: readonly Subject[] = [
	{
		name: 'createBySourcePrompt',
		endpoint: 'create',
		truths: [wire(createAnswers.answer)],
		parameters: create(NO_WAIT),
	},
	{
		name: 'createBySourcePrompt/batch',
		endpoint: 'createBatch',
		truths: [wire(batchAnswers.answer)],
		parameters: createBatch({ count: 3, ...NO_WAIT }),
	},
	{
		name: 'updateVideoAudio',
		endpoint: 'updateAudio',
		truths: [wire(audioAnswers.answer)],
		parameters: updateAudio(VIDEO_ID, NO_WAIT),
	},
	{ name: 'resultsByIds', endpoint: 'results', truths: [QUEUED, COMPLETED], parameters: onVideos('get', VIDEO_ID) },
	{
		name: 'resultsByIds while waiting',
		endpoint: 'results',
		truths: [QUEUED, COMPLETED],
		parameters: onVideos('get', VIDEO_ID, WAIT),
	},
	{
		name: 'resultsByIds with the file',
		endpoint: 'results',
		truths: [QUEUED, COMPLETED],
		parameters: onVideos('get', VIDEO_ID, { downloadVideo: true }),
		fileType: VIDEO,
	},
	{
		name: 'delbyids',
		endpoint: 'delete',
		truths: [wire(deleteAnswers.answer)],
		parameters: onVideos('delete', deleteAnswers.answer.data.successIds.join(',')),
	},
	{
		name: 'effects',
		endpoint: 'effects',
		truths: [wire(effectsAnswers.answer)],
		parameters: { resource: 'effect', operation: 'getAll' },
	},
	{
		name: 'effects with their images',
		endpoint: 'effects',
		truths: [wire(effectsAnswers.answer)],
		parameters: { resource: 'effect', operation: 'getAll', downloadThumbnails: true },
		fileType: IMAGE,
	},
	{
		name: 'aigModel/list',
		endpoint: 'models',
		truths: [wire(modelsAnswers.answer)],
		parameters: { resource: 'model', operation: 'getAll' },
	},
	{
		name: 'aigModel/list before a batch',
		endpoint: 'models',
		truths: [wire(modelsAnswers.answer)],
		untruth: OTHER_MODELS,
		parameters: createBatch({ count: 3, ...NO_WAIT }),
		others: { createBatch: answerOf(batchAnswers.answer) },
	},
	{
		name: 'quota/info',
		endpoint: 'credits',
		truths: [wire(creditsAnswers.answer)],
		parameters: { resource: 'account', operation: 'getCredits' },
	},
	{
		name: 'getToken',
		endpoint: 'getToken',
		truths: [wire(tokenAnswers.answer)],
		parameters: { resource: 'account', operation: 'getCredits' },
	},
	{
		name: 'content/video/list',
		endpoint: 'ownJobs',
		truths: [wire(JOBS)],
		parameters: create(NO_WAIT),
		others: { create: answerOf('', 500) },
		neverEnough: true,
	},
];

const tally = new Tally();
const { methods } = new AkoolImageToVideo();

/** A credential as n8n keeps it: with a token, unless fetching one is what is tried. */
const keptFor = ({ endpoint }: Subject): typeof ACCOUNT => ({
	...ACCOUNT,
	accessToken: endpoint === 'getToken' ? '' : ACCOUNT.accessToken,
});
const keysFor = (subject: Subject): string[] => KEYS.filter((key) => Object.values(keptFor(subject)).includes(key));

interface Trial {
	subject: Subject;
	credential: KeptCredential;
	cases: number;
	/** What the answers are to be laced with. */
	secrets: readonly string[];
	run: () => Promise<Given>;
	/** What stays behind, however it ends. */
	left?: () => Shown;
	/** How it ends where the answer gives nothing. */
	onUntruth: string;
}

/** Tries true answers, one that gives nothing, and invented ones, and checks all results. */
async function holds({ subject, credential, cases, secrets, run, left, onUntruth }: Trial): Promise<void> {
	const { endpoint, others, fileType, truths, neverEnough = false, untruth = refusalOf(secrets) } = subject;
	const answers = { ...GOOD, ...others };
	let asked = 0;
	const unanswered = answerRequests((request) => {
		if (request.url === IMAGE_URL) return { statusCode: 200, headers: {}, body: png() };
		const name = endpointOf(request);
		if (name === endpoint) asked += 1;
		if (name === undefined && fileType !== undefined)
			return { statusCode: 200, headers: { 'content-type': fileType }, body: bodyOf({ bytes: FILE, breaks: false }) };
		const answer = Object.entries(answers).find(([other]) => other === name)?.[1];
		return answer === undefined ? undefined : givenNow(answer);
	});
	const log = watchLog();
	const kindFor = async (answer: HostileAnswer): Promise<string> => {
		asked = 0;
		Object.assign(credential.kept, keptFor(subject));
		answers[endpoint] = answer;
		const ended = await ending(run, left);
		expectEndsWell(ended, log.splice(0));
		expect(asked).toBeGreaterThan(0);
		expect(unanswered).toEqual([]);
		tally.count(`answers of ${subject.name}`, ended.kind);
		return ended.kind;
	};
	for (const truth of truths) expect(await kindFor(answerOf(truth))).toBe(neverEnough ? onUntruth : ITEMS);
	expect(await kindFor(untruth)).toBe(onUntruth);
	const known = [...REFUSALS.flatMap(() => Array.from({ length: TRUTHS_FOR_EACH }, () => truths).flat()), ...REFUSALS];
	const property = fc.asyncProperty(hostileAnswer(known, secrets), async (answer) => void (await kindFor(answer)));
	await fc.assert(property, { numRuns: cases });
}

const clock = startClock(false);
afterAll(() => tally.print());

describe.each(SUBJECTS)('any answer of $name', (subject) => {
	const half = Math.ceil(CASES / 2);

	it.each([
		['simplified, without Continue On Fail', {}, {}, MESSAGE],
		['raw, with Continue On Fail', { output: 'raw' }, CONTINUE, TOLD],
	])(
		'ends in items or a message, with no secret in either: %s',
		async (_, more, settings, onUntruth) => {
			const credential = new KeptCredential(keptFor(subject));
			const context = executeContext({ parameters: { ...subject.parameters, ...more }, settings, credential });
			await holds({
				subject,
				credential,
				cases: half,
				secrets: [...keysFor(subject), ...LINKS],
				onUntruth,
				run: async () => await runAnew(context),
				left: () => leftBy(context),
			});
			expect(tally.total(`answers of ${subject.name}`)).toBeGreaterThanOrEqual(half);
		},
		TIMEOUT_MS,
	);
});

describe('a dropdown', () => {
	const { listSearch } = methods;
	const search =
		(list: (this: ILoadOptionsFunctions) => Promise<unknown>) =>
		async (context: ILoadOptionsFunctions): Promise<Given> => ({
			shown: { list: await list.call(context) },
			isTold: false,
		});

	it.each([
		['effects', search(listSearch.searchEffects), MESSAGE],
		['aigModel/list', search(listSearch.searchModels), MESSAGE],
		['aigModel/list', search(listSearch.searchResolutions), MESSAGE],
		['aigModel/list', search(listSearch.searchVideoLengths), MESSAGE],
	])(
		'of %s shows a list or a reason, with no secret in either',
		async (listName, list, onUntruth) => {
			const found = SUBJECTS.find(({ name }) => name === listName);
			if (found === undefined) throw new Error(`no subject ${listName}`);
			const subject = { ...found, name: `${listName} in a dropdown` };
			const credential = new KeptCredential(keptFor(subject));
			const context = dropdownContext(createBatch(), credential);
			const run = async (): Promise<Given> => {
				clock.advance(LISTS_ARE_FORGOTTEN_MS);
				return await list(context);
			};
			await holds({ subject, credential, cases: CASES, secrets: keysFor(subject), onUntruth, run });
			expect(tally.total(`answers of ${subject.name}`)).toBeGreaterThanOrEqual(CASES);
		},
		TIMEOUT_MS,
	);
});
