// Arbitrary and forged calls, each through n8n's own context to the trigger, as a listener in the editor and as it is published, and to a parked
// execution: whatever comes, it is answered, starts nothing, costs no request, and leaves no secret in the log. Rule: what Akool did say costs one status request
// at most, and starts a workflow once.

import fc from 'fast-check';

import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { callParked, TriggerWorkflow } from '../integration/calls';
import { credentialFor, RESUME_TOKEN } from '../integration/engine';
import { watchLog } from '../integration/n8n';
import { at, create, setUpHarness, UNKNOWN_ID } from '../integration/harness';
import { ACCOUNT as STRANGER, callback, encrypt, signedBody } from '../callbacks/akoolCaller';
import { altered, inheritedNames, wire, type Json } from './hostile';
import { leaksIn, secret, type Secret } from './secrets';
import { casesOf, Tally } from './tally';

const CASES = casesOf('FUZZ_CALLBACKS', 1_000);
/** A parked execution is read from its stored form for each call, which takes longer. */
const CASES_OF_PARKED = Math.ceil(CASES / 10);
/** So many calls come to each published workflow, which takes its time as well. */
const CALLS_OF_WORKFLOW = 10;
const WORKFLOWS = Math.ceil(CASES / 5 / CALLS_OF_WORKFLOW);
const TIMEOUT_MS = 900_000;
const TO_LISTENER = 'calls to a listener in the editor';
const TO_PUBLISHED = 'calls to a published trigger';
const TO_PARKED = 'calls to a parked execution';
const OLDEST_MS = 24 * 60 * 60_000;
const LONG_AGO_MS = 1_600_000_000_000;
const DONE = 3;
const FAILED = 4;

/** Slow enough for a call of the beginning to be fresh at the end. */
const harness = setUpHarness({ queueSeconds: 1_000_000 });
const tally = new Tally();
const INHERITED = inheritedNames();

afterAll(() => tally.print());

type Kind =
	/** Nothing that Akool has said, or not lately. */
	| 'forged'
	/** Encrypted with the account's own key: Akool may have said it. */
	| 'encrypted'
	/** What Akool says of the video that it is all about. */
	| 'genuine';

interface Call {
	body: Json;
	kind: Kind;
}

interface Account {
	apiKey: string;
	clientId: string;
}

const payloadOf = (id: string, status = DONE): Json => ({
	_id: id,
	status,
	type: 'image2video',
	url: 'https://example.com/1.mp4',
});
/** As Akool says it now. */
const genuineNow = (id: string): Json => wire(JSON.parse(harness.sandbox.makeCallback({ id, status: DONE })));
const ownAccount = (): Account => ({ apiKey: harness.sandbox.apiKey, clientId: harness.sandbox.clientId });

const SIGNED_FIELDS = ['signature', 'dataEncrypt', 'timestamp', 'nonce'];

/** The four signed values, as the texts that were signed; numbers and texts are signed alike, and further fields say nothing. */
function signedValues(body: Json): string {
	return JSON.stringify(
		SIGNED_FIELDS.map((name) => {
			const value = fieldOf(body, name);
			return typeof value === 'number' || typeof value === 'string' ? String(value) : null;
		}),
	);
}

/** Bodies from somebody without keys, from somebody who knows the Client ID, old ones, changed ones, any JSON; and now and then a genuine one. */
function calls(id: string, secrets: readonly string[]): fc.Arbitrary<Call> {
	const own = ownAccount();
	const genuine = genuineNow(id);
	const insider = { apiKey: STRANGER.apiKey, clientId: own.clientId };
	const values = signedValues(genuine);
	const forged = (body: fc.Arbitrary<Json>): fc.Arbitrary<Call> =>
		body.map((made) => ({ body: made, kind: signedValues(made) === values ? 'genuine' : 'forged' }));
	return fc.oneof(
		{ weight: 8, arbitrary: forged(altered([genuine], secrets)) },
		{ weight: 3, arbitrary: forged(fc.jsonValue().map((said) => wire(callback(said, STRANGER, harness.clock.now())))) },
		{ weight: 3, arbitrary: forged(fc.jsonValue().map((said) => wire(callback(said, insider, harness.clock.now())))) },
		{
			weight: 2,
			arbitrary: forged(
				fc.base64String({ maxLength: 200 }).map((data) => wire(signedBody(data, own, harness.clock.now()))),
			),
		},
		{
			weight: 2,
			arbitrary: forged(
				altered([payloadOf(id)], secrets).map((said) =>
					wire(signedBody(encrypt(JSON.stringify(said), own), own, LONG_AGO_MS)),
				),
			),
		},
		{ weight: 2, arbitrary: forged(fc.jsonValue().map(wire)) },
		{ weight: 1, arbitrary: fc.constant<Call>({ body: genuine, kind: 'genuine' }) },
	);
}

