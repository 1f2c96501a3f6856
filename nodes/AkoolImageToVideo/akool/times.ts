// When Akool created a job. The documented field holds milliseconds; lists have been seen with other fields, in seconds or as text.

import { numberOf, textOf } from './json';

/** A time with fewer digits than this is in seconds. */
const FIRST_MILLISECONDS = 100_000_000_000;
const MS_PER_SECOND = 1000;

const TIME_FIELDS = ['create_time', 'created_at', 'createdAt', 'createTime'] as const;

/** When the job of a row was created, in milliseconds since 1970; undefined where no known field says it. */
export function timeOf(row: unknown): number | undefined {
	for (const name of TIME_FIELDS) {
		const number = numberOf(row, name);
		if (number !== undefined) return number < FIRST_MILLISECONDS ? number * MS_PER_SECOND : number;
		const date = Date.parse(textOf(row, name) ?? '');
		if (Number.isFinite(date)) return date;
	}
	return undefined;
}
