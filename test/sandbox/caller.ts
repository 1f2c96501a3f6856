// Calls a sandbox as the vendor's pages document it. Rule: the paths are spelled out here again, by hand, so that a wrong path in the sandbox can not
// agree with itself.
import type { CallAnswer, Json } from './types';
import type { Sandbox } from './index';

type Headers = Record<string, string>;

const IMAGE_TO_VIDEO = '/api/open/v4/image2Video';

export const WANTED = {
	image_url: 'https://example.com/a.png',
	prompt: 'A slow turn',
	negative_prompt: '',
	resolution: '720p',
	audio_type: 3,
	video_length: 5,
};
export const WANTED_BATCH = {
	image_url: 'https://example.com/a.png',
	prompt: 'A slow turn',
	model_name: 'seedance-1-0-lite-i2v-250428',
	resolution: '720p',
	video_length: 5,
};

export function callerOf(sandbox: Sandbox) {
	async function call(path: string, init: RequestInit): Promise<CallAnswer> {
		const response = await fetch(sandbox.url + path, init);
		return JSON.parse(await response.text());
	}
	const key = { 'x-api-key': sandbox.apiKey };
	const post = (path: string, body: unknown, headers: Headers = key) =>
		call(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	const get = (path: string, headers: Headers = key) => call(path, { headers });
	return {
		post,
		get,
		create: (changes?: Json) => post(`${IMAGE_TO_VIDEO}/createBySourcePrompt`, { ...WANTED, ...changes }),
		batch: (changes?: Json) => post(`${IMAGE_TO_VIDEO}/createBySourcePrompt/batch`, { ...WANTED_BATCH, ...changes }),
		results: (...ids: string[]) => post(`${IMAGE_TO_VIDEO}/resultsByIds`, { _ids: ids.join(',') }),
		updateAudio: (id: string, changes?: Json) =>
			post(`${IMAGE_TO_VIDEO}/updateVideoAudio`, { pre_video_id: id, audio_type: 1, ...changes }),
		remove: (...ids: string[]) => post(`${IMAGE_TO_VIDEO}/delbyids`, { _ids: ids.join(',') }),
		effects: () => get(`${IMAGE_TO_VIDEO}/effects`),
		models: (types = 'types[]=1501') => get(`/api/open/v4/aigModel/list?${types}`),
		credits: (headers?: Headers) => get('/api/open/v3/faceswap/quota/info', headers),
		token: (body = { clientId: sandbox.clientId, clientSecret: sandbox.apiKey }) =>
			post('/api/open/v3/getToken', body, {}),
		list: (page = 1, size = 50) => get(`/api/open/v3/content/video/list?page=${page}&size=${size}`),
	};
}
