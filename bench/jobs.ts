// How long Akool takes for each image's video. Rule: all contenders wait for the same jobs, and both kinds are shown: jobs that differ as they do at Akool, and
// jobs that all take the same, where a status request at the right moment wins by chance.
import { numbered } from '../test/e2e/run/workflows';
import type { TimedItem } from './workflows';

export interface Jobs {
	title: string;
	items: TimedItem[];
}

/** The quickest and the slowest job, as parts of the mean. */
const SPREAD = { shortest: 0.7, longest: 1.3 };
/**
 * Neighbors differ: no two of twenty jobs take the same time, and they do not finish in the order in which they were
 * made.
 */
const STRIDE = 7;

export function rangeOf({ items }: Pick<Jobs, 'items'>) {
	const seconds = items.map((item) => item.seconds);
	return { shortest: Math.min(...seconds), longest: Math.max(...seconds) };
}

/** Jobs that are spread evenly around their mean. */
export function differingJobs(images: number, meanSeconds: number): Jobs {
	const { shortest, longest } = SPREAD;
	/** @param n from 0 to 1 */
	const placeOf = (n: number) => ((n * STRIDE) % images) / Math.max(1, images - 1);
	const items = numbered(images).map(({ n }) => ({
		n,
		seconds: Number((meanSeconds * (shortest + (longest - shortest) * placeOf(n))).toFixed(2)),
	}));
	const range = rangeOf({ items });
	return { title: `jobs of ${range.shortest} to ${range.longest} s`, items };
}

export const equalJobs = (images: number, seconds: number): Jobs => ({
	title: `jobs of ${seconds} s each`,
	items: numbered(images).map(({ n }) => ({ n, seconds })),
});
