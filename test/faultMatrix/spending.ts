// The three calls that cost credits. Whatever happens, a request leaves a second time only where Akool cannot have accepted the first, and a video
// that was charged is found by the key that its order carried, or said to be possible.

import type { INodeParameters } from 'n8n-workflow';

import { startTlsFront } from '../sandbox/tlsFront';
import { credentialFor } from '../integration/engine';
import { CONTINUE, create, createBatch, UNKNOWN_ID, updateAudio } from '../integration/harness';
import { RATE_LIMIT, seen, type Cell, type Requests, type Row, type CellContext } from './cell';
import { codeColumn, REFUSALS, type Code } from './columns';
import { byToken, finishedVideos, manyFinishedVideos, plus, running, stopWhenAsked } from './running';

interface Spending {
	name: string;
	on: 'create' | 'batch' | 'updateAudio';
	/** What is asked before the order goes out. */
	first: Requests;
	/** How many of these tries come to nothing where nobody listens. */
	firstRefused: number;
	/** What is requested once more for each search for a similar video. */
	similar: Requests;
	/** What a person reads of a video that was made while its answer was lost, and what is asked to find it: at once, or some time after the order. */
	found: { user: string; soon: Requests; late: Requests };
	/** What an order makes, and what that costs. */
	videos: number;
	credits: number;
	parameters(context: CellContext): INodeParameters;
}

const MORE_THAN_ENOUGH = 1_000;
/** So often an order is sent that cannot have left. */
const TRIES = 4;
const NO_WAIT = { waitForCompletion: false };
const UNKNOWN = 'error "Akool may have created this video: check before retrying", perhaps charged';
const CLEARED = 'error "Akool did not create this video"';
const NO_MODELS = "; hint: Akool's model list could not be read or is empty";
const NO_IMAGE = '; hint: The image was not checked before ordering: the connection was refused.';

const CREATE: Spending = {
	name: 'Create',
	on: 'create',
	first: { credits: 1 },
	firstRefused: 1,
	similar: {},
	found: { user: 'queued', soon: { list: 1, results: 1 }, late: { list: 1, results: 1 } },
	videos: 1,
	credits: 20,
	parameters: () => create(NO_WAIT),
};
const BATCH: Spending = {
	name: 'Create Batch',
	on: 'batch',
	first: { models: 1, credits: 1 },
	firstRefused: 3,
	similar: {},
	// At once the list does not show all of them, and a part is not taken before the second check.
	found: { user: '3 × queued', soon: { list: 2, results: 2, credits: 1 }, late: { list: 1, results: 1 } },
	videos: 3,
	credits: 15,
	parameters: () => createBatch({ count: 3, ...NO_WAIT }),
};
const AUDIO: Spending = {
	name: 'Update Audio',
	on: 'updateAudio',
	first: { credits: 1 },
	firstRefused: 1,
	similar: { results: 1 },
	// Nothing that Akool shows of an audio update says which order it came of, so it is named and not taken.
	found: {
		user: `${UNKNOWN}, names #2`,
		soon: { list: 1, results: 1, credits: 1 },
		late: { list: 1, results: 1, credits: 1 },
	},
	videos: 1,
	credits: 5,
	parameters: ({ ids }) => updateAudio(ids.join(','), NO_WAIT),
};

/** What is asked until it is certain that an order was not accepted: the list and the balance twice, 30 seconds apart. */
const asksUntilCleared = ({ on, first, similar }: Spending): Requests =>
	plus(first, { [on]: 1, list: 2, credits: 2 }, similar);

