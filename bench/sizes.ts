// The sizes of the measurements. Rule: goals are about the full sizes; the quick ones only show that everything runs.

export interface Sizes {
	videos: { images: number; jobSeconds: number; longJobSeconds: number; videoMiB: number };
	/** `answerMs`: how long Akool takes to answer a create */
	creates: { items: number; atOnce: number; answerMs: number; rounds: number };
	items: { count: number };
	/** `answerMs`: how long the server of the images takes to answer */
	images: { count: number; answerMs: number; rounds: number };
	file: { mib: number };
	/** calls a round, by the engine for expressions; four rounds, so that each of the four is first once */
	calls: { rounds: number; asItComes: number; legacy: number };
	/** how often each package is loaded */
	packages: { times: number };
	/** calls a round, as for `calls` */
	profile: { rounds: number; asItComes: number; legacy: number };
}

export const FULL_SIZES: Sizes = {
	videos: { images: 20, jobSeconds: 30, longJobSeconds: 90, videoMiB: 4 },
	creates: { items: 1_000, atOnce: 20, answerMs: 100, rounds: 3 },
	items: { count: 10_000 },
	images: { count: 200, answerMs: 100, rounds: 3 },
	file: { mib: 1_024 },
	calls: { rounds: 4, asItComes: 80, legacy: 400 },
	packages: { times: 15 },
	profile: { rounds: 4, asItComes: 60, legacy: 300 },
};

export const QUICK_SIZES: Sizes = {
	videos: { images: 3, jobSeconds: 6, longJobSeconds: 10, videoMiB: 1 },
	creates: { items: 60, atOnce: 20, answerMs: 100, rounds: 1 },
	items: { count: 300 },
	images: { count: 20, answerMs: 100, rounds: 1 },
	file: { mib: 64 },
	calls: { rounds: 1, asItComes: 20, legacy: 60 },
	packages: { times: 3 },
	profile: { rounds: 1, asItComes: 20, legacy: 60 },
};
