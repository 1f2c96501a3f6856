// The faults that a test can ask for, and how often each was met. Rule: a fault that could never be met (unknown kind, or a kind that means
// nothing for that endpoint) is refused when it is added, or a test would pass because nothing went wrong.
//
// { on, kind, times = 1 (Infinity, or null over JSON: forever), after = 0 (let the first n pass), …options of the kind }
// on: create | batch | results | effects | updateAudio | delete | models | credits | token | list | file | callback | * (wherever the kind fits)
//
// kind           options                        what the client sees
// resetBefore                                   socket destroyed, nothing accepted
// resetAfter                                    accepted and charged, then socket destroyed
// hang           accepted                       no answer ever
// status         status = 500, body, accepted   that HTTP status with an HTML page (or `body`: text, or an object as JSON)
// rateLimit      retryAfterSeconds, code        HTTP 429 with Retry-After; with code: 1005 instead, HTTP 200 and that business code
// cutJson        accepted = true                HTTP 200, JSON that stops in the middle
// code           code, msg, accepted, ids       HTTP 200 and that business code; with ids: only where one of them is asked about
// delay          ms                             the right answer, late
// hold                                          the right answer, once letGo() is called
// partialBatch   made                           only that many of the batch are made, the others in errorList
// unknownStatus  status = 7, ids                rows with a status that nobody documented
// missingRow     ids (else all)                 results without those rows
// emptyList                                     results, effects, models or list with nothing in them
// cutFile                                       full Content-Length, socket closed half way
// stalledFile                                   full Content-Length, half of the bytes, then silence on an open line
// wrongType                                     HTTP 200 and an HTML page where the file should be
// for on: callback, `status` narrows a fault to the callbacks of that status:
// lost                                          never sent
// doubled                                       sent twice at the same moment, byte by byte the same
// early          when = 'create' | 'processing', replaces
//                                               a status-3 callback before the create is answered, or with the status-2 one; the real one still
//                                               comes unless `replaces`
// late           ms                             sent that much later
// forged         any override of sendCallback   sent with a broken signature (or with the overrides); the real one is not sent
import { amount } from './settings';
import { isRecord } from './values';
import type { Fault, FaultOptions } from './types';

export type { FaultOptions } from './types';

const API = ['create', 'batch', 'results', 'effects', 'updateAudio', 'delete', 'models', 'credits', 'token', 'list'];
const ANY = [...API, 'file'];

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
	partialBatch: ['batch'],
	unknownStatus: ['results'],
	missingRow: ['results'],
	emptyList: ['results', 'effects', 'models', 'list'],
	cutFile: ['file'],
	stalledFile: ['file'],
	wrongType: ['file'],
	lost: ['callback'],
	doubled: ['callback'],
	early: ['callback'],
	late: ['callback'],
	forged: ['callback'],
});

function isFaultOptions(value: unknown): value is FaultOptions {
	return isRecord(value) && typeof value['on'] === 'string' && typeof value['kind'] === 'string';
}

export class FaultBook {
	all: Fault[] = [];
	private held: (() => void)[] = [];

	/** @returns the fault, whose `hits` count @throws {TypeError} if it could never be met */
	add(wanted: unknown): Fault {
		if (!isFaultOptions(wanted)) throw new TypeError('A fault needs "on" and "kind"');
		const places = KINDS[wanted.kind];
		if (!places) throw new TypeError(`There is no fault "${wanted.kind}". Known: ${Object.keys(KINDS).join(', ')}`);
		if (wanted.on !== '*' && !places.includes(wanted.on)) {
			throw new TypeError(`"${wanted.kind}" can not happen on "${wanted.on}", only on ${places.join(', ')}`);
		}
		const times = wanted.times === undefined ? 1 : amount('times', wanted.times);
		const fault: Fault = { ...wanted, times, after: amount('after', wanted.after ?? 0), seen: 0, hits: 0 };
		this.all.push(fault);
		return fault;
	}

	/** The first fault that strikes here and now, counted as met. */
	take(on: string, fits: (fault: Fault) => boolean = () => true): Fault | undefined {
		for (const fault of this.all) {
			const here = fault.on === on || (fault.on === '*' && KINDS[fault.kind]?.includes(on));
			if (!here || fault.hits >= fault.times || !fits(fault)) continue;
			fault.seen += 1;
			if (fault.seen <= fault.after) continue;
			fault.hits += 1;
			return fault;
		}
		return undefined;
	}

	/** @returns resolves when what is held is let go */
	hold(): Promise<void> {
		return new Promise((resolve) => {
			this.held.push(resolve);
		});
	}

	/** Lets go of what is held at this moment, in the order in which it came. */
	letGo() {
		for (const go of this.held.splice(0)) go();
	}

	clear() {
		this.all = [];
	}

	/** What is held then is never answered. */
	reset() {
		this.clear();
		this.held = [];
	}
}
