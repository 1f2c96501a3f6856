// What a user would build or pick instead of this package: n8n's HTTP Request node, with Wait and If around it, and n8n's MiniMax node. Rule: each is
// built as well as its nodes allow, with nothing in it that slows it down.
import { akoolNode, chain, node, startWith, AKOOL, PROMPT } from '../e2e/run/workflows.mjs';

/** @typedef {import('../e2e/driver/n8nNodes.mjs').Credential} Credential */
/** @typedef {import('../e2e/run/scene.mjs').Akool} Akool */
/** @typedef {import('../e2e/run/workflows.mjs').Node} Node */
/** @typedef {{ n: number, seconds: number }} TimedItem `seconds`: how long Akool takes for its video */

const IMAGE_TO_VIDEO = '/api/open/v4/image2Video';
export const REQUEST = 'Request';
export const MINIMAX = 'MiniMax';
export const SAVE = 'Save';
/** As long as this node leaves between two looks at first. */
const WAIT_SECONDS = 5;

/** A node that sends requests with the key in a header. @param {string} name @param {object} parameters @param {Credential} header */
const requestNode = (name, parameters, { id, name: credentialName }) =>
	node(
		name,
		'n8n-nodes-base.httpRequest',
		4.2,
		{ authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth', ...parameters },
		{
			credentials: { httpHeaderAuth: { id, name: credentialName } },
		},
	);

/** @param {string} name @param {string} url @param {string} jsonBody @param {Credential} header @param {object} [options] */
const postNode = (name, url, jsonBody, header, options = {}) =>
	requestNode(
		name,
		{ method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody: `=${jsonBody}`, options },
		header,
	);

/** A node that fetches files from an address that needs no key. @param {string} name @param {string} url */
export const fetchFileNode = (name, url) =>
	node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		url,
		options: { response: { response: { responseFormat: 'file' } } },
	});

/** @param {number} atOnce @param {number} everyMs */
const batches = (atOnce, everyMs) => ({ batching: { batch: { batchSize: atOnce, batchInterval: everyMs } } });

/** A prompt that says how long the sandbox takes for the item's video. */
export const TIMED_PROMPT = `${PROMPT} [sandbox: seconds={{ $json.seconds }}]`;

/** The body of a create, the same as this node's. @param {string} imageUrl @param {string} [prompt] in n8n's words */
const createJson = (imageUrl, prompt = PROMPT) =>
	JSON.stringify({
		image_url: imageUrl,
		prompt: prompt.slice(1),
		negative_prompt: '',
		resolution: '720p',
		audio_type: 3,
		video_length: 5,
	});

/** Creates by the HTTP Request node. @param {Akool} akool @param {Credential} header @param {object[]} items @param {{ atOnce: number, everyMs: number }} [pace] all at once unless given */
export const requestCreates = ({ sandbox, imageUrl }, header, items, pace) =>
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

/** Looks by the HTTP Request node, one a video. @param {Akool} akool @param {Credential} header @param {object[]} items with `_id` @param {{ atOnce: number, everyMs: number }} pace */
export const requestLooks = ({ sandbox }, header, items, { atOnce, everyMs }) =>
	chain('Looks by HTTP Request', [
		...startWith(items),
		postNode(
			REQUEST,
			`${sandbox.url}${IMAGE_TO_VIDEO}/resultsByIds`,
			'{ "_ids": "{{ $json._id }}" }',
			header,
			batches(atOnce, everyMs),
		),
	]);

/** @param {string} folder @param {string} name of a file, in n8n's words */
export const saveNode = (folder, name) =>
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

/**
 * The loop that a user builds: create, wait, look, and again for those that are not finished.
 * @param {Akool} akool @param {Credential} header @param {TimedItem[]} items @param {string} folder
 */
export function requestLoop({ sandbox, imageUrl }, header, items, folder) {
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
		postNode('Look', `${sandbox.url}${IMAGE_TO_VIDEO}/resultsByIds`, `{ "_ids": "${id}" }`, header),
		node('Finished?', 'n8n-nodes-base.if', 2.2, { conditions: IS_FINISHED, options: {} }),
		fetchFileNode('Fetch', '={{ $json.data.result[0].video_url }}'),
		saveNode(folder, '{{ $binary.data.fileName }}'),
	];
	const ways = ['Fetch', 'Wait'].map((next) => [{ node: next, type: 'main', index: 0 }]);
	return chain('Loop of HTTP Request, Wait and If', nodes, { 'Finished?': { main: ways } });
}

/** Pictures to saved videos with this node. @param {Akool} akool @param {object} parameters beside the picture and the prompt @param {TimedItem[]} items @param {string} folder */
export const akoolVideos = ({ credential, imageUrl }, parameters, items, folder) =>
	chain('Videos by this node', [
		...startWith(items),
		akoolNode(AKOOL, { imageUrl, prompt: TIMED_PROMPT, downloadVideo: true, ...parameters }, credential),
		saveNode(folder, '{{ $binary.data.fileName }}'),
	]);

/** @param {Credential} credential @param {object} parameters */
export const miniMaxNode = ({ id, name }, parameters) =>
	node(
		MINIMAX,
		'@n8n/n8n-nodes-langchain.minimax',
		1.2,
		{ resource: 'video', operation: 'imageToVideo', ...parameters },
		{
			credentials: { minimaxApi: { id, name } },
		},
	);

/** Pictures to saved videos with n8n's MiniMax node. @param {Akool} akool @param {Credential} credential @param {TimedItem[]} items @param {string} folder */
export const miniMaxVideos = ({ imageUrl }, credential, items, folder) =>
	chain('Videos by MiniMax', [
		...startWith(items),
		miniMaxNode(credential, { imageUrl, prompt: TIMED_PROMPT }),
		saveNode(folder, '{{ $json.taskId }}.mp4'),
	]);
