// Runs the chosen operation over all items of the run, or continues a run that was parked. Every failure becomes one of n8n's errors, which names the paid videos.

import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { isBaseUrl } from '../akool/target';
import { callMessage } from '../messages/calls';
import { causeOf, stackOf } from '../messages/causes';
import { logMessages } from '../messages/log';
import { withoutSecrets } from '../messages/redact';
import { runMessages } from '../messages/run';
import { credentialMessages } from '../messages/credential';
import { CredentialUnreadable } from '../transport/credentials';
import { itemsByAccount } from '../transport/itemAccounts';
import { waitingMessages } from '../messages/waiting';
import { CallFailure } from '../transport/outcome';
import { deliver } from '../items/toItems';
import { finishParkedVideos, giveInputBack, endParkedVideos } from '../waiting/finishParked';
import { parkedRunOf, type ParkedState } from '../waiting/parkedState';
import { beginRun, runError, type Run } from '../orders/run';
import type { Operation } from './operation';
import { OPERATIONS } from './operations';
import { UnusableValue } from './parameters';

function findOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const operations: Record<string, Record<string, Operation>> = { ...OPERATIONS };
	const ofResource = Object.hasOwn(operations, resource) ? operations[resource] : undefined;
	const found = ofResource !== undefined && Object.hasOwn(ofResource, operation) ? ofResource[operation] : undefined;
	if (found !== undefined) return found;
	const { title, description } = runMessages.unknownOperation(resource, operation);
	throw new NodeOperationError(context.getNode(), title, { description });
}

/** With a Base URL that is not an address, n8n's own error would not say whether an order was sent. */
function checkBaseUrl({ account }: Run): void {
	if (isBaseUrl(account.baseUrl)) return;
	throw new UnusableValue(runMessages.baseUrlNotAnAddress(account.baseUrl));
}

/** Refuses items of several accounts before anything is sent, since one account cannot see the other's videos. */
async function checkOneAccount({ context, items, credentialDependsOnItems }: Run): Promise<void> {
	if (!credentialDependsOnItems) return;
	const groups = await itemsByAccount(context, items.length);
	if (groups.length > 1) throw new UnusableValue(credentialMessages.severalAccounts(groups));
}

/** Handles an error that concerns all items: with Continue On Fail, each item is returned with it; otherwise the run ends. */
function forAllItems(run: Run, error: unknown, parked: ParkedState | undefined): INodeExecutionData[] {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
	if (error instanceof CallFailure || error instanceof UnusableValue) {
		const message = error instanceof CallFailure ? callMessage(error.outcome, error.endpoint) : error.userMessage;
		if (!run.continueOnFail) throw runError(run, message, undefined);
		if (parked !== undefined) return endParkedVideos(run, parked, message);
		return deliver(
			run,
			run.items.map((_, itemIndex) => ({ kind: 'error', itemIndex, message })),
		);
	}
	run.context.logger.error(withoutSecrets(logMessages.unforeseen(run.node.name, stackOf(error)), run.account));
	throw runError(run, runMessages.unforeseen(withoutSecrets(causeOf(error), run.account)), undefined);
}

/** @throws NodeOperationError where n8n cannot give the credential */
async function begin(context: IExecuteFunctions): Promise<Run> {
	const run = await beginRun(context).catch((error: unknown) => {
		if (error instanceof CredentialUnreadable) return error;
		throw error;
	});
	if (!(run instanceof CredentialUnreadable)) return run;
	context.logger.warn(logMessages.credentialUnreadable(run.message));
	const { title, description } = runMessages.credentialUnreadable(run.message);
	throw new NodeOperationError(context.getNode(), title, { description });
}

/** Executes the node. @throws NodeApiError | NodeOperationError */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = findOperation(context);
	const run = await begin(context);
	if (run.items.length === 0) return [[]];
	const parked = parkedRunOf(context);
	if (parked.kind === 'unreadable') throw runError(run, waitingMessages.parkedStateUnreadable(), undefined);
	const state = parked.kind === 'parked' ? parked.state : undefined;
	try {
		checkBaseUrl(run);
		await checkOneAccount(run);
		return [state === undefined ? await operation.execute(run) : await finishParkedVideos(run, state)];
	} catch (error) {
		if (state !== undefined) giveInputBack(run, state);
		return [forAllItems(run, error, state)];
	}
}
