// What a process knows of a parked execution: when it may poll again, which call it holds and for how long, and which call has resumed the execution.

import { EventEmitter } from 'node:events';

import type { ParkedState } from '../../nodes/AkoolImageToVideo/waiting/parkedState';
import { Parking, parkingOf } from '../../nodes/AkoolImageToVideo/waiting/parkings';
import { TestClock } from '../support/testClock';

const clock = new TestClock({ nowMs: 1_800_000_000_000, isNetworkReal: false });
afterAll(() => clock.close());

const parking = (): Parking => new Parking(['one', 'two']);

describe('an unverified caller', () => {
	it.each([
		[0, 5_000],
		[1_000, 4_000],
		[4_999, 1],
		[5_000, 0],
		[60_000, 0],
	])('%d ms after a status request waits %d ms for the next one', (passedMs, waitMs) => {
		const parked = parking();
		expect(parked.untilNextPollMs()).toBe(0);
		parked.notePoll();
		clock.advance(passedMs);
		expect(parked.untilNextPollMs()).toBe(waitMs);
	});
});

describe('a held call', () => {
	it('is held for 20 seconds, and each further call extends it by 20 more', () => {
		const parked = parking();
		const beganMs = clock.now();
		const held = parked.hold('one');
		expect(held).toEqual({ beganMs, untilMs: beganMs + 20_000, called: new Set(['one']) });
		clock.advance(15_000);
		expect(parked.extendHeld('two')).toBe(true);
		expect(held).toEqual({ beganMs, untilMs: beganMs + 35_000, called: new Set(['one', 'two']) });
	});

	it('is extended to a minute at most; then the next call replaces it and waits for its videos too', () => {
		const parked = parking();
		parked.hold('one');
		clock.advance(40_000);
		expect(parked.extendHeld('two')).toBe(true);
		clock.advance(1);
		expect(parked.extendHeld('two')).toBe(false);
		expect(parked.hold('three')).toMatchObject({ beganMs: clock.now(), called: new Set(['one', 'two', 'three']) });
	});

	it('cannot be extended if none is held', () => expect(parking().extendHeld('one')).toBe(false));

	it.each([
		['is not known itself', undefined, 'one'],
		['was held before', 'one', undefined],
	])('waits for all videos if it %s to be about one of them', (_, first, next) => {
		for (const replaces of [true, false]) {
			const parked = parking();
			const held = parked.hold(first);
			if (next === undefined || !replaces) parked.extendHeld(next);
			expect(replaces && next !== undefined ? parked.hold(next).called : held.called).toBeUndefined();
			expect(parked.extendHeld('two')).toBe(true);
			expect(parked.held?.called).toBeUndefined();
			expect(parked.hold('two').called).toBeUndefined();
		}
	});
});

/** How n8n answers a call. */
class Answer extends EventEmitter {
	statusCode = 200;

	end(statusCode: number): void {
		this.statusCode = statusCode;
		this.emit('finish');
	}
}

describe('the claim of the call that resumes an execution', () => {
	it('refuses every other call until it is answered, however long that takes', () => {
		const parked = parking();
		expect(parked.isClaimed()).toBe(false);
		expect(parked.claim(new Answer())).toBe(true);
		clock.advance(86_400_000);
		expect([parked.isClaimed(), parked.claim(new Answer())]).toEqual([true, false]);
	});

	it.each([
		[200, true],
		[399, true],
		[400, false],
		[500, false],
	])('lasts after an answer with HTTP %d: %s', (statusCode, holds) => {
		const parked = parking();
		const answer = new Answer();
		parked.claim(answer);
		answer.end(statusCode);
		expect([parked.isClaimed(), parked.claim(new Answer())]).toEqual([holds, !holds]);
	});

	it.each([
		[200, true],
		[399, true],
		[400, false],
	])('lasts after an answer without an event, with HTTP %d: %s', (statusCode, holds) => {
		const parked = parking();
		const answer = new Answer();
		parked.claim(answer);
		answer.statusCode = statusCode;
		expect(parked.isClaimed()).toBe(holds);
	});

	it('is free after a release, and a late answer does not affect the next claim', () => {
		const parked = parking();
		const [first, second] = [new Answer(), new Answer()];
		parked.claim(first);
		parked.release();
		expect(parked.isClaimed()).toBe(false);
		expect(parked.claim(second)).toBe(true);
		first.end(500);
		expect(parked.isClaimed()).toBe(true);
		second.end(500);
		first.end(200);
		expect(parked.isClaimed()).toBe(false);
	});
});

describe('the records of many executions', () => {
	const delivery = { onVideoFailure: 'error', output: 'simplified' } as const;
	const state = (more: Partial<ParkedState> = {}): ParkedState => ({
		version: 2,
		runIndex: 0,
		parkedAtMs: 1,
		endMs: 2,
		items: [{ itemIndex: 0, awaited: { videoId: 'one', delivery } }],
		isAddressSecret: true,
		intervalSeconds: 5,
		concurrency: 1,
		hints: [],
		...more,
	});

	it('differ for each parking, with its awaited videos', () => {
		const known = parkingOf('1', state());
		expect(known.awaited).toEqual(['one']);
		expect(parkingOf('1', state())).toBe(known);
		expect(parkingOf('2', state())).not.toBe(known);
		expect(parkingOf('1', state({ parkedAtMs: 3 }))).not.toBe(known);
	});

	it('keep those that were called last and those that hold a call', () => {
		const holding = parkingOf('holding', state());
		holding.hold('one');
		const oldest = parkingOf('oldest', state());
		const calledAgain = parkingOf('called again', state());
		for (let number = 0; number < 1_997; number++) parkingOf(`other ${number}`, state());
		expect(parkingOf('called again', state())).toBe(calledAgain);
		parkingOf('one more', state());
		expect(parkingOf('holding', state())).toBe(holding);
		expect(parkingOf('called again', state())).toBe(calledAgain);
		expect(parkingOf('oldest', state())).not.toBe(oldest);
	});
});
