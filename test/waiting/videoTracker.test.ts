// What a run makes of one status request after another: which videos are finished, which are waited for, and from when on waiting is useless.

import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { knownById, parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { CallFailure, type UnsuccessfulOutcome } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { readResults, type StatusReport } from '../../nodes/AkoolImageToVideo/transport/results';
import { VideoTracker } from '../../nodes/AkoolImageToVideo/waiting/videoTracker';
import { runFor } from '../orders/runFor';
import { TestClock } from '../support/testClock';

jest.mock('../../nodes/AkoolImageToVideo/transport/results');

const clock = new TestClock({ isNetworkReal: false });
afterAll(() => clock.close());

const LINK = 'https://example.com/a.mp4';
const MISSING = undefined;
const PROCESSING = { status: 2 };
const COMPLETED = { status: 3, video_url: LINK };
const FAILED = { status: 4 };
const WITHOUT_LINK = { status: 3 };
const UNKNOWN = { status: 7 };

type Row = typeof MISSING | { status: number; video_url?: string };

function video(id: string, row: Row): AkoolVideo | undefined {
	return row === undefined ? undefined : parseVideo({ _id: id, ...row });
}

/** What Akool says of the videos `one` and `two`. */
function report(one: Row, two: Row = PROCESSING, more: Partial<StatusReport> = {}): StatusReport {
	const found = [video('one', one), video('two', two)].filter((row) => row !== undefined);
	return { videos: new Map(found.map((row) => [row.id, row])), refused: new Map(), unreadable: [], ...more };
}

const failure = (outcome: UnsuccessfulOutcome) => new CallFailure(outcome, ENDPOINTS.results);
const apiError = (code: number, httpStatus = 200) =>
	failure({ kind: 'apiError', code, msg: 'no', answer: '', httpStatus });
const PROXY = failure({ kind: 'httpError', httpStatus: 403, answer: 'blocked' });

const newTracker = () => new VideoTracker(runFor([{}]).context, [knownById('one'), knownById('two')]);

/** Asks Akool once, with this answer, so many seconds after the last time. Gives the IDs that are finished since. */
async function refresh(tracker: VideoTracker, answer: StatusReport | CallFailure, seconds = 0): Promise<string[]> {
	clock.advance(seconds * 1_000);
	if (answer instanceof CallFailure) jest.mocked(readResults).mockRejectedValueOnce(answer);
	else jest.mocked(readResults).mockResolvedValueOnce(answer);
	return (await tracker.refresh()).map(({ id }) => id);
}

/** After so many such answers, the last of them so many seconds after the first: how it stands with the video `one`. */
async function afterAnswers(answer: StatusReport | CallFailure, count: number, seconds: number): Promise<string> {
	const tracker = newTracker();
	for (let number = 1; number < count; number++) await refresh(tracker, answer);
	await refresh(tracker, answer, seconds);
	return tracker.verdictOf('one').kind;
}

describe('a video', () => {
	it.each([
		['completed', COMPLETED],
		['failed', FAILED],
	])('that is %s is finished, and is not requested again', async (_, row) => {
		const tracker = newTracker();
		expect(await refresh(tracker, report(PROCESSING))).toEqual([]);
		expect(await refresh(tracker, report(row))).toEqual(['one']);
		expect(tracker.verdictOf('one')).toEqual({ kind: 'final', video: video('one', row) });
		await refresh(tracker, report(MISSING));
		expect(jest.mocked(readResults).mock.lastCall).toEqual([expect.anything(), ['two'], 1]);
		expect(tracker.pendingIds()).toEqual(['two']);
	});

	it('that was finished before is not waited for, unless its link is missing', () => {
		const known = [COMPLETED, FAILED, WITHOUT_LINK, UNKNOWN, PROCESSING];
		const videos = known
			.map((row, index) => parseVideo({ _id: `v${index}`, ...row }))
			.filter((row) => row !== undefined);
		expect(new VideoTracker(runFor([{}]).context, videos).pendingIds()).toEqual(['v2', 'v3', 'v4']);
	});

	it.each<[string, Row, number, string]>([
		['without a row', MISSING, 120, 'ended'],
		['with a status that nobody knows', UNKNOWN, 20, 'ended'],
		['completed without its link', WITHOUT_LINK, 20, 'final'],
	])('%s is waited for through six status requests and some time', async (_, row, seconds, ending) => {
		expect(await afterAnswers(report(row), 5, 3_600)).toBe('pending');
		expect(await afterAnswers(report(row), 6, seconds - 1)).toBe('pending');
		expect(await afterAnswers(report(row), 6, seconds)).toBe(ending);
	});

	it.each<[string, Row]>([
		['without a row', MISSING],
		['with a status that nobody knows', UNKNOWN],
		['completed without its link', WITHOUT_LINK],
	])('%s starts its count anew once it was shown normally', async (_, row) => {
		const tracker = newTracker();
		for (const answer of [row, row, row, row, row, PROCESSING]) await refresh(tracker, report(answer), 60);
		expect(tracker.hasOddRows()).toBe(false);
		expect(await refresh(tracker, report(row), 60)).toEqual([]);
		expect(tracker.hasOddRows()).toBe(true);
		expect(tracker.verdictOf('one').kind).toBe('pending');
	});

	it.each<[string, Row]>([
		['in a status that nobody knows', UNKNOWN],
		['completed without its link', WITHOUT_LINK],
	])('that was missing for long is waited for when it appears %s', async (_, row) => {
		const tracker = newTracker();
		for (let number = 0; number < 8; number++) await refresh(tracker, report(MISSING), 12);
		expect(await refresh(tracker, report(row), 5)).toEqual([]);
		expect(tracker.verdictOf('one').kind).toBe('pending');
		expect(await refresh(tracker, report(COMPLETED), 5)).toEqual(['one']);
		expect(tracker.verdictOf('one').video.videoUrl).toBe(LINK);
	});

	it('that is missing does not affect others, and ends with Akool’s answer about it', async () => {
		const refused = new Map([['one', apiError(1003)]]);
		const answers: Array<[StatusReport, string]> = [
			[report(MISSING), 'Akool has no video one'],
			[report(MISSING, PROCESSING, { unreadable: ['"text"'] }), "Akool's answer about video one cannot be read"],
			[report(UNKNOWN), 'Akool reports an unknown status for video one: 7'],
			[report(MISSING, PROCESSING, { refused }), 'This is about video one.'],
		];
		for (const [answer, words] of answers) {
			const tracker = newTracker();
			for (let number = 0; number < 6; number++) await refresh(tracker, answer, 30);
			const verdict = tracker.verdictOf('one');
			expect(JSON.stringify(verdict.kind === 'ended' && verdict.message)).toContain(JSON.stringify(words).slice(1, -1));
			expect([tracker.pendingIds(), tracker.hasOddRows(), tracker.size]).toEqual([['two'], false, 2]);
		}
	});
});

describe('a failed status request', () => {
	it.each([
		['has no credential', failure({ kind: 'authFailed', reason: 'no' })],
		['is refused for its credential', apiError(1102)],
	])('ends the wait at once because it %s', async (_, answer) => {
		expect(await afterAnswers(answer, 1, 0)).toBe('ended');
	});

	it.each([
		['by Akool', apiError(1004)],
		['by a proxy', PROXY],
	])('ends the wait after six requests and two minutes because it is refused %s', async (_, answer) => {
		expect(await afterAnswers(answer, 5, 3_600)).toBe('pending');
		expect(await afterAnswers(answer, 6, 119)).toBe('pending');
		expect(await afterAnswers(answer, 6, 120)).toBe('ended');
	});

	it('starts its count anew once one is answered', async () => {
		const tracker = newTracker();
		for (let number = 0; number < 5; number++) await refresh(tracker, PROXY, 60);
		await refresh(tracker, report(PROCESSING), 60);
		await refresh(tracker, PROXY, 60);
		expect(tracker.pendingIds()).toEqual(['one', 'two']);
	});

	it.each([
		failure({ kind: 'notSent', reason: 'no' }),
		failure({ kind: 'unknown', reason: 'no' }),
		failure({ kind: 'canceled' }),
		apiError(1015, 503),
	])('that is temporary never ends the wait (case %#)', async (answer) => {
		expect(await afterAnswers(answer, 20, 3_600)).toBe('pending');
	});

	it('because of a rate limit is followed once by the pause that Akool asks for', async () => {
		const tracker = newTracker();
		const limited = failure({ kind: 'rateLimited', code: 1005, msg: 'slow', retryAfterMs: 9_000 });
		await refresh(tracker, limited);
		expect(tracker.requestedPauseMs).toBe(9_000);
		await refresh(tracker, PROXY);
		expect(tracker.requestedPauseMs).toBe(0);
	});
});
