// Finds out what became of orders of unknown outcome, once, after the last order of the run is answered. Rules that must not regress:
//
// Proof: a video counts as an order's only if its callback address carries the order's key. A similar job (same image, same
// prompt, same minute) is named to the user as a candidate, and never taken.
// Evidence: an order is cleared, so that a retry may place it again, only where two balances at least 30 seconds apart both are what they were before the
// order, less the known deductions, and Akool's list answers without a candidate. What is said of it names these figures.
// Everything else stays unknown, and is never sent again.

import { sortBy } from 'lodash';

import { namedVideos, parseBalance } from '../akool/answers';
import { textOf } from '../akool/json';
import { isFailed, isFinal, type AkoolVideo } from '../akool/video';
import { clock } from '../clock';
import type { UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import { withoutSecrets } from '../messages/redact';
import { callAkool } from '../transport/call';
import { accountKey } from '../transport/credentials';
import { candidatesOf, CLOCK_DIFFERENCE_MS, readVideos } from './candidates';
import { noteVideos } from './executionData';
import { jobsSince, type ListedJob } from './jobList';
import { isIncomplete, type KeptOrder } from './ledgerSchema';
import type { Run } from './run';

const BETWEEN_CHECKS_MS = 30_000;
/** Credits may be fractions. */
const SAME_CREDITS = 0.001;

/** Spendable credits, read with a single try; undefined where Akool does not answer. Never throws. Vendor page: "Get Credit Info". */
export async function readAvailable(run: Run): Promise<number | undefined> {
	const outcome = await callAkool(run.context, 'credits');
	return outcome.kind === 'success' ? parseBalance(outcome.data)?.available : undefined;
}

/** A job that adds audio to another video shows the callback address of that video's order, but does not belong to it. */
function isCreated({ raw }: AkoolVideo): boolean {
	return raw.only_add_audio !== true && textOf(raw, 'pre_video_id') === undefined;
}

/** Akool's own reasons for videos that it did not create. */
function reasonsOf({ shortfalls, unmentioned }: KeptOrder): readonly string[] {
	return unmentioned > 0 ? shortfalls.slice(0, -1) : shortfalls;
}

/** Takes the videos that are proven to belong to an order. @param isLastCheck whether to take them even if some of the order are missing */
async function takeProven(
	run: Run,
	orders: readonly KeptOrder[],
	jobs: readonly ListedJob[],
	isLastCheck: boolean,
): Promise<void> {
	const keys = new Set(orders.map(({ key }) => key));
	const own = jobs.filter(({ orderKey, isAudioJob }) => orderKey !== undefined && keys.has(orderKey) && !isAudioJob);
	const claimed = sortBy(own, ({ createTimeMs }) => createTimeMs ?? 0);
	const videos = await readVideos(
		run,
		claimed.map(({ id }) => id),
	);
	for (const order of orders) {
		const proven = claimed
			.filter(({ orderKey }) => orderKey === order.key)
			.flatMap(({ id }) => videos.get(id) ?? [])
			.filter(isCreated);
		const known = new Set(order.videos.map(({ id }) => id));
		const found = proven.filter(({ id }) => !known.has(id));
		const reasons = reasonsOf(order);
		const isWhole = known.size + found.length + reasons.length >= order.asked;
		if (found.length === 0 || (!isWhole && !isLastCheck)) continue;
		run.ledger.created(order, found, reasons);
		noteVideos(run, found);
	}
}

const isOpen = ({ state }: KeptOrder): boolean => state !== 'created';

/** The expected balance if the order was not charged; undefined where that cannot be known. */
function uncharged(run: Run, { before }: KeptOrder): number | undefined {
	if (before === undefined || before.account !== accountKey(run.account)) return undefined;
	// A refund for a failed video would hide a charge.
	const mayBeRefunded = run.ledger.orders().some(({ videos }) => videos.some(({ status }) => isFailed({ status })));
	if (mayBeRefunded || !run.ledger.sums.isPriced()) return undefined;
	return before.credits - (run.ledger.sums.spent - before.booked);
}

function isUncharged(run: Run, order: KeptOrder, available: number | undefined): boolean {
	const expected = uncharged(run, order);
	return expected !== undefined && available !== undefined && Math.abs(expected - available) < SAME_CREDITS;
}

/** The evidence about orders that are still open. */
interface Evidence {
	/** Undefined where Akool does not show its list. */
	jobs: ListedJob[] | undefined;
	/** The balance at the first check and, where there was one, at the second. */
	balances: Array<number | undefined>;
}

/** Reads the unfinished videos of this ledger, since a failed one may have been refunded. Returns whether Akool answered for all. */
async function learnOwn(run: Run): Promise<boolean> {
	const kept = run.ledger.orders().flatMap(({ videos }) => videos);
	const open = kept.filter(({ status }) => !isFinal({ status })).map(({ id }) => id);
	const videos = await readVideos(run, open);
	run.ledger.learn([...videos.values()]);
	return open.every((id) => videos.has(id));
}

/** Takes proven videos, and gathers the evidence about the other orders. */
async function gather(run: Run, orders: readonly KeptOrder[]): Promise<Evidence> {
	const sinceMs = Math.min(...orders.map(({ sentAtMs }) => sentAtMs)) - CLOCK_DIFFERENCE_MS;
	const jobs = await jobsSince(run, sinceMs);
	await takeProven(run, orders, jobs ?? [], false);
	const open = orders.filter((order) => isOpen(order) || isIncomplete(order));
	if (open.length === 0) return { jobs, balances: [] };
	const mustJudge = open.some(isOpen);
	const isKnown = mustJudge && (await learnOwn(run));
	const first = mustJudge ? await readAvailable(run) : undefined;
	// A second check can bring a proof where the order carries its key, and clear orders where nothing seems to be charged.
	const isWorthWaiting =
		open.some(({ carriesKey }) => carriesKey) || open.every((order) => isUncharged(run, order, first));
	if (jobs === undefined || !isWorthWaiting || !(await clock.sleep(BETWEEN_CHECKS_MS, run.signal)))
		return { jobs, balances: [first] };
	const later = await jobsSince(run, sinceMs);
	await takeProven(run, open, later ?? jobs, true);
	const mayClear = open.some(isOpen) && isKnown && (await learnOwn(run));
	return { jobs: later, balances: [first, mayClear ? await readAvailable(run) : undefined] };
}

function clear(run: Run, order: KeptOrder, balances: Evidence['balances']): UserMessage | undefined {
	const { before } = order;
	const [first, second] = balances;
	if (before === undefined || second === undefined) return undefined;
	if (!isUncharged(run, order, first) || !isUncharged(run, order, second)) return undefined;
	const known = run.ledger.sums.spent - before.booked;
	const message = orderMessages.cleared(order, before.credits, known, second, BETWEEN_CHECKS_MS / 1000);
	run.ledger.note(order, { state: 'cleared', reason: message.description });
	return message;
}

async function messageFor(run: Run, order: KeptOrder, { jobs, balances }: Evidence): Promise<UserMessage> {
	const candidates = jobs === undefined ? undefined : await candidatesOf(run, order, jobs);
	const named = namedVideos(order.answer, order.comparedFields);
	const cleared = candidates?.isNone === true && named.length === 0 ? clear(run, order, balances) : undefined;
	if (cleared !== undefined) return cleared;
	const last = balances.filter((balance) => balance !== undefined).at(-1);
	const expected = uncharged(run, order);
	const balance = last === undefined || expected === undefined ? undefined : { expected, found: last };
	return orderMessages.unknownOutcome(order, balance, candidates?.alike, named);
}

/**
 * Searches for orders of unknown outcome, and for videos that the answer to an order does not mention. Adds proven videos to the ledger, and returns the
 * message for each order that is not found. Takes up to 30 seconds longer than its requests. Never throws.
 */
export async function reconcile(run: Run, orders: readonly KeptOrder[]): Promise<Map<KeptOrder, UserMessage>> {
	const messages = new Map<KeptOrder, UserMessage>();
	if (orders.length === 0) return messages;
	const isStopped = run.signal?.aborted === true;
	const evidence: Evidence = isStopped ? { jobs: undefined, balances: [] } : await gather(run, orders);
	for (const order of orders.filter(isOpen)) {
		const message = await messageFor(run, order, evidence);
		messages.set(order, message);
		// The log outlives an execution that was stopped, and its output with it.
		const words = `${message.title} (item ${order.item}). ${message.description}`;
		run.context.logger.warn(`${run.node.name}: ${withoutSecrets(words, run.account)}`);
	}
	return messages;
}
