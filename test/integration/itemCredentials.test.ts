import { CONTINUE, create, setUpHarness } from './harness';

const harness = setUpHarness();
const PARAMETERS = create({ waitForCompletion: false, options: {} });

/** A credential whose API key is an expression over the items. */
function keyFrom(expression: string): ReturnType<typeof harness.freshCredential> {
	const credential = harness.freshCredential();
	credential.kept.apiKey = expression;
	return credential;
}

describe('a credential with expressions over items', () => {
	const items = (...keys: string[]) => keys.map((key) => ({ key }));

	it('is used if all items give the same account', async () => {
		const { apiKey } = harness.sandbox;
		const { json } = await harness.run(PARAMETERS, {
			credential: keyFrom('={{ $json.key }}'),
			items: items(apiKey, apiKey),
		});
		expect(json.map(({ _id }) => typeof _id)).toEqual(['string', 'string']);
	});

	it.each([
		['', {}],
		[' and Continue On Fail', CONTINUE],
	])('is refused before anything is sent if items give different accounts%s', async (_, settings) => {
		const { apiKey } = harness.sandbox;
		const { error, json } = await harness.run(PARAMETERS, {
			credential: keyFrom('={{ $json.key }}'),
			items: items(apiKey, 'another-key-of-somebody', apiKey),
			settings,
		});
		const said = JSON.stringify([error?.message, error?.description, json]);
		expect(said).toContain('The items belong to 2 Akool accounts, but a run can use only one');
		expect(said).toContain('One account: items 0, 2; another: item 1 (counted from 0)');
		expect(said).not.toContain('another-key-of-somebody');
		expect(harness.sandbox.requests).toEqual([]);
	});

	it('cannot be waited for by callback, even with one item', async () => {
		const parameters = create({ options: { waitMode: 'callback' } });
		const run = { credential: keyFrom('={{ $json.key }}'), items: items(harness.sandbox.apiKey) };
		const { error } = await harness.run(parameters, run);
		expect(error?.message).toContain('cannot be Callback here');
		expect(error?.description).toContain('the credential depends on the items');
		expect(harness.sandbox.jobs).toHaveLength(0);
	});

	it('is treated as a normal one if its expressions do not use items', async () => {
		const credential = keyFrom(`={{ "${harness.sandbox.apiKey}" }}`);
		const { error, waitTill } = await harness.run(create({ options: { waitMode: 'callback' } }), { credential });
		expect(error).toBeUndefined();
		expect(waitTill).toBeDefined();
	});

	it.each([
		['an account for items without one', '={{ $json.key || "FALLBACK" }}', 1],
		['the item’s number', '={{ $itemIndex === 30 ? "another-key-of-somebody" : "FALLBACK" }}', 40],
	])('is refused as well if it falls back on %s', async (_, expression, count) => {
		const { apiKey } = harness.sandbox;
		const more = Array.from({ length: count }, () => ({}));
		const { error, json } = await harness.run(PARAMETERS, {
			credential: keyFrom(expression.replace('FALLBACK', apiKey)),
			items: [{}, ...items('another-key-of-somebody'), ...more].slice(0, Math.max(3, count)),
		});
		const said = JSON.stringify([error?.message, json]);
		expect([said.includes('2 Akool accounts'), harness.sandbox.jobs.length]).toEqual([true, 0]);
	});
});

describe('a token', () => {
	it('of another account is never sent: a new one is fetched first', async () => {
		const { apiKey, clientId } = harness.sandbox;
		const credential = harness.freshCredential();
		Object.assign(credential.kept, { authentication: 'accessToken', clientId, apiKey });
		await harness.run(PARAMETERS, { credential });
		const first = credential.kept.accessToken;
		credential.kept.apiKey = 'the-key-of-another-account';
		const { error } = await harness.run(PARAMETERS, { credential });
		expect(first).not.toBe('');
		expect(error?.message).toContain('access token');
		expect(harness.sandbox.jobs).toHaveLength(1);
		expect(harness.sandbox.countRequests('token')).toBeGreaterThan(1);
	});
});
