// One run of the node over all its items: what every operation needs to know about it, gathered once.

import type { IExecuteFunctions, INode, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { AkoolAccount } from '../akool/account';
import { numberOf } from '../akool/json';
import { accountOf } from '../transport/credentials';
import { dependsOnItems } from '../transport/itemAccounts';
import { toNodeError } from '../messages/nodeErrors';
import type { UserMessage } from '../messages/define';
import { Ledger } from './ledger';

export interface Run {
	context: IExecuteFunctions;
	node: INode;
	account: AkoolAccount;
	items: INodeExecutionData[];
	ledger: Ledger;
	/** Continue On Fail or one of n8n's error outputs: an item's message goes out with the item. */
	continueOnFail: boolean;
	signal: AbortSignal | undefined;
	/** The credential's fields are expressions over items: then it cannot be read where a parked execution is called. */
	credentialDependsOnItems: boolean;
}

/** Which run of the node this is within the execution: Retry On Fail and a resumed wait keep the number, a loop counts on. */
export function runIndexOf(context: IExecuteFunctions): number {
	return numberOf(context.getWorkflowDataProxy(0), '$runIndex') ?? 0;
}

/** Whether an agent has called the node by itself, in a context that n8n has for tools, and not through the engine. An older n8n does not say. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return typeof context.isToolExecution === 'function' && context.isToolExecution();
}

export async function beginRun(context: IExecuteFunctions): Promise<Run> {
	const account = await accountOf(context);
	const items = context.getInputData();
	return {
		context,
		node: context.getNode(),
		account,
		items,
		ledger: new Ledger(context, runIndexOf(context), isToolCall(context) ? context.getInputData()[0]?.json : undefined),
		continueOnFail: context.continueOnFail(),
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
	return toNodeError(message, { node: run.node, account: run.account, itemIndex, paid: run.ledger.videos() });
}

/** The error for a message that leaves with its own item, beside the items of all other videos. */
export function itemError(run: Run, message: UserMessage, itemIndex: number): NodeApiError | NodeOperationError {
	return toNodeError(message, { node: run.node, account: run.account, itemIndex, paid: [] });
}
