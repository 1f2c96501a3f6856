// Places one order: within the budget, written into the ledger before it is sent, and settled by what Akool answers. Rules that must not regress: what Akool
// may have accepted is never sent again; and every ID that Akool names goes into the ledger, the log and the custom data at once.

import { parseOrder } from '../akool/answers';
import { ENDPOINTS } from '../akool/endpoints';
import { fieldOf, textOf, type JsonRecord } from '../akool/json';
import { clock } from '../clock';
import { withOwnFiles } from '../images/ownFile';
import { callMessage } from '../messages/calls';
import { connectionMessages } from '../messages/connection';
import type { UserMessage } from '../messages/userMessage';
import { logMessages } from '../messages/log';
import { withoutSecrets } from '../messages/redact';
import { videoMessages } from '../messages/videos';
import { callbackUrl } from '../n8n/resumeUrl';
import { type CallOutcome, mayBeAccepted } from '../transport/outcome';
import { Budget } from './budget';
import { noteVideos } from './executionData';
import { keptAnswer } from './keptVideo';
import { isIncomplete, type BalanceBefore, type KeptOrder } from './ledgerSchema';
import { createdResult, messageOnly, type OrderResult } from './orderResult';
import { RateLimit } from './rateLimit';
import type { Run } from './run';
import { sendOrder } from './sendOrder';
import { StopCondition } from './stopCondition';
import type { PendingOrder } from './findExisting';

/** An order that is to be placed, with what decides its price. */
export interface PricedOrder extends PendingOrder {
	priceKind: string;
}

/** The callback address for Akool. */
export interface OrderAddress {
	url: string;
	/** Whether a call there resumes this execution. */
	resumes: boolean;
}

export interface PlacingOptions {
	runKey: string;
	maxCredits: number | undefined;
	/** The account before the first of these orders; undefined where it could not be read. */
	before: BalanceBefore | undefined;
	/** Undefined where Akool cannot call n8n. */
	address: OrderAddress | undefined;
}

/** How the placing of an order ended. */
export type Ending =
	| { kind: 'settled'; result: OrderResult }
	| { kind: 'unknown'; order: KeptOrder }
	/** Akool's answer does not mention all of its videos, and its list may show the others by the key. */
	| { kind: 'incomplete'; order: KeptOrder }
	/** It was held back before it was sent. */
	| { kind: 'held'; because: UserMessage };

/** Places the orders of one run, which share the budget, the rate limit and the stop condition. */
export class OrderPlacement {
	readonly stop: StopCondition;

	private readonly budget: Budget;

	private readonly rateLimit = new RateLimit();

	constructor(
		private readonly run: Run,
		private readonly options: PlacingOptions,
	) {
		this.stop = new StopCondition(run);
		this.budget = new Budget(run.ledger, options.maxCredits);
	}

	async place(pending: PricedOrder): Promise<Ending> {
		const { request, priceKind } = pending;
		const early = this.stop.reason();
		if (early !== undefined) return { kind: 'held', because: early };
		const admission = await this.budget.admit({ priceKind, videoCount: request.videoCount }, () => this.write(pending));
		if (admission.kind === 'refused') {
			return { kind: 'settled', result: messageOnly(request.itemIndex, admission.message, undefined, false) };
		}
		try {
			return await this.send(pending, admission.order);
		} finally {
			this.budget.release();
		}
	}

	private write({ request, slot, contentHash, priceKind, replaces }: PricedOrder): KeptOrder {
		const { runKey: run, before, address } = this.options;
		const carriesKey =
			this.addressFor(request.endpoint, '') !== undefined && textOf(request.body, 'webhookurl') === undefined;
		const isCalledBack = carriesKey && address?.resumes === true;
		const facts = { run, slot, contentHash, priceKind, replaces, carriesKey, isCalledBack, before, atMs: clock.now() };
		return this.run.ledger.place(request, facts);
	}

