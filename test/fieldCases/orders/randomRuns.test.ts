// Random runs of mixed kinds, faults, concurrency, retries and loops. What has to hold in each: at most one order passes the limit, no order key buys more
// than was asked for with it, and every video that Akool has charged is visible to the user. The seed is printed, so that a run can be repeated.

import fc from 'fast-check';

import { credentialFor, retry, type RunRequest } from '../../integration/engine';
import { watchLog } from '../../integration/n8n';
import { CONTINUE, create, createBatch, RETRY, setUpHarness, type Settings } from '../../integration/harness';

/** A thousand of them take some minutes: RANDOM_RUNS=1000 npx jest test/fieldCases/orders/randomRuns.test.ts */
const RUNS = Number(process.env.RANDOM_RUNS ?? 60);
const TIMEOUT_MS = 20 * 60_000;
const harness = setUpHarness({ credits: 1_000_000 });
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

const fault = fc.record({
	kind: fc.constantFrom('resetBefore', 'resetAfter', 'status', 'cutJson', 'code', 'hang', 'wrongStatus', 'price'),
	accepted: fc.boolean(),
	code: fc.constantFrom(1003, 1005, 1006, 1015, 2001),
	// None of them is a price. One that is named wrongly nobody can know, so no limit can be kept by it.
	price: fc.constantFrom(0, -1, 'free', null),
	after: fc.nat({ max: 4 }),
	times: fc.integer({ min: 1, max: 2 }),
});

const plan = fc.record({
	isBatch: fc.boolean(),
	kinds: fc.array(fc.constantFrom('720p', '1080p', '4k'), { minLength: 1, maxLength: 6 }),
	faults: fc.array(fault, { maxLength: 4 }),
	concurrency: fc.integer({ min: 1, max: 6 }),
	maxCredits: fc.option(fc.constantFrom(25, 60, 100, 400), { nil: undefined }),
	settings: fc.constantFrom<Settings>({}, CONTINUE, RETRY, { ...CONTINUE, ...RETRY }),
	loop: fc.boolean(),
	isRetried: fc.boolean(),
	isListed: fc.boolean(),
	dear: fc.constantFrom(20, 90, 300),
});

/** What each order cost, in the order in which Akool accepted them. */
function costs(): number[] {
	const orders = new Map<string, number>();
	for (const { webhookUrl, deduction_credit: credits, _id } of harness.sandbox.jobs) {
		const key = webhookUrl === '' ? _id : webhookUrl;
		orders.set(key, (orders.get(key) ?? 0) + credits);
	}
	return [...orders.values()];
}

async function play(wanted: typeof plan extends fc.Arbitrary<infer Plan> ? Plan : never): Promise<void> {
	const { isBatch, kinds, faults, concurrency, maxCredits, settings, loop, isRetried, isListed, dear } = wanted;
	const { sandbox } = harness;
	sandbox.reset();
	sandbox.change({ listEnabled: isListed, prices: [{ credits: dear, match: { resolution: '4k' } }] });
	for (const { kind, accepted, code, price, after, times } of faults) {
		const details = { status: { accepted }, code: { code, accepted: accepted && code >= 1015 }, hang: { accepted } };
		const more = kind === 'price' ? { price } : Object.entries(details).find(([name]) => name === kind)?.[1];
		sandbox.addFault({ on: isBatch ? 'batch' : 'create', kind, after, times, ...more });
	}
	const options = { waitMode: 'polling', concurrency, ...(maxCredits !== undefined && { maxCredits }) };
	const more = { prompt: '={{ $json.n }}', waitForCompletion: false, options };
	const parameters = isBatch
		? createBatch({ ...more, batchResolution: '={{ $json.kind }}', count: 2 })
		: create({ ...more, resolution: '={{ $json.kind }}' });
	const log = watchLog();
	const request: Partial<RunRequest> = { items: kinds.map((kind, n) => ({ n, kind })), settings, loop };
	const first = await harness.run(parameters, request);
	let seen = first.stored;
	if (isRetried && first.status === 'error') {
		const credential = credentialFor(sandbox);
		const again = await retry(first, { parameters, credential, ...request, executionId: '4712' });
		seen += again.stored;
	}

	const asked = isBatch ? 2 : 1;
	const perKey = new Map<string, number>();
	for (const { webhookUrl } of sandbox.jobs) perKey.set(webhookUrl, (perKey.get(webhookUrl) ?? 0) + 1);
	for (const [, videos] of perKey) expect(videos).toBeLessThanOrEqual(asked);

	if (maxCredits !== undefined) {
		let total = 0;
		const passing = costs().filter((credits) => (total += credits) > maxCredits);
		expect(passing.length).toBeLessThanOrEqual(1);
	}

	const said = `${seen}\n${log.join('\n')}`;
	const unseen = sandbox.jobs.filter(({ _id }) => !said.includes(_id));
	// Without the list, nobody can know the ID of an order whose answer never came: then it is said that there may be a video.
	if (unseen.length > 0) {
		expect(isListed).toBe(false);
		expect(said).toContain('Akool may have created this video');
	}
}

it(
	`holds in ${RUNS} random runs, seed ${seed}`,
	async () => {
		process.stdout.write(`Random runs: seed ${seed}\n`);
		await fc.assert(fc.asyncProperty(plan, play), { numRuns: RUNS, seed });
	},
	TIMEOUT_MS,
);
