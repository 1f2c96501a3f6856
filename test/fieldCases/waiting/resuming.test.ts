// A parked execution goes on with the only delivery of the last callback, whatever the credential and however late the results; and no call sets it back.
import { callParked, type ParkedCallOptions } from '../../integration/calls';
import { credentialFor, RESUME_TOKEN, type Outcome } from '../../integration/engine';
import { watchLog } from '../../integration/n8n';
import { at, create, madeIds, setUpHarness } from '../../integration/harness';

/** A video that ends when the test says so. */
const LONG = '[sandbox: seconds=1000000]';
const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;
const harness = setUpHarness();

const statusRequests = (): number => harness.sandbox.countRequests('results');
const callbackWith = (id: string, more: object = {}): string =>
	harness.sandbox.makeCallback({ id, status: 3, ...more });
const first = (): string => at(madeIds(harness.sandbox), 0);
let executions = 0;

/** An execution of its own that is parked for so many videos. */
async function park(videos = 1, n8nUrl?: string): Promise<Outcome & { executionId: string }> {
	const executionId = `execution-${executions++}`;
	const parked = await harness.run(create({ prompt: LONG, options: { waitMode: 'callback', concurrency: 1 } }), {
		items: Array.from({ length: videos }, () => ({})),
		executionId,
		...(n8nUrl === undefined ? {} : { n8nUrl }),
	});
	expect(parked.status).toBe('waiting');
	return { ...parked, executionId };
}

type Parked = Awaited<ReturnType<typeof park>>;

async function call(
	parked: Parked,
	text?: string,
	credential = credentialFor(harness.sandbox),
	more: ParkedCallOptions = {},
) {
	return await callParked(parked, credential, text, { executionId: parked.executionId, ...more });
}

const visit = async (parked: Parked, more: ParkedCallOptions = {}) =>
	await call(parked, undefined, credentialFor(harness.sandbox), { method: 'GET', ...more });

/** Has something happen so many seconds from now. */
function after(seconds: number, work: () => void): void {
	void harness.clock.sleep(seconds * SECOND_MS).then(work);
}

const GOES_ON = { httpStatus: 200, isNodeOn: true };
const STAYS = { items: undefined, isNodeOn: false };

describe('the only delivery of the last callback', () => {
	const deliveries: Array<[string, Record<string, string>, object]> = [
		['a matching client ID', {}, {}],
		['an API key alone', { clientId: '' }, {}],
		['a client ID of another account', { clientId: 'another-client' }, {}],
		['a key that was rotated while the execution was parked', {}, { apiKey: 'k'.repeat(32) }],
		['a clock that is an hour slow', {}, { timestamp: Date.now() + 3_600_000 }],
		['a clock that is two days fast', {}, { timestamp: Date.now() - 2 * DAY_MS }],
		['a signature that does not fit', {}, { breakSignature: true }],
	];

	describe.each(deliveries)('with %s', (_, credential, wrapping) => {
		it.each([0, 1, 4, 15])('resumes the execution within 25 seconds if results lag by %d seconds', async (lag) => {
			const parked = await park();
			const startedMs = harness.clock.now();
			if (lag === 0) harness.sandbox.finishJob(first());
			else after(lag, () => harness.sandbox.finishJob(first()));
			const answer = await call(parked, callbackWith(first(), wrapping), credentialFor(harness.sandbox, credential));
			expect(answer).toMatchObject(GOES_ON);
			expect(answer.items?.map(({ json }) => json._id)).toEqual([first()]);
			expect(harness.clock.now() - startedMs).toBeLessThan(25 * SECOND_MS);
		});
	});

	it.each(['{"event":"done"}', undefined])('causes a status request whatever its body is: %j', async (body) => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		expect(await call(parked, body)).toMatchObject(GOES_ON);
	});

	it('resumes the execution though Akool is unavailable for ten seconds', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		harness.sandbox.addFault({ on: 'results', kind: 'status', times: Infinity });
		after(10, () => harness.sandbox.clearFaults());
		expect(await call(parked, callbackWith(first()))).toMatchObject(GOES_ON);
	});
});

