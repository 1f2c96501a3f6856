// The file of a finished video. A stream that breaks is read again, a partial file is never kept, and a video whose file does not
// arrive is named.

import { startSandbox } from '../sandbox';
import { create, onVideos, OPTIONS_POLLING } from '../integration/harness';
import { RATE_LIMIT, seen, type Cell, type Fault, type Row, type CellContext } from './cell';
import type { Column } from './columns';
import { Outage } from './outage';
import { finishedVideos, manyFinishedVideos, running, stopWhenAsked } from './running';

const parameters = ({ ids }: CellContext) => onVideos('download', ids.join(','));
const LOST = 'error "The file of video #1 could not be downloaded", names #1';
const ATTEMPTS = 3;
const MOST_ATTEMPTS = 11;

const passing = (column: Column, fault: Fault, times = 2): Cell => ({
	column,
	faults: [{ ...fault, times }],
	user: 'completed with file',
	asked: { results: 1, file: times + 1 },
});
const lasting = (column: Column, fault: Fault): Cell => ({
	column,
	faults: [{ ...fault, times: Infinity }],
	user: LOST,
	asked: { results: 1, file: ATTEMPTS },
});

/** Files may be on another host than Akool's, and that one may be unavailable for a moment. */
async function hostAway(context: CellContext): Promise<string> {
	const host = await startSandbox();
	const outage = new Outage(host, context.harness.clock);
	await outage.refuse(1);
	const [_id] = context.ids;
	const row = { _id, status: 3, create_time: Date.now(), video_url: `${host.url}/files/large-1.mp4` };
	context.harness.sandbox.addFault({
		on: 'results',
		kind: 'status',
		status: 200,
		body: { code: 1000, data: { result: [row] } },
	});
	const outcome = await context.harness.run(parameters(context));
	const text = `${seen(outcome, context)}; refused ${outage.refused}, asked ${host.countRequests('file')}, keys sent ${host.leaks.length}`;
	outage.close();
	await host.close();
	return text;
}

export const fileRow: Row = {
	name: 'File',
	on: 'file',
	prepare: async (context) => await finishedVideos(context, 1),
	run: running(parameters),
	cells: [
		{
			column: 'connection refused',
			run: hostAway,
			user: 'completed with file; refused 1, asked 1, keys sent 0',
			asked: { results: 1 },
		},
		passing('reset before acceptance', { kind: 'resetBefore' }),
		lasting('reset after acceptance', { kind: 'resetAfter' }),
		passing('hang, not accepted', { kind: 'hang' }, 1),
		passing('HTTP 500 page, not accepted', { kind: 'status' }),
		// The host of a young video may not show its file yet: it is asked for some minutes.
		{
			...lasting('HTTP 500 page, accepted', { kind: 'status', status: 503 }),
			asked: { results: 1, file: MOST_ATTEMPTS },
		},
		passing('HTTP 429 with Retry-After', RATE_LIMIT),
		passing('cut file', { kind: 'cutFile' }),
		passing('stalled file', { kind: 'stalledFile' }, 1),
		lasting('wrong content type', { kind: 'wrongType' }),
		{
			column: 'missing row',
			run: running(() =>
				create({ prompt: '[sandbox: queue=0, seconds=1]', downloadVideo: true, options: OPTIONS_POLLING }),
			),
			faults: [{ on: 'results', kind: 'missingRow', times: 2 }],
			user: 'completed with file',
			asked: { credits: 1, create: 1, results: 3, file: 1 },
			videos: 1,
			credits: 20,
		},
		{
			column: 'unknown status',
			faults: [{ on: 'results', kind: 'unknownStatus', status: 7 }],
			user: 'error "Video #1 is not completed, so there is no file to download", names #1',
			asked: { results: 1 },
		},
		{
			column: '1,000 at once',
			prepare: manyFinishedVideos,
			run: running(({ ids }) => onVideos('download', ids.join(','), { options: { concurrency: 20 } })),
			user: '1000 × completed with file',
			asked: { results: 10, file: 1_000 },
		},
		{
			column: 'stopped execution',
			faults: [{ kind: 'stalledFile' }],
			run: async (context) => await stopWhenAsked(context, 'file', parameters(context)),
			user: 'stopped',
			asked: { results: 1, file: 1 },
		},
	],
};
