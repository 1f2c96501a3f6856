// Akool's business codes and what each is about. What is said of them is in messages/codes.ts. A code means different things on different pages
// (1109, 1015): always show code and words together.

export const SUCCESS_CODE = 1000;
export const TOO_FREQUENT_CODE = 1005;
export const TOKEN_EXPIRED_CODE = 1101;

/** What a refusal is about; `credential` ends every further try, since no later one can fare better. */
export type RefusalTopic = 'input' | 'credits' | 'credential' | 'plan' | 'busy' | 'missing' | 'akool';

export interface CodeFact {
	topic: RefusalTopic;
}

/** Vendor pages: "Image to Video" overview and "Error Code". */
export const CODE_FACTS: Readonly<Record<number, CodeFact>> = {
	1003: { topic: 'input' },
	1004: { topic: 'plan' },
	1005: { topic: 'busy' },
	1006: { topic: 'credits' },
	1008: { topic: 'missing' },
	1009: { topic: 'input' },
	1014: { topic: 'missing' },
	1015: { topic: 'akool' },
	1101: { topic: 'credential' },
	1102: { topic: 'credential' },
	1103: { topic: 'credits' },
	1104: { topic: 'credits' },
	1109: { topic: 'credential' },
	1200: { topic: 'credential' },
	1213: { topic: 'plan' },
	1221: { topic: 'plan' },
};

const UNKNOWN_CODE: CodeFact = { topic: 'akool' };

/** The fact about a code; codes that no page explains are Akool's own affair. */
export function codeFact(code: number): CodeFact {
	return CODE_FACTS[code] ?? UNKNOWN_CODE;
}
