import fc from 'fast-check';

import {
	awaitedIds,
	parkingKey,
	readParked,
	type ParkedState,
} from '../../nodes/AkoolImageToVideo/waiting/parkedState';
import { anything } from '../callbacks/fuzz';

const STATE: ParkedState = {
	version: 1,
	runIndex: 2,
	parkedAtMs: 1_800_000_000_000,
	endMs: 1_800_000_600_000,
	items: [
		{ itemIndex: 0, videoId: 'a'.repeat(24), orderKey: '2 0 create 0' },
		{ itemIndex: 1 },
		{ itemIndex: 0, videoId: 'a'.repeat(24) },
	],
	isAddressSecret: true,
	intervalSeconds: 5,
	handling: { onVideoFailure: 'error', binaryField: 'data', concurrency: 4, output: 'simplified' },
	hints: ['It took long.'],
};

/** What lies in the node's context once n8n has stored and read the execution. */
const stored = (state: unknown): unknown => JSON.parse(JSON.stringify({ akoolParked: state }));

describe('what a parked execution keeps', () => {
	it('is read as it was written', () => {
		expect(readParked(stored(STATE))).toEqual({ kind: 'parked', state: STATE });
		const withoutFile = { ...STATE, handling: { ...STATE.handling, binaryField: undefined } };
		expect(readParked(stored(withoutFile))).toEqual({ kind: 'parked', state: withoutFile });
	});

	it('names each video that is waited for once, and tells one parking from the next', () => {
		expect(awaitedIds(STATE)).toEqual(['a'.repeat(24)]);
		expect(parkingKey(STATE)).not.toBe(parkingKey({ ...STATE, parkedAtMs: STATE.parkedAtMs + 1 }));
		expect(parkingKey(STATE)).not.toBe(parkingKey({ ...STATE, runIndex: 3 }));
	});

	it.each([undefined, null, {}, { other: 1 }, 'text', []])('is none where nothing was parked (case %#)', (context) => {
		expect(readParked(context)).toEqual({ kind: 'none' });
	});

	it.each([
		['another version', { version: 2 }],
		['no version', { version: undefined }],
		['no run', { runIndex: 'first' }],
		['no end', { endMs: null }],
		['no items', { items: [] }],
		['an item of a strange shape', { items: [...STATE.items, 'item'] }],
		['no list of items', { items: 7 }],
		['a way to end that nobody knows', { handling: { ...STATE.handling, onVideoFailure: 'ignore' } }],
		['a form that nobody knows', { handling: { ...STATE.handling, output: 'table' } }],
	])('is unreadable as a whole with %s', (_, change) => {
		expect(readParked(stored({ ...STATE, ...change }))).toEqual({ kind: 'unreadable' });
	});

	it('has an outcome for whatever lies there', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				expect(['none', 'unreadable']).toContain(readParked({ akoolParked: value }).kind);
				readParked(value);
			}),
		);
	});
});
