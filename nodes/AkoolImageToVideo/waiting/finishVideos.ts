// Turns a run's videos into items, for every operation with videos: waits as planned, downloads, and builds the items.

import type { INodeExecutionData } from 'n8n-workflow';

import { isFailed, type AkoolVideo } from '../akool/video';
import { clock } from '../clock';
import { Downloads, type Download } from '../items/downloads';
import type { Delivery } from '../items/delivery';
import { addHint } from '../items/hints';
import type { ItemResult } from '../items/itemResult';
import { deliver, endRunOnError } from '../items/toItems';
import { videoMessages } from '../messages/videos';
import { obstacleMessages } from '../messages/waiting';
import type { Run } from '../orders/run';
import { park } from './park';
import { poll, type PollOptions } from './poll';
import { VideoTracker, type Verdict } from './videoTracker';
import { LONG_WAIT_MS, pollingEndMs, hintWhyPolled, type WaitPlan } from './waitPlan';

/** A video, the item that it belongs to, and its order if there is one. */
export interface VideoOfItem {
	itemIndex: number;
	video: AkoolVideo;
	orderKey?: string | undefined;
}

/** A video with the output settings of its item. */
export interface OwnedVideo extends VideoOfItem {
	delivery: Delivery;
}

export interface FinishOptions {
	/** Undefined to return the videos as they are now. */
	plan: WaitPlan | undefined;
	/** How many files to download at once. */
	concurrency: number;
	/** False where only the IDs are known, so that the first status request is sent at once. */
	justCreated: boolean;
	/** True for Download: an item without its file is then an error. */
	fileRequired?: boolean;
}

/** The result of one video. Pure. */
function resultOf(
	{ itemIndex, orderKey, delivery }: OwnedVideo,
	verdict: Verdict,
	download: Download | undefined,
	{ plan, fileRequired = false }: FinishOptions,
): ItemResult {
	const { video } = verdict;
	const owned = { itemIndex, video, orderKey, delivery };
	if (verdict.kind === 'ended') return { kind: 'error', message: verdict.message, ...owned };
	const waited = plan !== undefined;
	if (isFailed(video) && waited && delivery.onVideoFailure === 'error')
		return { kind: 'error', message: videoMessages.failed(video, orderKey !== undefined), ...owned };
	const timedOut = waited && verdict.kind === 'pending';
	if (download?.kind !== 'error') return { kind: 'video', timedOut, binary: download?.binary, ...owned };
	if (fileRequired) return { kind: 'error', message: download.message, ...owned };
	return { kind: 'video', timedOut, downloadError: download.reason, ...owned };
}

/** The unfinished videos and running downloads of one run. */
class VideosUnderWay {
	private readonly tracker: VideoTracker;

	private readonly downloads: Downloads;

	constructor(
		private readonly run: Run,
		private readonly videos: readonly OwnedVideo[],
		private readonly others: readonly ItemResult[],
		private readonly options: FinishOptions,
	) {
		const known = videos.map(({ video }) => video);
		this.tracker = new VideoTracker(run.context, known);
		const withFile = videos.filter(({ delivery }) => delivery.binaryField !== undefined);
		this.downloads = new Downloads(run.context, new Set(withFile.map(({ video }) => video.id)), options.concurrency);
	}

	/** Whether videos are unfinished and the execution was not stopped. */
	isAwaited(): boolean {
		return this.tracker.pendingIds().length > 0 && this.run.signal?.aborted !== true;
	}

	/** Whether Akool's callbacks about the unfinished videos go to this execution: a retried one may wait for another's videos. */
	isCalledHere(): boolean {
		return this.run.ledger.isCalledBackAbout(this.tracker.pendingIds(), this.run.context.getExecutionId());
	}

	async pollUntil(options: Omit<PollOptions, 'onFinal'>): Promise<void> {
		await poll(this.run, this.tracker, { ...options, onFinal: (video) => this.downloads.start(video) });
	}

	/** Whether Akool shows an unfinished video in an unknown state. */
	hasOddRows(): boolean {
		return this.isAwaited() && this.tracker.hasOddRows();
	}

	/** Polls until no video is in an unknown state any more, or the wait for those videos has ended. */
	async pollOddRows(endMs: number, intervalSeconds: number): Promise<void> {
		await this.pollUntil({ endMs, intervalSeconds, pauseFirst: true, isEnough: () => !this.tracker.hasOddRows() });
	}

