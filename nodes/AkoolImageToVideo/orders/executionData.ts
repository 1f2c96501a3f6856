// Makes sure that a paid video can be found: its ID goes into n8n's log, which outlives a stopped execution, and into the
// execution's custom data, so that the executions list finds a run by its video. IDs that no longer fit there are omitted.

import uniq from 'lodash/uniq';

import { textOf, type JsonRecord } from '../akool/json';
import type { AkoolVideo } from '../akool/video';
import { causeOf } from '../messages/causes';
import { logMessages } from '../messages/log';
import { withoutSecrets } from '../messages/redact';
import { customDataOf, MAX_CUSTOM_DATA_KEYS } from '../n8n/customData';
import type { Run } from './run';

/** Two keys stay free for the user. */
const MAX_KEYS = MAX_CUSTOM_DATA_KEYS - 2;
const IDS_PER_KEY = 10;
const KEY_PREFIX = 'akool_videos_';

const keyOf = (index: number): string => `${KEY_PREFIX}${index + 1}`;

/** The IDs that are written there already, by another node of the workflow perhaps. */
function writtenIds(written: JsonRecord): string[] {
	return Array.from({ length: MAX_KEYS }, (_, index) => textOf(written, keyOf(index))?.split(',') ?? []).flat();
}

function writeIds(run: Run): void {
	const store = customDataOf(run.context);
	if (store === undefined) return;
	const maxIds = MAX_KEYS * IDS_PER_KEY;
	const ids = uniq([...writtenIds(store.getAll()), ...run.ledger.firstIds(maxIds)]).slice(0, maxIds);
	for (let index = 0; index * IDS_PER_KEY < ids.length; index++) {
		store.set(keyOf(index), ids.slice(index * IDS_PER_KEY, (index + 1) * IDS_PER_KEY).join(','));
	}
}

/** The videos that this execution has noted, whichever of its nodes has created them. Never throws. */
export function notedIds(run: Run): string[] {
	try {
		return writtenIds(customDataOf(run.context)?.getAll() ?? {});
	} catch (error) {
		run.context.logger.warn(logMessages.customDataNotRead(withoutSecrets(causeOf(error), run.account)));
		return [];
	}
}

/** Notes videos that have just been created. Never throws: the IDs are in the ledger and in the output as well. */
export function noteVideos(run: Run, created: readonly AkoolVideo[]): void {
	const wasStopped = run.signal?.aborted === true;
	for (const { id, deductionCredit } of created) {
		const words = logMessages.videoCreated(id, deductionCredit, run.context.getExecutionId(), wasStopped);
		run.context.logger.info(`${run.node.name}: ${withoutSecrets(words, run.account)}`);
	}
	try {
		writeIds(run);
	} catch (error) {
		run.context.logger.warn(logMessages.customDataNotWritten(withoutSecrets(causeOf(error), run.account)));
	}
}