/** An order whose answer never came: looked for, found where it was accepted, and never sent again in the same run. */
function unknownOutcomeCells(call: Spending): Cell[] {
	const { on, first, videos, credits, found } = call;
	const notFound = { user: CLEARED, asked: asksUntilCleared(call) };
	const foundAfter = (search: Requests) => ({
		user: found.user,
		asked: plus(first, { [on]: 1 }, search),
		videos,
		credits,
	});
	return [
		{ column: 'reset before acceptance', faults: [{ kind: 'resetBefore' }], ...notFound },
		{ column: 'reset after acceptance', faults: [{ kind: 'resetAfter' }], ...foundAfter(found.soon) },
		{ column: 'hang, not accepted', faults: [{ kind: 'hang' }], ...notFound },
		{ column: 'hang, accepted', faults: [{ kind: 'hang', accepted: true }], ...foundAfter(found.late) },
		{ column: 'HTTP 500 page, not accepted', faults: [{ kind: 'status' }], ...notFound },
		{ column: 'HTTP 500 page, accepted', faults: [{ kind: 'status', accepted: true }], ...foundAfter(found.soon) },
		{ column: 'cut JSON', faults: [{ kind: 'cutJson' }], ...foundAfter(found.soon) },
	];
}

/** An order that Akool cannot have accepted: sent again until it is made. */
function repeatedCells({ on, first, firstRefused, videos, credits }: Spending, made: string): Cell[] {
	const paid = { videos, credits };
	const refuse = firstRefused + 1;
	return [
		{
			column: 'connection refused',
			refuse,
			user: `${made}${on === 'batch' ? NO_MODELS : ''}${on === 'updateAudio' ? '' : NO_IMAGE}`,
			asked: { refused: refuse, [on]: 1 },
			...paid,
		},
		{
			column: 'HTTP 429 with Retry-After',
			faults: [{ ...RATE_LIMIT, times: 2 }],
			user: made,
			asked: plus(first, { [on]: 3 }),
			...paid,
		},
		{
			column: 'code 1005',
			faults: [{ kind: 'code', code: 1005, times: 2 }],
			user: made,
			asked: plus(first, { [on]: 3 }),
			...paid,
		},
	];
}

/** An order that Akool refused, or that was stopped on its way. */
function refusedCells(call: Spending): Cell[] {
	const { on, first, videos, credits, parameters } = call;
	const once = plus(first, { [on]: 1 });
	const refusal = (code: Code, title: string): Cell => ({
		column: codeColumn(code),
		faults: [{ kind: 'code', code, times: Infinity }],
		user: `error ${code} "${title}"`,
		asked: once,
	});
	return [
		...REFUSALS.map(([code, title]) => refusal(code, title)),
		// An internal error of Akool may come after the charge, so it is no refusal unless balance and list show that.
		{ ...refusal(1015, ''), user: CLEARED, asked: asksUntilCleared(call) },
		// The token is renewed for the next request; the order itself is not sent again.
		{
			...refusal(1101, 'Akool does not accept the access token'),
			faults: [{ kind: 'code', code: 1101 }],
			asked: plus(once, { token: 2, credits: 1 }),
			run: running(parameters, byToken),
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'delay', ms: 100 }],
			run: async (context) => await stopWhenAsked(context, on, parameters(context)),
			user: 'stopped, the log names every video',
			asked: once,
			videos,
			credits,
		},
	];
}

/** Runs through a TLS server, which passes nothing on before its certificate is trusted. */
const overTls =
	(parameters: Spending['parameters'], breaksHandshakes: boolean) =>
	async (context: CellContext): Promise<string> => {
		const front = await startTlsFront(context.harness.sandbox.url);
		if (breaksHandshakes) front.breakHandshakes('closed', MORE_THAN_ENOUGH);
		const credential = credentialFor(context.harness.sandbox, { baseUrl: front.url });
		try {
			const user = seen(await context.harness.run(parameters(context), { credential }), context);
			return `${user}; ${front.connections} connections`;
		} finally {
			await front.close();
		}
	};

/** Nothing is ordered before there is a connection that can be trusted. */
function handshakeCells({ parameters, firstRefused }: Spending): Cell[] {
	const connections = firstRefused + TRIES;
	const unreached = { user: `error "Couldn't reach Akool"; ${connections} connections`, asked: {} };
	return [
		{ column: 'certificate not trusted', run: overTls(parameters, false), ...unreached },
		{ column: 'handshake closed', run: overTls(parameters, true), ...unreached },
	];
}

