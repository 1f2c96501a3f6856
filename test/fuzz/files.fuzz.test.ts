// Malformed files, each through the whole node: from n8n's request helper, or from a real connection, to the file in the item or the message
// that says why there is none. Rule: a partial file is never kept, and the file's host learns nothing about the account.

import fc from 'fast-check';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KeptCredential } from '../integration/credentialsHelper';
import { bytesOf, executeContext, useBinaryMode } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { CONTINUE, onVideos } from '../integration/harness';
import effectsAnswers from '../fixtures/akool/effects.json';
import resultsAnswers from '../fixtures/akool/results.json';
import { bodyOf, isLetGo, lineOf, openFileHost } from './fileHost';
import { hostileFile, transfer, type HostileFile } from './hostile';
import { answerRequests, type Request } from './network';
import { leaksIn } from './secrets';
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
	KEYS,
	LINKS,
	MESSAGE,
	leftBy,
	runAnew,
	SECRETS,
	startClock,
	TOLD,
	VIDEO_ID,
	type Answers,
	type Given,
} from './trial';

const CASES = casesOf('FUZZ_FILES', 100);
const HALF = Math.ceil(CASES / 2);
const TIMEOUT_MS = 900_000;
const VIDEO = 'video/mp4';
const IMAGE = 'image/png';
const VIDEO_ATTEMPTS = 3;
const IMAGE_ATTEMPTS = 2;
const DOWNLOAD = { downloadVideo: true };
const WAIT = { waitForCompletion: true, options: { waitMode: 'polling', waitTimeout: 1 } };

interface Subject {
	/** What is fetched, as the report names it. */
	name: string;
	parameters: INodeParameters;
	/** The right type. */
	type: string;
	/** How many files are fetched, each so many times at most. */
	files: number;
	attempts: number;
	/** What Akool answers, where that is no fixed answer. */
	answers?: Answers;
}

const SUBJECTS: readonly Subject[] = [
	{
		name: 'a video for Get',
		parameters: onVideos('get', VIDEO_ID, DOWNLOAD),
		type: VIDEO,
		files: 1,
		attempts: VIDEO_ATTEMPTS,
	},
	{
		name: 'a video for Get with waiting',
		parameters: onVideos('get', VIDEO_ID, { ...DOWNLOAD, ...WAIT }),
		type: VIDEO,
		files: 1,
		attempts: VIDEO_ATTEMPTS,
	},
	{
		name: 'a video for Download',
		parameters: onVideos('download', VIDEO_ID),
		type: VIDEO,
		files: 1,
		attempts: VIDEO_ATTEMPTS,
	},
	{
		name: 'images of effects',
		parameters: { resource: 'effect', operation: 'getAll', downloadThumbnails: true },
		type: IMAGE,
		files: effectsAnswers.answer.data.result.length,
		attempts: IMAGE_ATTEMPTS,
	},
];

const WITHOUT_FILE = 'gave items without a file';
const tally = new Tally();

const IS_NETWORK_REAL = true;
startClock(IS_NETWORK_REAL);
afterAll(() => tally.print());

type Fetched = Array<{ mimeType: string; bytes: Buffer }>;

async function filesOf(items: readonly INodeExecutionData[]): Promise<Fetched> {
	const files = items.flatMap(({ binary }) => Object.values(binary ?? {}));
	return await Promise.all(files.map(async (file) => ({ mimeType: file.mimeType, bytes: await bytesOf(file) })));
}

interface Setting {
	continues: boolean;
	authentication: string;
	storage: Parameters<typeof useBinaryMode>[0];
}

/** With either authentication, either storage, and either way to end. */
const SETTINGS: readonly Setting[] = [
	{ continues: false, authentication: 'accessToken', storage: 'filesystem' },
	{ continues: true, authentication: 'apiKey', storage: 'default' },
];

interface Host {
	/** Answers a request for a file. */
	answerTo: Parameters<typeof answerRequests>[0];
	/** How a run without a file ends. */
	onNone: string;
}

