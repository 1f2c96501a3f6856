import fc from 'fast-check';
import { MAX_SEEN_CALLBACKS, SeenCallbacks } from '../../nodes/AkoolImageToVideo/callbacks/seen';
import { VIDEO_ID } from './akoolCaller';
import { anything, RUNS } from './fuzz';

function idOf(number: number): string {
	return number.toString(16).padStart(24, '0');
}

/** A memory of these pairs, called about one after the other. */
function seenOf(...pairs: ReadonlyArray<readonly [string, number]>): SeenCallbacks {
	const seen = new SeenCallbacks();
	for (const [id, status] of pairs) seen.add(id, status);
	return seen;
}

/** A memory that took in what was stored. */
function takenIn(...stored: readonly unknown[]): SeenCallbacks {
	const seen = new SeenCallbacks();
	for (const text of stored) seen.takeIn(text);
	return seen;
}

const sizeOf = (seen: SeenCallbacks): number => seen.toText().split(' ').filter(Boolean).length;

describe('the memory of callbacks', () => {
	it('knows a video and a status together', () => {
		const seen = seenOf([VIDEO_ID, 2]);
		expect(seen.has(VIDEO_ID, 2)).toBe(true);
		expect(seen.has(VIDEO_ID, 3)).toBe(false);
		expect(seen.has(idOf(1), 2)).toBe(false);
		expect(seenOf().has(VIDEO_ID, 2)).toBe(false);
	});

	it('holds each pair once, and makes one that comes again the newest', () => {
		expect(seenOf([VIDEO_ID, 2], [VIDEO_ID, 3], [VIDEO_ID, 2]).toText()).toBe(`${VIDEO_ID}:3 ${VIDEO_ID}:2`);
	});

	it('never holds more than its bound; the oldest leave first', () => {
		const seen = seenOf(...Array.from({ length: MAX_SEEN_CALLBACKS + 5 }, (_, number) => [idOf(number), 3] as const));
		expect(sizeOf(seen)).toBe(MAX_SEEN_CALLBACKS);
		expect(seen.has(idOf(4), 3)).toBe(false);
		expect(seen.has(idOf(5), 3)).toBe(true);
		expect(seen.has(idOf(MAX_SEEN_CALLBACKS + 4), 3)).toBe(true);
	});

	it('survives being stored', () => {
		const seen = seenOf([VIDEO_ID, 3], [idOf(7), -1]);
		expect(takenIn(seen.toText()).toText()).toBe(seen.toText());
	});

	it('adds what another process stored to what it knows itself', () => {
		const seen = seenOf([idOf(1), 3]);
		seen.takeIn(seenOf([idOf(2), 3]).toText());
		expect([1, 2, 3].map((number) => seen.has(idOf(number), 3))).toEqual([true, true, false]);
	});

	it('takes only pairs from what is stored, the newest of them', () => {
		const tooMany = Array.from({ length: MAX_SEEN_CALLBACKS + 1 }, (_, number) => `${idOf(number)}:3`);
		expect(takenIn(tooMany.join(' ')).toText()).toBe(tooMany.slice(1).join(' '));
		expect(takenIn(`x:3  ${VIDEO_ID}: ${VIDEO_ID}:3:4 ${VIDEO_ID}:3\n ${VIDEO_ID}:3`).toText()).toBe(`${VIDEO_ID}:3`);
		expect(takenIn(undefined, null, {}, 7, 'text', '', [`${VIDEO_ID}:3`]).toText()).toBe('');
	});

	it('can take in anything', () => {
		fc.assert(
			fc.property(anything(), (stored) => {
				const seen = takenIn(stored);
				seen.add(VIDEO_ID, 3);
				expect(seen.has(VIDEO_ID, 3)).toBe(true);
				expect(sizeOf(seen)).toBeLessThanOrEqual(MAX_SEEN_CALLBACKS);
			}),
			{ numRuns: RUNS },
		);
	});
});
