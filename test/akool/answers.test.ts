// What is read out of answers, value by value. Rule: an ID that an answer names anywhere is never lost, and nothing else is taken for one.
import {
	namedVideos,
	parseBalance,
	parseDelete,
	parseOrder,
	parseResults,
	parseToken,
} from '../../nodes/AkoolImageToVideo/akool/answers';
import { timeOf } from '../../nodes/AkoolImageToVideo/akool/times';

const A = '6891abe782f7cd2a890c44ba';
const B = '6891abe782f7cd2a890c44bb';

const idsOf = (data: unknown): string[] => parseOrder(data).created.map(({ id }) => id);

/** A value below so many names. */
const nested = (value: object, names: number): object => (names === 0 ? value : { inner: nested(value, names - 1) });

describe('the answer to an order', () => {
	it.each<[string, unknown, string[]]>([
		['one row', { _id: A }, [A]],
		['a list of rows', { successList: [{ _id: A }, { _id: B }] }, [A, B]],
		['a list of rows, and an ID of the batch', { _id: B, successList: [{ _id: A }] }, [A]],
		['an empty list beside an ID', { _id: A, successList: [] }, [A]],
		['a list of IDs', { successList: [A, B] }, [A, B]],
		['a list of IDs, and an ID of the batch', { _id: 'batch', successList: [A, B] }, [A, B]],
		['a text with commas', { ids: `${A}, ${B}` }, [A, B]],
		['an ID alone', A, [A]],
		['an ID alone in a list', [A], [A]],
		['a text with JSON', JSON.stringify({ _id: A }), [A]],
		['an ID under another name', { task_id: A }, [A]],
		['a row under a name of its own', nested({ _id: A }, 4), [A]],
		['a row too deep to be one', nested({ _id: A }, 5), []],
		['words', { data: 'no, thanks!' }, []],
		['a row about what was not created', { errorList: [{ _id: A }] }, []],
		['nothing', undefined, []],
		['null', null, []],
		['a number', 7, []],
	])('gives the videos from %s', (_, data, ids) => {
		expect(idsOf(data)).toEqual(ids);
	});

	it('keeps the other fields of a row whose ID has another name', () => {
		expect(parseOrder({ video_id: A, status: 2 }).created).toMatchObject([{ id: A, status: 2 }]);
	});

	it.each<[unknown, boolean]>([
		[{ _id: A }, true],
		[{ successList: [{ _id: A }] }, true],
		[{ successList: [], errorList: ['no'] }, true],
		[{ successList: [{ _id: A }], errorList: ['no'] }, true],
		[{ task_id: A }, false],
		[{ successList: [A] }, false],
		[{}, false],
	])('knows whether the answer is shaped as documented: %j', (data, isAsDocumented) => {
		expect(parseOrder(data).isAsDocumented).toBe(isAsDocumented);
	});
});

describe('the videos named in an answer that is not a success', () => {
	it.each<[string, unknown, string[]]>([
		['a row', { data: { _id: A } }, [A]],
		['JSON that was cut off', `{"code":1015,"data":{"_id":"${A}","sta`, [A]],
		['JSON within a text', JSON.stringify({ msg: JSON.stringify({ video_id: A }) }), [A]],
		['one that is named twice', { _id: A, id: A }, [A]],
		['a field that is no ID', { uid: A }, []],
		['more digits than an ID has', { _id: `${A}0` }, []],
	])('are found in %s', (_, answer, ids) => {
		expect(namedVideos(answer)).toEqual(ids);
	});

	it('exclude IDs that the order itself sent', () => {
		expect(namedVideos({ id: A, _id: B }, { pre_video_id: A })).toEqual([B]);
	});
});

describe('the answer to a status request', () => {
	it.each<[string, unknown, string[], number]>([
		['a list', { result: [{ _id: A, status: 1 }] }, [A], 0],
		['one row', { result: { _id: A, status: 1 } }, [A], 0],
		['a row by itself', { _id: A, status: 1 }, [A], 0],
		['a row that cannot be read, between others', { result: [{ _id: A }, 7, { _id: B }] }, [A, B], 1],
		['an empty list', { result: [] }, [], 0],
	])('gives the videos from %s', (_, data, ids, unreadable) => {
		const read = parseResults(data);
		expect([...read.videos.keys()]).toEqual(ids);
		expect(read.unreadable).toHaveLength(unreadable);
	});
});

describe('the answer to a delete', () => {
	it('gives the IDs that were not deleted, with or without a reason', () => {
		const { deleted, refused } = parseDelete({
			successIds: ` ${A} `,
			noPermissionItems: [{ _id: B }, { msg: 'of nothing' }],
		});
		expect([...deleted]).toEqual([A]);
		expect([...refused]).toEqual([[B, '']]);
	});

	it('names no deleted video if Akool names none', () => {
		expect(parseDelete({}).deleted.size).toBe(0);
	});
});

describe('the balance', () => {
	it.each<[unknown, unknown]>([
		[{ credit: 100 }, { credit: 100, available: 100 }],
		[
			{ credit: '100', lock_credit: 30 },
			{ credit: 100, available: 70 },
		],
		[
			{ credit: 100, lock_credit: -30 },
			{ credit: 100, available: 100 },
		],
		[{ credit: 0 }, { credit: 0, available: 0 }],
		[{ lock_credit: 30 }, undefined],
	])('is read from %j', (data, balance) => {
		expect(parseBalance(data)).toEqual(balance);
	});
});

describe('a token', () => {
	it.each<[unknown, string | undefined]>([
		[{ token: 'a' }, 'a'],
		[{ data: { token: 'b' } }, 'b'],
		[{ token: 'a', data: { token: 'b' } }, 'a'],
		[{ data: {} }, undefined],
	])('is read from %j', (body, token) => {
		expect(parseToken(body)).toBe(token);
	});
});

describe('the time of a row', () => {
	const MS = 1_795_998_100_093;

	it.each<[unknown, number | undefined]>([
		[{ create_time: MS }, MS],
		[{ create_time: 1_795_998_100 }, 1_795_998_100_000],
		[{ create_time: 99_999_999_999 }, 99_999_999_999_000],
		[{ create_time: 100_000_000_000 }, 100_000_000_000],
		[{ created_at: String(MS) }, MS],
		[{ createdAt: '2026-11-29T10:00:00Z' }, Date.UTC(2026, 10, 29, 10)],
		[{ create_time: 'soon', createTime: MS }, MS],
		[{ create_time: 'soon' }, undefined],
		[{}, undefined],
	])('is read from %j', (row, timeMs) => {
		expect(timeOf(row)).toBe(timeMs);
	});
});
