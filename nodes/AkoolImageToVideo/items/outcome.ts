// The summary beside a run's output: how many videos for how many credits, what was not created, and what to do about unfinished videos.

import { countBy } from 'lodash';

import { numberOf, textOf } from '../akool/json';
import { isFailed, isFinal } from '../akool/video';
import { outcomeMessages } from '../messages/outcome';
import type { Run } from '../orders/run';
import { addHint } from './hints';
import type { ItemResult } from './itemResult';

interface Created {
	id: string;
	credits: number | undefined;
	/** It is unfinished, and the run did not wait for it. */
	isLeft: boolean;
}

/** The video of a result, where it has one. */
function createdIn(result: ItemResult): Created[] {
	if (result.kind === 'settled') {
		const { json } = result.item;
		const id = textOf(json, '_id');
		return id === undefined ? [] : [{ id, credits: numberOf(json, 'deduction_credit'), isLeft: false }];
	}
	if (result.kind === 'record' || result.video === undefined) return [];
	const { id, deductionCredit } = result.video;
	return [
		{ id, credits: deductionCredit, isLeft: result.kind === 'video' && !result.timedOut && !isFinal(result.video) },
	];
}

/** Shows hints about videos that timed out or failed, also those that this run did not create. */
function hintUnfinished(run: Run, results: readonly ItemResult[]): void {
	const videos = results.filter((result) => result.kind === 'video');
	const late = videos.filter(({ timedOut }) => timedOut).length;
	if (late > 0) addHint(run, outcomeMessages.timedOut(late), 'warning');
	// Returned as failed, or as an item with an error.
	const failed = results.filter(
		(result) => 'video' in result && result.video !== undefined && isFailed(result.video),
	).length;
	if (failed > 0) addHint(run, outcomeMessages.failed(failed), 'warning');
}

/** Shows how many videos the run created and what they cost. Nothing if it created none. */
export function addSummary(run: Run, results: readonly ItemResult[]): void {
	hintUnfinished(run, results);
	const paid = new Map(run.ledger.videos().map((video) => [video.id, video]));
	const created = new Map(
		results.flatMap(createdIn).flatMap((video) => (paid.has(video.id) ? [[video.id, video] as const] : [])),
	);
	if (created.size === 0) return;
	const credits = [...created.values()].map((video) => video.credits ?? paid.get(video.id)?.deductionCredit);
	const known = credits.filter((credit) => credit !== undefined);
	const notCreated = results.flatMap((result) =>
		result.kind === 'error' && result.video === undefined ? [result.message.title] : [],
	);
	const charged = {
		credits: known.reduce((sum, credit) => sum + credit, 0),
		isComplete: known.length === credits.length,
	};
	const hint = outcomeMessages.created(created.size, charged, countBy(notCreated));
	addHint(run, hint, notCreated.length > 0 ? 'warning' : 'info');
	if ([...created.values()].some(({ isLeft }) => isLeft)) addHint(run, outcomeMessages.notWaitedFor());
}
