// Akool's own word on a video that somebody called about. A callback's signature covers no secret, so what is read here is what counts.
// A plain single flight: calls that come while a request of the same account is under way share the one that leaves after it. Rule that must not
// regress: nobody is given what was read before they asked, and nobody is given what another account's keys have read.

import type { AkoolAccount } from '../akool/account';
import type { AkoolVideo, VideoId } from '../akool/video';
import { accountKey, type AkoolContext } from '../transport/credentials';
import { CallFailure } from '../transport/outcome';
import { readResults, type Look } from '../transport/results';

export type ReadBack =
	/** The rows that Akool has; a video without one is unknown to it. */
	| { kind: 'answered'; videos: ReadonlyMap<VideoId, AkoolVideo> }
	/** Akool could not be asked, or does not speak of them. */
	| { kind: 'notReadBack'; failure: CallFailure };

const READ_BACK_ATTEMPTS = 2;

/** A request that has not left yet: it waits for the one before it, and takes along all who ask meanwhile. */
interface NextLook {
	ids: Set<VideoId>;
	look: Promise<Look>;
}

interface Flight {
	current: Promise<unknown>;
	next: NextLook | undefined;
}

/** The requests under way, by a hash of the account; an entry leaves with its last request. */
const flights = new Map<string, Flight>();

/** Sends a request as the one under way of its account. */
function depart(context: AkoolContext, key: string, ids: ReadonlySet<VideoId>): Promise<Look> {
	const look = readResults(context, [...ids], READ_BACK_ATTEMPTS);
	const flight: Flight = { current: look, next: undefined };
	flights.set(key, flight);
	const land = (): void => {
		if (flights.get(key) === flight && flight.next === undefined) flights.delete(key);
	};
	void look.then(land, land);
	return look;
}

function lookTogether(context: AkoolContext, key: string, ids: readonly VideoId[]): Promise<Look> {
	const flight = flights.get(key);
	if (flight === undefined) return depart(context, key, new Set(ids));
	if (flight.next === undefined) {
		const gathered = new Set<VideoId>();
		const leave = async (): Promise<Look> => await depart(context, key, gathered);
		flight.next = { ids: gathered, look: flight.current.then(leave, leave) };
	}
	for (const id of ids) flight.next.ids.add(id);
	return flight.next.look;
}

/** What a look that failed means to those who asked. @throws whatever neither Akool nor the network has caused */
function notReadBack(failure: unknown): ReadBack {
	if (failure instanceof CallFailure) return { kind: 'notReadBack', failure };
	throw failure;
}

/** Reads videos back from Akool, together with all who ask the same account meanwhile. @throws nothing that Akool or the network cause */
export async function readBack(
	context: AkoolContext,
	account: AkoolAccount,
	ids: readonly VideoId[],
): Promise<ReadBack> {
	const answered = ({ videos, refused }: Look): ReadBack => {
		const [failure] = ids.flatMap((id) => refused.get(id) ?? []);
		const isSilent = failure !== undefined && ids.every((id) => refused.has(id));
		return isSilent ? { kind: 'notReadBack', failure } : { kind: 'answered', videos };
	};
	return await lookTogether(context, accountKey(account), ids).then(answered, notReadBack);
}
