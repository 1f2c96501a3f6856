// The whole way of an operation that spends: guard the budget, decide how to wait, make the videos, bring them home. Everything that can be
// refused is refused before the first credit is spent.

import partition from 'lodash/partition';
import type { INodeExecutionData } from 'n8n-workflow';

import { ENDPOINTS } from '../akool/endpoints';
import { textOf } from '../akool/json';
import { callWithRetry } from '../transport/client';
import { callMessage } from '../messages/calls';
import { nothingCharged, type UserMessage } from '../messages/define';
import { NO_BALANCE } from '../transport/outcome';
import { parseCredits } from '../akool/answers';
import type { BudgetLimits } from '../orders/budget';
import { orderMessages } from '../messages/orders';
import { deliver } from '../items/toItems';
import { finishVideos, type OwnedVideo } from '../waiting/finishVideos';
import type { ItemError, ItemResult } from '../items/itemResult';
import type { BalanceBefore } from '../orders/ledgerEntry';
import type { OutputForm } from '../items/videoJson';
import type { Run } from '../orders/run';
import { makeVideos, type SpendResult } from '../orders/submitOrders';
import { itemsOf, type SpendRequest } from '../orders/orderRequest';
import { takeUp } from '../orders/takeUp';
import { inTurn } from '../orders/turns';
import { readBalance } from '../orders/reconcile';
import { passImages } from './passImages';
import { planWait, type WaitPlan, type WaitWish } from '../waiting/waitPlan';

export interface ProduceOptions {
	limits: BudgetLimits;
	wait: WaitWish | undefined;
	binaryField: string | undefined;
	concurrency: number;
	output: OutputForm;
}

type Checked<T> = { kind: 'fine'; value: T } | { kind: 'refused'; message: UserMessage };

function checkMaxVideos(run: Run, orders: readonly SpendRequest[], limit: number | undefined): UserMessage | undefined {
	if (limit === undefined) return undefined;
	const existing = run.ledger.count();
	const planned = orders.reduce((sum, { videoCount }) => sum + videoCount, 0);
	return existing + planned > limit ? orderMessages.maxVideosExceeded(limit, existing, planned) : undefined;
}

/** The balance before anything is spent. It is needed for Minimum Balance; otherwise it only helps to explain an unclear create later. */
async function checkBalance(run: Run, limit: number | undefined): Promise<Checked<number | undefined>> {
	if (limit === undefined) return { kind: 'fine', value: await readBalance(run) };
	const outcome = await callWithRetry(run.context, 'credits');
	if (outcome.kind !== 'success') return { kind: 'refused', message: callMessage(outcome, ENDPOINTS.credits) };
	const balance = parseCredits(outcome.data);
	if (balance === undefined) return { kind: 'refused', message: callMessage(NO_BALANCE, ENDPOINTS.credits) };
	return balance < limit
		? { kind: 'refused', message: orderMessages.balanceTooLow(limit, balance) }
		: { kind: 'fine', value: balance };
}

/** How the run is to wait. Where it cannot wait as it was told, nothing is ordered, and what was ordered before is waited for by asking. */
interface Planned {
	plan: WaitPlan | undefined;
	message?: UserMessage;
}

function planFor(run: Run, requests: readonly SpendRequest[], wait: WaitWish | undefined): Planned {
	if (wait === undefined) return { plan: undefined };
	const webhookUrl = requests.map(({ body }) => textOf(body, 'webhookurl')).find((url) => url !== undefined);
	const createsVideos = requests.every(({ endpoint }) => endpoint !== 'updateAudio');
	const outcome = planWait(run, wait, webhookUrl, createsVideos);
	return outcome.kind === 'plan' ? { plan: outcome.plan } : { plan: outcome.instead, message: outcome.message };
}

function withCallback(request: SpendRequest, callbackUrl: string | undefined): SpendRequest {
	return callbackUrl === undefined ? request : { ...request, body: { ...request.body, webhookurl: callbackUrl } };
}

/** The same message for every item that would have been made. */
function refuseAll(requests: readonly SpendRequest[], message: UserMessage): ItemResult[] {
	return requests.flatMap((request) =>
		itemsOf(request).map((itemIndex): ItemResult => ({ kind: 'error', itemIndex, message: nothingCharged(message) })),
	);
}

