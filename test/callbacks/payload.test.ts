import { parsePayload } from '../../nodes/AkoolImageToVideo/callbacks/payload';
import { COMPLETED, VIDEO_ID } from './akoolCaller';

describe('what a payload says', () => {
	it('is the video, its status and the result', () => {
		expect(parsePayload(COMPLETED)).toEqual({
			kind: 'payload',
			payload: { id: VIDEO_ID, status: 3, url: COMPLETED.url, raw: COMPLETED },
		});
	});

	it('does not depend on a type, and keeps every further field', () => {
		const raw = { _id: VIDEO_ID, status: 2, type: 'anything', progress: 40, deduction_credit: 20 };
		expect(parsePayload(raw)).toEqual({ kind: 'payload', payload: { id: VIDEO_ID, status: 2, url: undefined, raw } });
	});

	it.each([
		[1, 1],
		[4, 4],
		['3', 3],
		[0, 0],
		[7, 7],
		[-1, -1],
	])('takes the status %j as the number %d, documented or not', (status, number) => {
		expect(parsePayload({ _id: VIDEO_ID, status })).toMatchObject({ kind: 'payload', payload: { status: number } });
	});

	it.each([undefined, null, '', ' ', 'done', true, {}, [3], 3.5, '3.5', 1e300, Number.NaN])(
		'is malformed when the status is no whole number (case %#)',
		(status) => {
			expect(parsePayload({ _id: VIDEO_ID, status })).toEqual({ kind: 'malformed', reason: 'payload-status' });
		},
	);

	it.each([
		undefined,
		null,
		'',
		7,
		{},
		[VIDEO_ID],
		VIDEO_ID.slice(1),
		`${VIDEO_ID}0`,
		`${VIDEO_ID}\n`,
		'z'.repeat(24),
		'../../../../etc/passwd12',
	])('is malformed when the ID is none of a video (case %#)', (_id) => {
		expect(parsePayload({ _id, status: 3 })).toEqual({ kind: 'malformed', reason: 'payload-id' });
	});

	it('is never read from a prototype', () => {
		expect(parsePayload(JSON.parse(`{"__proto__":${JSON.stringify(COMPLETED)}}`)).kind).toBe('malformed');
		expect(parsePayload(Object.create(COMPLETED)).kind).toBe('malformed');
	});
});
