// The three calls that cost credits. Whatever happens, a request leaves a second time only where Akool cannot have accepted the first, and a video
// that was charged is found by the key that its order carried, or said to be possible.

import type { INodeParameters } from 'n8n-workflow';

import { create, createBatch, UNKNOWN_ID, updateAudio } from '../integration/stage';
import { RATE_LIMIT, type Cell, type Requests, type Row, type Scene } from './cell';
import { codeColumn, REFUSALS, type Code } from './columns';
import { byToken, finishedVideos, manyFinishedVideos, plus, running, stopWhenAsked } from './ways';

interface Spending {
	name: string;
	on: 'create' | 'batch' | 'updateAudio';
	/** What is asked before the order goes out. */
	first: Requests;
	/** How many of these tries come to nothing where nobody listens. */
	firstRefused: number;
	/** What is asked once more at each look for a video that is only alike. */
	likeness: Requests;
	/** What a person reads of a video that was made while its answer was lost, and what is asked to find it: at once, or some time after the order. */
	found: { user: string; soon: Requests; late: Requests };
	/** What an order makes, and what that costs. */
	videos: number;
	credits: number;
	parameters(scene: Scene): INodeParameters;
}

const NO_WAIT = { waitForCompletion: false };
const UNKNOWN = 'error "Akool may have created this video: check before retrying [Item 0]", perhaps charged';
const CLEARED = 'error "Akool did not create this video [Item 0]"';
const NO_MODELS = "; hint: Akool's model list could not be read";
const NO_IMAGE = '; hint: The image of item 0 was ordered without a look at it: the connection was refused.';

const CREATE: Spending = {
	name: 'Create',
	on: 'create',
	first: { credits: 1 },
	firstRefused: 1,
	likeness: {},
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
	likeness: {},
	// At once the list does not show all of them, and a part is not taken before the second look.
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
	likeness: { results: 1 },
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

/** What is asked until it is certain that an order was not accepted: two looks at the list and the balance, half a minute apart. */
const asksUntilCleared = ({ on, first, likeness }: Spending): Requests =>
	plus(first, { [on]: 1, list: 2, credits: 2 }, likeness);

/** An order whose answer never came: looked for, found where it was accepted, and never sent again in the same run. */
function unclearCells(call: Spending): Cell[] {
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
		user: `error ${code} "${title} [Item 0]"`,
		asked: once,
	});
	return [
		...REFUSALS.map(([code, title]) => refusal(code, title)),
		// Trouble of Akool's own may come after the charge: no refusal, unless the balance and the list say so.
		{ ...refusal(1015, ''), user: CLEARED, asked: asksUntilCleared(call) },
		// The token is renewed for whoever comes next; the order itself is not sent again.
		{
			...refusal(1101, 'Akool does not accept the access token'),
			faults: [{ kind: 'code', code: 1101 }],
			asked: plus(once, { token: 2, credits: 1 }),
			run: running(parameters, byToken),
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'delay', ms: 100 }],
			run: async (scene) => await stopWhenAsked(scene, on, parameters(scene)),
			user: 'stopped, the log names every video',
			asked: once,
			videos,
			credits,
		},
	];
}

function spendingRow(call: Spending, prepare: Row['prepare'], more: readonly Cell[]): Row {
	const made = call.videos === 1 ? 'queued' : `${call.videos} × queued`;
	const cells = [...repeatedCells(call, made), ...unclearCells(call), ...refusedCells(call), ...more];
	return { name: call.name, on: call.on, prepare, run: running(call.parameters), cells };
}

const MANY = Array.from({ length: 1_000 }, () => ({}));

/** Enough for a thousand videos. */
const RICH_CREDITS = 100_000;

async function richAccount({ stage }: Scene): Promise<string[]> {
	stage.sandbox.credits = RICH_CREDITS;
	return [];
}

export const createRow = spendingRow(CREATE, richAccount, [
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
		user: '2 × queued, Akool created 2 of 3 videos [Item 0]',
		asked: { models: 1, credits: 1, batch: 1 },
		videos: 2,
		credits: 10,
	},
	{
		column: 'empty list',
		faults: [{ on: 'models', kind: 'emptyList' }],
		user: '3 × queued',
		asked: { models: 1, credits: 1, batch: 1 },
		videos: 3,
		credits: 15,
	},
]);

export const audioRow = spendingRow(AUDIO, async (scene) => await finishedVideos(scene, 1), [
	{
		column: '1,000 at once',
		user: '1000 × queued',
		asked: { credits: 1, updateAudio: 1_000 },
		videos: 1_000,
		credits: 5_000,
		prepare: async (scene) => {
			await richAccount(scene);
			return await manyFinishedVideos(scene);
		},
		run: running(({ ids }) => updateAudio(ids.join(','), { ...NO_WAIT, options: { concurrency: 20 } })),
	},
	{
		column: 'missing row',
		prepare: async () => [UNKNOWN_ID],
		user: 'error 1008 "Akool does not know this video or effect [Item 0]"',
		asked: { credits: 1, updateAudio: 1 },
	},
]);
