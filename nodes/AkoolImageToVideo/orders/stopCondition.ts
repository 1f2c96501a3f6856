// Decides whether a run stops ordering. Checked right before each order is sent: an order that waited for the budget
// would otherwise be sent, and charged, after the stop.

import { codeFact } from '../akool/codes';
import type { UserMessage } from '../messages/userMessage';
import { orderMessages } from '../messages/orders';
import type { Run } from './run';

/** Whether Akool refuses the credential, so that every further request would be refused too. */
function refusesCredential({ code }: UserMessage): boolean {
	return code !== undefined && codeFact(code).topic === 'credential';
}

/**
 * Stops ordering if the user stopped the execution, if Akool refuses the credential, or, without Continue On Fail, after the first order that
 * failed.
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