/** Internal errors of Akool and undocumented codes, which may come after the charge. */
function troubleCells(call: Spending): Cell[] {
	const { on, first, videos, credits, found } = call;
	const cleared = { user: CLEARED, asked: asksUntilCleared(call) };
	return [
		{ column: 'code 2001', faults: [{ kind: 'code', code: 2001 }], ...cleared },
		{ column: 'unknown code', faults: [{ kind: 'code', code: 4711 }], ...cleared },
		{
			column: 'code 2001 after the charge',
			faults: [{ kind: 'code', code: 2001, accepted: true }],
			user: found.user,
			asked: plus(first, { [on]: 1 }, found.soon),
			videos,
			credits,
		},
	];
}

function spendingRow(call: Spending, prepare: Row['prepare'], more: readonly Cell[]): Row {
	const made = call.videos === 1 ? 'queued' : `${call.videos} × queued`;
	const { on, first, videos, credits } = call;
	const cells: Cell[] = [
		...handshakeCells(call),
		...troubleCells(call),
		// The body decides, then the status.
		{
			column: 'success at another status',
			faults: [{ kind: 'wrongStatus' }],
			user: made,
			asked: plus(first, { [on]: 1 }),
			videos,
			credits,
		},
		...repeatedCells(call, made),
		...unknownOutcomeCells(call),
		...refusedCells(call),
		...more,
	];
	return { name: call.name, on: call.on, prepare, run: running(call.parameters), cells };
}

const MANY = Array.from({ length: 1_000 }, () => ({}));

/** Enough for a thousand videos. */
const RICH_CREDITS = 100_000;

async function richAccount({ harness }: CellContext): Promise<string[]> {
	harness.sandbox.credits = RICH_CREDITS;
	return [];
}

const ONE_BY_ONE = { concurrency: 1, maxCredits: 30 };

type Prices = NonNullable<Parameters<CellContext['harness']['sandbox']['change']>[0]['prices']>;

/** What one kind costs says nothing of another, so those go one at a time, and the first that passes the limit is the last. */
const expensiveOrders =
	(prices: Prices, values: readonly (string | number)[], parameters: Spending['parameters']) =>
	async (context: CellContext): Promise<string> => {
		const { harness } = context;
		harness.sandbox.change({ prices });
		try {
			const items = values.map((value) => ({ value }));
			return seen(await harness.run(parameters(context), { items, settings: CONTINUE }), context);
		} finally {
			harness.sandbox.change({ prices: [] });
		}
	};
const PASSED = `2 × queued, 2 × Video not created: it would exceed 'Limit: Maximum Credits'; hint: 'Limit: Maximum Credits' is 30`;

export const createRow = spendingRow(CREATE, richAccount, [
	// The true price is not known then, so nothing more is ordered.
	{
		column: 'price 0',
		faults: [{ kind: 'price', price: 0 }],
		run: running(
			() => create({ ...NO_WAIT, options: ONE_BY_ONE }),
			() => ({ items: [{}, {}], settings: CONTINUE }),
		),
		user: 'queued, Video not created: Akool has not said what a video costs',
		asked: { credits: 1, create: 1 },
		videos: 1,
		credits: 20,
	},
	{
		column: 'expensive orders',
		run: expensiveOrders([{ match: { resolution: '4k' }, credits: 300 }], ['720p', '4k', '4k', '720p'], () =>
			create({ ...NO_WAIT, resolution: '={{ $json.value }}', options: ONE_BY_ONE }),
		),
		user: PASSED,
		asked: { credits: 1, create: 2 },
		videos: 2,
		credits: 320,
	},
	{
		column: '1,000 at once',
		run: running(
			() => create({ ...NO_WAIT, options: { concurrency: 20 } }),
			() => ({ items: MANY }),
		),
		user: '1000 × queued',
		asked: { credits: 1, create: 1_000 },
		videos: 1_000,
		credits: 20_000,
	},
]);

