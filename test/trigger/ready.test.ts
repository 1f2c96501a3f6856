import { TriggerWorkflow } from '../integration/calls';
import { KeptCredential } from '../integration/credentialsHelper';
import { watchLog } from '../integration/n8n';

const API_KEY = 'k3yK'.repeat(8);
const CLIENT_ID = 'Q2xpZW50T2ZUaGVUZXN0cw==';
const withCredential = (data: ConstructorParameters<typeof KeptCredential>[0]): TriggerWorkflow =>
	new TriggerWorkflow(new KeptCredential(data));

describe('publishing', () => {
	it('succeeds if calls can be read', async () => {
		expect(await withCredential({ apiKey: API_KEY, clientId: CLIENT_ID }).publish()).toBe(true);
	});

	it.each([
		['there is no Client ID', { apiKey: API_KEY }, "has no 'Client ID'"],
		['the Client ID is blank', { apiKey: API_KEY, clientId: '  ' }, "has no 'Client ID'"],
		['the API Key has a length that no cipher has', { apiKey: `${API_KEY}x`, clientId: CLIENT_ID }, 'is 33 bytes long'],
	])('is refused if %s; the message and the log say what to fill in', async (_, data, words) => {
		const log = watchLog();
		await expect(withCredential(data).publish()).rejects.toThrow(words);
		expect(log.filter((line) => line.startsWith('error: ')).join()).toContain(words);
		expect(log.join()).not.toContain(API_KEY);
	});
});
