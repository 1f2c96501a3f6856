// One run of the node over all its items: the values that every operation needs, read once.

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
	/** On Error is one of the Continue choices: an item's message is returned with the item. */
	continueOnFail: boolean;
	/** The hints so far, kept because n8n drops them when the execution is parked. */
	hints: string[];
	signal: AbortSignal | undefined;
	/** The credential's fields are expressions over items, so it cannot be read when a parked execution is called. */
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

/** Reads the values of a run. @throws CredentialUnreadable, or n8n's own error where the node has no credential */
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

/** The error for a message that ends the run; names every video that was paid for. */
export function runError(
	run: Run,
	message: UserMessage,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	const place = run.items.length > 1 ? itemIndex : undefined;
	const paid = run.ledger.videos();
	return toNodeError(message, { node: run.node, account: run.account, itemIndex: place, paid, lineBreak: '<br>' });
}

/** The error for a message that is returned with its own item. */
export function itemError(run: Run, message: UserMessage): NodeApiError | NodeOperationError {
	const { node, account } = run;
	return toNodeError(message, { node, account, itemIndex: undefined, paid: [], lineBreak: '\n' });
}
