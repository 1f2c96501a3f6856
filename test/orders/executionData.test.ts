// How a paid video is noted where people look for it, and that nothing there can lose it.

import { customDataOf } from '../../nodes/AkoolImageToVideo/n8n/customData';
import { notedIds, noteVideos } from '../../nodes/AkoolImageToVideo/orders/executionData';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { placed, runFor } from './runFor';
import { requestFor, videoOf } from './samples';

const broken = (): never => {
	throw new Error('n8n keeps no data');
};

/** A run whose n8n offers this as custom data. */
function runWith(value: unknown): { run: Run; info: jest.SpyInstance; warn: jest.SpyInstance } {
	const run = runFor([{}]);
	Object.defineProperty(run.context, 'customData', { value });
	if (value === undefined) {
		const proxy = run.context.getWorkflowDataProxy(0);
		jest.spyOn(run.context, 'getWorkflowDataProxy').mockReturnValue({ ...proxy, $execution: {} });
	}
	const { logger } = run.context;
	return { run, info: jest.spyOn(logger, 'info'), warn: jest.spyOn(logger, 'warn') };
}

afterEach(() => jest.restoreAllMocks());

it.each<[string, unknown, number]>([
	['there is none', undefined, 0],
	['it cannot be read', { set: () => undefined, getAll: broken }, 1],
	['it cannot be written', { set: broken, getAll: () => ({}) }, 1],
])('a paid video is logged if the custom data fails: %s', (_, customData, warnings) => {
	const { run, info, warn } = runWith(customData);
	const videos = [videoOf('paid')];
	run.ledger.created(placed(run, requestFor(0)), videos, []);
	noteVideos(run, videos);
	expect(info.mock.calls).toEqual([[expect.stringContaining('paid')]]);
	expect(warn).toHaveBeenCalledTimes(warnings);
});

it.each<[string, unknown, number]>([
	['there is none', undefined, 0],
	['it cannot be read', { set: () => undefined, getAll: broken }, 1],
])('no video is noted if %s', (_, customData, warnings) => {
	const { run, warn } = runWith(customData);
	expect(notedIds(run)).toEqual([]);
	expect(warn).toHaveBeenCalledTimes(warnings);
});

it('as many IDs are noted as fit into eight keys: those of other nodes first, and each once', () => {
	const run = runFor([{}]);
	const store = customDataOf(run.context);
	store?.set('akool_videos_1', 'other,v-0');
	const videos = Array.from({ length: 90 }, (_, n) => videoOf(`v-${n}`));
	run.ledger.created(placed(run, requestFor(0, { videoCount: 90 })), videos, []);
	noteVideos(run, videos);
	expect(notedIds(run)).toEqual(['other', ...videos.slice(0, 79).map(({ id }) => id)]);
	expect(Object.keys(store?.getAll() ?? {})).toHaveLength(8);
});
