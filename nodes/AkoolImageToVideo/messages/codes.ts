// The message for each of Akool's codes: what happened, and what to do. A code means different things on different pages of the vendor's, so its
// own words are always shown beside it.

import type { UserMessage } from './userMessage';

const code = (title: string, description: string): UserMessage => ({ title, description });

const TOP_UP = 'Top up the credits in your Akool account, or choose a lower resolution or a shorter video.';
const PLAN =
	'Your Akool plan does not cover this. 10-second videos, the premium model and several other models need a paid plan. Choose other values, or upgrade the plan.';

/** Vendor pages: "Image to Video" overview and "Error Code". */
export const codeMessages: Readonly<Record<number, UserMessage>> = {
	1003: code(
		'Akool did not accept a value',
		'Check the values of this operation: a required one may be empty, or the chosen ones may not go together.',
	),
	1004: code('Akool requires the account to be verified', 'Log in to Akool and complete the verification.'),
	1005: code(
		'Too many requests to Akool',
		"Lower 'Parallel Videos' under Options, or pass fewer items at a time, and try again in a minute.",
	),
	1006: code('The Akool account does not have enough credits', TOP_UP),
	1008: code(
		'Akool does not know this video or effect',
		'Check the ID of the video, or the code of the effect. Akool deletes videos seven days after they were created.',
	),
	1009: code(
		'This Akool account has no access to the video',
		'Use the credential of the account that created the video.',
	),
	1014: code(
		'Akool cannot find what was asked for',
		'Check the addresses and IDs. Akool deletes files seven days after they were created.',
	),
	1015: code(
		'Akool could not create the video',
		"Check that the image's address is that of the file itself, not of a page or a share link. Then try again later.",
	),
	1101: code(
		'Akool does not accept the access token',
		"Check 'Client ID' and 'API Key' in the credential, or set 'Authentication' to API Key, which needs no token.",
	),
	1102: code('Akool received no credentials', "Enter the 'API Key' in the credential."),
	1103: code('Payment for the Akool account is overdue', 'Settle the payment in your Akool account.'),
	1104: code('The Akool account does not have enough credits', TOP_UP),
	1109: code(
		'Akool does not know this API key',
		'Copy the value called "API Key" from the API Credentials page of your Akool account into the credential (formerly clientSecret, not the Client ID).',
	),
	1200: code(
		'Akool has blocked this account',
		"Contact Akool's support: no request succeeds until they lift the block.",
	),
	1213: code('Akool offers this to subscribers only', PLAN),
	1221: code('The Akool account has no subscription for this', PLAN),
};

const unknownCode = code(
	'Akool refused the request',
	"Akool's own words say why. Try again later, or ask Akool's support and quote the code.",
);

/** What is said of a code; codes that no page explains get a general text, so that there is always something to say. */
export function codeMessage(number: number): UserMessage {
	const known = Object.hasOwn(codeMessages, number) ? codeMessages[number] : undefined;
	return known ?? unknownCode;
}
