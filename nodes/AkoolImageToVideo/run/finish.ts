// The way of a run's videos from "Akool has them" to items: wait as planned, bring the files home, deliver. Used by every operation that
// ends with videos, so that none of them waits, downloads or reports in a way of its own.

import sortBy from 'lodash/sortBy';
import type { INodeExecutionData } from 'n8n-workflow';

import { isCompleted, isFailed, type AkoolVideo } from '../akool/video';
import { failedVideoFault } from '../transport/faults';
import { deliver } from './deliver';
import { Downloads } from './download';
import { sayHint } from './hints';
import type { ItemResult } from './itemResult';
import type { OutputForm } from './output';
import { park } from './park';
import { poll, type PollOptions } from './poll';
import type { Run } from './run';
import { LONG_WAIT_MS, pollingEndMs, type WaitPlan } from './waitPlan';
import { Watch, type Verdict } from './watch';

/** A video, and the item that it belongs to. */
export interface OwnedVideo {
	itemIndex: number;
	video: AkoolVideo;
}

export interface FinishOptions {
	/** Undefined: give the videos as they are now. */
	plan: WaitPlan | undefined;
	onVideoFailure: 'error' | 'output';
	/** Where the file goes; undefined: no download. */
	binaryField: string | undefined;
	concurrency: number;
	output: OutputForm;
	/** False where nothing but the IDs is known, so that the first look comes at once. */
	justCreated: boolean;
}

async function completedResult(owned: OwnedVideo, video: AkoolVideo, downloads: Downloads | undefined): Promise<ItemResult> {
	const { itemIndex } = owned;
	const download = await downloads?.of(video.id);
	if (download?.kind === 'fault') return { kind: 'fault', itemIndex, fault: download.fault, video };
	return { kind: 'video', itemIndex, video, timedOut: false, binary: download?.binary };
}

async function resultOf(owned: OwnedVideo, verdict: Verdict, options: FinishOptions, downloads: Downloads | undefined): Promise<ItemResult> {
	const { itemIndex } = owned;
	const { video } = verdict;
	if (verdict.kind === 'givenUp') return { kind: 'fault', itemIndex, fault: verdict.fault, video };
	if (isCompleted(video)) return await completedResult(owned, video, downloads);
	const waited = options.plan !== undefined;
	if (isFailed(video) && waited && options.onVideoFailure === 'error') {
		return { kind: 'fault', itemIndex, fault: failedVideoFault(video), video };
	}
	return { kind: 'video', itemIndex, video, timedOut: waited && verdict.kind === 'pending' };
}

function downloadsFor(run: Run, options: FinishOptions): Downloads | undefined {
	if (options.binaryField === undefined) return undefined;
	return new Downloads(run.context, options.binaryField, options.concurrency);
}

/** With Retry On Fail, n8n runs a node again at once whose first item tells of an error, parked or not; then it is better to stay awake. */
function mayPark(run: Run, results: readonly ItemResult[]): boolean {
	const first = sortBy(results, ({ itemIndex }) => itemIndex ?? 0)[0];
	return run.node.retryOnFail !== true || first?.kind !== 'fault';
}

/**
 * Waits for videos where that was planned, downloads where that was asked for, and gives the run's items. Parks the execution where the
 * plan says so: the items given then stay with it, to be the output should the time run out.
 *
 * @param others results that are settled already, such as creates that did not work out
 * @throws NodeApiError | NodeOperationError as `deliver` does
 */
export async function finishVideos(
	run: Run,
	videos: readonly OwnedVideo[],
	others: readonly ItemResult[],
	options: FinishOptions,
): Promise<INodeExecutionData[]> {
	const downloads = downloadsFor(run, options);
	const watch = new Watch(
		run.context,
		videos.map(({ video }) => video),
	);
	const { plan } = options;
	const beganMs = Date.now();
	const polling = ({ intervalSeconds }: WaitPlan): Pick<PollOptions, 'intervalSeconds' | 'pauseFirst' | 'onFinal'> => ({
		intervalSeconds,
		pauseFirst: options.justCreated,
		onFinal: (video) => downloads?.start(video),
	});
	if (plan !== undefined) await poll(run, watch, { ...polling(plan), endMs: pollingEndMs(plan, Date.now()) });
	const settle = async (): Promise<ItemResult[]> => {
		for (const { video } of videos) downloads?.start(watch.verdictOf(video.id).video);
		const own = await Promise.all(videos.map(async (owned) => await resultOf(owned, watch.verdictOf(owned.video.id), options, downloads)));
		return [...own, ...others];
	};
	let results = await settle();
	const isWaiting = (): boolean => watch.pendingIds().length > 0 && run.signal?.aborted !== true;
	if (plan?.callbackUrl !== undefined && Date.now() < plan.endMs && isWaiting()) {
		// What was finished meanwhile has called already, in vain: one more look, right before the execution falls asleep.
		await watch.look();
		results = await settle();
		if (isWaiting() && mayPark(run, results)) return await park(run, results, plan, options);
		await poll(run, watch, { ...polling(plan), endMs: plan.endMs });
		results = await settle();
	}
	if (plan?.longWaitHint !== undefined && Date.now() - beganMs > LONG_WAIT_MS) sayHint(run, plan.longWaitHint);
	return deliver(run, results, options.output);
}
