// From the order to the items: when Akool is asked, when the execution is parked, and what is said of a long wait. Time passes on a test clock.

import { knownById, parseVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { obstacleMessages, waitingMessages } from '../../nodes/AkoolImageToVideo/messages/waiting';
import { CallFailure } from '../../nodes/AkoolImageToVideo/transport/outcome';
import { ENDPOINTS } from '../../nodes/AkoolImageToVideo/akool/endpoints';
import { readResults } from '../../nodes/AkoolImageToVideo/transport/results';
import { finishVideos, type OwnedVideo } from '../../nodes/AkoolImageToVideo/waiting/finishVideos';
import { park } from '../../nodes/AkoolImageToVideo/waiting/park';
import type { WaitPlan } from '../../nodes/AkoolImageToVideo/waiting/waitPlan';
import { runFor } from '../orders/runFor';
import { TestClock } from '../support/testClock';

jest.mock('../../nodes/AkoolImageToVideo/transport/results');
jest.mock('../../nodes/AkoolImageToVideo/waiting/park');

const clock = new TestClock({ isNetworkReal: false });
afterAll(() => clock.close());

const DELIVERY = { onVideoFailure: 'error', output: 'simplified' } as const;
const PROCESSING = { status: 2 };
const COMPLETED = { status: 3, video_url: 'https://example.com/a.mp4' };
const PARKED = [{ json: { parked: true } }];

const POLLING: WaitPlan = {
	timeoutMs: 600_000,
	intervalSeconds: 5,
	parkAfterMs: undefined,
	callbackUrl: undefined,
	hints: [],
	parkedHint: undefined,
	polledBecause: undefined,
};
const PARKING: WaitPlan = { ...POLLING, parkAfterMs: 60_000, callbackUrl: 'https://n8n.example.com/akool' };

type Row = { status: number; video_url?: string } | undefined;

interface Circumstances {
	/** What Akool shows of a video, so many seconds after the wait began. */
	rowAt?: (seconds: number, id: string) => Row;
	/** Not for a Get, which knows nothing of the videos yet. */
	justCreated?: boolean;
	isCalledHere?: boolean;
	canPark?: boolean;
	/** When the execution is stopped. */
	stopSeconds?: number;
}

/** Waits for the videos `one` and `two`: gives the items, the moments of the status requests in seconds, and the hints. */
async function finish(plan: WaitPlan | undefined, circumstances: Circumstances = {}) {
	const {
		rowAt = () => PROCESSING,
		justCreated = true,
		isCalledHere = true,
		canPark = true,
		stopSeconds,
	} = circumstances;
	const beganMs = clock.now();
	const seconds = (): number => (clock.now() - beganMs) / 1_000;
	const asked: number[] = [];
	jest.mocked(readResults).mockImplementation(async (_, ids) => {
		asked.push(Math.round(seconds()));
		const rows = ids.map((_id) => ({ _id, row: rowAt(seconds(), _id) }));
		const videos = rows.flatMap(({ _id, row }) => (row === undefined ? [] : (parseVideo({ _id, ...row }) ?? [])));
		return await Promise.resolve({
			videos: new Map(videos.map((video) => [video.id, video])),
			refused: new Map(),
			unreadable: [],
		});
	});
	jest
		.mocked(park)
		.mockReset()
		.mockImplementation(async () => await Promise.resolve(canPark ? PARKED : undefined));
	const controller = new AbortController();
	const run = runFor([{}, {}], { signal: controller.signal });
	jest.spyOn(run.ledger, 'isCalledBackAbout').mockReturnValue(isCalledHere);
	if (stopSeconds !== undefined) void clock.sleep(stopSeconds * 1_000).then(() => controller.abort());
	const videos = ['one', 'two'].map((id, itemIndex): OwnedVideo => ({
		itemIndex,
		video: { ...knownById(id), status: 1 },
		delivery: DELIVERY,
	}));
	const items = await finishVideos(run, videos, [], { plan, concurrency: 1, justCreated });
	const states = items.map(({ json }) =>
		json.parked === true ? 'parked' : `${String(json.status)}${json.timed_out === true ? ' timed out' : ''}`,
	);
	return {
		states,
		asked,
		hints: run.hints,
		tookSeconds: seconds(),
		endsSeconds: (jest.mocked(park).mock.calls[0]?.[4] ?? NaN) / 1_000 - beganMs / 1_000,
	};
}

const after =
	(moments: Record<string, number>) =>
	(seconds: number, id: string): Row =>
		seconds >= (moments[id] ?? Infinity) ? COMPLETED : PROCESSING;

describe('polling', () => {
	it('asks about every five seconds, at longer and longer intervals, and at once again after a video is finished', async () => {
		const { states, asked } = await finish(POLLING, { rowAt: after({ one: 60, two: 80 }) });
		expect(states).toEqual(['3', '3']);
		expect(asked).toEqual([5, 10, 15, 21, 26, 32, 38, 44, 50, 56, 62, 67, 73, 78, 83]);
	});

	it('asks at once where nothing is known of the videos', async () => {
		const { asked } = await finish(POLLING, { justCreated: false, rowAt: after({ one: 0, two: 0 }) });
		expect(asked).toEqual([0]);
	});

	it('asks a last time at the end of the wait, and gives what it has', async () => {
		const { states, asked } = await finish({ ...POLLING, timeoutMs: 12_000 }, { rowAt: after({ two: 11 }) });
		expect(states).toEqual(['2 timed out', '3']);
		expect(asked).toEqual([5, 10, 12]);
	});

	it('ends when the execution is stopped', async () => {
		const { states, asked, tookSeconds } = await finish(PARKING, { stopSeconds: 7 });
		expect(states).toEqual(['2 timed out', '2 timed out']);
		expect([asked, tookSeconds]).toEqual([[5], 7]);
	});

	it('keeps the pause that Akool asks for', async () => {
		const limited = { kind: 'rateLimited', code: 1005, msg: 'slow', retryAfterMs: 25_000 } as const;
		let isFirst = true;
		const { asked } = await finish(POLLING, {
			rowAt: () => {
				if (!isFirst) return COMPLETED;
				isFirst = false;
				throw new CallFailure(limited, ENDPOINTS.results);
			},
		});
		expect(asked).toEqual([5, 30]);
	});

	it('is not done where nothing is to be waited for', async () => {
		expect(await finish(undefined)).toMatchObject({ states: ['1', '1'], asked: [] });
	});
});

describe('parking', () => {
	it('comes after a minute of polling and one more status request, for the rest of the wait', async () => {
		const { states, asked, endsSeconds } = await finish(PARKING);
		expect(states).toEqual(['parked']);
		expect(asked.slice(-3)).toEqual([56, 60, 60]);
		expect(endsSeconds).toBe(600);
	});

	it('does not come where all is finished by then, or the wait is too short', async () => {
		expect((await finish(PARKING, { rowAt: after({ one: 58, two: 60 }) })).states).toEqual(['3', '3']);
		expect((await finish({ ...PARKING, timeoutMs: 100_000 })).states).toEqual(['2 timed out', '2 timed out']);
		expect(park).not.toHaveBeenCalled();
	});

	it('asks until no further video is finished, since the callbacks about those came too early', async () => {
		let requestsSince = 0;
		const { asked } = await finish(PARKING, {
			rowAt: (seconds, id) => (id === 'one' && seconds >= 60 && ++requestsSince > 1 ? COMPLETED : PROCESSING),
		});
		expect(asked.filter((seconds) => seconds === 60)).toHaveLength(3);
	});

	it('that n8n cannot do leaves the run polling until the end', async () => {
		const { states, asked } = await finish(PARKING, { canPark: false, rowAt: after({ one: 200, two: 300 }) });
		expect(states).toEqual(['3', '3']);
		expect(asked.filter((seconds) => seconds > 65 && seconds < 200).length).toBeGreaterThan(5);
		expect(asked.filter((seconds) => seconds === 60)).toHaveLength(2);
		expect(park).toHaveBeenCalledTimes(1);
	});

	it('does not come where Akool calls another execution about the videos, which a hint says', async () => {
		const { states, hints } = await finish(PARKING, { isCalledHere: false, rowAt: after({ one: 70, two: 90 }) });
		expect(states).toEqual(['3', '3']);
		expect(park).not.toHaveBeenCalled();
		expect(hints).toEqual([waitingMessages.polledLong(obstacleMessages.otherExecution())]);
	});

	it('waits until Akool shows every video in a known state, but not beyond the end', async () => {
		const shownAt = (shown: number) => (seconds: number, id: string) =>
			id === 'two' && seconds < shown ? undefined : PROCESSING;
		const late = await finish(PARKING, { rowAt: shownAt(90) });
		expect(late.states).toEqual(['parked']);
		expect(late.tookSeconds).toBeGreaterThanOrEqual(90);
		expect(late.asked.filter((seconds) => seconds === 60)).toHaveLength(2);
		const never = await finish(
			{ ...PARKING, timeoutMs: 130_000 },
			{ rowAt: (seconds) => (seconds < 30 ? PROCESSING : undefined) },
		);
		expect(never.states).toEqual(['2 timed out', '2 timed out']);
		expect(never.tookSeconds).toBe(130);
	});
});

describe('the hints of a wait', () => {
	const NOT_IN_TIME = expect.stringContaining('2 videos were not finished in time');
	const plan = { ...POLLING, polledBecause: 'n8n is private', hints: ['A later node waits.'] };

	it.each([
		[60, ['A later node waits.']],
		[61, [waitingMessages.polledLong('n8n is private'), 'A later node waits.']],
	])('that took about %d seconds', async (seconds, hints) => {
		const found = await finish({ ...plan, timeoutMs: seconds * 1_000 });
		expect(found.hints).toEqual([...hints, NOT_IN_TIME]);
	});

	it('say nothing of polling where there was nothing to decide', async () => {
		expect((await finish(POLLING)).hints).toEqual([NOT_IN_TIME]);
	});
});