export const batchRow = spendingRow(BATCH, richAccount, [
	{
		column: 'price 0',
		faults: [{ kind: 'price', price: 0 }],
		run: running(
			() => createBatch({ count: 1, ...NO_WAIT, options: ONE_BY_ONE }),
			() => ({ items: [{}, {}], settings: CONTINUE }),
		),
		user: 'queued, Video not created: Akool has not said what a video costs',
		asked: { models: 1, credits: 1, batch: 1 },
		videos: 1,
		credits: 5,
	},
	{
		column: 'expensive orders',
		run: expensiveOrders([{ on: 'batch', match: { video_length: 10 }, credits: 300 }], [5, 10, 10, 5], () =>
			createBatch({ count: 1, ...NO_WAIT, batchVideoLength: '={{ $json.value }}', options: ONE_BY_ONE }),
		),
		user: PASSED,
		asked: { models: 1, credits: 1, batch: 2 },
		videos: 2,
		credits: 305,
	},
	{
		column: '1,000 at once',
		run: running(
			() => createBatch({ count: 10, ...NO_WAIT, options: { concurrency: 20 } }),
			() => ({ items: MANY.slice(0, 100) }),
		),
		user: '1000 × queued',
		asked: { models: 1, credits: 1, batch: 100 },
		videos: 1_000,
		credits: 5_000,
	},
	{
		column: 'partial batch',
		faults: [{ kind: 'partialBatch', made: 2 }],
		user: '2 × queued, Akool created 2 of 3 videos',
		asked: { models: 1, credits: 1, batch: 1 },
		videos: 2,
		credits: 10,
	},
	{
		column: 'empty list',
		faults: [{ on: 'models', kind: 'emptyList' }],
		user: `3 × queued${NO_MODELS}`,
		asked: { models: 1, credits: 1, batch: 1 },
		videos: 3,
		credits: 15,
	},
]);

export const audioRow = spendingRow(AUDIO, async (context) => await finishedVideos(context, 1), [
	{
		column: 'price 0',
		faults: [{ kind: 'price', price: 0 }],
		prepare: async (context) => await finishedVideos(context, 2),
		run: running(
			({ ids }) => updateAudio(ids.join(','), { ...NO_WAIT, options: ONE_BY_ONE }),
			() => ({ settings: CONTINUE }),
		),
		user: 'queued, Video not created: Akool has not said what a video costs',
		asked: { credits: 1, results: 1, updateAudio: 1 },
		videos: 1,
		credits: 5,
	},
	{
		column: 'expensive orders',
		prepare: async (context) => await finishedVideos(context, 1),
		run: expensiveOrders([{ on: 'audio', match: { audio_type: 2 }, credits: 300 }], [1, 2, 2], ({ ids }) =>
			updateAudio(ids.join(','), {
				...NO_WAIT,
				audioType: '={{ $json.value }}',
				audioUrl: '=https://example.com/{{ $itemIndex }}.mp3',
				options: ONE_BY_ONE,
			}),
		),
		user: PASSED.replace('2 × Video not', 'Video not'),
		asked: { credits: 1, results: 1, updateAudio: 2 },
		videos: 2,
		credits: 305,
	},
	{
		column: '1,000 at once',
		user: '1000 × queued',
		asked: { credits: 1, updateAudio: 1_000 },
		videos: 1_000,
		credits: 5_000,
		prepare: async (context) => {
			await richAccount(context);
			return await manyFinishedVideos(context);
		},
		run: running(({ ids }) => updateAudio(ids.join(','), { ...NO_WAIT, options: { concurrency: 20 } })),
	},
	{
		column: 'missing row',
		prepare: async () => [UNKNOWN_ID],
		user: 'error 1008 "Akool does not know this video or effect"',
		asked: { credits: 1, updateAudio: 1 },
	},
]);
