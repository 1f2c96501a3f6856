// What Akool hears back. It repeats every call that is not answered 200, so 200 means "dealt with, do not call again", and a
// call that is good but could not be dealt with yet must never get it. The status is the whole answer: no reason goes out.

import type { CallbackOutcome } from './readCallback';

/** How a call ends: as it was read, or `notAskedFor` (no such event was chosen) or `notReadBack` (Akool could not be asked) after that. */
export type CallbackEnding = CallbackOutcome['kind'] | 'notAskedFor' | 'notReadBack';

/** The HTTP status for each ending. Vendor page: "Webhook" (200 or it is repeated; its samples answer 400 to a bad one). */
export const ANSWER_STATUS_CODES = {
	accepted: 200,
	repeated: 200,
	notAskedFor: 200,
	malformed: 400,
	forged: 401,
	stale: 401,
	unreadable: 401,
	notReadBack: 503,
} as const satisfies Record<CallbackEnding, number>;
