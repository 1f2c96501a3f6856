// The parts of messages. Rule: every sentence that a user can read in an error, a hint, a page or n8n's log is an entry in a file of this folder, a function
// of the values that it takes; test/messages/table.ts has sample values for each.

/** The text of an error: a title and a description. It never quotes a request, since requests carry the key. */
export interface UserMessage {
	title: string;
	description: string;
	/** Akool's code, if Akool answered. */
	code?: number;
	/** What is known of an order that may have been charged; never left out where several messages are combined. */
	mayHaveCost?: string;
}

/** A value of a parameter that cannot be used, found before anything was sent. */
export function parameterMessage(parameter: string, what: string, advice: string): UserMessage {
	return { title: `'${parameter}' ${what}`, description: advice };
}

const NOTHING_CHARGED = 'Nothing was charged for this item.';

/** The same message, for an order that certainly cost nothing. Workflows may check for this sentence: whatever lacks it may have been charged. */
export function nothingCharged(message: UserMessage): UserMessage {
	return { ...message, description: `${message.description}\n\n${NOTHING_CHARGED}` };
}

const CHARGED_ONCE = 'Executing this step again creates and charges new videos.';

/** A description, with what another run would cost at its end: for whatever was charged, or may have been. */
export function withCharged(description: string): string {
	return `${description.replaceAll(`\n\n${CHARGED_ONCE}`, '')}\n\n${CHARGED_ONCE}`;
}

/** Short paragraphs, without those that say nothing. */
export function paragraphs(...parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join('\n\n');
}
