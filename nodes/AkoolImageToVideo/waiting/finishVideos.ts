// The way of a run's videos from "Akool has them" to items: wait as planned, bring the files home, deliver. Used by every operation that
// ends with videos, so that none of them waits, downloads or reports in a way of its own.

import sortBy from 'lodash/sortBy';
import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../clock';
import { isCompleted, isFailed, type AkoolVideo, type VideoId } from '../akool/video';
import { videoMessages } from '../messages/videos';
import { obstacleMessages } from '../messages/waiting';
import { deliver } from '../items/toItems';
import { Downloads } from '../items/downloads';
import type { ItemResult } from '../items/itemResult';
import type { OutputForm } from '../items/videoJson';
import { park } from './park';
import { poll } from './poll';
import type { Run } from '../orders/run';
import { LONG_WAIT_MS, pollingEndMs, sayWhyAwake, type WaitPlan } from './waitPlan';
import { Watch, type Verdict } from './videoTracker';

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

/** With Retry On Fail, n8n runs a node again at once whose first item tells of an error, parked or not; then it is better to stay awake. */
function mayPark(run: Run, results: readonly ItemResult[]): boolean {
	const first = sortBy(results, ({ itemIndex }) => itemIndex ?? 0)[0];
	return run.node.retryOnFail !== true || first?.kind !== 'error';
}

/** The videos of one run on their way, and what has become of them so far. */
class Homecoming {
	private readonly watch: Watch;

	private readonly downloads: Downloads | undefined;

	private hasAsked = false;

	constructor(
		private readonly run: Run,
		private readonly videos: readonly OwnedVideo[],
		private readonly others: readonly ItemResult[],
		private readonly options: FinishOptions,
	) {
		this.watch = new Watch(
			run.context,
			videos.map(({ video }) => video),
		);
		const { binaryField, concurrency } = options;
		this.downloads = binaryField === undefined ? undefined : new Downloads(run.context, binaryField, concurrency);
	}

	/** Something is still to come, and nobody has stopped the execution. */
	isAwaited(): boolean {
		return this.watch.pendingIds().length > 0 && this.run.signal?.aborted !== true;
	}

	pendingIds(): VideoId[] {
		return this.watch.pendingIds();
	}

	async askUntil(endMs: number, intervalSeconds: number): Promise<void> {
		await poll(this.run, this.watch, {
			intervalSeconds,
			endMs,
			pauseFirst: this.options.justCreated,
			isFirst: !this.hasAsked,
			onFinal: (video) => this.downloads?.start(video),
		});
		this.hasAsked = true;
	}

	async lookOnce(): Promise<void> {
		await this.watch.look();
		this.hasAsked = true;
	}

	/** How it stands with every item, once the files of what is finished are here. */
	async results(): Promise<ItemResult[]> {
		for (const { video } of this.videos) this.downloads?.start(this.watch.verdictOf(video.id).video);
		const own = await Promise.all(
			this.videos.map(async ({ itemIndex, video }) => await this.resultOf(itemIndex, this.watch.verdictOf(video.id))),
		);
		return [...own, ...this.others];
	}

	private async resultOf(itemIndex: number, verdict: Verdict): Promise<ItemResult> {
		const { video } = verdict;
		if (verdict.kind === 'givenUp') return { kind: 'error', itemIndex, message: verdict.message, video };
		if (isCompleted(video)) return await this.completedResult(itemIndex, video);
		const waited = this.options.plan !== undefined;
		if (isFailed(video) && waited && this.options.onVideoFailure === 'error') {
			return { kind: 'error', itemIndex, message: videoMessages.failed(video), video };
		}
		return { kind: 'video', itemIndex, video, timedOut: waited && verdict.kind === 'pending' };
	}

	private async completedResult(itemIndex: number, video: AkoolVideo): Promise<ItemResult> {
		const download = await this.downloads?.of(video.id);
		if (download?.kind === 'error') return { kind: 'error', itemIndex, message: download.message, video };
		return { kind: 'video', itemIndex, video, timedOut: false, binary: download?.binary };
	}
}

/** Waits as planned. Gives the items to park with where the execution is to fall asleep, undefined where there is nothing left to wait for. */
async function waitAsPlanned(
	run: Run,
	homecoming: Homecoming,
	plan: WaitPlan,
	beganMs: number,
): Promise<ItemResult[] | undefined> {
	const endMs = beganMs + plan.timeoutMs;
	await homecoming.askUntil(pollingEndMs(plan, beganMs), plan.intervalSeconds);
	// The files of what is finished come home first: after that, less may be left of the wait, and of the videos.
	await homecoming.results();
	if (plan.callbackUrl === undefined || clock.now() >= endMs || !homecoming.isAwaited()) return undefined;
	// What was finished meanwhile has called already, in vain: one more look, right before the execution falls asleep.
	await homecoming.lookOnce();
	const results = await homecoming.results();
	const isCalled = run.ledger.hearsOf(homecoming.pendingIds(), run.context.getExecutionId());
	if (homecoming.isAwaited() && isCalled && mayPark(run, results)) return results;
	if (!isCalled) sayWhyAwake(run, obstacleMessages.otherExecution());
	await homecoming.askUntil(endMs, plan.intervalSeconds);
	return undefined;
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
	const { plan } = options;
	const homecoming = new Homecoming(run, videos, others, options);
	if (plan === undefined) return deliver(run, await homecoming.results(), options.output);

	const beganMs = clock.now();
	const parked = await waitAsPlanned(run, homecoming, plan, beganMs);
	if (parked !== undefined) return await park(run, parked, plan, { ...options, endMs: beganMs + plan.timeoutMs });
	if (plan.awakeBecause !== undefined && clock.now() - beganMs > LONG_WAIT_MS) sayWhyAwake(run, plan.awakeBecause);
	return deliver(run, await homecoming.results(), options.output);
}