/** Gives a way to run the node once, with all that came of it; Akool answers well, and files come from the host. */
function runner(
	{ name, parameters, answers }: Subject,
	{ continues, authentication }: Setting,
	{ answerTo, onNone }: Host,
): () => Promise<{ kind: string; fetched: Fetched; requests: readonly string[] }> {
	const credential = new KeptCredential({ ...ACCOUNT, authentication });
	const context = executeContext({ parameters, settings: continues ? CONTINUE : {}, credential });
	const key = authentication === 'apiKey' ? ACCOUNT.apiKey : ACCOUNT.accessToken;
	/** What Akool and the file's host received. */
	const calls: string[] = [];
	const requests: string[] = [];
	const textOf = (request: Request): string => JSON.stringify({ ...request, abortSignal: undefined });
	const unanswered = answerRequests((request, send) => {
		const endpoint = endpointOf(request);
		if (endpoint === undefined) {
			requests.push(textOf(request));
			return answerTo(request, send);
		}
		calls.push(textOf(request));
		const answer = Object.entries({ ...GOOD, ...answers }).find(([other]) => other === endpoint)?.[1];
		return answer === undefined ? undefined : givenNow(answer);
	});
	const log = watchLog();
	return async () => {
		requests.splice(0);
		calls.splice(0);
		let fetched: Fetched = [];
		const run = async (): Promise<Given> => {
			const given = await runAnew(context);
			fetched = await filesOf(given.items);
			return given;
		};
		const ended = await ending(run, () => leftBy(context));
		expectEndsWell(ended, log.splice(0));
		expect(unanswered).toEqual([]);
		// Akool receives the key, so the check would see it if the host did too.
		expect(calls.filter((call) => call.includes(key))).not.toEqual([]);
		expect(requests).not.toEqual([]);
		expect(leaksIn({ fileHost: requests }, SECRETS)).toEqual([]);
		expect(ended.kind).toBe(fetched.length > 0 ? ITEMS : onNone);
		const kind = ended.kind === ITEMS && fetched.length === 0 ? WITHOUT_FILE : ended.kind;
		tally.count(`files instead of ${name}`, kind);
		return { kind, fetched, requests };
	};
}

/** A file that is an extra ends nothing; one that was asked for by itself does. */
function endingWithoutFile({ parameters }: Subject, { continues }: Setting): string {
	if (parameters.operation !== 'download') return ITEMS;
	return continues ? TOLD : MESSAGE;
}

/** Whether its type is of the right family, or none that says anything. */
function isOfFamily({ headers }: HostileFile, family: string): boolean {
	const said = (headers['content-type'] ?? '').toLowerCase();
	return said === '' || said.includes(family) || said.includes('octet-stream');
}

/** Whether it is what its headers say, so that it may pass for a file. */
function isWhole({ statusCode, headers, bytes, breaks }: HostileFile): boolean {
	if (statusCode !== 200 || breaks || bytes.length === 0) return false;
	const announced = headers['content-length'] ?? '';
	const isMeasured =
		headers['content-encoding'] === undefined && announced.trim() !== '' && Number.isFinite(Number(announced));
	return !isMeasured || Number(announced) <= bytes.length;
}

