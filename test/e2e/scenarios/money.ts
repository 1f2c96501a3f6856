// No video is lost or paid for twice: every fault of the sandbox at every place, with and without Retry On Fail. Rules: as many videos as Akool accepted are visible to
// the user, no item is paid for twice, and where a video may exist unseen, the message says for which items, no more and no fewer.
import assert from 'node:assert/strict';
import pLimit from 'p-limit';
import { errorOf } from '../driver/n8nWorkflows';
import { createAtAkool } from '../run/calls';
import { akoolItems, idsIn, visibleText } from '../run/reading';
import { scenario } from '../run/scenario';
import { numbered, imagesToVideos } from '../run/workflows';
import type { ScenarioContext } from '../run/scenarioContext';
import type { Sandbox } from '../../sandbox';
import type { FaultOptions } from '../../sandbox/types';

const ITEMS = 3;
const BATCH_COUNT = 2;
const CELLS_AT_ONCE = 10;
const CELL_TIMEOUT_MS = 20 * 60_000;
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 300 };
const WAIT = { waitForCompletion: true, options: { waitMode: 'polling', pollInterval: 2, waitTimeout: 1 } };
const NO_WAIT = { waitForCompletion: false };
const MODEL = {
	modelName: { __rl: true, mode: 'name', value: 'seedance-1-0-lite-i2v-250428' },
	batchResolution: '720p',
	batchVideoLength: 5,
};
/** Says that a video may exist that nobody saw. */
const MAY_EXIST = /Akool may have created/;

/** one run */
interface Cell {
	place: string;
	/** in words */
	fault: string;
	options: FaultOptions;
	retry: boolean;
	listEnabled: boolean;
	operation: 'create' | 'batch' | 'updateAudio';
	/** it takes minutes */
	hangs: boolean;
}

/** Faults of a call that spends. The second of the run's three meets one, once. */
const SPEND_FAULTS: [string, Partial<FaultOptions> & { kind: string }, boolean][] = [
	['connection cut, not accepted', { kind: 'resetBefore' }, true],
	['connection cut, accepted', { kind: 'resetAfter' }, true],
	['no answer, not accepted', { kind: 'hang' }, true],
	['no answer, accepted', { kind: 'hang', accepted: true }, true],
	['HTTP 500, not accepted', { kind: 'status' }, true],
	['HTTP 502, accepted', { kind: 'status', status: 502, accepted: true }, true],
	['answer cut off, accepted', { kind: 'cutJson' }, true],
	['answer cut off, not accepted', { kind: 'cutJson', accepted: false }, true],
	['HTTP 429', { kind: 'rateLimit' }, false],
	['code 1005', { kind: 'rateLimit', code: 1005 }, false],
	['code 1015', { kind: 'code' }, false],
	['answer late', { kind: 'delay', ms: 1_500 }, false],
];
/** Faults of a call that reads. */
const READ_FAULTS = SPEND_FAULTS.filter(([, { accepted }]) => accepted === undefined);
const FILE_FAULTS: typeof SPEND_FAULTS = [
	['connection cut', { kind: 'resetBefore' }, false],
	['no answer', { kind: 'hang' }, false],
	['HTTP 500', { kind: 'status' }, false],
	['HTTP 429', { kind: 'rateLimit' }, false],
	['answer late', { kind: 'delay', ms: 1_500 }, false],
	['half a file', { kind: 'cutFile' }, false],
	['a page instead', { kind: 'wrongType' }, false],
	['half a file, always', { kind: 'cutFile', times: Infinity }, false],
];
const RESULT_FAULTS: typeof SPEND_FAULTS = [
	...READ_FAULTS,
	['an unknown status', { kind: 'unknownStatus' }, false],
	['rows missing', { kind: 'missingRow' }, false],
	['an empty list', { kind: 'emptyList' }, false],
	['HTTP 500, always', { kind: 'status', times: Infinity }, false],
	['code 1200, always', { kind: 'code', code: 1200, times: Infinity }, false],
];

function allCells(): Cell[] {
	const cells: Cell[] = [];
	const add = (place: string, faults: typeof SPEND_FAULTS, operation: Cell['operation'], after: number = 0) => {
		for (const [fault, kind, isOutcomeUnknown] of faults) {
			for (const retry of [false, true]) {
				for (const listEnabled of isOutcomeUnknown && place === operation ? [true, false] : [true]) {
					const options = { on: place, after, ...kind };
					cells.push({ place, fault, options, retry, listEnabled, operation, hangs: kind.kind === 'hang' });
				}
			}
		}
	};
	add('create', SPEND_FAULTS, 'create', 1);
	add(
		'batch',
		[
			...SPEND_FAULTS,
			['half the batch', { kind: 'partialBatch', made: 1 }, false],
			['nothing of the batch', { kind: 'partialBatch', made: 0 }, false],
		],
		'batch',
		1,
	);
	add('updateAudio', SPEND_FAULTS, 'updateAudio', 1);
	add('results', RESULT_FAULTS, 'create');
	add('credits', READ_FAULTS, 'create');
	add('models', [...READ_FAULTS, ['an empty list', { kind: 'emptyList' }, false]], 'batch');
	add('file', FILE_FAULTS, 'create');
	return cells;
}

function parametersOf({ place, operation }: Cell) {
	const balance = place === 'credits' ? { minBalance: 1 } : {};
	const waits = place === 'results' || place === 'file';
	const waiting = waits
		? { ...WAIT, options: { ...WAIT.options, ...balance }, downloadVideo: place === 'file' }
		: { ...NO_WAIT, options: balance };
	switch (operation) {
		case 'create':
			return { operation, ...waiting };
		case 'batch':
			return { operation: 'createBatch', ...MODEL, count: BATCH_COUNT, ...waiting };
		case 'updateAudio':
			return { operation, audioType: 1, videoIds: '={{ $json.id }}', ...waiting };
	}
}

