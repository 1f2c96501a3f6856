// Whether the trigger can work at all, asked when the workflow is published or listened to: a credential that cannot read callbacks would
// let every call go unheard, so it stops everything with a message that says what to fill in.

import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { readAccount } from '../akool/account';
import { CREDENTIAL_TYPE } from '../transport/credentials';
import { deriveKeys } from '../callbacks/keys';
import { unreadableMessages } from '../messages/callbacks';
import { unreadableSentence } from '../callbacks/readCallback';

/** @throws NodeOperationError with what to fill in where the credential cannot read callbacks */
export async function assertReady(context: IHookFunctions): Promise<void> {
	const derived = deriveKeys(readAccount(await context.getCredentials(CREDENTIAL_TYPE)));
	if (derived.kind === 'keys') return;
	const message = unreadableSentence(derived);
	context.logger.error(`${context.getNode().name}: ${message}`);
	// Of an error that keeps a workflow from being published, n8n shows the message alone.
	throw new NodeOperationError(context.getNode(), message, {
		description: unreadableMessages.cannotBeRead(),
	});
}
