// Decides whether a run of orders ends early. It is asked right before each order is sent: one that had to wait for its place in the budget
// would otherwise be sent, and paid for, after the stop.

import { codeFact } from '../akool/codes';
import type { UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import type { Run } from './run';

/** Whether no further request can fare better: Akool does not let this credential in. */
function refusesCredential({ code }: UserMessage): boolean {
	return code !== undefined && codeFact(code).topic === 'credential';
}

/**
 * Stops a run that the user has stopped, whose credential Akool does not let in, or, without Continue On Fail, of which one order did not
 * work out.
 */
export class StopCondition {
	private credentialMessage: UserMessage | undefined;

	private hasFailed = false;

	/** An order is of unknown outcome, and not reconciled yet. */
	private hasUnknown = false;

	constructor(private readonly run: Run) {}

	/** Why no further order may be sent; undefined while one may. */
	reason(): UserMessage | undefined {
		if (this.credentialMessage !== undefined) return this.credentialMessage;
		if (this.run.signal?.aborted === true) return orderMessages.stopped();
		const isOver = !this.run.continueOnFail && (this.hasFailed || this.hasUnknown);
		return isOver ? orderMessages.earlierItem() : undefined;
	}

	/** Notes the message of an order before the next one is sent. */
	note(message: UserMessage): void {
		this.hasFailed = true;
		if (refusesCredential(message)) this.credentialMessage ??= message;
	}

	/** An order is of unknown outcome. */
	noteUnknown(): void {
		this.hasUnknown = true;
	}

	/** The orders of unknown outcome were reconciled, and their messages noted. */
	noteReconciled(): void {
		this.hasUnknown = false;
	}
}
