// How much of everything is measured. Rule: goals are about the full sizes; the quick ones only show that all of it runs.

/**
 * @typedef {object} Sizes
 * @property {{ pictures: number, jobSeconds: number, longJobSeconds: number, videoMiB: number }} videos
 * @property {{ items: number, atOnce: number, answerMs: number, rounds: number }} creates `answerMs`: how long Akool takes to answer a create
 * @property {{ count: number }} items
 * @property {{ mib: number }} file
 * @property {{ rounds: number, asItComes: number, legacy: number }} calls calls a round, by the engine for expressions; four rounds, so that each of the four is first once
 * @property {{ times: number }} packages how often each package is loaded
 * @property {{ rounds: number, asItComes: number, legacy: number }} profile calls a round, as for `calls`
 */

/** @type {Sizes} */
export const FULL_SIZES = {
	videos: { pictures: 20, jobSeconds: 30, longJobSeconds: 90, videoMiB: 4 },
	creates: { items: 1_000, atOnce: 20, answerMs: 100, rounds: 3 },
	items: { count: 10_000 },
	file: { mib: 1_024 },
	calls: { rounds: 4, asItComes: 80, legacy: 400 },
	packages: { times: 15 },
	profile: { rounds: 4, asItComes: 60, legacy: 300 },
};

/** @type {Sizes} */
export const QUICK_SIZES = {
	videos: { pictures: 3, jobSeconds: 6, longJobSeconds: 10, videoMiB: 1 },
	creates: { items: 60, atOnce: 20, answerMs: 100, rounds: 1 },
	items: { count: 300 },
	file: { mib: 64 },
	calls: { rounds: 1, asItComes: 20, legacy: 60 },
	packages: { times: 3 },
	profile: { rounds: 1, asItComes: 20, legacy: 60 },
};
