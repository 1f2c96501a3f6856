import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { accountKey } from '../../nodes/AkoolImageToVideo/transport/credentials';
import { modelsOf } from '../../nodes/AkoolImageToVideo/transport/lists';
import { CallFailure } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { create, setUpHarness } from '../integration/harness';
import { MODELS } from '../sandbox/catalogue';

const harness = setUpHarness();

type Credential = ReturnType<typeof harness.freshCredential>;
const ask = async (credential: Credential, signal?: AbortSignal) =>
	await modelsOf(executeContext({ parameters: create(), credential }, signal));
const asked = (): number => harness.sandbox.countRequests('models');
const slow = (): void => void harness.sandbox.addFault({ on: 'models', kind: 'delay', ms: 200 });

describe('a list that two executions need at the same time', () => {
	it('is requested once', async () => {
		slow();
		const credential = harness.freshCredential();
		const [one, two] = await Promise.all([ask(credential), ask(credential)]);
		expect(one).toEqual(two);
		expect(one).toHaveLength(MODELS.length);
		expect(asked()).toBe(1);
	});

	it('reaches the second execution even if the first, which requested it, was stopped', async () => {
		slow();
		const credential = harness.freshCredential();
		const stop = new AbortController();
		const first = ask(credential, stop.signal).catch((failure: unknown) => failure);
		await harness.clock.until(() => asked() > 0);
		const second = ask(credential);
		stop.abort();
		const failure = await first;
		expect(failure).toBeInstanceOf(CallFailure);
		expect(failure).toMatchObject({ outcome: { kind: 'canceled' } });
		expect(await second).toHaveLength(MODELS.length);
		expect(asked()).toBe(2);
	});

	it('is not requested again if both were stopped', async () => {
		slow();
		const credential = harness.freshCredential();
		const stop = new AbortController();
		const both = [ask(credential, stop.signal), ask(credential, stop.signal)].map(
			async (asking) => await asking.catch((failure: unknown) => failure),
		);
		await harness.clock.until(() => asked() > 0);
		stop.abort();
		for (const failure of await Promise.all(both)) expect(failure).toBeInstanceOf(CallFailure);
		expect(asked()).toBe(1);
	});
});

it('stays as it is for the next execution if one changes it', async () => {
	const parameters = { resource: 'model', operation: 'getAll', returnAll: true, output: 'raw' };
	const credential = harness.freshCredential();
	const first = await harness.run(parameters, { credential });
	for (const { json } of first.items)
		for (const value of Object.values(json)) if (Array.isArray(value)) value.length = 0;
	const second = await harness.run(parameters, { credential });
	expect(
		second.json.some((model) => Object.values(model).some((value) => Array.isArray(value) && value.length > 0)),
	).toBe(true);
	expect(asked()).toBe(1);
});

it('is not shared between two servers, whatever the credential is called', async () => {
	const own = harness.freshCredential();
	const other = new KeptCredential({ ...own.kept, baseUrl: `${harness.sandbox.url}/of-somebody-else` });
	Object.assign(other, { id: own.id });
	await expect(ask(other)).rejects.toBeInstanceOf(CallFailure);
	expect(await ask(own)).toHaveLength(MODELS.length);
	expect(accountKey(readAccount(own.kept))).not.toBe(accountKey(readAccount(other.kept)));
	expect(accountKey(readAccount(own.kept))).not.toContain(String(own.kept.apiKey));
});

describe('a cached list', () => {
	it('is requested again after five minutes', async () => {
		const credential = harness.freshCredential();
		await ask(credential);
		harness.clock.advance(5 * 60_000 - 1_000);
		await ask(credential);
		expect(asked()).toBe(1);
		harness.clock.advance(2_000);
		await ask(credential);
		expect(asked()).toBe(2);
	});

	it('is evicted first if a hundred others came after it', async () => {
		const first = harness.freshCredential();
		const second = harness.freshCredential();
		await ask(first);
		await ask(second);
		for (let others = 0; others < 99; others++) await ask(harness.freshCredential());
		const before = asked();
		await ask(second);
		expect(asked()).toBe(before);
		await ask(first);
		expect(asked()).toBe(before + 1);
	});
});