	/** Undefined for an audio update, which takes no callback address. */
	private addressFor(endpoint: PendingOrder['request']['endpoint'], orderKey: string): string | undefined {
		const { address } = this.options;
		return endpoint === 'updateAudio' || address === undefined ? undefined : callbackUrl(address.url, orderKey);
	}

	private async send({ request }: PricedOrder, order: KeptOrder): Promise<Ending> {
		const { ledger } = this.run;
		const address = order.carriesKey ? this.addressFor(request.endpoint, order.key) : undefined;
		const outcome = await sendOrder(this.run, request.endpoint, {
			rateLimit: this.rateLimit,
			isWanted: () => this.stop.reason() === undefined,
			body: () => ({
				...withOwnFiles(request.body, request.ownFiles, (file) => file.freshUrl()),
				...(address !== undefined && { webhookurl: address }),
			}),
			onSend: () => ledger.note(order, { state: 'sent', sentAtMs: clock.now() }),
		});
		const because = this.stop.reason();
		if (outcome.kind === 'canceled' && because !== undefined) {
			ledger.note(order, { state: 'refused', reason: because.title });
			return { kind: 'held', because };
		}
		return outcome.kind === 'success' ? this.accepted(order, outcome.data) : this.failed(order, outcome, request.body);
	}

	private accepted(order: KeptOrder, data: unknown): Ending {
		const { created, notCreated, isAsDocumented } = parseOrder(data);
		if (!isAsDocumented) this.logAnswer(order, connectionMessages.oddAnswer(), data);
		if (created.length > 0) {
			this.run.ledger.created(order, created, notCreated);
			noteVideos(this.run, created);
			if (isIncomplete(order)) return { kind: 'incomplete', order };
			return { kind: 'settled', result: createdResult(order.item, order) };
		}
		// With an empty list of created videos, one reason counts for all.
		const saysNone = notCreated.length > 0 && Array.isArray(fieldOf(data, 'successList'));
		if (!saysNone && notCreated.length < order.asked)
			return this.unknown(order, connectionMessages.namedNoVideo(), data);
		const message = videoMessages.notCreated(notCreated.join('; '), 0, order.asked);
		return this.refused(order, message, data);
	}

	private failed(order: KeptOrder, outcome: Exclude<CallOutcome, { kind: 'success' }>, body: JsonRecord): Ending {
		const answer = 'answer' in outcome ? outcome.answer : undefined;
		if (!mayBeAccepted(outcome)) {
			const named = { effect: textOf(body, 'effect_code'), videoId: textOf(body, 'pre_video_id') };
			return this.refused(order, callMessage(outcome, ENDPOINTS[order.endpoint], named), answer);
		}
		if (outcome.kind === 'httpError')
			return this.unknown(order, connectionMessages.otherStatus(outcome.httpStatus), answer);
		if (outcome.kind !== 'apiError')
			return this.unknown(order, 'reason' in outcome ? outcome.reason : outcome.kind, answer);
		const { code, msg } = outcome;
		return this.unknown(order, connectionMessages.otherCode(code, msg), answer, code);
	}

	private refused(order: KeptOrder, message: UserMessage, answer: unknown): Ending {
		this.run.ledger.note(order, { state: 'refused', reason: message.title, answer: keptAnswer(answer ?? '') });
		this.stop.note(message);
		return { kind: 'settled', result: messageOnly(order.item, message, order.key) };
	}

	private unknown(order: KeptOrder, reason: string, answer: unknown, code?: number): Ending {
		this.run.ledger.note(order, { state: 'unknown', reason, code, answer: keptAnswer(answer ?? '') });
		if (answer !== undefined) this.logAnswer(order, reason, answer);
		this.stop.noteUnknown();
		return { kind: 'unknown', order };
	}

	private logAnswer({ item }: KeptOrder, what: string, answer: unknown): void {
		const words = logMessages.orderAnswer(item, what, keptAnswer(answer));
		this.run.context.logger.warn(`${this.run.node.name}: ${withoutSecrets(words, this.run.account)}`);
	}
}
