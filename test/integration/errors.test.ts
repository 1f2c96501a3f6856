import { CODE_FACTS, meansNotAccepted, TOO_FREQUENT_CODE } from '../../nodes/AkoolImageToVideo/akool/codes';
import { codeMessage } from '../../nodes/AkoolImageToVideo/messages/codes';
import { Pool } from '../../nodes/AkoolImageToVideo/transport/pool';
import { watchLog } from './n8n';
import { at, CONTINUE, create, createBatch, ERROR_OUTPUT, onVideos, setUpHarness, UNKNOWN_ID } from './harness';

const harness = setUpHarness();
const FORBIDDEN = /\b(error|problem|failure|mistake)\b/i;
const CODES = [...Object.keys(CODE_FACTS).map(Number), 1011, 2001];

describe.each(CODES)('Akool’s code %d', (code) => {
	const { title: ofCode, description: advice } = codeMessage(code);
	// An error inside Akool may come after the charge, so the node checks first whether there was one.
	const title = meansNotAccepted(code) || code === TOO_FREQUENT_CODE ? ofCode : 'Akool did not create this video';
	const refuse = (): void =>
		void harness.sandbox.addFault({ on: 'create', kind: 'code', code, msg: `words of ${code}`, times: Infinity });

	it('gives an error with what happened, what to do, the item, the code and Akool’s own message', async () => {
		refuse();
		const { error, stored } = await harness.run(create());
		expect(error?.message).toBe(`${title}`);
		expect(error?.description).toContain(advice);
		expect(error?.description).toContain(`"words of ${code}" (code ${code})`);
		expect(error?.message).not.toMatch(FORBIDDEN);
		expect(stored).not.toContain(harness.sandbox.apiKey);
	});

	it('is returned with its own item under Continue On Fail', async () => {
		refuse();
		const { json, error } = await harness.run(create(), { settings: CONTINUE });
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				error: `${title}`,
				error_description: expect.stringContaining(`words of ${code}`),
				error_code: code,
				order_key: expect.any(String),
			},
		]);
	});
});

it('titles end without a period and use no forbidden word, and every advice is a sentence', () => {
	for (const { title, description: advice } of [...CODES, -1].map(codeMessage)) {
		expect(title).not.toMatch(FORBIDDEN);
		expect(title).not.toMatch(/[.!]$/);
		expect(advice).toMatch(/^[A-Z].*\.$/);
	}
});

it('a code is never read from a prototype', () => {
	expect(codeMessage(Number.NaN).title).toBe('Akool refused the request');
});

describe('secrets', () => {
	it('are missing from errors, even if Akool quotes them', async () => {
		harness.sandbox.addFault({
			on: 'create',
			kind: 'code',
			code: 1109,
			msg: `no account for ${harness.sandbox.apiKey}`,
		});
		const { error, stored } = await harness.run(create());
		expect(error?.description).toContain('no account for ***');
		expect(stored).not.toContain(harness.sandbox.apiKey);
	});

	it.each([
		['a broken connection', { kind: 'resetBefore' }],
		['a 500 page', { kind: 'status' }],
		['HTTP 401', { kind: 'status', status: 401 }],
		['HTTP 403', { kind: 'status', status: 403 }],
		['HTTP 404', { kind: 'status', status: 404 }],
		['cut JSON', { kind: 'cutJson', accepted: false }],
	])('are missing from everything that n8n stores after %s, with either authentication', async (_, fault) => {
		harness.sandbox.addFault({ on: 'create', times: Infinity, ...fault });
		const byKey = await harness.run(create());
		expect(byKey.error).toBeDefined();
		expect(byKey.stored).not.toContain(harness.sandbox.apiKey);

		const credential = harness.freshCredential();
		Object.assign(credential.kept, { authentication: 'accessToken', clientId: harness.sandbox.clientId });
		const byToken = await harness.run(create(), { credential });
		expect(byToken.error).toBeDefined();
		expect(credential.kept.accessToken).not.toBe('');
		expect(byToken.stored).not.toContain(String(credential.kept.accessToken));
		expect(byToken.stored).not.toContain(harness.sandbox.apiKey);
	});

	it('are missing from the items of Continue On Fail and of the error output', async () => {
		harness.sandbox.addFault({ on: 'create', kind: 'code', code: 1003, msg: harness.sandbox.apiKey, times: Infinity });
		for (const settings of [CONTINUE, ERROR_OUTPUT]) {
			const { stored, error } = await harness.run(create(), { settings });
			expect(error).toBeUndefined();
			expect(stored).not.toContain(harness.sandbox.apiKey);
			expect(stored).toContain('***');
		}
	});
});

