// Callbacks as another Akool might make them: delivered once, with results that lag behind by 15 seconds. Whatever they look like, the secret address has let
// them in, so one delivery is enough; what they say is never believed.
import { callParked } from '../integration/calls';
import { credentialFor, type Outcome } from '../integration/engine';
import { at, create, madeIds, setUpHarness } from '../integration/harness';
import { newNonce, makeEnvelope } from '../sandbox/envelope';

const LONG = '[sandbox: seconds=1000000]';
const LAG_SECONDS = 15;
const LONGEST_SECONDS = 25;
const OTHER_ID = '0123456789abcdef01234567';
const harness = setUpHarness({ resultLagSeconds: LAG_SECONDS });
const PARAMETERS = create({ prompt: LONG, options: { waitMode: 'callback', concurrency: 1 } });

const callbackWith = (payload: unknown, changes: object = {}): string => {
	const { clientId, apiKey } = harness.sandbox;
	const circumstances = { clientId, apiKey, timestamp: Date.now(), nonce: newNonce() };
	return JSON.stringify({ ...makeEnvelope(JSON.stringify(payload), circumstances), ...changes });
};

const named = (id: string): string => callbackWith({ _id: OTHER_ID, status: 3, video_id: id });

const SHAPES: ReadonlyArray<readonly [string, (id: string) => string]> = [
	['has a type that nobody knows', (id) => callbackWith({ _id: id, status: 3, type: 'image2video/v9' })],
	['has its status as a text', (id) => callbackWith({ _id: id, status: '3' })],
	['has its status as a word', (id) => callbackWith({ _id: id, status: 'completed' })],
	['has its status under another name', (id) => callbackWith({ _id: id, video_status: 3 })],
	['has a status that nobody knows', (id) => callbackWith({ _id: id, status: 9 })],
	['has its ID under another name', (id) => callbackWith({ video_id: id, status: 3 })],
	['has its ID as a database writes it', (id) => callbackWith({ _id: { $oid: id }, status: 3 })],
	['has all of that one level deeper', (id) => callbackWith({ data: { _id: id, status: 3 } })],
	['has an ID of its own, and that of the video elsewhere', named],
	[
		'is about several videos, another one first',
		(id) => callbackWith({ _id: OTHER_ID, status: 3, videos: [{ _id: OTHER_ID }, { _id: id, status: 3 }] }),
	],
	['holds a list', (id) => callbackWith([{ _id: id, status: 3 }])],
	['was signed at a time in seconds', (id) => callbackWith({ _id: id, status: 3 }, { timestamp: 1_754_377_293 })],
	['has a signature in upper case', (id) => callbackWith({ _id: id, status: 3 }, { signature: 'A'.repeat(40) })],
	['is not encrypted', (id) => JSON.stringify({ _id: id, status: 3 })],
	['is a list that is not encrypted', (id) => JSON.stringify([{ _id: id, status: 3 }])],
	['is empty', () => '{}'],
];

describe.each(SHAPES)('a callback that %s', (_, bodyFor) => {
	it('resumes the execution by its only delivery once Akool shows its video as finished', async () => {
		const parked = await harness.run(PARAMETERS);
		expect(parked.status).toBe('waiting');
		const id = at(madeIds(harness.sandbox), 0);
		harness.sandbox.finishJob(id);
		const beganMs = harness.clock.now();
		const call = await callParked(parked, credentialFor(harness.sandbox), bodyFor(id));
		expect(call).toMatchObject({ httpStatus: 200, isNodeOn: true });
		expect((harness.clock.now() - beganMs) / 1_000).toBeLessThan(LONGEST_SECONDS);
	});

	it('changes nothing while its video is unfinished, with at most one status request in five seconds', async () => {
		const parked = await harness.run(PARAMETERS);
		const id = at(madeIds(harness.sandbox), 0);
		const before = harness.sandbox.countRequests('results');
		const call = await callParked(parked, credentialFor(harness.sandbox), bodyFor(id));
		expect(call).toMatchObject({ items: undefined, isNodeOn: false });
		expect(harness.sandbox.countRequests('results') - before).toBeLessThanOrEqual(6);
	});
});

/** As n8n 2.8 parks: its addresses can be guessed. */
function withoutSecret(parked: Outcome): Outcome {
	const data = JSON.stringify(parked.data).replaceAll('"isAddressSecret":true', '"isAddressSecret":false');
	return { ...parked, data: JSON.parse(data) };
}

describe('at an address without a secret', () => {
	it.each<[string, (id: string) => string, boolean]>([
		['that is encrypted with both keys, and not understood', (id) => callbackWith({ id, status: 3 }), true],
		['that is encrypted with both keys, and names the video elsewhere', named, true],
		['that is not encrypted', (id) => JSON.stringify({ _id: id, status: 3 }), false],
		['with a broken signature', (id) => callbackWith({ _id: id, status: 3 }, { signature: '0'.repeat(40) }), false],
	])('resumes the execution only if it decrypts: a callback %s', async (_, bodyFor, resumes) => {
		const parked = withoutSecret(await harness.run(PARAMETERS));
		const id = at(madeIds(harness.sandbox), 0);
		harness.sandbox.finishJob(id);
		const before = harness.sandbox.countRequests('results');
		const call = await callParked(parked, credentialFor(harness.sandbox), bodyFor(id));
		expect(call.isNodeOn).toBe(resumes);
		if (!resumes) expect(harness.sandbox.countRequests('results')).toBe(before);
	});
});

it('a callback that names no awaited video causes no status request and changes nothing', async () => {
	const parked = await harness.run(PARAMETERS);
	harness.sandbox.finishAll();
	const before = harness.sandbox.countRequests('results');
	const call = await callParked(parked, credentialFor(harness.sandbox), callbackWith({ _id: OTHER_ID, status: 3 }));
	expect(call).toMatchObject({ httpStatus: 200, items: undefined, isNodeOn: false });
	expect(harness.sandbox.countRequests('results')).toBe(before);
});
