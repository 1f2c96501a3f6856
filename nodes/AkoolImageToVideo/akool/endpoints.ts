// Akool's endpoints. Versions (v3, v4) and letter case differ from path to path, so the paths are copied from the
// vendor's pages and stand nowhere else. `spends` marks the calls that cost credits as soon as Akool has accepted them.

export interface Endpoint {
	method: 'GET' | 'POST';
	path: string;
	/** What the call does, for sentences such as "while creating the video". */
	purpose: string;
	spends: boolean;
	/** Whether the call may be sent twice without a second effect. */
	repeatable: boolean;
	/** For the whole call, from looking up the host to the last byte of the answer. */
	timeoutMs: number;
}

const READ_TIMEOUT_MS = 30_000;
/** Short, since every run that spends reads the balance first. */
const BALANCE_TIMEOUT_MS = 10_000;
/** Long, because after giving up on an order nobody knows whether it was charged; and longer than a system tries to connect (Linux: 127 s). */
const SPEND_TIMEOUT_MS = 150_000;

function read(method: Endpoint['method'], path: string, purpose: string): Endpoint {
	return { method, path, purpose, spends: false, repeatable: true, timeoutMs: READ_TIMEOUT_MS };
}

function spend(path: string, purpose: string): Endpoint {
	return { method: 'POST', path, purpose, spends: true, repeatable: false, timeoutMs: SPEND_TIMEOUT_MS };
}

const IMAGE_TO_VIDEO = '/api/open/v4/image2Video';

export const ENDPOINTS = {
	create: spend(`${IMAGE_TO_VIDEO}/createBySourcePrompt`, 'creating the video'),
	createBatch: spend(`${IMAGE_TO_VIDEO}/createBySourcePrompt/batch`, 'creating the videos'),
	updateAudio: spend(`${IMAGE_TO_VIDEO}/updateVideoAudio`, 'updating the audio'),
	results: read('POST', `${IMAGE_TO_VIDEO}/resultsByIds`, 'looking up the videos'),
	delete: { ...read('POST', `${IMAGE_TO_VIDEO}/delbyids`, 'deleting the videos'), repeatable: false },
	effects: read('GET', `${IMAGE_TO_VIDEO}/effects`, 'listing the effects'),
	models: read('GET', '/api/open/v4/aigModel/list', 'listing the models'),
	credits: {
		...read('GET', '/api/open/v3/faceswap/quota/info', 'reading the credit balance'),
		timeoutMs: BALANCE_TIMEOUT_MS,
	},
	getToken: read('POST', '/api/open/v3/getToken', 'getting an access token'),
	ownJobs: read('GET', '/api/open/v3/content/video/list', "listing the account's own API jobs"),
} satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

const API_PATH = /\/api\/open(?:\/.*)?$/i;

/** Base URL without the path of the API, which vendor pages and examples show with it and which each endpoint brings itself. */
export function withoutApiPath(baseUrl: string): string {
	return baseUrl.replace(API_PATH, '');
}

/** Whether a path, with or without the slash before it, brings the path of the API itself. */
export function hasApiPath(path: string): boolean {
	return /^[/\\]?api\/open\//i.test(path);
}

export const DEFAULT_BASE_URL = 'https://openapi.akool.com';

/** The model list serves several products; this number asks for the models of Image to Video. */
export const IMAGE_TO_VIDEO_MODEL_TYPE = 1501;

/** The most IDs in one status request. */
export const IDS_PER_REQUEST = 100;
