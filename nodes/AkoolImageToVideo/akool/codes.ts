// Akool's business codes and what a user can do about each. Every message about a refusal is made from this table, and the credential
// test reads it too. A code means different things on different pages (1109, 1015): always show code and words together.

export const SUCCESS_CODE = 1000;
export const TOO_FREQUENT_CODE = 1005;
export const TOKEN_EXPIRED_CODE = 1101;

/** What a refusal is about; `credential` ends every further try, since no later one can fare better. */
export type RefusalTopic = 'input' | 'credits' | 'credential' | 'plan' | 'busy' | 'missing' | 'akool';

export interface CodeFact {
	topic: RefusalTopic;
	/** The beginning of the title, without a full stop. */
	title: string;
	/** What to do, in whole sentences. */
	advice: string;
}

const KEY_ADVICE =
	'Open the credential and check the API Key: it is the value called "API Key" on Akool’s API Credentials page (formerly clientSecret), not the Client ID.';
const CREDITS_ADVICE = 'Top up the credits in your Akool account, or choose a lower resolution or a shorter video.';
const PLAN_ADVICE =
	'Your Akool plan does not cover this. 10-second videos, the premium model and several other models need a paid plan: choose other values, or upgrade.';

/** Vendor pages: "Image to Video" overview and "Error Code". */
export const CODE_FACTS: Readonly<Record<number, CodeFact>> = {
	1003: {
		topic: 'input',
		title: 'Akool did not accept a value',
		advice: 'Check the values of this operation: a required one may be empty, or the chosen ones may not go together.',
	},
	1004: {
		topic: 'plan',
		title: 'Akool wants the account to be verified first',
		advice: 'Log in to Akool and complete the verification.',
	},
	1005: {
		topic: 'busy',
		title: 'Akool is asked too often',
		advice: 'Lower Concurrency under Options, or run fewer items at a time, and try again in a minute.',
	},
	1006: { topic: 'credits', title: 'The Akool account does not have enough credits', advice: CREDITS_ADVICE },
	1008: {
		topic: 'missing',
		title: 'Akool does not know this video or effect',
		advice: 'Check the video’s ID, or the effect’s code. Akool deletes videos seven days after they were created.',
	},
	1009: {
		topic: 'input',
		title: 'The Akool account may not touch this video',
		advice: 'Use the credential of the account that created the video.',
	},
	1014: {
		topic: 'missing',
		title: 'Akool cannot find what was asked for',
		advice: 'Check the addresses and IDs. Akool deletes files seven days after they were created.',
	},
	1015: {
		topic: 'akool',
		title: 'Akool could not create the video',
		advice:
			'Check that the picture’s address is that of the file itself, which no share link is, then try again later.',
	},
	1101: {
		topic: 'credential',
		title: 'Akool does not accept the access token',
		advice: 'Check Client ID and API Key in the credential, or set Authentication to API Key, which needs no token.',
	},
	1102: {
		topic: 'credential',
		title: 'Akool received no credentials',
		advice: 'Open the credential and fill in the API Key.',
	},
	1103: {
		topic: 'credits',
		title: 'Akool says that the account is unpaid or overdue',
		advice: 'Settle the payment in your Akool account.',
	},
	1104: { topic: 'credits', title: 'The Akool account does not have enough credits', advice: CREDITS_ADVICE },
	1109: { topic: 'credential', title: 'Akool does not know this API key', advice: KEY_ADVICE },
	1200: {
		topic: 'credential',
		title: 'Akool has blocked this account',
		advice: 'Contact Akool’s support: no call succeeds until they lift the block.',
	},
	1213: { topic: 'plan', title: 'Akool offers this to subscribers only', advice: PLAN_ADVICE },
	1221: { topic: 'plan', title: 'The Akool account has no subscription for this', advice: PLAN_ADVICE },
};

const UNKNOWN_CODE: CodeFact = {
	topic: 'akool',
	title: 'Akool refused the request',
	advice: 'Akool’s own words below say why. Try again later, or ask Akool’s support and quote the code.',
};

/** The fact about a code; codes that no page explains get a general one, so that there is always something to say. */
export function codeFact(code: number): CodeFact {
	return CODE_FACTS[code] ?? UNKNOWN_CODE;
}