/** Made-up bytes may begin as a page or a text does, which is no file whatever its host calls it. */
const mayBePage = (bytes: Buffer): boolean => /^[\u00EF\u00BB\u00BF\s]*[<{[%]/.test(bytes.toString('latin1'));

const whole = (type: string): HostileFile => ({
	statusCode: 200,
	headers: { 'content-type': type, 'content-length': '6' },
	bytes: Buffer.from('a file'),
	breaks: false,
});

describe.each(SUBJECTS)('anything instead of $name', (subject) => {
	const { type, files, attempts } = subject;

	it.each(SETTINGS)(
		'is kept only if it is complete, and the host receives no key: %p',
		async (setting) => {
			await useBinaryMode(setting.storage);
			const family = type.slice(0, type.indexOf('/') + 1);
			let answer = whole(type);
			const bodies: Array<ReturnType<typeof bodyOf>> = [];
			const answerTo = (): { statusCode: number; headers: object; body: object } => {
				const body = bodyOf(answer);
				bodies.push(body);
				return { statusCode: answer.statusCode, headers: { ...answer.headers }, body };
			};
			const run = runner(subject, setting, { answerTo, onNone: endingWithoutFile(subject, setting) });
			const fetchedOf = async (next: HostileFile): Promise<Fetched> => {
				answer = next;
				const { fetched, requests } = await run();
				expect(requests.length).toBeLessThanOrEqual(files * attempts);
				expect(await Promise.all(bodies.splice(0).map(isLetGo))).not.toContain(false);
				for (const { mimeType, bytes } of fetched) {
					expect(isWhole(next)).toBe(true);
					expect(bytes.equals(next.bytes)).toBe(true);
					expect(mimeType.startsWith(family)).toBe(true);
					expect(isOfFamily(next, family)).toBe(true);
				}
				return fetched;
			};
			expect(await fetchedOf(whole(type))).toHaveLength(files);
			expect(await fetchedOf({ ...whole(type), statusCode: 404 })).toEqual([]);
			const property = fc.asyncProperty(hostileFile(type, [...KEYS, ...LINKS]), async (next) => {
				const fetched = await fetchedOf(next);
				if (isWhole(next) && next.headers['content-type'] === type && !mayBePage(next.bytes))
					expect(fetched).toHaveLength(files);
			});
			await fc.assert(property, { numRuns: HALF });
			expect(tally.total(`files instead of ${subject.name}`)).toBeGreaterThanOrEqual(HALF);
		},
		TIMEOUT_MS,
	);
});

describe('a video from a real connection', () => {
	it.each(SETTINGS)(
		'is kept only if all of it arrived, and the host receives no key: %p',
		async (setting) => {
			await useBinaryMode(setting.storage);
			const host = await openFileHost();
			const video = { ...resultsAnswers.completed.data.result[0], video_url: `${host.url}/video.mp4` };
			const results = answerOf({ ...resultsAnswers.completed, data: { result: [video] } });
			const subject: Subject = {
				name: 'a video over the line',
				parameters: onVideos('download', VIDEO_ID),
				type: VIDEO,
				files: 1,
				attempts: VIDEO_ATTEMPTS,
				answers: { results },
			};
			const run = runner(subject, setting, {
				answerTo: async (_, send) => await send(),
				onNone: endingWithoutFile(subject, setting),
			});
			const property = fc.asyncProperty(transfer(VIDEO), async (sent) => {
				const { statusCode, contentType, bytes, isCompressed, framing } = sent;
				const line = lineOf(sent);
				const part = line.subarray(0, Math.floor(line.length * sent.part));
				const isCut = part.length < line.length;
				// A body that only the end of the connection ends cannot be distinguished from a part of it.
				fc.pre(!isCut || framing !== 'close');
				host.say({ bytes: part, resets: isCut && sent.resets });
				const { fetched } = await run();
				expect(leaksIn({ fileHost: host.asked }, SECRETS)).toEqual([]);
				expect(host.asked.splice(0)).not.toEqual([]);
				const isGood = !isCut && statusCode === 200 && contentType !== 'text/html' && bytes.length > 0;
				expect(isGood || fetched.length === 0).toBe(true);
				expect(fetched.every((file) => file.bytes.equals(bytes))).toBe(true);
				// Where the host compresses, the length that it announces is another one.
				if (isGood && !mayBePage(bytes) && !(isCompressed && framing === 'length')) expect(fetched).toHaveLength(1);
			});
			await fc.assert(property, { numRuns: HALF });
			expect(tally.total(`files instead of ${subject.name}`)).toBeGreaterThanOrEqual(HALF);
		},
		TIMEOUT_MS,
	);
});
