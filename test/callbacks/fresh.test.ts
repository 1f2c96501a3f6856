import { CLOCK_SKEW_MINUTES, judgeAge } from '../../nodes/AkoolImageToVideo/callbacks/fresh';
import { SENT_AT_MS } from './akoolCaller';

const MINUTE_MS = 60_000;

function ageAfter(ms: number, maxAgeMinutes = 1440): string {
	return judgeAge(SENT_AT_MS, { nowMs: SENT_AT_MS + ms, maxAgeMinutes });
}

describe('the age of a callback', () => {
	it('is fresh up to the limit, to the millisecond', () => {
		expect(ageAfter(0)).toBe('fresh');
		expect(ageAfter(1440 * MINUTE_MS)).toBe('fresh');
		expect(ageAfter(1440 * MINUTE_MS + 1)).toBe('too-old');
		expect(ageAfter(30_000, 0.5)).toBe('fresh');
		expect(ageAfter(30_001, 0.5)).toBe('too-old');
	});

	it("allows for Akool's clock running ahead, and no more", () => {
		expect(ageAfter(-CLOCK_SKEW_MINUTES * MINUTE_MS)).toBe('fresh');
		expect(ageAfter(-CLOCK_SKEW_MINUTES * MINUTE_MS - 1)).toBe('from-the-future');
	});

	it('does not matter when the limit is 0', () => {
		expect(ageAfter(1e15, 0)).toBe('fresh');
		expect(ageAfter(-1e12, 0)).toBe('fresh');
	});

	it('is never fresh when it cannot be measured', () => {
		expect(ageAfter(Number.NaN)).toBe('too-old');
		expect(ageAfter(0, Number.NaN)).toBe('too-old');
		expect(ageAfter(0, -1)).toBe('too-old');
		expect(judgeAge(Number.NaN, { nowMs: SENT_AT_MS, maxAgeMinutes: 1440 })).toBe('too-old');
	});
});
