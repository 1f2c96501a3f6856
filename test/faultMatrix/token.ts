// The exchange of Client ID and API Key for an access token. As long as there is no token nothing has left for Akool, so whatever goes wrong
// here costs nothing; what may pass is tried again, and an order leaves once.

import { create } from '../integration/harness';
import { RATE_LIMIT, type Cell, type Fault, type Row } from './cell';
import { codeColumn, type Code, type Column } from './columns';
import { byToken, running, stopWhenAsked } from './running';

const parameters = () => create({ waitForCompletion: false });
const NO_TOKEN = `error "Couldn't get an access token from Akool"`;
const MADE = { user: 'queued', videos: 1, credits: 20 };

/** The balance, which is asked first, goes without; the create tries until it has a token. */
const passing = (column: Column, fault: Fault, times = 3): Cell => ({
	column,
	faults: [{ ...fault, times }],
	...MADE,
	asked: { token: times + 1, create: 1 },
});
const refusal = (code: Code): Cell => ({
	column: codeColumn(code),
	faults: [{ kind: 'code', code, times: Infinity }],
	user: NO_TOKEN,
	asked: { token: 2 },
});

export const tokenRow: Row = {
	name: 'Access token',
	on: 'token',
	run: running(parameters, byToken),
	async prepare({ harness }) {
		harness.sandbox.credits = 100_000;
		return [];
	},
	cells: [
		{
			column: 'connection refused',
			refuse: 3,
			...MADE,
			user: 'queued; hint: The image was not checked before ordering: the connection was refused.',
			asked: { refused: 3, token: 1, create: 1 },
		},
		passing('reset before acceptance', { kind: 'resetBefore' }),
		passing('reset after acceptance', { kind: 'resetAfter' }),
		passing('hang, not accepted', { kind: 'hang' }, 2),
		passing('hang, accepted', { kind: 'hang', accepted: true }, 2),
		passing('HTTP 500 page, not accepted', { kind: 'status' }),
		passing('HTTP 500 page, accepted', { kind: 'status', accepted: true }),
		passing('HTTP 429 with Retry-After', RATE_LIMIT),
		passing('code 1005', { kind: 'code', code: 1005 }),
		{ column: 'cut JSON', faults: [{ kind: 'cutJson', times: Infinity }], user: NO_TOKEN, asked: { token: 2 } },
		refusal(1003),
		refusal(1006),
		refusal(1015),
		refusal(1101),
		refusal(1109),
		refusal(1200),
		{
			column: 'missing row',
			faults: [{ kind: 'status', status: 200, body: { code: 1000 }, times: Infinity }],
			user: NO_TOKEN,
			asked: { token: 2 },
		},
		{
			column: '1,000 at once',
			run: running(
				() => create({ waitForCompletion: false, options: { concurrency: 20 } }),
				(context) => ({ ...byToken(context), items: Array.from({ length: 1_000 }, () => ({})) }),
			),
			user: '1000 × queued',
			asked: { token: 1, credits: 1, create: 1_000 },
			videos: 1_000,
			credits: 20_000,
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'delay', ms: 100 }],
			run: async (context) => await stopWhenAsked(context, 'token', parameters(), byToken(context)),
			user: 'stopped',
			asked: { token: 1 },
		},
	],
};
