// Waits by asking. One request a look, whatever the number of videos; a stopped execution ends the wait at once.

import { clock } from '../clock';
import type { AkoolVideo } from '../akool/video';
import { sayProgress } from './progress';
import type { Run } from '../orders/run';
import { pauseMs } from './pollSchedule';
import type { Watch } from './videoTracker';

export interface PollOptions {
	intervalSeconds: number;
	/** When to stop asking, finished or not. */
	endMs: number;
	/** False where nothing is known of the videos yet, so that the first look comes at once. */
	pauseFirst: boolean;
	/** Whether nobody has asked about these videos so far. */
	isFirst: boolean;
	/** Told of each video as soon as it is finished, so that its file is under way while the others are waited for. */
	onFinal: (video: AkoolVideo) => void;
}

/** Looks at the videos until none is pending, the time is up, or the execution is stopped. Never throws. */
export async function poll(run: Run, watch: Watch, options: PollOptions): Promise<void> {
	let lastNewsMs = clock.now();
	let pauseNext = options.pauseFirst;
	let { isFirst } = options;
	while (watch.pendingIds().length > 0) {
		if (pauseNext) {
			const leftMs = options.endMs - clock.now();
			if (leftMs <= 0) return;
			const moment = { nowMs: clock.now(), lastNewsMs, expectedEndsMs: watch.expectedEndsMs(), isFirst };
			const nextMs = Math.max(watch.wishedPauseMs, pauseMs(options.intervalSeconds, moment, clock.random()));
			if (!(await clock.sleep(Math.min(leftMs, nextMs), run.signal))) return;
		}
		pauseNext = true;
		isFirst = false;
		const finished = await watch.look();
		if (finished.length > 0) lastNewsMs = clock.now();
		finished.forEach(options.onFinal);
		sayProgress(run, watch.size - watch.pendingIds().length, watch.size);
	}
}
