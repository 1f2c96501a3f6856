// Owns one person's session with n8n's own interface, the one that the editor uses. Rule: an answer that is no success is an error with n8n's own words.
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { AxiosRequestConfig } from 'axios';

const TIMEOUT_MS = 180_000;
const COOKIE = 'n8n-auth';
const UNAVAILABLE = 503;
/** Under load n8n says for moments that its database is not ready; reading may simply be repeated. */
const BUSY_ATTEMPTS = 240;
const BUSY_PAUSE_MS = 500;

export type Owner = { email: string; password: string; firstName: string; lastName: string };
/** Gives what n8n wraps in `data`, which is an `Answer`; paths start with `/rest`. */
export type Request = <Answer>(
	method: string,
	path: string,
	body?: unknown,
	options?: AxiosRequestConfig,
) => Promise<Answer>;

/** n8n said no. */
export class N8nError extends Error {
	constructor(
		call: string,
		readonly status: number,
		answer: { message?: string } | undefined,
	) {
		super(`${call} was answered with ${status}: ${answer?.message ?? JSON.stringify(answer)}`);
		this.name = 'N8nError';
	}
}

/** @param url of n8n */
export function openSession(url: string): {
	request: Request;
	cookie: () => string;
	setUpOwner: (owner: Owner) => Promise<void>;
	logIn: (owner: Owner) => Promise<void>;
} {
	let cookie = '';
	// A line that is kept may be closed by n8n just when it is used again.
	const http = axios.create({
		baseURL: url,
		proxy: false,
		httpAgent: new Agent({ keepAlive: false }),
		timeout: TIMEOUT_MS,
		validateStatus: () => true,
	});

	async function send(config: AxiosRequestConfig) {
		for (let attempt = 1; ; attempt++) {
			const answer = await http.request({ ...config, headers: { cookie: `${COOKIE}=${cookie}` } });
			if (answer.status !== UNAVAILABLE || config.method !== 'GET' || attempt >= BUSY_ATTEMPTS) return answer;
			await sleep(BUSY_PAUSE_MS);
		}
	}

	const request: Request = async (method, path, body, options = {}) => {
		const answer = await send({ method, url: path, data: body, ...options });
		if (answer.status >= 400) throw new N8nError(`${method} ${path}`, answer.status, answer.data);
		for (const line of answer.headers['set-cookie'] ?? []) {
			cookie = new RegExp(`^${COOKIE}=([^;]*)`).exec(line)?.[1] ?? cookie;
		}
		return answer.data?.data ?? answer.data;
	};

	return {
		request,
		cookie: () => cookie,
		async setUpOwner(owner) {
			await request('POST', '/rest/owner/setup', owner);
		},
		async logIn({ email, password }) {
			await request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		},
	};
}
