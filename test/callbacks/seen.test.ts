import fc from 'fast-check';
import { MAX_SEEN_CALLBACKS, SeenCallbacks } from '../../nodes/AkoolImageToVideo/callbacks/seen';
import { SENT_AT_MS, VIDEO_ID } from './akoolCaller';
import { anything, RUNS } from './fuzz';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE = Math.floor(SENT_AT_MS / 60_000).toString(36);

function idOf(number: number): string {
	return number.toString(16).padStart(24, '0');
}

/** A memory of these pairs, called about one after the other. */
function seenOf(...pairs: ReadonlyArray<readonly [string, number]>): SeenCallbacks {
	const seen = new SeenCallbacks();
	for (const [id, status] of pairs) seen.add(id, status, SENT_AT_MS);
	return seen;
}

/** A memory that took in what was stored. */
function takenIn(...stored: readonly unknown[]): SeenCallbacks {
	const seen = new SeenCallbacks();
	for (const text of stored) seen.merge(text);
	return seen;
}

const textOf = (seen: SeenCallbacks, nowMs = SENT_AT_MS): string => seen.toText(nowMs);
const sizeOf = (seen: SeenCallbacks): number => textOf(seen).split(' ').filter(Boolean).length;

describe('the memory of callbacks', () => {
	it('matches a video together with a status', () => {
		const seen = seenOf([VIDEO_ID, 2]);
		expect(seen.has(VIDEO_ID, 2)).toBe(true);
		expect(seen.has(VIDEO_ID, 3)).toBe(false);
		expect(seen.has(idOf(1), 2)).toBe(false);
		expect(seenOf().has(VIDEO_ID, 2)).toBe(false);
	});

	it('holds each pair once, and moves a repeated one to the end', () => {
		expect(textOf(seenOf([VIDEO_ID, 2], [VIDEO_ID, 3], [VIDEO_ID, 2]))).toBe(
			`${VIDEO_ID}:3:${MINUTE} ${VIDEO_ID}:2:${MINUTE}`,
		);
	});

	it('never holds more than its bound, and evicts the oldest first', () => {
		const seen = seenOf(...Array.from({ length: MAX_SEEN_CALLBACKS + 5 }, (_, number) => [idOf(number), 3] as const));
		expect(sizeOf(seen)).toBe(MAX_SEEN_CALLBACKS);
		expect(seen.has(idOf(4), 3)).toBe(false);
		expect(seen.has(idOf(5), 3)).toBe(true);
		expect(seen.has(idOf(MAX_SEEN_CALLBACKS + 4), 3)).toBe(true);
	});

	it('can be stored and loaded', () => {
		const seen = seenOf([VIDEO_ID, 3], [idOf(7), -1]);
		expect(textOf(takenIn(textOf(seen)))).toBe(textOf(seen));
	});

	it('merges what another process stored', () => {
		const seen = seenOf([idOf(1), 3]);
		seen.merge(textOf(seenOf([idOf(2), 3])));
		expect([1, 2, 3].map((number) => seen.has(idOf(number), 3))).toEqual([true, true, false]);
	});

	it('keeps a pair for seven days, and no longer', () => {
		const seen = seenOf([VIDEO_ID, 3]);
		expect(textOf(seen, SENT_AT_MS + 7 * DAY_MS)).toBe(`${VIDEO_ID}:3:${MINUTE}`);
		expect(textOf(seen, SENT_AT_MS + 7 * DAY_MS + 60_000)).toBe('');
		expect(seen.has(VIDEO_ID, 3)).toBe(false);
	});

	it.each([
		['what was stored', DAY_MS, 0, false],
		['what it knows', 0, DAY_MS, true],
	])('evicts the oldest entry: %s', (_, knownMs, storedMs, isStoredKept) => {
		const seen = new SeenCallbacks();
		for (let number = 0; number < MAX_SEEN_CALLBACKS; number++) seen.add(idOf(number), 3, SENT_AT_MS + knownMs);
		const stored = new SeenCallbacks();
		stored.add(VIDEO_ID, 3, SENT_AT_MS + storedMs);
		seen.merge(textOf(stored));
		expect([seen.has(idOf(0), 3), seen.has(VIDEO_ID, 3)]).toEqual([!isStoredKept, isStoredKept]);
	});

	it('does not restore a pair whose workflow could not be started', () => {
		const seen = seenOf([VIDEO_ID, 3]);
		const stored = textOf(seen);
		seen.forget(VIDEO_ID, 3);
		seen.merge(stored);
		expect(seen.has(VIDEO_ID, 3)).toBe(false);
		seen.add(VIDEO_ID, 3, SENT_AT_MS);
		expect(seen.has(VIDEO_ID, 3)).toBe(true);
	});

	it('loads only valid entries, and the newest of them', () => {
		const tooMany = Array.from({ length: MAX_SEEN_CALLBACKS + 1 }, (_, number) => `${idOf(number)}:3:${MINUTE}`);
		expect(textOf(takenIn(tooMany.join(' ')))).toBe(tooMany.slice(1).join(' '));
		const entry = `${VIDEO_ID}:3:${MINUTE}`;
		expect(textOf(takenIn(`x:3  ${VIDEO_ID}: ${VIDEO_ID}:3 ${entry}:4 ${entry}\n ${entry}`))).toBe(entry);
		expect(textOf(takenIn(undefined, null, {}, 7, 'text', '', [entry]))).toBe('');
	});

	it('accepts any stored value', () => {
		fc.assert(
			fc.property(anything(), (stored) => {
				const seen = takenIn(stored);
				seen.add(VIDEO_ID, 3, SENT_AT_MS);
				expect(seen.has(VIDEO_ID, 3)).toBe(true);
				expect(sizeOf(seen)).toBeLessThanOrEqual(MAX_SEEN_CALLBACKS);
			}),
			{ numRuns: RUNS },
		);
	});
});
