// What a run came to, said beside its output: how many videos for how many credits, what was not created, and what to do where nobody waits.

import countBy from 'lodash/countBy';

import { numberOf, textOf } from '../akool/json';
import { isFailed, isFinal } from '../akool/video';
import { outcomeMessages } from '../messages/outcome';
import type { Run } from '../orders/run';
import { addHint } from './hints';
import type { ItemResult } from './itemResult';

interface Created {
	id: string;
	credits: number | undefined;
	/** Akool is still at it, and nobody waits for it any more. */
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

/** Says what is left to do for videos that nobody waited for to the end, whoever has created them. */
function hintUnfinished(run: Run, results: readonly ItemResult[]): void {
	const videos = results.filter((result) => result.kind === 'video');
	const late = videos.filter(({ timedOut }) => timedOut).length;
	if (late > 0) addHint(run, outcomeMessages.timedOut(late), 'warning');
	// Returned as such, or with Continue as an item with an error.
	const failed = results.filter(
		(result) => 'video' in result && result.video !== undefined && isFailed(result.video),
	).length;
	if (failed > 0) addHint(run, outcomeMessages.failed(failed), 'warning');
}

/** Says what the run has created, where it has created something. */
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
