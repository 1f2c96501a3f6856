// Akool's business codes and what each is about. The texts for users are in messages/codes.ts. A code means different things on different pages
// (1109, 1015): always show code and words together.

export const SUCCESS_CODE = 1000;
export const TOO_FREQUENT_CODE = 1005;
export const NOT_KNOWN_CODE = 1008;
export const TOKEN_EXPIRED_CODE = 1101;

/** Only these codes mean that Akool has not accepted an order. Its internal errors (1015, 2001, …) may come after the charge. */
const NOT_ACCEPTED_CODES: ReadonlySet<number> = new Set([
	1003, 1004, 1006, 1008, 1009, 1010, 1011, 1013, 1014, 1101, 1102, 1103, 1104, 1109, 1200, 1213, 1221, 1222,
]);

/** Says whether a code means for certain that an order was not accepted, and so was not charged. */
export function meansNotAccepted(code: number): boolean {
	return NOT_ACCEPTED_CODES.has(code);
}

/** What a refusal is about. `credential` ends the run, since every further request would be refused too. */
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

/** What a code is about; undocumented codes count as internal errors of Akool. */
export function codeFact(code: number): CodeFact {
	return CODE_FACTS[code] ?? UNKNOWN_CODE;
}
