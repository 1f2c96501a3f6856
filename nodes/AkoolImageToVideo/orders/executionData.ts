// Makes sure that whoever looks for a paid video finds it: its ID goes into n8n's log, which outlives a stopped execution, and into the
// execution's custom data, so that the executions list finds a run by its video. n8n keeps ten keys an execution and complains above 255
// characters a value: some keys are left to the user, and what no longer fits is left out.

import uniq from 'lodash/uniq';

import { textOf, type JsonRecord } from '../akool/json';
import type { AkoolVideo } from '../akool/video';
import type { Run } from './run';

const MAX_KEYS = 8;
const IDS_PER_KEY = 10;
const KEY_PREFIX = 'akool_videos_';

interface CustomData {
	set(key: string, value: string): void;
	getAll(): JsonRecord;
}

function customDataOf(run: Run): CustomData | undefined {
	// n8n 2.8 has no `customData` on the context; there the execution's data proxy offers the same.
	const { customData } = run.context;
	if (customData !== undefined) return customData;
	const execution: { customData?: CustomData } | undefined = run.context.getWorkflowDataProxy(0).$execution;
	return execution?.customData;
}

const keyOf = (index: number): string => `${KEY_PREFIX}${index + 1}`;

/** The IDs that are written there already, by another node of the workflow perhaps. */
function writtenIds(written: JsonRecord): string[] {
	return Array.from({ length: MAX_KEYS }, (_, index) => textOf(written, keyOf(index))?.split(',') ?? []).flat();
}

function writeIds(run: Run): void {
	const store = customDataOf(run);
	if (store === undefined) return;
	const room = MAX_KEYS * IDS_PER_KEY;
	const ids = uniq([...writtenIds(store.getAll()), ...run.ledger.firstIds(room)]).slice(0, room);
	for (let index = 0; index * IDS_PER_KEY < ids.length; index++) {
		store.set(keyOf(index), ids.slice(index * IDS_PER_KEY, (index + 1) * IDS_PER_KEY).join(','));
	}
}

/** The videos that this execution has noted, whichever of its nodes has made them. Never throws. */
export function notedIds(run: Run): string[] {
	try {
		return writtenIds(customDataOf(run)?.getAll() ?? {});
	} catch {
		return [];
	}
}

/** Notes videos that have just been made. Never throws: the IDs are in the ledger and in the output as well. */
export function noteVideos(run: Run, made: readonly AkoolVideo[]): void {
	const stopped = run.signal?.aborted === true ? ' after the execution was stopped' : '';
	for (const { id, deductionCredit } of made) {
		const price = deductionCredit === undefined ? '' : ` for ${deductionCredit} credits`;
		run.context.logger.info(
			`${run.node.name}: Akool has created video ${id}${price} for execution ${run.context.getExecutionId()}${stopped}`,
		);
	}
	try {
		writeIds(run);
	} catch {
		run.context.logger.debug('The video IDs could not be written into the execution’s custom data');
	}
}
