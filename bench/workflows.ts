// What a user would build or pick instead of this package: n8n's HTTP Request node, with Wait and If around it, and n8n's MiniMax node. Rule: each is
// built as well as its nodes allow, with nothing in it that slows it down.
import { akoolNode, chain, node, startWith, AKOOL, PROMPT } from '../test/e2e/run/workflows';
import type { Credential } from '../test/e2e/driver/n8nNodes';
import type { Akool } from '../test/e2e/run/scenarioContext';

/** `seconds`: how long Akool takes for its video */
export type TimedItem = { n: number; seconds: number };

const IMAGE_TO_VIDEO = '/api/open/v4/image2Video';
export const REQUEST = 'Request';
export const MINIMAX = 'MiniMax';
export const SAVE = 'Save';
/** As long as this node pauses between two status requests at first. */
const WAIT_SECONDS = 5;

/** A node that sends requests with the key in a header. */
const requestNode = (name: string, parameters: object, { id, name: credentialName }: Credential) =>
	node(
		name,
		'n8n-nodes-base.httpRequest',
		4.2,
		{ authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth', ...parameters },
		{
			credentials: { httpHeaderAuth: { id, name: credentialName } },
		},
	);

const postNode = (name: string, url: string, jsonBody: string, header: Credential, options: object = {}) =>
	requestNode(
		name,
		{ method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody: `=${jsonBody}`, options },
		header,
	);

/** A node that fetches files from an address that needs no key. */
export const fetchFileNode = (name: string, url: string) =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		url,
		options: { response: { response: { responseFormat: 'file' } } },
	});

const batches = (atOnce: number, everyMs: number) => ({
	batching: { batch: { batchSize: atOnce, batchInterval: everyMs } },
});

/** A prompt that says how long the sandbox takes for the item's video. */
export const TIMED_PROMPT = `${PROMPT} [sandbox: seconds={{ $json.seconds }}]`;

/**
 * The body of a create, the same as this node's.
 * @param prompt in n8n's words
 */
const createJson = (imageUrl: string, prompt: string = PROMPT) =>
	JSON.stringify({
		image_url: imageUrl,
		prompt: prompt.slice(1),
		negative_prompt: '',
		resolution: '720p',
		audio_type: 3,
		video_length: 5,
	});

/**
 * Creates by the HTTP Request node.
 * @param pace all at once unless given
 */
export const requestCreates = (
	{ sandbox, imageUrl }: Akool,
	header: Credential,
	items: object[],
	pace?: { atOnce: number; everyMs: number },
) =>
	chain('Creates by HTTP Request', [
		...startWith(items),
		postNode(
			REQUEST,
			`${sandbox.url}${IMAGE_TO_VIDEO}/createBySourcePrompt`,
			createJson(imageUrl),
			header,
			pace && batches(pace.atOnce, pace.everyMs),
		),
	]);

/**
 * Status requests by the HTTP Request node, one for each video.
 * @param items with `_id`
 */
export const requestStatuses = (
	{ sandbox }: Akool,
	header: Credential,
	items: object[],
	{ atOnce, everyMs }: { atOnce: number; everyMs: number },
) =>
	chain('Status requests by HTTP Request', [
		...startWith(items),
		postNode(
			REQUEST,
			`${sandbox.url}${IMAGE_TO_VIDEO}/resultsByIds`,
			'{ "_ids": "{{ $json._id }}" }',
			header,
			batches(atOnce, everyMs),
		),
	]);

/** @param name of a file, in n8n's words */
export const saveNode = (folder: string, name: string) =>
	node(SAVE, 'n8n-nodes-base.readWriteFile', 1, { operation: 'write', fileName: `=${folder}/${name}`, options: {} });

const IS_FINISHED = {
	options: { version: 2, leftValue: '', caseSensitive: true, typeValidation: 'strict' },
	combinator: 'and',
	conditions: [
		{
			id: 'finished',
			leftValue: '={{ $json.data.result[0].status }}',
			rightValue: 3,
			operator: { type: 'number', operation: 'equals' },
		},
	],
};

/** The loop that a user builds: create, wait, request the status, and again for those that are not finished. */
export function requestLoop({ sandbox, imageUrl }: Akool, header: Credential, items: TimedItem[], folder: string) {
	const id = '{{ $json.data._id || $json.data.result[0]._id }}';
	const nodes = [
		...startWith(items),
		postNode(
			'Create',
			`${sandbox.url}${IMAGE_TO_VIDEO}/createBySourcePrompt`,
			createJson(imageUrl, TIMED_PROMPT),
			header,
		),
		node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: WAIT_SECONDS, unit: 'seconds' }),
		postNode('Get Status', `${sandbox.url}${IMAGE_TO_VIDEO}/resultsByIds`, `{ "_ids": "${id}" }`, header),
		node('Finished?', 'n8n-nodes-base.if', 2.2, { conditions: IS_FINISHED, options: {} }),
		fetchFileNode('Fetch', '={{ $json.data.result[0].video_url }}'),
		saveNode(folder, '{{ $binary.data.fileName }}'),
	];
	const ways = ['Fetch', 'Wait'].map((next) => [{ node: next, type: 'main', index: 0 }]);
	return chain('Loop of HTTP Request, Wait and If', nodes, { 'Finished?': { main: ways } });
}

/**
 * Images to saved videos with this node.
 * @param parameters beside the image and the prompt
 */
export const akoolVideos = ({ credential, imageUrl }: Akool, parameters: object, items: TimedItem[], folder: string) =>
	chain('Videos by this node', [
		...startWith(items),
		akoolNode(AKOOL, { imageUrl, prompt: TIMED_PROMPT, downloadVideo: true, ...parameters }, credential),
		saveNode(folder, '{{ $binary.data.fileName }}'),
	]);

export const miniMaxNode = ({ id, name }: Credential, parameters: object) =>
	node(
		MINIMAX,
		'@n8n/n8n-nodes-langchain.minimax',
		1.2,
		{ resource: 'video', operation: 'imageToVideo', ...parameters },
		{
			credentials: { minimaxApi: { id, name } },
		},
	);

/** Images to saved videos with n8n's MiniMax node. */
export const miniMaxVideos = ({ imageUrl }: Akool, credential: Credential, items: TimedItem[], folder: string) =>
	chain('Videos by MiniMax', [
		...startWith(items),
		miniMaxNode(credential, { imageUrl, prompt: TIMED_PROMPT }),
		saveNode(folder, '{{ $json.taskId }}.mp4'),
	]);
