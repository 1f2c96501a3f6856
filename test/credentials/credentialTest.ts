// What n8n does when a user saves a credential: it sends the type's test request, and goes through its rules in order.

import get from 'lodash/get';

import type { AkoolApi } from '../../credentials/AkoolApi.credentials';
import { executeContext } from '../integration/engine';
import { KeptCredential, TYPE } from '../integration/credentialsHelper';

export type TestResult = { status: 'OK' } | { status: 'Error'; message: string };

export async function testCredential({ test }: AkoolApi, kept: KeptCredential['kept']): Promise<TestResult> {
	const context = executeContext({ parameters: {}, credential: new KeptCredential(kept) });
	const { baseURL, url, method } = test.request;
	let body: unknown;
	try {
		const options = {
			method,
			url: String(url),
			baseURL: String(baseURL).replace('={{$credentials.baseUrl}}', String(kept.baseUrl)),
			json: true,
		};
		body = await context.helpers.httpRequestWithAuthentication.call(context, TYPE, options);
	} catch (error) {
		return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
	}
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (get(body, key) === value) return { status: 'Error', message };
	}
	return { status: 'OK' };
}
