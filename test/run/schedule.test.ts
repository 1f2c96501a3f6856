import fc from 'fast-check';

import { DEFAULT_INTERVAL_SECONDS, pauseMs } from '../../nodes/AkoolImageToVideo/run/schedule';
import { pollingEndMs, type WaitPlan } from '../../nodes/AkoolImageToVideo/run/waitPlan';

/** How many looks a wait of so many milliseconds takes when nothing changes. */
function looksWithin(ms: number, random: () => number): number {
	let atMs = 0;
	let looks = 0;
	while (atMs <= ms) {
		atMs += pauseMs(DEFAULT_INTERVAL_SECONDS, atMs, random());
		if (atMs <= ms) looks += 1;
	}
	return looks;
}

const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('the pauses between looks', () => {
	it('make at most 15 looks in 90 seconds at the default interval, whatever chance adds', () => {
		fc.assert(fc.property(fc.infiniteStream(chance), (stream) => {
			expect(looksWithin(90_000, () => Number(stream.next().value))).toBeLessThanOrEqual(15);
		}));
	});

	it('are never hasty, and never so long that a finished video lies about', () => {
		fc.assert(fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 1e7, noNaN: true }), chance, (interval, quietMs, random) => {
			const ms = pauseMs(interval, quietMs, random);
			expect(ms).toBeGreaterThanOrEqual(2_000);
			expect(ms).toBeLessThanOrEqual(33_000);
		}));
	});

	it('grow while nothing changes', () => {
		expect(pauseMs(5, 0, 0.5)).toBe(5_000);
		expect(pauseMs(5, 90_000, 0.5)).toBe(8_000);
		expect(pauseMs(5, 3_600_000, 0.5)).toBe(30_000);
	});

	it('keep an interval that the user set longer than the longest pause', () => {
		expect(pauseMs(120, 0, 0.5)).toBe(120_000);
	});
});

describe('when to stop asking and park', () => {
	const plan: WaitPlan = { endMs: 1_800_000, intervalSeconds: 5, parkAfterMs: 60_000, callbackUrl: 'x', longWaitHint: undefined };

	it('is after a minute where enough of the wait is left', () => {
		expect(pollingEndMs(plan, 0)).toBe(60_000);
	});

	it('is never where parking would be shorter than n8n looks after parked executions', () => {
		expect(pollingEndMs({ ...plan, endMs: 120_000 }, 0)).toBe(120_000);
	});

	it('is never where nothing can call back', () => {
		expect(pollingEndMs({ ...plan, parkAfterMs: undefined }, 0)).toBe(plan.endMs);
	});
});
