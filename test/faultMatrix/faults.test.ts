import { setStage } from '../integration/stage';
import { CALLS_AT_MOST } from './calling';
import { play, type Row, type Scene } from './cell';
import { deleteRow } from './deleting';
import { Door } from './door';
import { fileRow } from './file';
import { jobListRow } from './jobList';
import { openN8nDoor } from './n8nDoor';
import { isWriting, readPage, writePage } from './page';
import { creditsRow, effectsRow, getRow, modelsRow } from './reading';
import { reportOf, type Played } from './report';
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
/** Videos end when a cell says so. */
const NEVER_SECONDS = 1_000_000;
const LISTS_ARE_FORGOTTEN_MS = 6 * 60_000;
const CELL_TIMEOUT_MS = 60_000;

const stage = setStage({
	queueSeconds: NEVER_SECONDS,
	jobSeconds: NEVER_SECONDS,
	repeatCallbackSeconds: 0.02,
	callbackTries: CALLS_AT_MOST,
});
const played: Played[] = [];
let scene: Scene;

beforeAll(async () => {
	scene = { stage, door: new Door(stage.sandbox, stage.clock), n8n: await openN8nDoor(), ids: [] };
});
beforeEach(() => {
	stage.clock.advance(LISTS_ARE_FORGOTTEN_MS);
	scene.door.reset();
});
afterAll(async () => {
	scene.door.close();
	await scene.n8n.close();
});

describe.each(ROWS)('$name', (row) => {
	it.each(row.cells)(
		'$column',
		async (cell) => {
			const { column, user, asked, videos = 0, credits = 0 } = cell;
			const observed = await play(row, cell, scene);
			expect(observed).toEqual({ user, asked, videos, credits });
			played.push({ row, column, observed });
		},
		CELL_TIMEOUT_MS,
	);
});

it('the page docs/dev/faults.md is what this run has shown', () => {
	expect(played).toHaveLength(CELLS);
	const report = reportOf(played);
	if (isWriting()) writePage(report);
	expect(readPage()).toBe(report);
});