	/** Polls until no further video is finished, and downloads the finished ones: n8n refused their callbacks, which came before the execution was parked. */
	async catchUp(): Promise<ItemResult[]> {
		for (;;) {
			const finished = await this.tracker.refresh();
			const results = await this.results();
			if (finished.length === 0 || !this.isAwaited()) return results;
		}
	}

	/** The result of every item, once the files of finished videos are downloaded. */
	async results(): Promise<ItemResult[]> {
		const now = this.videos.map(({ video }) => this.tracker.verdictOf(video.id).video);
		this.run.ledger.learn(now);
		// A completed video without a link is still waited for.
		const isReady = ({ id }: AkoolVideo): boolean =>
			this.options.plan === undefined || this.tracker.verdictOf(id).kind !== 'pending';
		for (const video of now.filter(isReady)) this.downloads.start(video);
		const own = this.videos.map(async (owned): Promise<ItemResult> => {
			const download = await this.downloads.of(owned.video.id, owned.delivery);
			return resultOf(owned, this.tracker.verdictOf(owned.video.id), download, this.options);
		});
		return [...(await Promise.all(own)), ...this.others];
	}
}

/**
 * Parks the execution and returns its items, unless no video is unfinished or no callback would come. A parked execution polls only when Akool calls, and
 * Akool may never call about a video that it does not show, so that is checked first. @throws as `deliver` does
 */
async function parkIfRight(
	run: Run,
	underWay: VideosUnderWay,
	plan: WaitPlan,
	{ concurrency }: FinishOptions,
	endMs: number,
): Promise<INodeExecutionData[] | undefined> {
	let results = await underWay.catchUp();
	while (underWay.hasOddRows() && clock.now() < endMs) {
		await underWay.pollOddRows(endMs, plan.intervalSeconds);
		results = await underWay.catchUp();
	}
	if (!underWay.isAwaited() || clock.now() >= endMs) return undefined;
	if (!underWay.isCalledHere()) {
		hintWhyPolled(run, obstacleMessages.otherExecution());
		return undefined;
	}
	endRunOnError(run, results);
	return await park(run, results, plan, concurrency, endMs);
}

/** Waits as planned. Returns the items if the execution was parked, undefined if the wait is over. */
async function waitAsPlanned(
	run: Run,
	underWay: VideosUnderWay,
	plan: WaitPlan,
	options: FinishOptions,
): Promise<INodeExecutionData[] | undefined> {
	const beganMs = clock.now();
	const endMs = beganMs + plan.timeoutMs;
	const { intervalSeconds } = plan;
	await underWay.pollUntil({
		endMs: pollingEndMs(plan, beganMs),
		intervalSeconds,
		pauseFirst: options.justCreated,
	});
	// Files are downloaded first, since that takes time in which the wait may end or videos may finish.
	await underWay.results();
	if (plan.callbackUrl !== undefined && clock.now() < endMs && underWay.isAwaited()) {
		const parked = await parkIfRight(run, underWay, plan, options, endMs);
		if (parked !== undefined) return parked;
		await underWay.pollUntil({ endMs, intervalSeconds, pauseFirst: true });
	}
	if (plan.polledBecause !== undefined && clock.now() - beganMs > LONG_WAIT_MS) hintWhyPolled(run, plan.polledBecause);
	for (const hint of plan.hints) addHint(run, hint);
	return undefined;
}

/**
 * Waits for videos and downloads their files as planned, and returns the run's items. If the plan says so, it parks the execution: n8n
 * then keeps the returned items as its output in case the wait times out.
 *
 * @param others finished results, such as orders that failed
 * @throws NodeApiError | NodeOperationError as `deliver` does
 */
export async function finishVideos(
	run: Run,
	videos: readonly OwnedVideo[],
	others: readonly ItemResult[],
	options: FinishOptions,
): Promise<INodeExecutionData[]> {
	const underWay = new VideosUnderWay(run, videos, others, options);
	if (options.plan !== undefined) {
		const parked = await waitAsPlanned(run, underWay, options.plan, options);
		if (parked !== undefined) return parked;
	}
	return deliver(run, await underWay.results());
}
