// Makes paid videos easy to find: their IDs go into n8n's log, which outlives a stopped execution, and into the
// execution's custom data, by which the executions list can be filtered. IDs beyond n8n's limit are omitted there.

import { uniq } from 'lodash';

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

/** The IDs that are there already, perhaps from another node of the workflow. */
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

/** The IDs in this execution's custom data, from any of its nodes. Never throws. */
export function notedIds(run: Run): string[] {
	try {
		return writtenIds(customDataOf(run.context)?.getAll() ?? {});
	} catch (error) {
		run.context.logger.warn(logMessages.customDataNotRead(withoutSecrets(causeOf(error), run.account)));
		return [];
	}
}

/** Writes new videos into the log and the custom data. Never throws: the IDs are in the ledger and the output as well. */
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
