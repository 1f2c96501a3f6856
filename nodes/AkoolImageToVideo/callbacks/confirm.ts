// Reads the videos of a callback from Akool. A callback's signature covers no secret, so only what is read here counts.
// Callbacks that come while a request of the same account is under way share the next request (single flight). Rule that must not
// regress: no callback gets a result that was read before it came, or with another account's keys.

import type { AkoolAccount } from '../akool/account';
import type { AkoolVideo, VideoId } from '../akool/video';
import { accountKey, type AkoolContext } from '../transport/credentials';
import { CallFailure } from '../transport/outcome';
import { readResults, type StatusReport } from '../transport/results';

export type ReadBack =
	/** The rows that Akool has; a video without one is unknown to it. */
	| { kind: 'answered'; videos: ReadonlyMap<VideoId, AkoolVideo> }
	/** The status request failed, or Akool refuses the IDs. */
	| { kind: 'notReadBack'; failure: CallFailure };

const READ_BACK_ATTEMPTS = 2;

/** A request that is not sent yet: it waits for the one before it, and collects the IDs of all callbacks meanwhile. */
interface NextRequest {
	ids: Set<VideoId>;
	report: Promise<StatusReport>;
}

interface RequestsUnderWay {
	current: Promise<unknown>;
	next: NextRequest | undefined;
}

/** By a hash of the account; an entry is removed after its last request. */
const underWay = new Map<string, RequestsUnderWay>();

/** Sends a request as the one under way of its account. */
function send(context: AkoolContext, key: string, ids: ReadonlySet<VideoId>): Promise<StatusReport> {
	const report = readResults(context, [...ids], READ_BACK_ATTEMPTS);
	const requests: RequestsUnderWay = { current: report, next: undefined };
	underWay.set(key, requests);
	const end = (): void => {
		if (underWay.get(key) === requests && requests.next === undefined) underWay.delete(key);
	};
	void report.then(end, end);
	return report;
}

function readShared(context: AkoolContext, key: string, ids: readonly VideoId[]): Promise<StatusReport> {
	const requests = underWay.get(key);
	if (requests === undefined) return send(context, key, new Set(ids));
	if (requests.next === undefined) {
		const gathered = new Set<VideoId>();
		const sendNext = async (): Promise<StatusReport> => await send(context, key, gathered);
		requests.next = { ids: gathered, report: requests.current.then(sendNext, sendNext) };
	}
	for (const id of ids) requests.next.ids.add(id);
	return requests.next.report;
}

/** The outcome of a failed status request. @throws any error that is not a CallFailure */
function notReadBack(failure: unknown): ReadBack {
	if (failure instanceof CallFailure) return { kind: 'notReadBack', failure };
	throw failure;
}

/** Reads videos from Akool, together with other callbacks of the same account. Failures of Akool or the network are an outcome, not thrown. Vendor page: "Get Image to Video Results". */
export async function readBack(
	context: AkoolContext,
	account: AkoolAccount,
	ids: readonly VideoId[],
): Promise<ReadBack> {
	const answered = ({ videos, refused }: StatusReport): ReadBack => {
		const [failure] = ids.flatMap((id) => refused.get(id) ?? []);
		const isSilent = failure !== undefined && ids.every((id) => refused.has(id));
		return isSilent ? { kind: 'notReadBack', failure } : { kind: 'answered', videos };
	};
	return await readShared(context, accountKey(account), ids).then(answered, notReadBack);
}
