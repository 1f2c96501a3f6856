import fc from 'fast-check';

import { DEFAULT_INTERVAL_SECONDS, pauseMs, type Moment } from '../../nodes/AkoolImageToVideo/waiting/pollSchedule';
import { pollingEndMs, type WaitPlan } from '../../nodes/AkoolImageToVideo/waiting/waitPlan';

/** @returns a wait in which nothing has changed for so long, and nothing is known of how long it may take */
function quietFor(quietMs: number): Moment {
	return { nowMs: quietMs, lastNewsMs: 0, expectedEndsMs: [], isFirst: false };
}

/** How many looks a wait of so many milliseconds takes when nothing changes. */
function looksWithin(ms: number, random: () => number): number {
	let atMs = 0;
	let looks = 0;
	while (atMs <= ms) {
		atMs += pauseMs(DEFAULT_INTERVAL_SECONDS, { ...quietFor(atMs), isFirst: looks === 0 }, random());
		if (atMs <= ms) looks += 1;
	}
	return looks;
}

const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('the pauses between looks', () => {
	it('make at most 15 looks in 90 seconds at the default interval, whatever chance adds', () => {
		fc.assert(
			fc.property(fc.infiniteStream(chance), (stream) => {
				expect(looksWithin(90_000, () => Number(stream.next().value))).toBeLessThanOrEqual(15);
			}),
		);
	});

	it('are never hasty, and never so long that a finished video lies about', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0, max: 30, noNaN: true }),
				fc.double({ min: 0, max: 1e7, noNaN: true }),
				chance,
				(interval, quietMs, random) => {
					const ms = pauseMs(interval, quietFor(quietMs), random);
					expect(ms).toBeGreaterThanOrEqual(2_000);
					expect(ms).toBeLessThanOrEqual(33_000);
				},
			),
		);
	});

	it('grow while nothing changes', () => {
		expect(pauseMs(5, quietFor(0), 0.5)).toBe(5_000);
		expect(pauseMs(5, quietFor(80_000), 0.5)).toBe(7_000);
		expect(pauseMs(5, quietFor(3_600_000), 0.5)).toBe(30_000);
	});

	it('begin with one twice as long, as far as that stays within the longest pause', () => {
		const first = { ...quietFor(0), isFirst: true };
		expect([2, 5, 20, 120].map((interval) => pauseMs(interval, first, 0.5))).toEqual([4_000, 10_000, 30_000, 120_000]);
	});

	it('keep an interval that the user set longer than the longest pause', () => {
		expect(pauseMs(120, quietFor(0), 0.5)).toBe(120_000);
	});
});

describe('the pauses between looks where it is known how long such videos took', () => {
	const began: Omit<Moment, 'nowMs'> = { lastNewsMs: 0, expectedEndsMs: [90_000, 90_400], isFirst: false };
	/** When the looks come that find nothing new, up to some time. */
	const looksUntil = (ms: number, wait: Omit<Moment, 'nowMs'>, random: () => number): number[] => {
		const looks: number[] = [];
		for (let nowMs = 0; nowMs <= ms; looks.push(nowMs))
			nowMs += pauseMs(DEFAULT_INTERVAL_SECONDS, { ...wait, nowMs }, random());
		return looks;
	};

	it('bring a look within two seconds and a half after the last of the expected ends, with at most ten looks in 90 seconds', () => {
		fc.assert(
			fc.property(fc.infiniteStream(chance), (stream) => {
				const looks = looksUntil(90_400, began, () => Number(stream.next().value));
				expect(looks.at(-1)).toBeLessThanOrEqual(92_900);
				expect(looks.length).toBeLessThanOrEqual(10);
			}),
		);
	});

	it('are at most twice as long before that, so that a quick video does not lie about', () => {
		expect(pauseMs(5, { ...began, nowMs: 0 }, 0.5)).toBe(10_000);
	});

	it('are short again once the expected ends have passed', () => {
		expect(pauseMs(5, { ...began, nowMs: 90_400 }, 0.5)).toBe(5_000);
		expect(pauseMs(5, { ...began, nowMs: 170_400 }, 0.5)).toBe(7_000);
	});

	it('are not longer while one video is overdue and another is far from its end', () => {
		expect(pauseMs(5, { ...began, nowMs: 40_000, expectedEndsMs: [40_000, 90_000] }, 0.5)).toBe(5_000);
	});

	it('reach a little further to an expected end, so that no look comes right before it', () => {
		const overdue = { ...began, nowMs: 40_000 };
		expect(pauseMs(5, { ...overdue, expectedEndsMs: [40_000, 46_000] }, 0.5)).toBe(6_500);
		expect(pauseMs(5, { ...overdue, expectedEndsMs: [40_000, 48_000] }, 0.5)).toBe(5_000);
	});

	it('are not longer at first where one is overdue already', () => {
		expect(pauseMs(5, { ...began, nowMs: 91_000, isFirst: true }, 0.5)).toBeLessThan(6_000);
	});

	it('are never hasty nor longer than without, however far the expected ends lie', () => {
		const moments = fc.record({
			nowMs: fc.nat(1e6),
			lastNewsMs: fc.constant(0),
			expectedEndsMs: fc.array(fc.nat(2e6)),
			isFirst: fc.boolean(),
		});
		fc.assert(
			fc.property(moments, chance, (moment, random) => {
				const ms = pauseMs(5, moment, random);
				expect(ms).toBeGreaterThanOrEqual(2_000);
				expect(ms).toBeLessThanOrEqual(33_000);
			}),
		);
	});
});

describe('when to stop asking and park', () => {
	const plan: WaitPlan = {
		timeoutMs: 1_800_000,
		intervalSeconds: 5,
		parkAfterMs: 60_000,
		callbackUrl: 'x',
		sleptHint: undefined,
		awakeBecause: undefined,
	};

	it('is after a minute where enough of the wait is left', () => {
		expect(pollingEndMs(plan, 0)).toBe(60_000);
	});

	it('is never where parking would be shorter than n8n looks after parked executions', () => {
		expect(pollingEndMs({ ...plan, timeoutMs: 120_000 }, 0)).toBe(120_000);
	});

	it('is never where nothing can call back', () => {
		expect(pollingEndMs({ ...plan, parkAfterMs: undefined }, 0)).toBe(plan.timeoutMs);
	});
});
