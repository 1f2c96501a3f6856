// What is said of a run as a whole.

import { define, parameterMessage } from './define';

export const runMessages = {
	unknownOperation: define(['video', 'paint'], (resource: string, operation: string) => ({
		title: `The operation "${operation}" of "${resource}" does not exist`,
		description: "Choose 'Resource' and 'Operation' in the node again.",
	})),

	baseUrlNotAnAddress: define(['openapi.akool'], (value: string) =>
		parameterMessage(
			'Base URL',
			'is not an address',
			`It is "${value}". Enter the whole address in the credential, beginning with https://. Nothing was sent.`,
		),
	),

	/** n8n could not give the credential: it was deleted, or another encryption key is in use. */
	credentialUnreadable: define(['Credentials could not be decrypted.'], (cause: string) => ({
		title: 'The Akool API credential could not be read',
		description: `n8n says: ${cause}\n\nOpen the credential and save it once more. Nothing was sent.`,
	})),

	unforeseen: define(['Cannot read properties of undefined'], (what: string) => ({
		title: 'Unexpected response in the Akool node',
		description: `${what}.\n\nReport it where you got this package from, with this text.`,
	})),
};
