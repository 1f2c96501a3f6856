// What is said of a run as a whole.

import { parameterMessage } from './userMessage';

export const runMessages = {
	unknownOperation: (resource: string, operation: string) => ({
		title: `The operation "${operation}" of "${resource}" does not exist`,
		description: "Choose 'Resource' and 'Operation' in the node again.",
	}),

	baseUrlNotAnAddress: (value: string) =>
		parameterMessage(
			'Base URL',
			'is not an address',
			`It is "${value}". Enter the whole address in the credential, beginning with https://. Nothing was sent.`,
		),

	/** n8n could not give the credential: it was deleted, or another encryption key is in use. */
	credentialUnreadable: (cause: string) => ({
		title: 'The Akool API credential could not be read',
		description: `n8n says: ${cause}\n\nOpen the credential and save it once more. Nothing was sent.`,
	}),

	/** Behind the advice of a message that concerns all items of a run. */
	sameForAll: (itemCount: number) => `The same for all ${itemCount} items.`,

	unforeseen: (what: string) => ({
		title: 'Unexpected response in the Akool node',
		description: `${what}.\n\nReport it where you got this package from, with this text.`,
	}),
};