/** The items whose request met the fault, by what was asked for. */
function itemsHit(sandbox: Sandbox, { operation }: Cell, items: { n: number; id?: string }[]) {
	const affected = sandbox.requests.filter(({ endpoint, fault }) => endpoint === operation && fault !== undefined);
	return new Set(affected.map(({ body }) => itemOf(body as Record<string, unknown>, items)));
}

function itemOf(body: Record<string, unknown>, items: { n: number; id?: string }[]) {
	if (body.pre_video_id !== undefined) return items.find(({ id }) => id === body.pre_video_id)?.n;
	return Number(/item (\d+)/.exec(String(body.prompt))?.[1]);
}

/**
 * The items of which the messages say that a video may exist.
 * @param text of all messages
 */
function itemsOfUnknownOrders(text: string) {
	const named = text.matchAll(/Akool may have created[^[\].]*\[Item (\d+)\]|Item (\d+): Akool may have created/g);
	return new Set([...named].map(([, one, other]) => Number(one ?? other)));
}

/** Runs a cell and checks the credits. */
async function runCell(context: ScenarioContext, cell: Cell) {
	const akool = await context.akool({ jobSeconds: 0.2, listEnabled: cell.listEnabled });
	const { sandbox } = akool;
	const items: { n: number; id?: string }[] = numbered(ITEMS);
	if (cell.operation === 'updateAudio') {
		for (const item of items) item.id = await createAtAkool(sandbox, { prompt: `Turn it, item ${item.n}` });
		sandbox.finishAll();
	}
	const before = new Set(sandbox.jobs.map(({ _id }) => _id));
	const fault = sandbox.addFault(cell.options);
	const started = await context.start(
		imagesToVideos(akool, parametersOf(cell), { items, node: cell.retry ? RETRY : {} }),
	);
	const execution = await started.ends(CELL_TIMEOUT_MS);

	const made = sandbox.jobs.filter(({ _id }) => !before.has(_id));
	const error = errorOf(execution) ?? '';
	const outputs = akoolItems(execution).map(({ json }) => json);
	const visible = new Set([...idsIn(visibleText(execution))].filter((id) => !before.has(id)));
	const unseen = made.filter(({ _id }) => !visible.has(_id));
	const perItem = items.map(({ n }) => made.filter(({ body }) => itemOf(body, items) === n).length);
	const unknownItems = itemsOfUnknownOrders(`${error} ${JSON.stringify(outputs)}`);
	const mostPerItem = cell.operation === 'batch' ? BATCH_COUNT : 1;
	const faults = [];
	if (fault.hits === 0) faults.push('the fault was never met');
	if (perItem.some((count) => count > mostPerItem)) faults.push(`paid twice: ${perItem}`);
	if ([...visible].some((id) => !made.some(({ _id }) => _id === id))) faults.push('an ID that Akool never gave');
	if (unseen.length > 0 && cell.listEnabled) faults.push(`${unseen.length} unseen though the list is there`);
	for (const { body } of unseen)
		if (!unknownItems.has(Number(itemOf(body, items))))
			faults.push(`item ${itemOf(body, items)} has an unseen video that no message names`);
	if (MAY_EXIST.test(error) || unknownItems.size > 0) {
		const hit = itemsHit(sandbox, cell, items);
		if (String([...unknownItems].sort()) !== String([...hit].sort()))
			faults.push(`orders of unknown outcome: ${[...hit]}, named are ${[...unknownItems]}`);
	}
	return {
		cell,
		faults,
		status: execution.status,
		accepted: made.length,
		visible: visible.size,
		unknownItems: unknownItems.size,
		creates: sandbox.countRequests(cell.operation),
		error,
	};
}

function print(rows: Awaited<ReturnType<typeof runCell>>[]) {
	const table = rows.map(({ cell, status, accepted, visible, unknownItems, creates, faults }) => {
		const list = cell.operation === cell.place && !cell.listEnabled ? 'off' : 'on';
		const said = [
			cell.place,
			cell.fault,
			cell.retry ? 'yes' : 'no',
			list,
			status,
			creates,
			accepted,
			visible,
			unknownItems,
			faults.join('; ') || 'right',
		];
		return said.map(String);
	});
	const head = ['place', 'fault', 'retry', 'list', 'ended', 'sent', 'accepted', 'IDs seen', 'may exist', 'verdict'];
	const widths = head.map((title, column) => Math.max(title.length, ...table.map((row) => row[column]?.length ?? 0)));
	return [head, ...table].map((row) =>
		row
			.map((text, column) => text.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

async function runMatrix(context: ScenarioContext, cells: Cell[], atOnce: number) {
	const limit = pLimit(atOnce);
	const rows = await Promise.all(cells.map(async (cell) => await limit(async () => await runCell(context, cell))));
	for (const line of print(rows)) context.note(line);
	const wrong = rows.filter(({ faults }) => faults.length > 0);
	assert.deepEqual(
		wrong.map(({ cell, faults, error }) => [cell.place, cell.fault, cell.retry, cell.listEnabled, faults, error]),
		[],
	);
}

scenario(
	'No video is lost or paid for twice: a fault in every request, with and without Retry On Fail',
	async (context) =>
		await runMatrix(
			context,
			allCells().filter(({ hangs }) => !hangs),
			CELLS_AT_ONCE,
		),
	{ group: 'long' },
);

scenario(
	'No video is lost or paid for twice: no answer to any request, with and without Retry On Fail',
	async (context) => {
		const cells = allCells().filter(({ hangs }) => hangs);
		await runMatrix(context, cells, cells.length);
	},
	{ group: 'long' },
);
