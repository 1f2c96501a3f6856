// Waits by polling, with one request for all videos; a stopped execution ends the wait at once.

import { clock } from '../clock';
import type { AkoolVideo } from '../akool/video';
import { waitingMessages } from '../messages/waiting';
import type { Run } from '../orders/run';
import { pauseMs } from './pollSchedule';
import type { VideoTracker } from './videoTracker';

export interface PollOptions {
	/** Poll Interval. */
	intervalSeconds: number;
	/** When to stop polling, finished or not. */
	endMs: number;
	/** False where nothing is known of the videos yet, so that the first status request is sent at once. */
	pauseFirst: boolean;
	/** Called with each finished video, so that its file is downloaded while the others are waited for. */
	onFinal: (video: AkoolVideo) => void;
	/** Ends the polling early once it returns true. */
	isEnough?: () => boolean;
}

/** Shows the progress in the editor and in n8n's log. */
function showProgress(run: Run, finished: number, total: number): void {
	const sentence = `${run.node.name}: ${waitingMessages.progress(finished, total)}`;
	run.context.sendMessageToUI(sentence);
	run.context.logger.debug(sentence);
}

/** Polls until no video is pending, the time is up, the execution is stopped, or `isEnough`. Failed status requests are ignored. @throws errors of the code only */
export async function poll(run: Run, tracker: VideoTracker, options: PollOptions): Promise<void> {
	let lastFinishedMs = clock.now();
	let pauseNext = options.pauseFirst;
	while (tracker.pendingIds().length > 0 && options.isEnough?.() !== true) {
		if (pauseNext) {
			const nowMs = clock.now();
			const leftMs = options.endMs - nowMs;
			if (leftMs <= 0) return;
			const nextMs = pauseMs(options.intervalSeconds, nowMs - lastFinishedMs, clock.random());
			if (!(await clock.sleep(Math.min(leftMs, Math.max(tracker.requestedPauseMs, nextMs)), run.signal))) return;
		}
		pauseNext = true;
		const finished = await tracker.refresh();
		if (finished.length > 0) lastFinishedMs = clock.now();
		finished.forEach(options.onFinal);
		showProgress(run, tracker.size - tracker.pendingIds().length, tracker.size);
	}
}
