// The sandbox driven from another process: its own paths, and the command line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '.';
import { callerOf } from './caller';
import { startReceiver } from './receiver';

const CLI = join(__dirname, 'cli.ts');

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ queueSeconds: Infinity });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function admin(method: string, path: string, body?: unknown) {
	const response = await fetch(`${sandbox.url}/__sandbox__/${path}`, {
		method,
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { status: response.status, value: JSON.parse(await response.text()) };
}

test('adds, counts and clears a fault over HTTP', async () => {
	await admin('POST', 'faults', { on: 'credits', kind: 'code', code: 1005, times: null });
	expect(await callerOf(sandbox).credits()).toHaveProperty('code', 1005);
	expect((await admin('GET', 'state')).value.faults).toMatchObject([{ kind: 'code', hits: 1 }]);
	await admin('DELETE', 'faults');
	expect(await callerOf(sandbox).credits()).toHaveProperty('code', 1000);
});

test('changes settings and credits over HTTP', async () => {
	const { value } = await admin('POST', 'settings', { credits: 42, jobSeconds: 9 });
	expect(value).toHaveProperty('jobSeconds', 9);
	expect((await admin('GET', 'state')).value).toMatchObject({
		url: sandbox.url,
		apiKey: sandbox.apiKey,
		clientId: sandbox.clientId,
		credits: 42,
	});
});

test('ends jobs, links and tokens over HTTP', async () => {
	const akool = callerOf(sandbox);
	const { data } = await akool.create();
	await akool.create();
	const { token } = await akool.token();
	await admin('POST', `jobs/${data._id}/finish`, { status: 4 });
	await admin('POST', 'jobs/finish');
	expect(sandbox.jobs.map(({ status }) => status)).toEqual([4, 3]);
	await admin('POST', 'files/expire');
	await admin('POST', 'tokens/expire');
	expect((await fetch(sandbox.jobs[1]?.video_url ?? '')).status).toBe(404);
	expect(await akool.credits({ authorization: `Bearer ${token}` })).toHaveProperty('code', 1101);
});

test('sends a callback by hand over HTTP, and returns its answer', async () => {
	const receiver = await startReceiver([401]);
	const { value } = await admin('POST', 'callbacks', { id: 'any', status: 3, url: receiver.url, breakSignature: true });
	expect(value).toEqual([401]);
	await receiver.close();
});

test('shows the log over HTTP without its own requests, and resets everything', async () => {
	await callerOf(sandbox).credits();
	expect((await admin('GET', 'requests')).value).toMatchObject([{ endpoint: 'credits', answered: 200 }]);
	await admin('POST', 'reset');
	expect((await admin('GET', 'requests')).value).toEqual([]);
});

test.each([
	['POST', 'faults', { on: 'create', kind: 'earthquake' }, 400, 'There is no fault "earthquake"'],
	['POST', 'settings', { jobSecond: 1 }, 400, 'There is no setting "jobSecond"'],
	['POST', 'settings', { jobSeconds: '1' }, 400, 'jobSeconds must be a number'],
	['POST', 'jobs/none/finish', {}, 400, 'There is no job none'],
	['POST', 'callbacks', {}, 400, 'A callback needs "id" and "status"'],
	['GET', 'nothing', undefined, 404, 'The sandbox has no GET'],
])('refuses %s %s with %j in plain words', async (method, path, body, status, message) => {
	const answer = await admin(method, path, body);
	expect(answer.status).toBe(status);
	expect(answer.value.error).toContain(message);
});

function runCli(...args: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (text += piece));
	return { child, text: () => text };
}

test('the command prints the settings for n8n, serves, and ends on a signal', async () => {
	const { child, text } = runCli('--port', '0', '--credits', '77');
	while (!text().includes('Ctrl-C')) await once(child.stdout, 'data');
	const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text())?.[0];
	const apiKey = /API Key\s+(\S+)/.exec(text())?.[1] ?? '';
	const response = await fetch(`${url}/api/open/v3/faceswap/quota/info`, { headers: { 'x-api-key': apiKey } });
	expect(await response.json()).toHaveProperty('data.credit', 77);
	child.kill('SIGINT');
	expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
	['a taken port', () => ['--port', new URL(sandbox.url).port], 'Something else listens on that port already'],
	['a port that is no number', () => ['--port', 'x'], '--port must be a number'],
	['an option that does not exist', () => ['--speed', '9'], 'Usage: npm run sandbox'],
])('the command explains %s', async (_what, args, message) => {
	const { child, text } = runCli(...args());
	expect(await once(child, 'close')).toEqual([1, null]);
	expect(text()).toContain(message);
});