describe('a call that is held', () => {
	it('polls every five seconds for 20 seconds and is then answered 503', async () => {
		const parked = await park();
		const before = statusRequests();
		const startedMs = harness.clock.now();
		expect(await call(parked, callbackWith(first()))).toMatchObject({ httpStatus: 503, ...STAYS });
		expect(statusRequests() - before).toBe(5);
		expect(harness.clock.now() - startedMs).toBeGreaterThanOrEqual(20 * SECOND_MS);
	});

	it('leaves the next one its own turn once it is answered', async () => {
		const parked = await park();
		const blind = credentialFor(harness.sandbox, { clientId: '' });
		expect(await call(parked, '{}', blind)).toMatchObject({ httpStatus: 200, ...STAYS });
		harness.sandbox.finishJob(first());
		expect(await call(parked, '{}', blind)).toMatchObject(GOES_ON);
	});

	it('is the only one of its execution; later ones are answered at once, extend it, and are waited for', async () => {
		const parked = await park(2);
		const [one, two] = madeIds(harness.sandbox);
		const held = call(parked, callbackWith(String(one)));
		after(15, () => harness.sandbox.finishJob(String(one)));
		after(32, () => harness.sandbox.finishJob(String(two)));
		await harness.clock.sleep(14 * SECOND_MS);
		const startedMs = harness.clock.now();
		expect(await call(parked, callbackWith(String(two)))).toMatchObject({ httpStatus: 503, ...STAYS });
		expect(harness.clock.now() - startedMs).toBeLessThan(SECOND_MS);
		expect(await held).toMatchObject(GOES_ON);
	});

	it('is answered 200 once its own video is finished, even if others are not', async () => {
		const parked = await park(2);
		after(7, () => harness.sandbox.finishJob(first()));
		expect(await call(parked, callbackWith(first()))).toMatchObject({ httpStatus: 200, ...STAYS });
	});

	it('causes at most one status request in five seconds, however many unverified calls come', async () => {
		const parked = await park();
		const blind = credentialFor(harness.sandbox, { clientId: '' });
		const before = statusRequests();
		const calls = Array.from({ length: 30 }, async (_, index) => {
			await harness.clock.sleep(index * 0.5 * SECOND_MS);
			return await call(parked, '{}', blind);
		});
		const answers = await Promise.all(calls);
		// The one that was held was looked at for long enough; the others are to come again.
		expect(answers.map(({ httpStatus }) => httpStatus)).toEqual([200, ...answers.slice(1).map(() => 503)]);
		expect(statusRequests() - before).toBeLessThanOrEqual(8);
	});

	it('ends after a minute even if unverified calls are repeated without end, and the next one is held instead', async () => {
		const parked = await park();
		const blind = credentialFor(harness.sandbox, { clientId: '' });
		const startedMs = harness.clock.now();
		const endings: Array<{ status: number; seconds: number; isNodeOn: boolean }> = [];
		let isOver = false;
		const send = async (): Promise<void> => {
			const { httpStatus, isNodeOn } = await call(parked, '{}', blind);
			endings.push({ status: httpStatus, seconds: (harness.clock.now() - startedMs) / SECOND_MS, isNodeOn });
			isOver ||= isNodeOn;
		};
		const calls: Array<Promise<void>> = [];
		after(130, () => harness.sandbox.finishJob(first()));
		while (!isOver && harness.clock.now() - startedMs < 200 * SECOND_MS) {
			calls.push(send());
			await harness.clock.sleep(2 * SECOND_MS);
		}
		await Promise.all(calls);
		const accepted = endings.filter(({ status }) => status === 200);
		expect(accepted[0]?.seconds).toBeLessThanOrEqual(66);
		expect(accepted.find(({ isNodeOn }) => isNodeOn)?.seconds).toBeLessThanOrEqual(136);
	});
});

describe('a call that has resumed the execution', () => {
	it('changes nothing when it is repeated, however late', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const answer = await call(parked, callbackWith(first()));
		expect(answer).toMatchObject(GOES_ON);
		answer.end(200);
		await harness.clock.sleep(DAY_MS / 2);
		const before = statusRequests();
		for (const body of [callbackWith(first()), '{}'])
			expect(await call(parked, body)).toMatchObject({ httpStatus: 200, ...STAYS });
		expect(await visit(parked)).toMatchObject({ httpStatus: 200, ...STAYS });
		expect(statusRequests()).toBe(before);
	});

	it('wins if two calls come at the same moment', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const answers = await Promise.all([call(parked, callbackWith(first())), call(parked, callbackWith(first()))]);
		expect(answers.map(({ isNodeOn }) => isNodeOn).sort()).toEqual([false, true]);
		expect(answers.map(({ httpStatus }) => httpStatus)).toEqual([200, 200]);
	});

	it('loses its claim if n8n could not resume the execution', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		(await call(parked, callbackWith(first()))).end(500);
		expect(await call(parked, callbackWith(first()))).toMatchObject(GOES_ON);
	});
});

describe('a call for which n8n read the execution long ago', () => {
	/** The same execution, gone on and parked again for the next item of its loop, as another process may have done. */
	async function parkedAgain(): Promise<Outcome['data']> {
		await harness.clock.sleep(60 * SECOND_MS);
		const next = await park();
		return { ...next.data, waitTill: next.data.waitTill };
	}

	it('does not reset an execution that has parked again', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const stored = await parkedAgain();
		expect(await call(parked, callbackWith(first()), undefined, { stored })).toMatchObject({
			httpStatus: 200,
			...STAYS,
		});
		expect(await visit(parked, { stored })).toMatchObject({ httpStatus: 200, ...STAYS });
	});

	it('resumes it once where n8n does not say what it has stored', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		expect(await call(parked, callbackWith(first()), undefined, { stored: null })).toMatchObject(GOES_ON);
		expect(await call(parked, callbackWith(first()), undefined, { stored: null })).toMatchObject(STAYS);
	});

	it('does not resume an execution that runs or has ended', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const stored = { ...parked.data, waitTill: undefined };
		expect(await call(parked, callbackWith(first()), undefined, { stored })).toMatchObject({
			httpStatus: 200,
			...STAYS,
		});
	});
});

