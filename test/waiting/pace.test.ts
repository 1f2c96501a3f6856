import { parseVideo, type AkoolVideo } from '../../nodes/AkoolImageToVideo/akool/video';
import { expectedEndsMs, notePace } from '../../nodes/AkoolImageToVideo/waiting/pace';

function video(fields: object): AkoolVideo {
	const parsed = parseVideo({ _id: '6891abe782f7cd2a890c44ba', create_time: 1_000_000, status: 3, ...fields });
	if (parsed === undefined) throw new Error('no video');
	return parsed;
}

/** A finished video that took so long. */
const took = (ms: number, fields: object) => video({ update_time: 1_000_000 + ms, ...fields });

describe('how long videos took of late', () => {
	it('says nothing about a kind that was never seen', () => {
		expect(expectedEndsMs(video({ resolution: '4k', deduction_credit: 1 }))).toEqual([]);
	});

	it('expects an end after as long as the quickest of the kind took, and the slowest, counted from the creation', () => {
		const kind = { resolution: '720p', deduction_credit: 2 };
		for (const ms of [95_000, 90_000, 120_000]) notePace(took(ms, kind));
		expect(expectedEndsMs(video({ ...kind, create_time: 5_000_000, status: 2 }))).toEqual([5_090_000, 5_120_000]);
	});

	it('tells kinds apart by resolution and price', () => {
		notePace(took(60_000, { resolution: '1080p', deduction_credit: 3 }));
		expect(expectedEndsMs(video({ resolution: '1080p', deduction_credit: 4 }))).toEqual([]);
		expect(expectedEndsMs(video({ resolution: '720p', deduction_credit: 3 }))).toEqual([]);
	});

	it('forgets what was long ago', () => {
		const kind = { resolution: '720p', deduction_credit: 5 };
		notePace(took(30_000, kind));
		for (let made = 0; made < 50; made++) notePace(took(80_000, kind));
		expect(expectedEndsMs(video(kind))).toEqual([1_080_000, 1_080_000]);
	});

	it('takes no time from a video that Akool says was finished before it was created, or that names no times', () => {
		const kind = { resolution: '720p', deduction_credit: 6 };
		notePace(took(-5_000, kind));
		notePace(video(kind));
		expect(expectedEndsMs(video(kind))).toEqual([]);
		notePace(took(10_000, kind));
		expect(expectedEndsMs(video({ ...kind, create_time: undefined }))).toEqual([]);
	});
});
