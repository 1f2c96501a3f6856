// How the orders of a run live through a rate limit together: without a network, on a clock that is advanced by hand.

import { clock } from '../../nodes/AkoolImageToVideo/clock';
import { RateLimit } from '../../nodes/AkoolImageToVideo/orders/rateLimit';
import { TestClock } from '../support/testClock';

const time = new TestClock();
afterAll(() => time.close());

/** How long an order has to wait, in milliseconds. */
async function waited(limit: RateLimit): Promise<number> {
	const beganMs = clock.now();
	expect(await limit.pass(undefined)).toBe(true);
	return clock.now() - beganMs;
}

it('delays no order without a limit', async () => {
	const limit = new RateLimit();
	expect([await waited(limit), await waited(limit)]).toEqual([0, 0]);
});

it('delays all orders once one has met the limit, and sends them one by one', async () => {
	const limit = new RateLimit();
	expect(limit.limited(clock.now(), undefined)).toBe(true);
	const beganMs = clock.now();
	const sentMs: number[] = [];
	const send = async (): Promise<void> => {
		await limit.pass(undefined);
		sentMs.push(clock.now() - beganMs);
	};
	await Promise.all([send(), send(), send()]);
	const [first = 0, second = 0, third = 0] = sentMs;
	expect(first).toBeGreaterThanOrEqual(2_000);
	expect(first).toBeLessThanOrEqual(2_500);
	expect(second - first).toBeGreaterThanOrEqual(2_000);
	expect(third - second).toBeGreaterThanOrEqual(2_000);
});

it('lengthens the pause once for all orders that were in flight together', async () => {
	const limit = new RateLimit();
	const sentAtMs = clock.now();
	time.advance(100);
	for (let order = 0; order < 5; order++) limit.limited(sentAtMs, undefined);
	expect(await waited(limit)).toBeLessThanOrEqual(2_500);
});

it('doubles the pause up to half a minute, and halves it with each accepted order', async () => {
	const limit = new RateLimit();
	for (let order = 0; order < 10; order++) {
		time.advance(1);
		limit.limited(clock.now(), undefined);
	}
	expect(await waited(limit)).toBeGreaterThanOrEqual(30_000);
	limit.eased();
	await waited(limit);
	expect(await waited(limit)).toBe(15_000);
	for (let order = 0; order < 3; order++) limit.eased();
	expect(await waited(limit)).toBeLessThanOrEqual(15_000);
	expect(await waited(limit)).toBe(0);
});

it('waits as long as Akool asks for, up to two minutes', async () => {
	const limit = new RateLimit();
	limit.limited(clock.now(), 60_000);
	expect(await waited(limit)).toBeGreaterThanOrEqual(60_000);
	limit.limited(clock.now(), 60 * 60_000);
	expect(await waited(limit)).toBeLessThanOrEqual(150_000);
});

it('gives up only if nothing was accepted for five minutes', () => {
	const limit = new RateLimit();
	expect(limit.limited(clock.now(), undefined)).toBe(true);
	time.advance(5 * 60_000 - 1);
	expect(limit.limited(clock.now(), undefined)).toBe(true);
	time.advance(1);
	expect(limit.limited(clock.now(), undefined)).toBe(false);
	limit.eased();
	expect(limit.limited(clock.now(), undefined)).toBe(true);
});

it('delays no further order once the limit is over', async () => {
	const limit = new RateLimit();
	limit.limited(clock.now(), undefined);
	const first = limit.pass(undefined);
	const second = waited(limit);
	limit.eased();
	await first;
	expect(await second).toBeLessThanOrEqual(2_500);
	limit.limited(clock.now(), undefined);
	limit.eased();
	expect(await waited(limit)).toBe(0);
	limit.limited(clock.now(), undefined);
	time.advance(10_000);
	expect(await waited(limit)).toBe(0);
});

it('sends no order once the execution is stopped', async () => {
	const stop = new AbortController();
	const limit = new RateLimit();
	limit.limited(clock.now(), undefined);
	const passing = limit.pass(stop.signal);
	stop.abort();
	expect(await passing).toBe(false);
	time.advance(10_000);
	expect(await limit.pass(stop.signal)).toBe(false);
	expect(await new RateLimit().pass(stop.signal)).toBe(false);
});
