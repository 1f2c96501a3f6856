import fc from 'fast-check';

import { DEFAULT_INTERVAL_SECONDS, pauseMs } from '../../nodes/AkoolImageToVideo/waiting/pollSchedule';
import { pollingEndMs, type WaitPlan } from '../../nodes/AkoolImageToVideo/waiting/waitPlan';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** A wait for jobs that end at these moments: when it finds the last, and how many status requests that takes. */
function waitFor(endsMs: readonly number[], random: () => number): { endMs: number; polls: number } {
	let nowMs = 0;
	let lastNewsMs = 0;
	let polls = 0;
	let seen = 0;
	while (seen < endsMs.length) {
		nowMs += pauseMs(DEFAULT_INTERVAL_SECONDS, nowMs - lastNewsMs, random());
		polls += 1;
		const finished = endsMs.filter((endMs) => endMs <= nowMs).length;
		if (finished > seen) lastNewsMs = nowMs;
		seen = finished;
	}
	return { endMs: nowMs, polls };
}

/** A generator of numbers that are the same in every run of the tests. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
}

describe('the pauses between status requests', () => {
	it('see 20 videos of 21 to 39 seconds at 1.08 of the last one on average, with at most 25 status requests', () => {
		const random = seeded(7);
		const waits = Array.from({ length: 500 }, () => {
			const endsMs = Array.from({ length: 20 }, () => 30_000 * (0.7 + 0.6 * random()));
			const { endMs, polls } = waitFor(endsMs, random);
			return { part: endMs / Math.max(...endsMs), polls };
		});
		expect(waits.reduce((sum, { part }) => sum + part, 0) / waits.length).toBeLessThan(1.08);
		expect(Math.max(...waits.map(({ polls }) => polls))).toBeLessThanOrEqual(25);
	});

	it('need at most 17 status requests in 90 seconds at the default interval, whatever the jitter', () => {
		fc.assert(
			fc.property(fc.infiniteStream(chance), (stream) => {
				const { polls } = waitFor([90_000], () => Number(stream.next().value));
				expect(polls).toBeLessThanOrEqual(17);
			}),
		);
	});

	it('are never too short, nor so long that a finished video is noticed late', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0, max: 30, noNaN: true }),
				fc.double({ min: 0, max: 1e7, noNaN: true }),
				chance,
				(interval, quietMs, random) => {
					const ms = pauseMs(interval, quietMs, random);
					expect(ms).toBeGreaterThanOrEqual(2_000);
					expect(ms).toBeLessThanOrEqual(33_000);
				},
			),
		);
	});

	it('grow while nothing changes', () => {
		expect([0, 80_000, 3_600_000].map((quietMs) => pauseMs(5, quietMs, 0.5))).toEqual([5_000, 7_000, 30_000]);
	});

	it('keep a Poll Interval longer than the longest pause', () => {
		expect(pauseMs(120, 0, 0.5)).toBe(120_000);
	});
});

describe('the end of polling before parking', () => {
	const plan: WaitPlan = {
		timeoutMs: 1_800_000,
		intervalSeconds: 5,
		parkAfterMs: 60_000,
		callbackUrl: 'x',
		hints: [],
		parkedHint: undefined,
		polledBecause: undefined,
	};

	it('comes after a minute if enough of the wait is left', () => {
		expect(pollingEndMs(plan, 0)).toBe(60_000);
	});

	it('never comes if the rest is shorter than n8n’s check of waiting executions', () => {
		expect(pollingEndMs({ ...plan, timeoutMs: 124_999 }, 7)).toBe(125_006);
		expect(pollingEndMs({ ...plan, timeoutMs: 125_000 }, 7)).toBe(60_007);
	});

	it('never comes if no callback can arrive', () => {
		expect(pollingEndMs({ ...plan, parkAfterMs: undefined }, 0)).toBe(plan.timeoutMs);
	});
});
