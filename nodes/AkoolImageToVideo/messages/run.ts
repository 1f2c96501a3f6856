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

	unforeseen: define(['Cannot read properties of undefined'], (what: string) => ({
		title: 'Unexpected response in the Akool node',
		description: `${what}. Please report it where you got this package from, with the text above.`,
	})),
};
