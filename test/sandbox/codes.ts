// Akool's business codes and the words it says with them. Rule: a refusal is HTTP 200 with a code other than 1000, never an HTTP error.
const MESSAGES: Readonly<Record<number, string>> = Object.freeze({
	1003: 'parameter validate error',
	1005: 'Operation is too frequent',
	1006: 'Your quota is not enough',
	1008: 'The content you get does not exist',
	1009: 'You do not have permission to operate',
	1015: 'Create video error, please try again later',
	1101: 'Invalid authorization or The request token has expired',
	1102: 'Authorization cannot be empty',
	1104: 'Insufficient credit balance',
	1109: 'account not exist',
	1200: 'The account has been banned',
	1213: 'Requires subscription user to use',
});

/** What Akool says with a code; `msg` overrides the table. */
export function refusalAnswer(code: number, msg?: string) {
	return { code, msg: msg ?? MESSAGES[code] ?? 'Server error' };
}

/** Thrown by a check, sent as `{code, msg}`. */
export class Refusal extends Error {
	constructor(
		readonly code: number,
		msg?: string,
	) {
		super(refusalAnswer(code, msg).msg);
	}
}
