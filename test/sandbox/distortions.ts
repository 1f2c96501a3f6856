// The faults that change the content of an answer; the table of kinds is in faults.ts. Rule: the job and its charge stay as they are, so that a test can
// compare what the client was told with what is true.
import { isRecord } from './values';
import type { Answer, Fault, Json } from './types';

const UNDOCUMENTED_STATUS = 7;

type Change = (rows: unknown[]) => unknown[];

const isMeant = (row: unknown, ids: string[] | undefined) =>
	isRecord(row) && (ids === undefined || ids.some((id) => id === row['_id']));

/** `data` with its rows changed, wherever this endpoint keeps them. */
function withRows(answer: Answer, change: Change): Answer {
	const { data } = answer;
	if (Array.isArray(data)) return { ...answer, data: change(data) };
	if (!isRecord(data) || !Array.isArray(data['result'])) return answer;
	const result = change(data['result']);
	return { ...answer, data: 'count' in data ? { ...data, result, count: result.length } : { result } };
}

/** Each row that is meant, with these fields. */
function withFields(answer: Answer, ids: string[] | undefined, fields: (row: Json) => Json): Answer {
	return withRows(answer, (rows) =>
		rows.map((row) => (isRecord(row) && isMeant(row, ids) ? { ...row, ...fields(row) } : row)),
	);
}

/** A malformed row. @param row the right one @throws {TypeError} where the shape has no name */
function oddRow(shape: string | undefined, row: Json): unknown {
	switch (shape) {
		case 'null':
		case undefined:
			return null;
		case 'text':
			return 'internal error';
		case 'number':
			return 42;
		case 'array':
			return [row];
		case 'empty':
			return {};
		case 'noId': {
			const { _id, ...rest } = row;
			return _id === undefined ? {} : rest;
		}
		default:
			throw new TypeError(`There is no row of the shape "${shape}"`);
	}
}

function withOddRow(answer: Answer, { shape, ids }: Fault): Answer {
	return withRows(answer, (rows) => {
		if (ids !== undefined) return rows.map((row) => (isRecord(row) && isMeant(row, ids) ? oddRow(shape, row) : row));
		const first = rows.find(isRecord);
		return [oddRow(shape, first ?? {}), ...rows];
	});
}

/** The rows of an order's answer: that of a single video, or each of a batch. */
function withOrders(answer: Answer, change: (row: Json) => Json): Answer {
	const { data } = answer;
	if (!isRecord(data)) return answer;
	const { successList } = data;
	if (!Array.isArray(successList)) return { ...answer, data: change(data) };
	return { ...answer, data: { ...data, successList: successList.map((row) => (isRecord(row) ? change(row) : row)) } };
}

function withPrice(answer: Answer, price: unknown): Answer {
	return withOrders(answer, ({ deduction_credit, ...row }) =>
		price === undefined && deduction_credit !== undefined ? row : { ...row, deduction_credit: price },
	);
}

/** IDs that only the answer has; one of another shape is the job's own, see `oddId` in values.ts. */
function withOddId(answer: Answer, shape: string | undefined): Answer {
	const odd: Record<string, unknown> = { null: null, empty: '', nested: undefined, missing: undefined };
	if (shape === undefined || !Object.hasOwn(odd, shape)) return answer;
	return withOrders(answer, ({ _id, ...row }) => {
		if (shape === 'missing') return row;
		return { _id: shape === 'nested' ? { $oid: _id } : odd[shape], ...row };
	});
}

/** The answer changed by the fault. */
export function distort(fault: Fault, answer: Answer): Answer {
	const { ids } = fault;
	switch (fault.kind) {
		case 'unknownStatus': {
			const status = fault.value ?? fault.status ?? UNDOCUMENTED_STATUS;
			return withFields(answer, ids, () => ({ status }));
		}
		case 'missingRow':
			return withRows(answer, (rows) => rows.filter((row) => !isMeant(row, ids)));
		case 'oddRow':
			return withOddRow(answer, fault);
		case 'link':
			return withFields(answer, ids, (row) => ({
				video_url: fault.url,
				...('logo' in row && { logo: fault.url }),
				...('video' in row && { video: fault.url, external_video: fault.url }),
			}));
		case 'emptyList':
			return withRows(answer, () => []);
		case 'price':
			return withPrice(answer, fault.price);
		case 'oddId':
			return withOddId(answer, fault.shape);
		case 'answer':
			return { ...answer, ...fault.answer };
		default:
			return answer;
	}
}
