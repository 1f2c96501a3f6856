// The sandbox's callbacks, opened by code that is written here once more and shares nothing with it. That code is itself held against bodies whose
// signature and text are known, so that the two can not be wrong together.
import { createDecipheriv, createHash } from 'node:crypto';
import known from '../fixtures/akool/callbacks.json';
import { startSandbox, type Sandbox } from '../sandbox';
import { callerOf } from '../sandbox/caller';
import { startReceiver } from '../sandbox/receiver';

const BLOCK_BYTES = 16;

type CallbackBody = { signature: string; dataEncrypt: string; timestamp: number; nonce: string | number };

function isSigned(clientId: string, { signature, dataEncrypt, timestamp, nonce }: CallbackBody) {
	const sorted = [clientId, `${timestamp}`, `${nonce}`, dataEncrypt].sort();
	return createHash('sha1').update(sorted.join('')).digest('hex') === signature;
}

function open(clientId: string, secret: string, dataEncrypt: string) {
	const iv = Buffer.concat([Buffer.from(clientId), Buffer.alloc(BLOCK_BYTES)]).subarray(0, BLOCK_BYTES);
	const decipher = createDecipheriv(`aes-${Buffer.byteLength(secret) * 8}-cbc`, secret, iv);
	return decipher.update(dataEncrypt, 'base64', 'utf8') + decipher.final('utf8');
}

describe('the code of this package that reads callbacks', () => {
	test.each(known.genuine)('verifies and reads: $name', ({ clientId, clientSecret, plaintext, body }) => {
		expect(isSigned(clientId, body)).toBe(true);
		expect(open(clientId, clientSecret, body.dataEncrypt)).toBe(plaintext);
	});

	test.each(known.forged)('does not verify: $name', ({ clientId, body }) => {
		expect(isSigned(clientId, body)).toBe(false);
	});
});

function readCallback({ clientId, apiKey }: Sandbox, text: string) {
	const body: CallbackBody = JSON.parse(text);
	expect(isSigned(clientId, body)).toBe(true);
	return { body, payload: JSON.parse(open(clientId, apiKey, body.dataEncrypt)) };
}

describe("the sandbox's callbacks", () => {
	test.each(known.genuine)(
		'are encrypted as they should be: $name',
		async ({ clientId, clientSecret, plaintext, body }) => {
			const sandbox = await startSandbox({ clientId, apiKey: clientSecret });
			const { timestamp, nonce } = body;
			expect(JSON.parse(sandbox.makeCallback({ id: '', status: 3, plaintext, timestamp, nonce }))).toEqual(body);
			await sandbox.close();
		},
	);

	test.each([
		['completed', '', 3],
		['failed', ' [sandbox: fail]', 4],
	])('report a job that is processing and then %s', async (_word, marker, last) => {
		const sandbox = await startSandbox({ queueSeconds: 0, jobSeconds: 0.05 });
		const receiver = await startReceiver();
		const { data } = await callerOf(sandbox).create({ prompt: `A slow turn${marker}`, webhookurl: receiver.url });
		await receiver.received(2);
		const [first, second] = receiver.bodies.map((text) => readCallback(sandbox, text));
		const url = last === 3 ? sandbox.jobs[0]?.video_url : '';
		expect(first?.payload).toEqual({ _id: data._id, status: 2, type: expect.any(String) });
		expect(second?.payload).toEqual({ _id: data._id, status: last, type: expect.any(String), url });
		expect(second?.body).toEqual({
			signature: expect.stringMatching(/^[0-9a-f]{40}$/),
			dataEncrypt: expect.any(String),
			timestamp: expect.any(Number),
			nonce: expect.stringMatching(/^\d{4}$/),
		});
		await Promise.all([receiver.close(), sandbox.close()]);
	});
});
