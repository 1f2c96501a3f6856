// The faults that a test can add, and how often each occurred. Rule: a fault that could never occur (unknown kind, or a kind without a meaning
// for that endpoint) is refused when it is added; otherwise a test would pass because nothing went wrong.
// docs/dev/sandbox.md says what each kind does and which options it reads.
import { amount } from './settings';
import { isRecord } from './values';
import type { Fault, FaultOptions } from './types';

const ORDERS = ['create', 'batch', 'updateAudio'];
const API = [...ORDERS, 'results', 'effects', 'delete', 'models', 'credits', 'token', 'list'];
const FILES = ['file', 'image'];
const ANY = [...API, ...FILES];
const CALLBACK = ['callback'];

/** Where each kind has a meaning. */
const KINDS: Readonly<Record<string, readonly string[]>> = Object.freeze({
	resetBefore: ANY,
	resetAfter: ANY,
	hang: ANY,
	status: ANY,
	rateLimit: ANY,
	delay: ANY,
	cutJson: API,
	code: API,
	hold: API,
	wrongStatus: API,
	lateAnswer: API,
	slowBody: [...API, ...CALLBACK],
	answer: API,
	oddId: ORDERS,
	price: ORDERS,
	partialBatch: ['batch'],
	unknownStatus: ['results'],
	missingRow: ['results'],
	oddRow: ['results', 'list', 'effects', 'models'],
	link: ['results', 'list', 'effects'],
	emptyList: ['results', 'effects', 'models', 'list'],
	cutFile: FILES,
	stalledFile: FILES,
	slowFile: FILES,
	endlessFile: FILES,
	largeFile: FILES,
	wrongType: FILES,
	redirect: FILES,
	lost: CALLBACK,
	doubled: CALLBACK,
	repeated: CALLBACK,
	early: CALLBACK,
	late: CALLBACK,
	hungUp: CALLBACK,
	forged: CALLBACK,
});

export const FAULT_KINDS: readonly string[] = Object.keys(KINDS);

/** The endpoints that a fault's `on` means, among those where its kind has a meaning. */
function placesOf({ on, kind }: FaultOptions): readonly string[] {
	const possible = KINDS[kind] ?? [];
	if (on === '*') return possible;
	return possible.filter((place) => place === on || (on === 'order' && ORDERS.includes(place)));
}

function isFaultOptions(value: unknown): value is FaultOptions {
	return isRecord(value) && typeof value['on'] === 'string' && typeof value['kind'] === 'string';
}

/** How long a fault takes, in milliseconds. */
export const pauseOf = ({ seconds = 0, ms = 0 }: FaultOptions): number => seconds * 1000 + ms;

export class FaultBook {
	all: Fault[] = [];
	private held: (() => void)[] = [];

	constructor(private readonly now: () => number) {}

	/** @returns the fault, whose `hits` count @throws {TypeError} if it could never occur */
	add(wanted: unknown): Fault {
		if (!isFaultOptions(wanted)) throw new TypeError('A fault needs "on" and "kind"');
		const places = KINDS[wanted.kind];
		if (!places) throw new TypeError(`There is no fault "${wanted.kind}". Known: ${FAULT_KINDS.join(', ')}`);
		if (placesOf(wanted).length === 0) {
			throw new TypeError(`"${wanted.kind}" can not happen on "${wanted.on}", only on ${places.join(', ')}`);
		}
		const { times = wanted.forSeconds === undefined ? 1 : null, after = 0 } = wanted;
		const fault: Fault = {
			...wanted,
			times: amount('times', times),
			after: amount('after', after),
			seen: 0,
			hits: 0,
		};
		this.all.push(fault);
		return fault;
	}

	/** The first fault that applies now; counts its occurrence. */
	take(on: string, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
		for (const fault of this.all) {
			const isOver = fault.hits >= fault.times || this.now() >= (fault.endsAtMs ?? Infinity);
			if (isOver || !placesOf(fault).includes(on) || !fits(fault)) continue;
			fault.seen += 1;
			if (fault.seen <= fault.after) continue;
			fault.hits += 1;
			if (fault.forSeconds !== undefined) fault.endsAtMs ??= this.now() + fault.forSeconds * 1000;
			return fault;
		}
		return undefined;
	}

	/** @returns resolves when what is held is released */
	async hold(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.held.push(resolve);
		});
	}

	/** Releases what is held at this moment, in the order in which it came. */
	release(): void {
		for (const go of this.held.splice(0)) go();
	}

	clear(): void {
		this.all = [];
	}

	/** Removes all faults; held requests are never answered. */
	reset(): void {
		this.clear();
		this.held = [];
	}
}