describe('an address without a secret (n8n 2.8)', () => {
	/** As n8n 2.8 gives it. */
	async function parkOpenly(): Promise<Parked> {
		const parked = await park();
		const context: unknown = parked.data.executionData?.contextData;
		return { ...parked, data: withoutSecret(parked.data, context) };
	}

	function withoutSecret(data: Outcome['data'], context: unknown): Outcome['data'] {
		const { executionData } = data;
		if (executionData === undefined) throw new Error('the execution has no data');
		const contextData = JSON.parse(
			JSON.stringify(context).replace('"isAddressSecret":true', '"isAddressSecret":false'),
		);
		return { ...data, executionData: { ...executionData, contextData } };
	}

	it('refuses a call that fails verification, without a request to Akool, and shows no page', async () => {
		const parked = await parkOpenly();
		harness.sandbox.finishJob(first());
		const before = statusRequests();
		expect(await call(parked, callbackWith(first(), { breakSignature: true }))).toMatchObject({
			httpStatus: 401,
			...STAYS,
		});
		expect(await call(parked, '{}')).toMatchObject({ httpStatus: 400, ...STAYS });
		expect(await visit(parked)).toMatchObject({ httpStatus: 404, ...STAYS });
		expect(statusRequests()).toBe(before);
		expect(await call(parked, callbackWith(first()))).toMatchObject(GOES_ON);
	});

	it('accepts any call if the credential has only an API key', async () => {
		const parked = await parkOpenly();
		harness.sandbox.finishJob(first());
		expect(await call(parked, callbackWith(first()), credentialFor(harness.sandbox, { clientId: '' }))).toMatchObject(
			GOES_ON,
		);
	});
});

describe('a deleted credential', () => {
	it('is logged, and the call is answered 503', async () => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const lost = credentialFor(harness.sandbox);
		lost.getDecrypted = async () => await Promise.reject(new Error('Credential with ID "7" does not exist'));
		const log = watchLog();
		expect(await call(parked, callbackWith(first()), lost)).toMatchObject({ httpStatus: 503, ...STAYS });
		expect(log.join('\n')).toContain('the Akool API credential cannot be read');
		expect(log.join('\n')).toContain('Credential with ID "7" does not exist');
		const page = await call(parked, undefined, lost, { method: 'GET' });
		expect(page).toMatchObject({ httpStatus: 200, ...STAYS });
		expect(page.text).toContain('the credential of the node cannot be read');
	});
});

describe('a person who opens the address', () => {
	it('sees the progress, causes at most one status request in five seconds, and resumes an execution whose callback was lost', async () => {
		const parked = await park(2);
		const before = statusRequests();
		expect((await visit(parked)).text).toContain('0 of 2 videos finished');
		harness.sandbox.finishJob(first());
		expect((await visit(parked)).text).toContain('0 of 2 videos finished');
		expect(statusRequests() - before).toBe(1);
		await harness.clock.sleep(5 * SECOND_MS);
		expect((await visit(parked)).text).toContain('1 of 2 videos finished');
		harness.sandbox.finishAll();
		await harness.clock.sleep(5 * SECOND_MS);
		const freed = await visit(parked);
		expect(freed).toMatchObject(GOES_ON);
		expect(freed.text).toContain('the execution continues');
	});

	it('is never shown the address', async () => {
		const parked = await park();
		expect(at(harness.sandbox.jobs, 0).webhookUrl).toContain(RESUME_TOKEN);
		const { text } = await visit(parked);
		expect(text).toContain('<!doctype html>');
		expect(text).not.toContain(RESUME_TOKEN);
	});
});

describe('the stored state of a parked execution', () => {
	it.each([
		['was written by another version', '"akoolParked":{"version":2', '"akoolParked":{"version":1'],
		['is damaged', '"akoolParked":{"version":2,"runIndex":0', '"akoolParked":{"version":2,"runIndex":"x"'],
	])('is not used if it %s, and the log says so', async (_, found, instead) => {
		const parked = await park();
		harness.sandbox.finishJob(first());
		const data = JSON.parse(JSON.stringify(parked.data).replace(found, instead));
		const log = watchLog();
		expect(await call({ ...parked, data }, callbackWith(first()))).toMatchObject({ httpStatus: 503, ...STAYS });
		expect(log.join('\n')).toContain('another version of this package');
	});

	it('decides which videos are waited for, whatever the items say', async () => {
		const parked = await park();
		const data = JSON.parse(JSON.stringify(parked.data).replaceAll('"timed_out":true', '"timed_out":false'));
		harness.sandbox.finishJob(first());
		expect(await call({ ...parked, data }, callbackWith(first()))).toMatchObject(GOES_ON);
	});
});
