import { parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { claimWaking, keepFinished, knownFinished } from '../../nodes/AkoolImageToVideo/waiting/waking';

const FIRST = 'a'.repeat(24);
const SECOND = 'b'.repeat(24);
const SECOND_MS = 1_000;

function finishedVideo(id: string): AkoolVideo {
	const video = parseVideo({ _id: id, status: 3 });
	if (video === undefined) throw new Error('no video');
	return video;
}

describe('the waking of a parked run', () => {
	it('is granted to the first of two calls, and to none until it is forgotten', () => {
		expect(claimWaking('1', [FIRST], 0, 0)).toBe(true);
		expect(claimWaking('1', [FIRST], 1, 1)).toBe(false);
		expect(claimWaking('1', [FIRST], 9_999, 9_999)).toBe(false);
		expect(claimWaking('1', [FIRST], 10_000, 10_000)).toBe(true);
	});

	it('is granted at once where the same execution is parked again for other videos', () => {
		expect(claimWaking('2', [FIRST], 0, 0)).toBe(true);
		expect(claimWaking('2', [SECOND], 0, 0)).toBe(true);
	});

	it('is a matter of one execution alone', () => {
		expect(claimWaking('3', [FIRST, SECOND], 0, 0)).toBe(true);
		expect(claimWaking('4', [FIRST, SECOND], 0, 0)).toBe(true);
	});

	it('is not granted to a call that took so long that the run may have gone on without it', () => {
		expect(claimWaking('5', [FIRST], 0, 2 * SECOND_MS)).toBe(false);
		expect(claimWaking('5', [FIRST], 2 * SECOND_MS, 2 * SECOND_MS)).toBe(true);
	});
});

describe('what a call has found out', () => {
	it('is there for the next one', () => {
		keepFinished([finishedVideo(FIRST)]);
		expect([...knownFinished([FIRST, SECOND]).keys()]).toEqual([FIRST]);
	});

	it('does not grow without end, and the oldest goes first', () => {
		const idOf = (index: number): string => index.toString(16).padStart(24, '0');
		keepFinished(Array.from({ length: 5_001 }, (_, index) => finishedVideo(idOf(index))));
		expect(knownFinished([idOf(0), idOf(1)]).size).toBe(1);
	});
});