/** Beside all those, calls that are encrypted as Akool encrypts them: the same event again and again, another end, a video that nobody knows, and a few places changed. */
function callsWithEncrypted(id: string, secrets: readonly string[]): fc.Arbitrary<Call> {
	const own = ownAccount();
	const payload = payloadOf(id);
	const encrypted = (said: Json, kind: Kind): fc.Arbitrary<Call> =>
		fc.nat({ max: 9_999 }).map((nonce) => ({ body: wire(callback(said, own, harness.clock.now(), nonce)), kind }));
	return fc.oneof(
		{ weight: 6, arbitrary: calls(id, secrets) },
		{ weight: 1, arbitrary: encrypted(payload, 'genuine') },
		{ weight: 1, arbitrary: encrypted(payloadOf(id, FAILED), 'encrypted') },
		{ weight: 1, arbitrary: encrypted(payloadOf(UNKNOWN_ID), 'encrypted') },
		{ weight: 1, arbitrary: altered([payload], secrets).chain((said) => encrypted(said, 'encrypted')) },
	);
}

interface Answered {
	httpStatus: number;
	text: string;
	started: boolean;
}

/** Checks the result of a call: what its caller is answered, what the log says, and what it has changed. */
function expectNothingSaid(
	{ text }: Answered,
	log: readonly string[],
	secrets: readonly Secret[],
	staticData?: unknown,
): void {
	expect(leaksIn({ answer: text, log, staticData }, secrets)).toEqual([]);
	expect(inheritedNames()).toBe(INHERITED);
}

/** So many calls come to a parked execution for each person who opens its page. */
const CALLS_FOR_EACH_VISIT = 50;

/** The page that shows how far a parked execution is holds no secret, not even the address at which it is opened. */
async function expectQuietPage(
	parked: Parameters<typeof callParked>[0],
	credential: Parameters<typeof callParked>[1],
	secrets: readonly string[],
): Promise<void> {
	const { httpStatus, text } = await callParked(parked, credential, undefined, { method: 'GET' });
	expect([httpStatus, text.includes('<html')]).toEqual([200, true]);
	expect(leaksIn({ page: text }, secretsOf(secrets))).toEqual([]);
	tally.count('visits to a parked execution', `answered ${httpStatus}`);
}

const requests = (): number => harness.sandbox.requests.length;
const keys = (): string[] => [harness.sandbox.apiKey, harness.sandbox.clientId];
const secretsOf = (values: readonly string[]): Secret[] =>
	values.map((value, index) => secret(`secret ${index}`, value));

/** What has to come of a call. */
interface Due {
	/** How it may be answered. */
	httpStatus: readonly number[];
	/** How many requests it may cost. */
	cost: number;
	starts: boolean;
}

/** A call at a secret address polls every five seconds for twenty seconds. */
const POLLS_OF_HELD_CALL = 5;

const DUE_TO_FORGED: Due = { httpStatus: [400, 401], cost: 0, starts: false };

interface Trial {
	what: string;
	cases: number;
	secrets: readonly string[];
	calls: fc.Arbitrary<Call>;
	send: (text: string) => Promise<Answered>;
	/** What happens before a call, and is not counted as its cost. */
	prepare?: () => Promise<void>;
	/** What is due to each kind of call that comes. */
	dues: Partial<Record<Kind, Due>>;
}

/** Held calls take time: after thousands of them, what Akool said at the beginning is older than a callback may be. */
const isOld = (body: Json): boolean => harness.clock.now() - Number(fieldOf(body, 'timestamp')) > OLDEST_MS;

/** Sends invented calls one by one and checks all results. */
async function holds({ what, cases, secrets, calls: made, send, prepare, dues }: Trial): Promise<void> {
	const log = watchLog();
	const property = fc.asyncProperty(made, async ({ body, kind }) => {
		await prepare?.();
		const before = requests();
		const answer = await send(JSON.stringify(body));
		expectNothingSaid(answer, log.splice(0), secretsOf(secrets));
		const due = dues[kind === 'genuine' && isOld(body) ? 'forged' : kind];
		expect(answer.started).toBe(due?.starts);
		expect(due?.httpStatus).toContain(answer.httpStatus);
		expect(requests() - before).toBeLessThanOrEqual(due?.cost ?? 0);
		tally.count(what, `answered ${answer.httpStatus}`);
	});
	await fc.assert(property, { numRuns: cases });
	expect(tally.total(what)).toBeGreaterThanOrEqual(cases);
}

