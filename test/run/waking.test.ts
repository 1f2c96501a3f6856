import { claimWaking } from '../../nodes/AkoolImageToVideo/run/waking';

const FIRST = 'a'.repeat(24);
const SECOND = 'b'.repeat(24);
const MINUTE_MS = 60_000;

describe('the waking of a parked run', () => {
	it('is granted to the first of two calls, and to none until it is forgotten', () => {
		expect(claimWaking('1', [FIRST], 0)).toBe(true);
		expect(claimWaking('1', [FIRST], 1)).toBe(false);
		expect(claimWaking('1', [FIRST], 2 * MINUTE_MS - 1)).toBe(false);
		expect(claimWaking('1', [FIRST], 2 * MINUTE_MS)).toBe(true);
	});

	it('is granted at once where the same execution is parked again for other videos', () => {
		expect(claimWaking('2', [FIRST], 0)).toBe(true);
		expect(claimWaking('2', [SECOND], 0)).toBe(true);
	});

	it('is a matter of one execution alone', () => {
		expect(claimWaking('3', [FIRST, SECOND], 0)).toBe(true);
		expect(claimWaking('4', [FIRST, SECOND], 0)).toBe(true);
	});
});
