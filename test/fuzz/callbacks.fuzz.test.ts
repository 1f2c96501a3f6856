// Calls that nobody at Akool made, each through n8n's own context to the trigger, and to a parked execution: whatever comes, it is answered, starts
// nothing, costs no request, and leaves no secret in the log.

import fc from 'fast-check';

import { fieldOf } from '../../nodes/AkoolImageToVideo/akool/json';
import { callParked, TriggerWorkflow } from '../engine/calls';
import { credentialFor } from '../engine/engine';
import { watchLog } from '../engine/n8n';
import { create, setStage, UNKNOWN_ID } from '../engine/stage';
import { ACCOUNT as STRANGER, callback, encrypt, signedBody } from '../webhook/akoolCaller';
import { altered, inheritedNames, wire, type Json } from './hostile';
import { casesOf, Tally } from './tally';

jest.mock('n8n-workflow', () => jest.requireActual<typeof import('../engine/clock')>('../engine/clock').workflowWithClock());

const CASES = casesOf('FUZZ_CALLBACKS', 1_000);
/** A parked execution is read from its stored form for each call, which takes longer. */
const CASES_OF_PARKED = Math.ceil(CASES / 10);
const TIMEOUT_MS = 900_000;
const TO_TRIGGER = 'calls to the trigger';
const TO_PARKED = 'calls to a parked execution';
const PAYLOAD = { _id: UNKNOWN_ID, status: 3, type: 'image2video', url: 'https://example.com/1.mp4' };
const LONG_AGO_MS = 1_600_000_000_000;

const stage = setStage({ queueSeconds: 1_000_000 });
const tally = new Tally();
const INHERITED = inheritedNames();

afterAll(() => tally.print());

interface Call {
	body: Json;
	/** Whether it says what Akool says. */
	isGenuine: boolean;
}

const SIGNED_FIELDS = ['signature', 'dataEncrypt', 'timestamp', 'nonce'];

/** The four signed values, as the texts that were signed; numbers and texts are signed alike, and further fields say nothing. */
function signedValues(body: Json): string {
	return JSON.stringify(SIGNED_FIELDS.map((name) => {
		const value = fieldOf(body, name);
		return typeof value === 'number' || typeof value === 'string' ? String(value) : null;
	}));
}

/** Bodies from a stranger, from somebody who knows the Client ID, old ones, changed ones, any JSON; and now and then a genuine one. */
function calls(genuine: Json, secrets: readonly string[]): fc.Arbitrary<Call> {
	const { clientId } = stage.sandbox;
	const insider = { apiKey: STRANGER.apiKey, clientId };
	const own = { apiKey: stage.sandbox.apiKey, clientId };
	const values = signedValues(genuine);
	const forged = (body: fc.Arbitrary<Json>): fc.Arbitrary<Call> => body.map((made) => ({ body: made, isGenuine: signedValues(made) === values }));
	return fc.oneof(
		{ weight: 8, arbitrary: forged(altered([genuine], secrets)) },
		{ weight: 3, arbitrary: forged(fc.jsonValue().map((payload) => wire(callback(payload, STRANGER, Date.now())))) },
		{ weight: 3, arbitrary: forged(fc.jsonValue().map((payload) => wire(callback(payload, insider, Date.now())))) },
		{ weight: 2, arbitrary: forged(fc.base64String({ maxLength: 200 }).map((data) => wire(signedBody(data, own, Date.now())))) },
		{ weight: 2, arbitrary: forged(altered([wire(PAYLOAD)], secrets).filter((payload) => JSON.stringify(payload) !== JSON.stringify(PAYLOAD)).map((payload) => wire(signedBody(encrypt(JSON.stringify(payload), own), own, LONG_AGO_MS)))) },
		{ weight: 2, arbitrary: forged(fc.jsonValue().map(wire)) },
		{ weight: 1, arbitrary: fc.constant<Call>({ body: genuine, isGenuine: true }) },
	);
}

/** Sends made-up calls and looks at all that comes of them. */
async function holds(cases: number, what: string, send: (text: string) => Promise<{ httpStatus: number; text: string; started: boolean }>): Promise<void> {
	const { sandbox } = stage;
	const secrets = [sandbox.apiKey, sandbox.clientId];
	const genuine: Json = wire(JSON.parse(sandbox.sealCallback({ id: UNKNOWN_ID, status: 3 })));
	const log = watchLog();
	const property = fc.asyncProperty(calls(genuine, secrets), async ({ body, isGenuine }) => {
		const { httpStatus, text, started } = await send(JSON.stringify(body));
		const said = JSON.stringify([text, log.splice(0)]);
		expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
		expect(inheritedNames()).toBe(INHERITED);
		expect(started).toBe(isGenuine && what === TO_TRIGGER);
		if (!isGenuine) expect([400, 401]).toContain(httpStatus);
		tally.count(what, `answered ${httpStatus}`);
	});
	await fc.assert(property, { numRuns: cases });
	expect(tally.total(what)).toBeGreaterThanOrEqual(cases);
}

describe('whatever calls', () => {
	it('starts no workflow but by a genuine call, and costs no request', async () => {
		const credential = credentialFor(stage.sandbox);
		// Without a look at Akool, so that nothing but the call itself decides.
		const parameters = { options: { verifyByReading: false } };
		const call = new TriggerWorkflow(credential, parameters).listen();
		await holds(CASES, TO_TRIGGER, async (body) => {
			const { httpStatus, text, items } = await call(body);
			return { httpStatus, text, started: items !== undefined };
		});
		expect(stage.sandbox.requests).toEqual([]);
	}, TIMEOUT_MS);

	it('wakes no parked execution, and costs no request', async () => {
		const credential = credentialFor(stage.sandbox);
		const parked = await stage.run(create({ options: { waitMode: 'callback' } }));
		expect(parked.status).toBe('waiting');
		const asked = stage.sandbox.requests.length;
		// The genuine call is about a video that is not waited for here.
		await holds(CASES_OF_PARKED, TO_PARKED, async (body) => {
			const { httpStatus, text, items, isNodeOn } = await callParked(parked, credential, body);
			return { httpStatus, text, started: items !== undefined || isNodeOn };
		});
		expect(stage.sandbox.requests).toHaveLength(asked);
	}, TIMEOUT_MS);
});
