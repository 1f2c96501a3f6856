// Akool's own word on a video that somebody called about. A callback's signature covers no secret, so what is read here is what counts.
// Calls that come together are looked up together: one request serves all that arrive within a moment, or while another one is under way.

import { clock } from '../clock';
import type { AkoolAccount } from '../akool/account';
import type { AkoolVideo, VideoId } from '../akool/video';
import type { AkoolContext } from '../transport/credentials';
import { readResults, type Look } from '../transport/results';

export type ReadBack =
	/** The rows that Akool has; a video without one is unknown to it. */
	| { kind: 'answered'; videos: ReadonlyMap<VideoId, AkoolVideo> }
	/** Akool could not be asked, or does not speak of them. */
	| { kind: 'notReadBack' };

const READ_BACK_ATTEMPTS = 2;
/** How long a look waits for company; nothing beside the time that a request to Akool takes. */
const GATHERING_MS = 15;
/** In a crowd, a look waits until the one before it is this long over, but not forever: so it serves all who came meanwhile. */
const REST_MS = 60;
const LONGEST_GATHERING_MS = 1_000;

interface Gathering {
	ids: Set<VideoId>;
	look: Promise<Look>;
}

/** The looks that are still being gathered, by account. */
const gatherings = new Map<string, Gathering>();

/** The looks that have left, by account, each with the rest after it; none throws. */
const underWay = new Map<string, Promise<unknown>>();

async function lookTogether(context: AkoolContext, accountKey: string, ids: Set<VideoId>): Promise<Look> {
	await clock.sleep(GATHERING_MS, undefined);
	const before = underWay.get(accountKey);
	if (before !== undefined) await Promise.race([before, clock.sleep(LONGEST_GATHERING_MS, undefined)]);
	gatherings.delete(accountKey);
	const look = readResults(context, [...ids], READ_BACK_ATTEMPTS);
	const restDone = Promise.allSettled([look])
		.then(async () => await clock.sleep(REST_MS, undefined))
		.then(() => {
			if (underWay.get(accountKey) === restDone) underWay.delete(accountKey);
		});
	underWay.set(accountKey, restDone);
	return await look;
}

/** Reads videos back from Akool; looks of the same account that come together are one look. Never throws. */
export async function readBack(
	context: AkoolContext,
	account: AkoolAccount,
	ids: readonly VideoId[],
): Promise<ReadBack> {
	const accountKey = JSON.stringify([account.baseUrl, account.authentication, account.clientId, account.apiKey]);
	let gathering = gatherings.get(accountKey);
	if (gathering === undefined) {
		const gathered = new Set<VideoId>();
		gathering = { ids: gathered, look: lookTogether(context, accountKey, gathered) };
		gatherings.set(accountKey, gathering);
	}
	for (const id of ids) gathering.ids.add(id);
	try {
		const { videos, refused } = await gathering.look;
		return ids.every((id) => refused.has(id)) ? { kind: 'notReadBack' } : { kind: 'answered', videos };
	} catch {
		return { kind: 'notReadBack' };
	}
}
