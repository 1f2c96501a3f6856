// The videos that a run waits for, and the state of each. One status request covers all unfinished ones. Rules that must not regress: an unknown status
// or a missing row never counts as finished; both are waited on for some requests and some time, since Akool may show a new video late, and then
// reported; a malformed row does not affect other videos; and only failures of Akool or the network are waited out, while an error of the code is
// thrown.

import { clock } from '../clock';
import { codeFact } from '../akool/codes';
import { isFinal, knownById, oddityOf, type AkoolVideo, type VideoId } from '../akool/video';
import { callMessage } from '../messages/calls';
import type { UserMessage } from '../messages/userMessage';
import { absenceMessage, videoMessages } from '../messages/videos';
import type { AkoolContext } from '../transport/credentials';
import { CallFailure, isTransient, type UnsuccessfulOutcome } from '../transport/outcome';
import { readResults, type StatusReport } from '../transport/results';
import { retryDelayMs } from '../transport/retry';

/** How many status requests in a row, and for how long, may show an unknown state. */
const ODD_REPORTS = 6;
const ODD_MS = 20_000;
/** A missing row may appear later than that, and refusals by Akool or a proxy may last longer. */
const MISSING_MS = 120_000;
const REFUSED_MS = 120_000;

type Oddity = NonNullable<ReturnType<typeof oddityOf>>;

/** Consecutive status requests with the same oddity, or with a refusal. */
interface OddReports {
	count: number;
	sinceMs: number;
}

function oneMore(odd: OddReports | undefined): OddReports {
	return { count: (odd?.count ?? 0) + 1, sinceMs: odd?.sinceMs ?? clock.now() };
}

function isEnough({ count, sinceMs }: OddReports, longestMs: number): boolean {
	return count >= ODD_REPORTS && clock.now() - sinceMs >= longestMs;
}

/** The state of one video. */
export type Verdict =
	| { kind: 'pending'; video: AkoolVideo }
	| { kind: 'final'; video: AkoolVideo }
	/** Waiting longer is useless. */
	| { kind: 'ended'; video: AkoolVideo; message: UserMessage };

/** The videos of one run, and the state of each. */
export class VideoTracker {
	private readonly verdicts: Map<VideoId, Verdict>;

	/** Each oddity for itself: a row that was long in coming may still lack its link for a moment. */
	private readonly oddReports = new Map<VideoId, Partial<Record<Oddity, OddReports>>>();

	private refusals: OddReports | undefined;

	/** The pause that Akool asked for in its last answer. */
	requestedPauseMs = 0;

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

	/** Whether the last status request showed an unfinished video in an unknown state, so that its wait may end soon. */
	hasOddRows(): boolean {
		return this.pendingIds().some((id) => this.oddReports.has(id));
	}

	/**
	 * Sends one status request for all unfinished videos and returns those that are newly finished. A failed request is ignored, unless
	 * Akool refuses the credential, or refuses repeatedly: then all unfinished videos end with its reason. @throws errors of the code only
	 */
	async refresh(): Promise<AkoolVideo[]> {
		const ids = this.pendingIds();
		this.requestedPauseMs = 0;
		const takeAll = (report: StatusReport): AkoolVideo[] => {
			this.refusals = undefined;
			return ids.flatMap((id) => this.take(id, report));
		};
		return await readResults(this.context, ids, 1).then(takeAll, (failure: unknown) =>
			this.handleFailure(ids, failure),
		);
	}

	/** @throws any error that is not a CallFailure */
	private handleFailure(ids: readonly VideoId[], failure: unknown): AkoolVideo[] {
		if (!(failure instanceof CallFailure)) throw failure;
		if (failure.outcome.kind === 'rateLimited')
			this.requestedPauseMs = retryDelayMs(1, failure.outcome, clock.random());
		if (this.isHopeless(failure.outcome)) this.endAll(ids, callMessage(failure.outcome, failure.endpoint));
		return [];
	}

	private isHopeless(outcome: UnsuccessfulOutcome): boolean {
		if (isTransient(outcome) || outcome.kind === 'canceled') return false;
		if (outcome.kind === 'authFailed' || (outcome.kind === 'apiError' && codeFact(outcome.code).topic === 'credential'))
			return true;
		this.refusals = oneMore(this.refusals);
		return isEnough(this.refusals, REFUSED_MS);
	}

	private take(id: VideoId, { videos, refused, unreadable }: StatusReport): AkoolVideo[] {
		const row = videos.get(id);
		const oddity = oddityOf(row);
		const isOver = oddity === undefined || this.isOddForLong(id, oddity);
		if (oddity === undefined) this.oddReports.delete(id);
		const video = row ?? this.verdictOf(id).video;
		if (row !== undefined && isFinal(row) && isOver) {
			this.verdicts.set(id, { kind: 'final', video });
			return [video];
		}
		if (oddity === undefined || !isOver) this.verdicts.set(id, { kind: 'pending', video });
		else
			this.endAll(
				[id],
				row === undefined ? absenceMessage(id, refused.get(id), unreadable) : videoMessages.unknownStatus(row),
			);
		return [];
	}

	private isOddForLong(id: VideoId, oddity: Oddity): boolean {
		const before = this.oddReports.get(id);
		const odd = oneMore(before?.[oddity]);
		this.oddReports.set(id, { ...before, [oddity]: odd });
		return isEnough(odd, oddity === 'missing' ? MISSING_MS : ODD_MS);
	}

	private endAll(ids: readonly VideoId[], message: UserMessage): void {
		for (const id of ids) this.verdicts.set(id, { kind: 'ended', video: this.verdictOf(id).video, message });
	}
}
