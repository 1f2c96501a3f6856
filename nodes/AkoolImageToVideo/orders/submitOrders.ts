// Makes the videos of a run. A request is written into the ledger before it leaves, sent again only where Akool cannot have accepted it,
// and taken up instead of sent where this execution has paid for it before.

import { clock } from '../clock';
import { parseBatch } from '../akool/answers';
import { ENDPOINTS } from '../akool/endpoints';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { callWithRetry } from '../transport/client';
import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/define';
import { videoMessages } from '../messages/videos';
import type { CallOutcome } from '../transport/outcome';
import { Brake } from './stopCondition';
import { CreditGate, type BudgetLimits } from './budget';
import { noteVideos } from './executionData';
import { videosOf, type BalanceBefore, type LedgerEntry } from './ledgerEntry';
import { inPool } from '../transport/pool';
import { withOwnFiles } from '../images/ownFile';
import type { Run } from './run';
import { itemsOf, type SpendingEndpoint, type SpendRequest } from './orderRequest';
import { identifyUnclear } from './reconcile';

/** What came of a request: the videos that exist, and what has to be told about it. */
export interface SpendResult {
	itemIndex: number;
	made: AkoolVideo[];
	/** What was not made without anything having gone wrong: the rest of a batch, or what the budget no longer allows. */
	shortfalls: UserMessage[];
	/** Why nothing was made. */
	messages: UserMessage[];
}

interface Answer {
	made: AkoolVideo[];
	notMade: string[];
}

function readAnswer(endpoint: SpendingEndpoint, data: unknown): Answer {
	if (endpoint === 'createBatch') return parseBatch(data);
	const video = parseVideo(data);
	return { made: video === undefined ? [] : [video], notMade: [] };
}

/** What came of a request that Akool accepted. @param made as Akool has just described them; left out where only the ledger knows them */
export function resultOf(entry: LedgerEntry, made: AkoolVideo[] = videosOf(entry)): SpendResult {
	const shortfalls = entry.notMade.map((reason) => videoMessages.notCreated(reason, made.length, entry.asked));
	return { itemIndex: entry.itemIndex, made, shortfalls, messages: [] };
}

function nothingMade({ itemIndex }: SpendRequest, messages: UserMessage[]): SpendResult {
	return { itemIndex, made: [], shortfalls: [], messages };
}

/** Puts paid videos on record: in the ledger, in n8n's log and with the execution. */
function record(run: Run, entry: LedgerEntry, made: readonly AkoolVideo[], notMade: readonly string[]): void {
	run.ledger.made(entry, made, notMade);
	noteVideos(run, made);
}

async function settle(run: Run, request: SpendRequest, entry: LedgerEntry, outcome: CallOutcome): Promise<SpendResult> {
	const endpoint = ENDPOINTS[request.endpoint];
	if (outcome.kind === 'success') {
		const { made, notMade } = readAnswer(request.endpoint, outcome.data);
		if (made.length > 0) {
			const untold =
				made.length + notMade.length < request.videoCount ? ['its answer says nothing about the others'] : [];
			record(run, entry, made, [...notMade, ...untold]);
			return resultOf(entry, made);
		}
		if (notMade.length > 0) {
			run.ledger.strike(entry);
			return nothingMade(
				request,
				notMade.map((reason) => videoMessages.notCreated(reason, 0, request.videoCount)),
			);
		}
		run.ledger.unclear(entry, 'the answer named no video');
	} else if (outcome.kind === 'unknown') {
		run.ledger.unclear(entry, outcome.reason);
	} else {
		run.ledger.strike(entry);
		return nothingMade(request, [callMessage(outcome, endpoint)]);
	}
	return await resolveUnclear(run, request, entry);
}

/** An unclear request is looked for, never repeated. */
async function resolveUnclear(run: Run, request: SpendRequest, entry: LedgerEntry): Promise<SpendResult> {
	const finding = await identifyUnclear(run, request, entry);
	if (finding.kind === 'found') {
		record(run, entry, finding.videos, []);
		return resultOf(entry);
	}
	// The log outlives an execution that was stopped, and its output with it.
	run.context.logger.warn(
		`${run.node.name}: ${finding.message.title} of item ${request.itemIndex}. ${finding.message.description}`,
	);
	return nothingMade(request, [finding.message]);
}

/** The links to files of the workflow end by themselves, and the order may have waited long for its turn. */
function withFreshLinks(request: SpendRequest): SpendRequest {
	return { ...request, body: withOwnFiles(request.body, request.ownFiles, (file) => file.freshUrl()) };
}

interface Guards {
	gate: CreditGate;
	brake: Brake;
}

/** What is the same for all orders of a run. */
export interface Circumstances {
	before: BalanceBefore;
	/** The execution that Akool is to call about the videos; empty where it is to call none. */
	calls: string;
}

async function spendOne(
	run: Run,
	request: SpendRequest,
	{ gate, brake }: Guards,
	{ before, calls }: Circumstances,
): Promise<SpendResult> {
	const known = run.ledger.claim(request);
	if (known !== undefined) {
		const result = known.state === 'made' ? resultOf(known) : await resolveUnclear(run, request, known);
		brake.note(result.messages);
		return result;
	}

	const early = brake.reason();
	if (early !== undefined) return nothingMade(request, [early]);
	const admission = await gate.admit(request.videoCount);
	if (admission.kind === 'refused') return { ...nothingMade(request, []), shortfalls: [admission.message] };
	try {
		const stopped = brake.reason();
		if (stopped !== undefined) return nothingMade(request, [stopped]);
		const order = withFreshLinks(request);
		const entry = run.ledger.open(order, clock.now(), before, calls);
		const mayGoOn = (): boolean => brake.reason() === undefined;
		const outcome = await callWithRetry(run.context, order.endpoint, { body: order.body }, { mayGoOn });
		const result = await settle(run, order, entry, outcome);
		brake.note(result.messages);
		return result;
	} finally {
		admission.reservation.release();
	}
}

/**
 * Sends the requests of a run, at most `concurrency` at a time, within the budget. Without Continue On Fail, nothing further is started
 * after the first one that did not work out; what is in flight is waited for, since it is paid for. A credential that Akool does not let in
 * ends the run for all. Gives what came of each item's requests. Never throws.
 */
export async function makeVideos(
	run: Run,
	requests: readonly SpendRequest[],
	options: { concurrency: number; limits: BudgetLimits; circumstances: Circumstances },
): Promise<SpendResult[]> {
	const guards: Guards = { gate: new CreditGate(run.ledger, options.limits.maxCredits), brake: new Brake(run) };
	const results = await inPool(requests, options.concurrency, async (request) => {
		const result = await spendOne(run, request, guards, options.circumstances);
		return itemsOf(request).map((itemIndex) => ({ ...result, itemIndex }));
	});
	return results.flat();
}