interface Ordered {
	results: SpendResult[];
	/** What was not ordered, for a limit forbids it. */
	refused: ItemResult[];
}

/** Takes up what this execution has paid for before, and then orders what the limits allow. Without Continue On Fail, the former has to work out first. */
async function order(
	run: Run,
	requests: readonly SpendRequest[],
	{ plan, message }: Planned,
	{ limits, concurrency }: ProduceOptions,
): Promise<Ordered> {
	// What was paid for goes its way, whatever the limits say of what is still to be ordered.
	const [known, orders] = partition(
		requests.flatMap((request) => run.ledger.apart(request)),
		(request) => run.ledger.claim(request) !== undefined,
	);
	const calls = plan?.callbackUrl === undefined ? '' : run.context.getExecutionId();
	const make = async (some: readonly SpendRequest[], credits: number | undefined): Promise<SpendResult[]> => {
		const before: BalanceBefore = { credits, booked: run.ledger.booked() };
		return await makeVideos(run, some, { concurrency, limits, circumstances: { before, calls } });
	};
	const taken = await make(known, undefined);
	if (!run.continueOnFail && taken.some(({ messages }) => messages.length > 0)) return { results: taken, refused: [] };
	const forAll = message ?? checkMaxVideos(run, orders, limits.maxVideos);
	if (forAll !== undefined) return { results: taken, refused: refuseAll(orders, forAll) };
	const { passed, refused } = await passImages(run, orders);
	if (passed.length === 0 || (refused.length > 0 && !run.continueOnFail)) return { results: taken, refused };
	const checked = await checkBalance(run, limits.minBalance);
	if (checked.kind === 'refused')
		return { results: taken, refused: [...refused, ...refuseAll(passed, checked.message)] };
	const made = await make(
		passed.map((request) => withCallback(request, plan?.callbackUrl)),
		checked.value,
	);
	return { results: [...taken, ...made], refused };
}

interface Told {
	owned: OwnedVideo[];
	/** What did not work out, and ends the run unless the user chose otherwise. */
	messages: ItemResult[];
	/** What leaves beside the videos in any case. */
	shortfalls: ItemResult[];
}

function tell(results: readonly SpendResult[]): Told {
	return {
		owned: results.flatMap(({ itemIndex, made }) => made.map((video) => ({ itemIndex, video }))),
		messages: results.flatMap(({ itemIndex, messages }) =>
			messages.map((message): ItemResult => ({ kind: 'error', itemIndex, message })),
		),
		shortfalls: results.flatMap(({ itemIndex, shortfalls }) =>
			shortfalls.map((message): ItemResult => ({ kind: 'error', itemIndex, message, endsRun: false })),
		),
	};
}

async function produce(
	run: Run,
	requests: readonly SpendRequest[],
	unreadable: readonly ItemError[],
	options: ProduceOptions,
): Promise<INodeExecutionData[]> {
	const { results: earlier, messages } = takeUp(run, unreadable);
	const unread = [...messages, ...tell(earlier).messages];
	if (unread.length > 0 && !run.continueOnFail) return deliver(run, unread);

	const planned = planFor(run, requests, options.wait);
	const ordered = await inTurn(run.ledger.book, async () => await order(run, requests, planned, options));
	const told = tell([...earlier, ...ordered.results]);
	const spendFaults = [...ordered.refused, ...told.messages];
	const others = [...messages, ...spendFaults, ...told.shortfalls];
	if (spendFaults.length > 0 && !run.continueOnFail) return deliver(run, others);
	return await finishVideos(run, told.owned, others, {
		plan: planned.plan,
		onVideoFailure: options.wait?.onVideoFailure ?? 'output',
		binaryField: options.binaryField,
		concurrency: options.concurrency,
		output: options.output,
		justCreated: true,
	});
}

/**
 * Makes the videos of a run and gives its items.
 *
 * @param unreadable items whose parameters could not be used; without Continue On Fail they end the run before anything is spent
 * @throws NodeApiError | NodeOperationError as `deliver` does
 */
export async function produceVideos(
	run: Run,
	requests: readonly SpendRequest[],
	unreadable: readonly ItemError[],
	options: ProduceOptions,
): Promise<INodeExecutionData[]> {
	try {
		return await produce(run, requests, unreadable, options);
	} finally {
		run.ledger.letGo();
	}
}
