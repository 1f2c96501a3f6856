// The videos that a run waits for, and what is known of each. One look asks about all unfinished ones together. Rules that must not regress: a status
// that nobody knows and a row that is not there are never taken for finished, both are waited on for some looks and some time and then named: Akool may show
// a new video late, whatever Poll Interval is; one row of a strange shape keeps no other video back; and only what Akool or the network cause is waited on,
// an error of the code is not polled over.

import { clock } from '../clock';
import { codeFact } from '../akool/codes';
import { isFinal, knownById, oddityOf, type AkoolVideo, type VideoId } from '../akool/video';
import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/define';
import { absenceMessage, videoMessages } from '../messages/videos';
import type { AkoolContext } from '../transport/credentials';
import { CallFailure, isTransient, type UnsuccessfulOutcome } from '../transport/outcome';
import { readResults, type Look } from '../transport/results';
import { retryDelayMs } from '../transport/retry';

/** So many looks in a row, and for so long, may be refused, or show what is no state of a video. */
const ODD_LOOKS = 6;
const ODD_MS = 20_000;
/** A row that is not there yet may come later than that. */
const MISSING_MS = 120_000;

/** Odd looks in a row. */
interface OddLooks {
	count: number;
	sinceMs: number;
}

function oneMore(odd: OddLooks | undefined): OddLooks {
	return { count: (odd?.count ?? 0) + 1, sinceMs: odd?.sinceMs ?? clock.now() };
}

function isEnough({ count, sinceMs }: OddLooks, longestMs: number): boolean {
	return count >= ODD_LOOKS && clock.now() - sinceMs >= longestMs;
}

/** How it stands with one video. */
export type Verdict =
	| { kind: 'pending'; video: AkoolVideo }
	| { kind: 'final'; video: AkoolVideo }
	/** Nothing more will come of waiting. */
	| { kind: 'givenUp'; video: AkoolVideo; message: UserMessage };

export class VideoTracker {
	private readonly verdicts: Map<VideoId, Verdict>;

	private readonly oddLooks = new Map<VideoId, OddLooks>();

	private refusedLooks: OddLooks | undefined;

	/** The pause that Akool wished for when it was last asked. */
	wishedPauseMs = 0;

	constructor(
		private readonly context: AkoolContext,
		videos: readonly AkoolVideo[],
	) {
		const kindOf = (video: AkoolVideo) => (isFinal(video) && oddityOf(video) === undefined ? 'final' : 'pending');
		this.verdicts = new Map(videos.map((video) => [video.id, { kind: kindOf(video), video }]));
	}

	get size(): number {
		return this.verdicts.size;
	}

	verdictOf(id: VideoId): Verdict {
		return this.verdicts.get(id) ?? { kind: 'pending', video: knownById(id) };
	}

	pendingIds(): VideoId[] {
		return [...this.verdicts.values()].flatMap(({ kind, video }) => (kind === 'pending' ? [video.id] : []));
	}

	/** Whether the last look has shown of an unfinished video what is no state of one, so that it may be given up before long. */
	hasOddRows(): boolean {
		return this.pendingIds().some((id) => this.oddLooks.has(id));
	}

	/**
	 * Asks Akool once about all unfinished videos and gives those that are finished since. A look that came to nothing is passed over, unless
	 * Akool does not let the credential in, or refuses time and again: then all unfinished videos are given up with its reason.
	 */
	async refresh(): Promise<AkoolVideo[]> {
		const ids = this.pendingIds();
		this.wishedPauseMs = 0;
		const takeAll = (look: Look): AkoolVideo[] => {
			this.refusedLooks = undefined;
			return ids.flatMap((id) => this.take(id, look));
		};
		return await readResults(this.context, ids, 1).then(takeAll, (failure: unknown) => this.passOver(ids, failure));
	}

	/** @throws whatever neither Akool nor the network has caused */
	private passOver(ids: readonly VideoId[], failure: unknown): AkoolVideo[] {
		if (!(failure instanceof CallFailure)) throw failure;
		if (failure.outcome.kind === 'rateLimited') this.wishedPauseMs = retryDelayMs(1, failure.outcome, clock.random());
		if (this.isHopeless(failure.outcome)) this.giveUp(ids, callMessage(failure.outcome, failure.endpoint));
		return [];
	}

	private isHopeless(outcome: UnsuccessfulOutcome): boolean {
		if (isTransient(outcome) || outcome.kind === 'cancelled') return false;
		if (outcome.kind === 'authFailed' || (outcome.kind === 'apiError' && codeFact(outcome.code).topic === 'credential'))
			return true;
		this.refusedLooks = oneMore(this.refusedLooks);
		return isEnough(this.refusedLooks, ODD_MS);
	}

	private take(id: VideoId, { videos, refused, unreadable }: Look): AkoolVideo[] {
		const row = videos.get(id);
		const oddity = oddityOf(row);
		const isOver = oddity === undefined || this.isOddForLong(id, oddity === 'missing' ? MISSING_MS : ODD_MS);
		if (oddity === undefined) this.oddLooks.delete(id);
		const video = row ?? this.verdictOf(id).video;
		if (row !== undefined && isFinal(row) && isOver) {
			this.verdicts.set(id, { kind: 'final', video });
			return [video];
		}
		if (oddity === undefined || !isOver) this.verdicts.set(id, { kind: 'pending', video });
		else
			this.giveUp(
				[id],
				row === undefined ? absenceMessage(id, refused.get(id), unreadable) : videoMessages.unknownStatus(row),
			);
		return [];
	}

	private isOddForLong(id: VideoId, longestMs: number): boolean {
		const odd = oneMore(this.oddLooks.get(id));
		this.oddLooks.set(id, odd);
		return isEnough(odd, longestMs);
	}

	private giveUp(ids: readonly VideoId[], message: UserMessage): void {
		for (const id of ids) this.verdicts.set(id, { kind: 'givenUp', video: this.verdictOf(id).video, message });
	}
}
