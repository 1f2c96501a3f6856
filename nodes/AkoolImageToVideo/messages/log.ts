// Lines for n8n's log, where something that this package relies on in n8n is missing, or a cause would otherwise be lost. Each line says what
// happens instead. Rule: no key and no request is quoted; the caller masks secrets in causes.

export const logMessages = {
	videoCreated: (id: string, credits: number | undefined, executionId: string, wasStopped: boolean) => {
		const price = credits === undefined ? '' : ` for ${credits} credits`;
		const stopped = wasStopped ? ' after the execution was stopped' : '';
		return `Akool has created video ${id}${price} for execution ${executionId}${stopped}`;
	},

	customDataNotWritten: (cause: string) =>
		`The video IDs could not be written into the custom data of the execution: ${cause}`,

	customDataNotRead: (cause: string) => `The video IDs in the custom data of the execution could not be read: ${cause}`,

	noResumeUrl: (cause: string) =>
		`n8n gave no address at which Akool could call this execution, so an order without an answer cannot be found by its key: ${cause}`,

	orderAnswer: (item: number, what: string, answer: string) =>
		`Akool's answer to the order of item ${item} (${what}): ${answer}`,

	tokenNotRenewed: () =>
		"This n8n did not renew the access token of the Akool credential. Open the credential and save it once more, or set 'Authentication' to API Key.",

	orderBrokenOff: (purpose: string) =>
		`This n8n aborted the request for ${purpose} when the execution was stopped. A video may exist and may have been charged: compare the credit balance in your Akool account.`,

	credentialUnreadable: (cause: string) => `The Akool API credential could not be read: ${cause}`,

	noEgressFilter: () =>
		'This n8n has no filter for requests into its own network, so the addresses of files are judged by what they say alone.',

	fileNotStored: (name: string, cause: string) => `n8n could not keep the file ${name}: ${cause}`,

	/** An error that no other message covers; the stack says where it comes from. */
	unforeseen: (nodeName: string, stack: string) => `${nodeName}: something unforeseen happened. ${stack}`,

	effectsNotRead: (cause: string) =>
		`The effect is sent as it was entered, since Akool's list of effects could not be read: ${cause}`,

	modelsNotRead: (cause: string) =>
		`The order is sent without a check against Akool's list of models, which could not be read: ${cause}`,
};
