// Calls a sandbox the way the vendor's pages tell. Rule: the paths are spelled out here again, by hand, so that a wrong path in the sandbox can not
// agree with itself.
'use strict';

/**
 * @typedef {Record<string, unknown> & { _id: string, status: number, update_time: number, create_time: number, video_url: string }} Row
 * @typedef {{ result: Row[], successList: Row[], errorList: Row[], count: number }} Lists
 * @typedef {Row & Lists} AnswerData
 * @typedef {{ code: number, msg: string, data: AnswerData, token: string }} CallAnswer
 * @typedef {Record<string, string>} Headers
 */

const IMAGE_TO_VIDEO = '/api/open/v4/image2Video';

const WANTED = {
	image_url: 'https://example.com/a.png',
	prompt: 'A slow turn',
	negative_prompt: '',
	resolution: '720p',
	audio_type: 3,
	video_length: 5,
};
const WANTED_BATCH = {
	image_url: 'https://example.com/a.png',
	prompt: 'A slow turn',
	model_name: 'seedance-1-0-lite-i2v-250428',
	resolution: '720p',
	video_length: 5,
};

/** @param {import('./index').Sandbox} sandbox */
function callerOf(sandbox) {
	/** @param {string} path @param {RequestInit} init @returns {Promise<CallAnswer>} */
	async function call(path, init) {
		const response = await fetch(sandbox.url + path, init);
		return JSON.parse(await response.text());
	}
	const key = { 'x-api-key': sandbox.apiKey };
	/** @param {string} path @param {unknown} body @param {Headers} [headers] */
	const post = (path, body, headers = key) =>
		call(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
	/** @param {string} path @param {Headers} [headers] */
	const get = (path, headers = key) => call(path, { headers });
	return {
		post,
		get,
		/** @param {Record<string, unknown>} [changes] */
		create: (changes) => post(`${IMAGE_TO_VIDEO}/createBySourcePrompt`, { ...WANTED, ...changes }),
		/** @param {Record<string, unknown>} [changes] */
		batch: (changes) => post(`${IMAGE_TO_VIDEO}/createBySourcePrompt/batch`, { ...WANTED_BATCH, ...changes }),
		/** @param {...string} ids */
		results: (...ids) => post(`${IMAGE_TO_VIDEO}/resultsByIds`, { _ids: ids.join(',') }),
		/** @param {string} id @param {Record<string, unknown>} [changes] */
		updateAudio: (id, changes) =>
			post(`${IMAGE_TO_VIDEO}/updateVideoAudio`, { pre_video_id: id, audio_type: 1, ...changes }),
		/** @param {...string} ids */
		remove: (...ids) => post(`${IMAGE_TO_VIDEO}/delbyids`, { _ids: ids.join(',') }),
		effects: () => get(`${IMAGE_TO_VIDEO}/effects`),
		models: (types = 'types[]=1501') => get(`/api/open/v4/aigModel/list?${types}`),
		/** @param {Headers} [headers] */
		credits: (headers) => get('/api/open/v3/faceswap/quota/info', headers),
		token: (body = { clientId: sandbox.clientId, clientSecret: sandbox.apiKey }) =>
			post('/api/open/v3/getToken', body, {}),
		list: (page = 1, size = 50) => get(`/api/open/v3/content/video/list?page=${page}&size=${size}`),
	};
}

module.exports = { WANTED, WANTED_BATCH, callerOf };
