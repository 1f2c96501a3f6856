import fc from 'fast-check';
import { hasSeen, MAX_SEEN_CALLBACKS, parseSeen, rememberSeen, type SeenCallbacks } from '../../nodes/AkoolImageToVideo/webhook/seen';
import { VIDEO_ID } from './akoolCaller';
import { anything, RUNS } from './fuzz';

function idOf(number: number): string {
	return number.toString(16).padStart(24, '0');
}

describe('the memory of callbacks', () => {
	it('knows a video and a status together', () => {
		const seen = rememberSeen([], VIDEO_ID, 2);
		expect(hasSeen(seen, VIDEO_ID, 2)).toBe(true);
		expect(hasSeen(seen, VIDEO_ID, 3)).toBe(false);
		expect(hasSeen(seen, idOf(1), 2)).toBe(false);
		expect(hasSeen([], VIDEO_ID, 2)).toBe(false);
	});

	it('leaves the list that it was given as it was', () => {
		const before: SeenCallbacks = Object.freeze([`${VIDEO_ID}:2`]);
		expect(rememberSeen(before, VIDEO_ID, 3)).toEqual([`${VIDEO_ID}:2`, `${VIDEO_ID}:3`]);
		expect(before).toEqual([`${VIDEO_ID}:2`]);
	});

	it('holds each pair once, and makes one that comes again the newest', () => {
		const seen = [[VIDEO_ID, 2], [VIDEO_ID, 3], [VIDEO_ID, 2]] as const;
		expect(seen.reduce<SeenCallbacks>((list, [id, status]) => rememberSeen(list, id, status), [])).toEqual([`${VIDEO_ID}:3`, `${VIDEO_ID}:2`]);
	});

	it('never holds more than its bound; the oldest leave first', () => {
		let seen: SeenCallbacks = [];
		for (let number = 0; number < MAX_SEEN_CALLBACKS + 5; number += 1) seen = rememberSeen(seen, idOf(number), 3);
		expect(seen).toHaveLength(MAX_SEEN_CALLBACKS);
		expect(hasSeen(seen, idOf(4), 3)).toBe(false);
		expect(hasSeen(seen, idOf(5), 3)).toBe(true);
		expect(hasSeen(seen, idOf(MAX_SEEN_CALLBACKS + 4), 3)).toBe(true);
	});

	it('survives being written as JSON', () => {
		const seen = rememberSeen(rememberSeen([], VIDEO_ID, 3), idOf(7), -1);
		expect(parseSeen(JSON.parse(JSON.stringify(seen)))).toEqual(seen);
	});

	it('takes only pairs from what is stored, the newest of them', () => {
		const tooMany = Array.from({ length: MAX_SEEN_CALLBACKS + 1 }, (_, number) => `${idOf(number)}:3`);
		expect(parseSeen(tooMany)).toEqual(tooMany.slice(1));
		expect(parseSeen([null, 7, {}, [`${VIDEO_ID}:3`], '', 'x:3', `${VIDEO_ID}:`, `${VIDEO_ID}:3:4`, `${VIDEO_ID}:3\n`, `${VIDEO_ID}:3`])).toEqual([`${VIDEO_ID}:3`]);
		for (const stored of [undefined, null, {}, 'text', 7, { 0: `${VIDEO_ID}:3`, length: 1 }]) expect(parseSeen(stored)).toEqual([]);
	});

	it('can be read out of anything', () => {
		fc.assert(
			fc.property(anything(), (stored) => {
				const seen = rememberSeen(parseSeen(stored), VIDEO_ID, 3);
				expect(hasSeen(seen, VIDEO_ID, 3)).toBe(true);
				expect(seen.length).toBeLessThanOrEqual(MAX_SEEN_CALLBACKS);
			}),
			{ numRuns: RUNS },
		);
	});
});