describe('arbitrary calls', () => {
	it(
		'start no listening workflow without a genuine call, and cost no request',
		async () => {
			// Without a status request, so that nothing but the call itself decides.
			const parameters = { options: { verifyByReading: false } };
			const call = new TriggerWorkflow(credentialFor(harness.sandbox), parameters).listen();
			const send = async (body: string): Promise<Answered> => {
				const { items, ...answer } = await call(body);
				return { ...answer, started: items !== undefined };
			};
			const made = calls(UNKNOWN_ID, keys());
			const dues = { forged: DUE_TO_FORGED, genuine: { httpStatus: [200], cost: 0, starts: true } };
			await holds({ what: TO_LISTENER, cases: CASES, secrets: keys(), calls: made, send, dues });
		},
		TIMEOUT_MS,
	);

	it(
		'start a published workflow once, after one status request, and not again after a restart',
		async () => {
			const id = await harness.finishedVideo();
			const secrets = keys();
			const credential = credentialFor(harness.sandbox);
			const log = watchLog();
			/** Sends a call, and fails where it costs more, or is answered otherwise, than one of its kind may. */
			const sendTo = async (workflow: TriggerWorkflow, { body, kind }: Call): Promise<Answered> => {
				const { items, ...answer } = await workflow.call(JSON.stringify(body));
				const started = items !== undefined;
				expectNothingSaid({ ...answer, started }, log.splice(0), secretsOf(secrets), workflow.staticData);
				expect(items?.map(({ json }) => [json._id, json.status]) ?? [[id, DONE]]).toEqual([[id, DONE]]);
				if (kind === 'forged') expect(started).toBe(DUE_TO_FORGED.starts);
				if (kind === 'forged') expect(DUE_TO_FORGED.httpStatus).toContain(answer.httpStatus);
				tally.count(TO_PUBLISHED, started ? 'started it' : `answered ${answer.httpStatus}`);
				return { ...answer, started };
			};
			const count = (list: readonly Call[], ...kinds: Kind[]): number =>
				list.filter(({ kind }) => kinds.includes(kind)).length;

			const inTurn = async (workflow: TriggerWorkflow, list: readonly Call[]): Promise<number> => {
				let starts = 0;
				let requestsForGenuine = 0;
				for (const call of list) {
					const before = requests();
					const { started, httpStatus } = await sendTo(workflow, call);
					if (call.kind === 'genuine') expect(httpStatus).toBe(200);
					const cost = requests() - before;
					starts += started ? 1 : 0;
					requestsForGenuine += call.kind === 'genuine' ? cost : 0;
					expect(cost).toBeLessThanOrEqual(call.kind === 'forged' ? 0 : 1);
				}
				expect(requestsForGenuine).toBeLessThanOrEqual(1);
				return starts;
			};
			const atOnce = async (workflow: TriggerWorkflow, list: readonly Call[]): Promise<number> => {
				const before = requests();
				const answers = await Promise.all(list.map(async (call) => await sendTo(workflow, call)));
				expect(requests() - before).toBeLessThanOrEqual(count(list, 'encrypted', 'genuine'));
				return answers.filter(({ started }) => started).length;
			};
			/** n8n starts again, and loads what was saved. */
			const expectStartedBefore = async ({ staticData }: TriggerWorkflow): Promise<void> => {
				const restarted = Object.assign(new TriggerWorkflow(credential), { staticData });
				const before = requests();
				expect(await sendTo(restarted, { body: genuineNow(id), kind: 'genuine' })).toMatchObject({
					httpStatus: 200,
					started: false,
				});
				expect(requests()).toBe(before);
			};
			const made = fc.array(callsWithEncrypted(id, secrets), {
				minLength: CALLS_OF_WORKFLOW,
				maxLength: CALLS_OF_WORKFLOW,
			});
			const property = fc.asyncProperty(made, fc.boolean(), async (list, together) => {
				const workflow = new TriggerWorkflow(credential);
				const starts = together ? await atOnce(workflow, list) : await inTurn(workflow, list);
				expect(starts).toBeLessThanOrEqual(1);
				if (count(list, 'genuine') > 0) expect(starts).toBe(1);
				if (count(list, 'encrypted', 'genuine') === 0) expect(starts).toBe(0);
				if (starts > 0) await expectStartedBefore(workflow);
			});
			await fc.assert(property, { numRuns: WORKFLOWS });
			expect(tally.total(TO_PUBLISHED)).toBeGreaterThanOrEqual(WORKFLOWS * CALLS_OF_WORKFLOW);
		},
		TIMEOUT_MS,
	);

	it(
		'resume no parked execution whose video is unfinished, and cause no more status requests than a held call',
		async () => {
			const credential = credentialFor(harness.sandbox);
			const parked = await harness.run(create({ options: { waitMode: 'callback' } }));
			expect(parked.status).toBe('waiting');
			// The address at which it is called, which only Akool knows.
			expect(JSON.stringify(parked.data)).toContain(RESUME_TOKEN);
			const id = String(at(parked.parked, 0).json._id);
			const secrets = [...keys(), RESUME_TOKEN];
			let calls = 0;
			const prepare = async (): Promise<void> => {
				if (calls++ % CALLS_FOR_EACH_VISIT === 0) await expectQuietPage(parked, credential, secrets);
			};
			const send = async (body: string): Promise<Answered> => {
				const { items, isNodeOn, ...answer } = await callParked(parked, credential, body);
				return { ...answer, started: items !== undefined || isNodeOn };
			};
			const made = callsWithEncrypted(id, secrets);
			// Akool says that the video is finished, but its results say that it is not.
			const verified = { httpStatus: [200, 503], cost: POLLS_OF_HELD_CALL, starts: false };
			const dues = { forged: verified, encrypted: verified, genuine: { ...verified, httpStatus: [503] } };
			await holds({ what: TO_PARKED, cases: CASES_OF_PARKED, secrets, calls: made, send, prepare, dues });
		},
		TIMEOUT_MS,
	);
});
