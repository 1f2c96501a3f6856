// The faults: the lines of the fault matrix, in the order in which the report shows them.

export const COLUMNS = [
	'connection refused',
	'certificate not trusted',
	'handshake closed',
	'reset before acceptance',
	'reset after acceptance',
	'hang, not accepted',
	'hang, accepted',
	'HTTP 500 page, not accepted',
	'HTTP 500 page, accepted',
	'success at another status',
	'HTTP 429 with Retry-After',
	'cut JSON',
	'code 1003',
	'code 1005',
	'code 1006',
	'code 1015',
	'code 1101',
	'code 1109',
	'code 1200',
	'code 2001',
	'code 2001 after the charge',
	'unknown code',
	'price 0',
	'expensive orders',
	'unknown status',
	'missing row',
	'partial batch',
	'empty list',
	'cut file',
	'stalled file',
	'wrong content type',
	'forged callback',
	'stale callback',
	'replayed callback',
	'duplicate callback',
	'early callback',
	'callbacks out of order',
	'lost callback',
	'1,000 at once',
	'stopped execution',
] as const;

export type Column = (typeof COLUMNS)[number];

/** The codes that have a line of their own. */
export type Code = 1003 | 1005 | 1006 | 1015 | 1101 | 1109 | 1200;

/** The codes that end any call for good, and what the user reads then. */
export const REFUSALS: ReadonlyArray<readonly [Code, string]> = [
	[1003, 'Akool did not accept a value'],
	[1006, 'The Akool account does not have enough credits'],
	[1109, 'Akool does not know this API key'],
	[1200, 'Akool has blocked this account'],
];

export function codeColumn<C extends Code>(code: C): `code ${C}` {
	return `code ${code}`;
}
