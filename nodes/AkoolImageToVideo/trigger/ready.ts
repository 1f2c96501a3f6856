// Checks whether the trigger can work when the workflow is published or the editor listens: with unusable settings, or a credential that cannot read
// callbacks, every call would be refused, so publishing fails with a message that says what to change.

import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { readAccount } from '../akool/account';
import { unreadableMessage } from '../callbacks/readCallback';
import { deriveKeys } from '../callbacks/verify';
import { unreadableMessages } from '../messages/callbacks';
import { CREDENTIAL_TYPE } from '../transport/credentials';
import { readTriggerSettings } from './settings';

/** @throws NodeOperationError with what to change if the trigger could never start its workflow */
export async function assertReady(context: IHookFunctions): Promise<void> {
	// When publishing fails, n8n shows only the error's message.
	const refuse = (message: string, description: string): never => {
		context.logger.error(`${context.getNode().name}: ${message}`);
		throw new NodeOperationError(context.getNode(), message, { description });
	};
	const settings = readTriggerSettings(context);
	if (settings.kind === 'unusable') refuse(`${settings.title}. ${settings.description}`, settings.description);
	const derived = deriveKeys(readAccount(await context.getCredentials(CREDENTIAL_TYPE)));
	if (derived.kind === 'unreadable') refuse(unreadableMessage(derived), unreadableMessages.cannotBeRead());
}