describe('several items', () => {
	const ITEMS = [{ text: 'a' }, { text: '' }, { text: 'c' }];
	const EACH = { prompt: '={{ $json.text }}' };

	it('a run ends before anything is spent if one item cannot be used', async () => {
		const { error } = await harness.run(create(EACH), { items: ITEMS });
		expect(error?.message).toBe("'Prompt' is empty [Item 1]");
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('an unusable item is returned by itself under Continue On Fail, and the others are created', async () => {
		const { json, items } = await harness.run(create(EACH), { items: ITEMS, settings: CONTINUE });
		expect(json.map(({ status, error }) => status ?? error)).toEqual([3, "'Prompt' is empty", 3]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('an unusable item goes to the error output with its own input', async () => {
		const { after, afterFault } = await harness.run(create(EACH), {
			items: ITEMS.map((item, row) => ({ ...item, row })),
			settings: ERROR_OUTPUT,
		});
		expect(after).toHaveLength(2);
		expect(afterFault.map(({ json }) => json)).toEqual([
			expect.objectContaining({ row: 1, error: "'Prompt' is empty" }),
		]);
	});

	it('one error names all unusable items', async () => {
		const { error } = await harness.run(create(EACH), { items: [{ text: '' }, { text: 'b' }, { text: '' }] });
		expect(error?.message).toBe("'Prompt' is empty [Item 0]");
		expect(error?.description).toContain('The same for item 2.');
	});
});

describe('an error that concerns all items', () => {
	it.each([
		['a limit', { options: { waitMode: 'polling', maxVideos: 1 } }, "'Limit: Maximum Videos' is 1, but"],
		['an empty field', { prompt: '={{ $json.text }}' }, "'Prompt' is empty"],
	])('says that it concerns all items: %s', async (_, changes, title) => {
		const { error } = await harness.run(create(changes), { items: [{}, {}, {}] });
		expect(error?.message).toContain(title);
		expect(error?.message).not.toContain('[Item');
		expect(error?.description).toContain('Nothing was charged for this item.<br><br>The same for all 3 items.');
	});

	it('ends the run without an item number', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1109, times: Infinity });
		const { error } = await harness.run(onVideos('get', UNKNOWN_ID));
		expect(error?.message).toBe('Akool does not know this API key');
	});

	it('is returned with each item under Continue On Fail', async () => {
		harness.sandbox.addFault({ on: 'results', kind: 'code', code: 1109, times: Infinity });
		const { json } = await harness.run(onVideos('get', UNKNOWN_ID), { items: [{}, {}], settings: CONTINUE });
		expect(json.map(({ error }) => error)).toEqual([
			'Akool does not know this API key',
			'Akool does not know this API key',
		]);
	});

	it.each([
		'openapi.akool.com',
		'localhost:3000',
		'https//openapi.akool.com',
		'http://',
		'ftp://openapi.akool.com',
		'https://openapi.akool.com:99999',
	])('is raised for a Base URL such as %s before a create could seem to have been sent', async (baseUrl) => {
		const credential = harness.freshCredential();
		credential.kept.baseUrl = baseUrl;
		const { error } = await harness.run(create(), { credential });
		expect(error?.message).toBe("'Base URL' is not an address");
		expect(error?.description).toContain('Nothing was sent.');
	});

	it('names a server that is not Akool’s', async () => {
		const credential = harness.freshCredential();
		credential.kept.baseUrl = `${harness.sandbox.url}/wrong`;
		const { error } = await harness.run(onVideos('get', UNKNOWN_ID), { credential });
		expect(error?.message).toContain("The server at 'Base URL' doesn't support this request");
		expect(error?.description).toContain('HTTP status 404');
		expect(error?.description).toContain('Base URL');
	});

	it.each([
		['a status request', onVideos('get', UNKNOWN_ID), 'results'],
		['the balance', { resource: 'account', operation: 'getCredits' }, 'credits'],
	])('%s is retried after a temporary fault', async (_, parameters, on) => {
		const fault = harness.sandbox.addFault({ on, kind: 'status', times: 2 });
		await harness.run(parameters, { settings: CONTINUE });
		expect(fault.hits).toBe(2);
		expect(harness.sandbox.countRequests(on)).toBe(3);
	});
});

it('an unknown operation is named', async () => {
	const { error } = await harness.run({ resource: 'video', operation: 'paint' });
	expect(error?.message).toContain('The operation "paint" of "video" does not exist');
});

it('prototype keys are no operations', async () => {
	const { error } = await harness.run({ resource: 'video', operation: 'constructor' });
	expect(error?.message).toContain('does not exist');
});

it('a batch that costs more than the balance says what to do', async () => {
	harness.sandbox.credits = 1;
	const { error } = await harness.run(createBatch());
	expect(error?.message).toBe('The Akool account does not have enough credits');
	expect(error?.description).toContain('Top up');
	expect(
		at(
			harness.sandbox.requests.filter(({ endpoint }) => endpoint === 'batch'),
			0,
		),
	).toBeDefined();
});

it('a delete without an answer is not repeated, since Akool would say that it deleted nothing', async () => {
	harness.sandbox.addFault({ on: 'delete', kind: 'status', times: 1 });
	const { json } = await harness.run(onVideos('delete', UNKNOWN_ID), { settings: CONTINUE });
	expect(harness.sandbox.countRequests('delete')).toBe(1);
	expect(String(json[0]?.error)).toContain("Akool didn't return a valid response (while deleting the videos)");
});

describe('the cause of an error', () => {
	it('is logged with its stack and without the key if it is unforeseen', async () => {
		const log = watchLog();
		const key = harness.sandbox.apiKey;
		jest.spyOn(Pool.prototype, 'run').mockRejectedValue(new TypeError(`cannot read ${key}`));
		const { error } = await harness.run(create());
		expect(error?.message).toBe('Unexpected response in the Akool node');
		expect(error?.description).toContain('cannot read ***');
		const line = log.find((entry) => entry.startsWith('error: Akool Image to Video: something unforeseen happened'));
		expect(line).toMatch(/TypeError: cannot read \*{3}\n\s+at /);
		expect(log.join()).not.toContain(key);
	});

	it('names a credential that cannot be decrypted, before anything is sent', async () => {
		const log = watchLog();
		const credential = harness.freshCredential();
		jest.spyOn(credential, 'getDecrypted').mockRejectedValue(new Error('Credentials could not be decrypted.'));
		const { error } = await harness.run(create(), { credential });
		expect(error?.message).toBe('The Akool API credential could not be read');
		expect(error?.description).toContain('Credentials could not be decrypted.');
		expect(log).toContain('warn: The Akool API credential could not be read: Credentials could not be decrypted.');
		expect(harness.sandbox.requests).toEqual([]);
	});
});
