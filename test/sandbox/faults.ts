// The faults that a test can ask for, and how often each was met. Rule: a fault that could never be met (unknown kind, or a kind that means
// nothing for that endpoint) is refused when it is added, or a test would pass because nothing went wrong.
//
// { on, kind, times = 1 (Infinity, or null over JSON: forever), after = 0 (let the first n pass), forSeconds, …options of the kind }
// on: create | batch | results | effects | updateAudio | delete | models | credits | token | list | file | image | callback
//     | order (create, batch and updateAudio) | * (wherever the kind fits)
// forSeconds: strikes for so long from its first time on, however often. All times go by the sandbox's clock.
//
// of an answer   options                        what the client sees
// resetBefore    hard                           request read, then the connection closed (hard: reset); nothing accepted
// resetAfter     hard                           the same, accepted and charged
// hang           accepted                       no answer ever
// status         status = 500, body, accepted, location
//                                               that HTTP status with an HTML page (or `body`: text, or an object as JSON)
// wrongStatus    status = 502, location         the right answer, accepted, at that HTTP status
// rateLimit      retryAfterSeconds, code        HTTP 429 with Retry-After; with code: 1005 instead, HTTP 200 and that business code
// cutJson        accepted = true                HTTP 200, JSON that stops in the middle
// code           code, msg, accepted, ids, status = 200
//                                               that business code at that HTTP status; with ids: only where one of them is asked about
// delay          seconds, ms                    the right answer late, and its work done late
// lateAnswer     seconds, ms                    the work done at once, the answer late
// slowBody       seconds, ms                    the headers at once, the body late
// hold                                          the right answer, once release() is called
// answer         answer                         the right answer with these fields instead: { data: null }, { code: '1000' }
// of an order, accepted and charged:
// oddId          shape                          its ID as number, uuid, short or long (it is known under it), or null, empty, nested, missing
// price          price                          `deduction_credit` is that; without the option it is missing
// partialBatch   made, code, msg, field = 'msg' only that many of the batch are made, the others in errorList, the reason in that field
//                                               (msg, message, error, detail; text = the item is the reason)
// of results, and of other lists where that has a meaning:
// unknownStatus  status = 7, value, ids         rows with a status that nobody documented (value: of any type)
// missingRow     ids (else all)                 results without those rows
// oddRow         shape, ids                     a row that is null, text, number, array or empty, or the right one without an ID (noId): before the
//                                               others, or in the place of those rows
// link           url, ids                       rows with that `video_url` (effects: and `logo`)
// emptyList                                     results, effects, models or list with nothing in them
// of a file or an image:
// cutFile                                       full Content-Length, socket closed half way
// stalledFile                                   full Content-Length, half of the bytes, then silence on an open line
// slowFile       ms = 100, bytes = 1            full Content-Length, so many bytes at a time with such pauses
// endlessFile    type                           the right bytes, then more without an end, without a Content-Length
// largeFile      bytes                          a Content-Length of that, and as many bytes
// wrongType      type                           HTTP 200 and an HTML page where the file should be; with type: the file itself under that type
// redirect       location = itself, status = 302
// of a callback; `status` narrows these to the callbacks of that status:
// lost                                          never sent
// doubled                                       sent twice at the same moment, byte by byte the same
// repeated       seconds, ms                    sent, and once more so much later, byte by byte the same
// early          when = 'create' | 'processing', replaces
//                                               a status-3 callback before the create is answered, or with the status-2 one; the real one still
//                                               comes unless `replaces`
// late           seconds, ms                    sent that much later
// slowBody       seconds, ms                    half of its body is held back for so long
// hungUp         seconds, ms                    its caller waits for the answer for so long only
// forged         any override of sendCallback   sent with a broken signature (or with the overrides); the real one is not sent
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

/** The endpoints that a fault's `on` stands for, as far as its kind means something there. */
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

	/** @returns the fault, whose `hits` count @throws {TypeError} if it could never be met */
	add(wanted: unknown): Fault {
		if (!isFaultOptions(wanted)) throw new TypeError('A fault needs "on" and "kind"');
		const places = KINDS[wanted.kind];
		if (!places) throw new TypeError(`There is no fault "${wanted.kind}". Known: ${Object.keys(KINDS).join(', ')}`);
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

	/** The first fault that strikes here and now, counted as met. */
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

	/** What is held then is never answered. */
	reset(): void {
		this.clear();
		this.held = [];
	}
}
