import fc from 'fast-check';
import omit from 'lodash/omit';

import {
	awaitedIds,
	forgetParked,
	keepParked,
	parkedRunOf,
	parkingKey,
	readParked,
	type ParkedState,
} from '../../nodes/AkoolImageToVideo/waiting/parkedState';
import type { Delivery } from '../../nodes/AkoolImageToVideo/items/delivery';
import { anything } from '../callbacks/fuzz';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';

const ID = 'a'.repeat(24);
const AS_USUAL: Delivery = { onVideoFailure: 'error', output: 'simplified' };
const CHOSEN: Delivery = { onVideoFailure: 'output', output: { fields: ['prompt'] }, fileName: 'bottle' };
const STATE: ParkedState = {
	version: 2,
	runIndex: 2,
	parkedAtMs: 1_800_000_000_000,
	endMs: 1_800_000_600_000,
	items: [
		{
			itemIndex: 0,
			awaited: { videoId: ID, orderKey: '2 0 create 0', delivery: { ...AS_USUAL, binaryField: 'data' } },
		},
		{ itemIndex: 1 },
		{ itemIndex: 0, awaited: { videoId: ID, delivery: CHOSEN } },
	],
	isAddressSecret: true,
	intervalSeconds: 5,
	concurrency: 4,
	hints: ['It took long.'],
};

/** One item that waits for a video. */
const awaiting = (delivery: object, more: object = {}) => ({
	items: [{ itemIndex: 0, awaited: { videoId: ID, delivery: { ...AS_USUAL, ...delivery }, ...more } }],
});

/** What lies in the node's context once n8n has stored and read the execution. */
const stored = (state: unknown): unknown => JSON.parse(JSON.stringify({ akoolParked: state }));

describe('the stored state of a parked execution', () => {
	it('is read as it was written', () => {
		expect(readParked(stored(STATE))).toEqual({ kind: 'parked', state: STATE });
	});

	it('names each awaited video once, and tells one parking from the next', () => {
		expect(awaitedIds(STATE)).toEqual([ID]);
		expect(parkingKey(STATE)).not.toBe(parkingKey({ ...STATE, parkedAtMs: STATE.parkedAtMs + 1 }));
		expect(parkingKey(STATE)).not.toBe(parkingKey({ ...STATE, runIndex: 3 }));
		expect(parkingKey(STATE)).not.toBe(parkingKey({ ...STATE, ...awaiting({}, { videoId: 'b'.repeat(24) }) }));
	});

	it.each([undefined, null, {}, { other: 1 }, { akoolParked: null }, 'text', []])(
		'is none if nothing was parked (case %#)',
		(context) => {
			expect(readParked(context)).toEqual({ kind: 'none' });
		},
	);

	it.each([
		['another version', { version: 1 }],
		['no version', { version: undefined }],
		['no run', { runIndex: 'first' }],
		['no time of parking', { parkedAtMs: null }],
		['no end', { endMs: null }],
		['no poll interval', { intervalSeconds: 'often' }],
		['no items', { items: [] }],
		['an item of a strange shape', { items: [...STATE.items, 'item'] }],
		['no list of items', { items: 7 }],
		['a way to end that nobody knows', awaiting({ onVideoFailure: 'ignore' })],
		['a form that nobody knows', awaiting({ output: 'table' })],
		['a video without its ID', awaiting({}, { videoId: '' })],
		['a video of no item', { items: [{ awaited: { videoId: ID, delivery: AS_USUAL } }] }],
		['no number of downloads', { concurrency: 'many' }],
	])('is unreadable as a whole with %s', (_, change) => {
		expect(readParked(stored({ ...STATE, ...change }))).toEqual({ kind: 'unreadable' });
	});

	it('reads only true as a secret address, and only text as a hint', () => {
		const kept = { ...STATE, isAddressSecret: 'true', hints: ['It took long.', 7, null] };
		expect(readParked(stored(kept))).toEqual({ kind: 'parked', state: { ...STATE, isAddressSecret: false } });
	});

	it('gives an outcome for any stored value', () => {
		fc.assert(
			fc.property(anything(), (value) => {
				expect(['none', 'unreadable']).toContain(readParked({ akoolParked: value }).kind);
				readParked(value);
			}),
		);
	});
});

describe('a run of a node that was parked', () => {
	const newRun = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k' }) });

	it('goes on with what it kept', () => {
		const run = newRun();
		keepParked(run, { ...omit(STATE, 'version'), runIndex: 0 });
		expect(parkedRunOf(run)).toEqual({ kind: 'parked', state: { ...STATE, runIndex: 0 } });
	});

	it('begins anew in the next round of a loop, and once that is forgotten', () => {
		const [run, first] = [newRun(), newRun()];
		const state = omit(STATE, 'version');
		keepParked(run, { ...state, runIndex: 1 });
		expect(parkedRunOf(run)).toEqual({ kind: 'none' });
		keepParked(first, { ...state, runIndex: 0 });
		forgetParked(first);
		expect(parkedRunOf(first)).toEqual({ kind: 'none' });
	});

	it('does not begin anew where what it kept cannot be read', () => {
		const run = newRun();
		Object.assign(run.getContext('node'), stored({ ...STATE, version: 1 }));
		expect(parkedRunOf(run)).toEqual({ kind: 'unreadable' });
	});
});
