// One run of the node over all its items: what every operation needs to know about it, gathered once.

import type { IExecuteFunctions, INode, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { accountOf } from '../transport/credentials';
import { dependsOnItems } from '../transport/itemAccounts';
import { toNodeError } from '../messages/nodeErrors';
import type { UserMessage } from '../messages/userMessage';
import { runIndexOf } from '../n8n/runIndex';
import { isToolCall, toolCallKeyOf } from '../n8n/toolCall';
import type { Ledger } from './ledger';
import { ledgerOf } from './nodeOrders';

export interface Run {
	context: IExecuteFunctions;
	node: INode;
	account: AkoolAccount;
	items: INodeExecutionData[];
	ledger: Ledger;
	/** Identifies this run among those of the node in the execution, and stays the same on a retry; undefined where n8n does not say. */
	runKey: string | undefined;
	/** Continue On Fail or one of n8n's error outputs: an item's message goes out with the item. */
	continueOnFail: boolean;
	/** The hints so far: n8n forgets them where the execution is parked. */
	hints: string[];
	signal: AbortSignal | undefined;
	/** The credential's fields are expressions over items: then it cannot be read where a parked execution is called. */
	credentialDependsOnItems: boolean;
}

function runKeyOf(context: IExecuteFunctions): string | undefined {
	if (isToolCall(context)) {
		const callKey = toolCallKeyOf(context);
		return callKey === undefined ? undefined : `t${callKey}`;
	}
	const runIndex = runIndexOf(context);
	return runIndex === undefined ? undefined : `r${runIndex}`;
}

export async function beginRun(context: IExecuteFunctions): Promise<Run> {
	const account = await accountOf(context);
	const items = context.getInputData();
	return {
		context,
		node: context.getNode(),
		account,
		items,
		ledger: ledgerOf(context),
		runKey: runKeyOf(context),
		continueOnFail: context.continueOnFail(),
		hints: [],
		signal: context.getExecutionCancelSignal(),
		credentialDependsOnItems: items.length > 0 && (await dependsOnItems(context, account, items.length)),
	};
}

/** The error for a message that ends the run; names every video that the run has paid for. */
export function runError(
	run: Run,
	message: UserMessage,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	const place = run.items.length > 1 ? itemIndex : undefined;
	const paid = run.ledger.videos();
	return toNodeError(message, { node: run.node, account: run.account, itemIndex: place, paid, lineBreak: '<br>' });
}

/** The error for a message that goes out with its own item, beside the items of the other videos. */
export function itemError(run: Run, message: UserMessage): NodeApiError | NodeOperationError {
	const { node, account } = run;
	return toNodeError(message, { node, account, itemIndex: undefined, paid: [], lineBreak: '\n' });
}
