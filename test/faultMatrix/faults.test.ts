import { setUpHarness } from '../integration/harness';
import { CALLS_AT_MOST } from './callbackCells';
import { runCell, type Row, type CellContext } from './cell';
import { deleteRow } from './deleting';
import { Outage } from './outage';
import { fileRow } from './file';
import { jobListRow } from './jobList';
import { openWebhookReceiver } from './webhookReceiver';
import { isWriting, readPage, writePage } from './page';
import { creditsRow, effectsRow, getRow, modelsRow } from './reading';
import { reportOf, type CellResult } from './report';
import { resumeRow } from './resume';
import { retryRow } from './retrying';
import { audioRow, batchRow, createRow } from './spending';
import { tokenRow } from './token';
import { triggerRow } from './trigger';
import { waitingRow } from './waiting';

const ROWS: readonly Row[] = [
	createRow,
	batchRow,
	audioRow,
	jobListRow,
	retryRow,
	getRow,
	waitingRow,
	deleteRow,
	effectsRow,
	modelsRow,
	creditsRow,
	tokenRow,
	fileRow,
	triggerRow,
	resumeRow,
];
const CELLS = ROWS.flatMap(({ cells }) => cells).length;
/** Videos finish only when a cell finishes them. */
const NEVER_SECONDS = 1_000_000;
const LIST_CACHE_EXPIRES_MS = 6 * 60_000;
const CELL_TIMEOUT_MS = 60_000;

const harness = setUpHarness({
	queueSeconds: NEVER_SECONDS,
	jobSeconds: NEVER_SECONDS,
	repeatCallbackSeconds: 0.02,
	callbackTries: CALLS_AT_MOST,
});
const results: CellResult[] = [];
let context: CellContext;

beforeAll(async () => {
	context = { harness, outage: new Outage(harness.sandbox, harness.clock), n8n: await openWebhookReceiver(), ids: [] };
});
beforeEach(() => {
	harness.clock.advance(LIST_CACHE_EXPIRES_MS);
	context.outage.reset();
});
afterAll(async () => {
	context.outage.close();
	await context.n8n.close();
});

describe.each(ROWS)('$name', (row) => {
	it.each(row.cells)(
		'$column',
		async (cell) => {
			const { column, user, asked, videos = 0, credits = 0 } = cell;
			const observed = await runCell(row, cell, context);
			expect(observed).toEqual({ user, asked, videos, credits });
			results.push({ row, column, observed });
		},
		CELL_TIMEOUT_MS,
	);
});

it('docs/dev/faults.md shows the results of this run', () => {
	expect(results).toHaveLength(CELLS);
	const report = reportOf(results);
	if (isWriting()) writePage(report);
	expect(readPage()).toBe(report);
});
