// What the engine tests share: a sandbox, a fast clock, and the parameters of the node as n8n would store them.

import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import { TestClock } from '../support/testClock';
import { credentialFor, runNode, timeOut, useBinaryMode, type Outcome, type RunRequest } from './engine';

/** By http, so that the sandbox can serve it as a proxy: see `serveTheWeb`. */
export const IMAGE_URL = 'http://example.com/images/product.png';
export const UNKNOWN_ID = '0123456789abcdef01234567';

export const OPTIONS_POLLING = { waitMode: 'polling' };

/** The body of a create, for a test that sends one itself. */
export const CREATE_BODY = {
	image_url: IMAGE_URL,
	prompt: 'turn',
	negative_prompt: '',
	resolution: '720p',
	video_length: 5,
	audio_type: 3,
};

/** Create as a user would fill it in, waiting by polling. */
export function create(changes: INodeParameters = {}): INodeParameters {
	return {
		resource: 'video',
		operation: 'create',
		imageUrl: IMAGE_URL,
		prompt: 'The bottle turns slowly',
		waitForCompletion: true,
		downloadVideo: false,
		options: OPTIONS_POLLING,
		...changes,
	};
}

/** Create Batch with the model that n8n would have stored from the list. */
export function createBatch(changes: INodeParameters = {}): INodeParameters {
	return {
		resource: 'video',
		operation: 'createBatch',
		imageUrl: IMAGE_URL,
		prompt: 'The bottle turns slowly',
		modelName: { __rl: true, mode: 'list', value: 'AkoolImage2VideoFastV1' },
		batchResolution: '720p',
		batchVideoLength: 5,
		waitForCompletion: true,
		downloadVideo: false,
		options: OPTIONS_POLLING,
		...changes,
	};
}

export function updateAudio(videoIds: string, changes: INodeParameters = {}): INodeParameters {
	return {
		resource: 'video',
		operation: 'updateAudio',
		videoIds,
		waitForCompletion: true,
		downloadVideo: false,
		options: OPTIONS_POLLING,
		...changes,
	};
}

export function onVideos(
	operation: 'get' | 'download' | 'delete',
	videoIds: string,
	changes: INodeParameters = {},
): INodeParameters {
	return { resource: 'video', operation, videoIds, ...changes };
}

export type Settings = NonNullable<RunRequest['settings']>;

export const CONTINUE: Settings = { onError: 'continueRegularOutput' };
export const ERROR_OUTPUT: Settings = { onError: 'continueErrorOutput' };
export const RETRY: Settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

export interface Harness {
	/** The one clock of the package, the sandbox and the test. */
	readonly clock: TestClock;
	readonly sandbox: Sandbox;
	/** Runs the node with the sandbox's key. */
	run(parameters: INodeParameters, more?: Partial<RunRequest>): Promise<Outcome>;
	/** Lets the wait of a parked run time out. */
	timeOut(parked: Outcome, parameters: INodeParameters, more?: Partial<RunRequest>): Promise<Outcome>;
	/** A credential that no list was cached for yet. */
	freshCredential(): ReturnType<typeof credentialFor>;
	/** Makes a finished video and gives its ID. */
	finishedVideo(prompt?: string): Promise<string>;
}

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** Lets the sandbox answer whatever n8n asks of another machine: its images by http, nothing by https. No test leaves this machine. @returns the undoing */
function serveTheWeb(url: string): () => void {
	const before = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const);
	for (const name of PROXY_VARIABLES) process.env[name] = /no_proxy/i.test(name) ? '127.0.0.1,localhost,::1' : url;
	return () => {
		for (const [name, value] of before) {
			if (value === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = value;
		}
	};
}

/** Sets up a sandbox for the tests of a file; each test finds it as new. */
export function setUpHarness(options: Parameters<typeof startSandbox>[0] = {}): Harness {
	const clock = new TestClock();
	let sandbox: Sandbox | undefined;
	let credentials = 0;
	let leaveTheWeb = (): void => undefined;
	const running = (): Sandbox => {
		if (sandbox === undefined) throw new Error('the sandbox has not started');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox({ clock: clock.background, queueSeconds: 0.5, jobSeconds: 1, ...options });
		leaveTheWeb = serveTheWeb(sandbox.url);
		await useBinaryMode('filesystem');
	});
	beforeEach(() => running().reset());
	afterAll(async () => {
		leaveTheWeb();
		await running().close();
		clock.close();
	});
	const run: Harness['run'] = async (parameters, more = {}) =>
		await runNode({ parameters, credential: credentialFor(running()), ...more });
	const letTimeOut: Harness['timeOut'] = async (parked, parameters, more = {}) =>
		await timeOut(parked, { parameters, credential: credentialFor(running()), ...more });
	return {
		clock,
		get sandbox() {
			return running();
		},
		run,
		timeOut: letTimeOut,
		freshCredential: () => credentialFor(running(), { clientId: `client-${credentials++}` }),
		async finishedVideo(prompt = 'made before') {
			const { json } = await run(create({ prompt, waitForCompletion: false }));
			const id = String(json[0]?._id);
			running().finishJob(id);
			return id;
		},
	};
}

/** The entry at an index. @throws where there is none */
export function at<T>(list: readonly T[], index: number): T {
	const found = list[index];
	if (found === undefined) throw new Error(`there are only ${list.length} entries, none at ${index}`);
	return found;
}

/** The IDs of all videos that the sandbox has made. */
export function madeIds(sandbox: Sandbox): string[] {
	return sandbox.jobs.map(({ _id }) => _id);
}
