// Downloads a video or an image, and repeats that after a broken stream, after an error of the host, and for a few minutes while the host
// does not show the file yet. Rule: every failure is an outcome with its cause, and the execution is never held for long.

import { clock } from '../clock';
import { expiresAt } from '../akool/expiry';
import { HTTP_SERVER_SIDE, HTTP_TOO_MANY_REQUESTS } from '../akool/httpStatus';
import { retryAfterMs } from '../akool/retryAfter';
import { downloadMessages } from '../messages/downloads';
import { classifyThrown } from './classify';
import { cancelSignalOf } from './credentials';
import { discard, openFile, type FileContext, type FileResponse } from './fileAddress';
import { keepFile, type FileType, type KeptFile } from './keepFile';
import { TransferGuard, type TransferLimits } from './transferGuard';

export type { FileContext } from './fileAddress';

export type FileOutcome =
	| KeptFile
	/** Akool has deleted it. */
	| { kind: 'gone'; reason: string }
	/** Its host does not show it, though Akool has not deleted it: it may appear later. */
	| { kind: 'notThereYet'; reason: string }
	| { kind: 'canceled' };

/** How often and how long a file is requested. */
export interface FetchLimits extends TransferLimits {
	attempts: number;
	/** Before the second attempt; it grows with each further one. */
	pauseMs: number;
	/** The longest pause, also where the host asks for a longer one with Retry-After. */
	longestPauseMs: number;
	/** How long a recent file is requested that its host does not show yet. */
	notThereYetMs: number;
	/** For all attempts together. */
	deadlineMs: number;
}

export interface FileKind extends FileType {
	fetchLimits: FetchLimits;
}

const MS_PER_MINUTE = 60_000;
const MEGABYTE = 1024 * 1024;

/** For videos, which were paid for. */
export const FILE_HOST: FetchLimits = {
	attempts: 3,
	pauseMs: 1_000,
	longestPauseMs: 30_000,
	notThereYetMs: 3 * MS_PER_MINUTE,
	idleTimeoutMs: 60_000,
	deadlineMs: 15 * MS_PER_MINUTE,
	maxBytes: 2_048 * MEGABYTE,
};

export const VIDEO_FILE: FileKind = {
	family: 'video',
	defaultType: 'video/mp4',
	// MP4 and QuickTime (`ftyp`, `moov`, `mdat`, `wide`), WebM
	beginning: /^(?:.{8}(?:66747970|6d6f6f76|6d646174|77696465)|1a45dfa3)/,
	extensions: { 'video/mp4': 'mp4', 'video/webm': 'webm', 'video/quicktime': 'mov' },
	fetchLimits: FILE_HOST,
};

export const IMAGE_FILE: FileKind = {
	family: 'image',
	defaultType: 'image/png',
	// PNG, JPEG, GIF, WebP
	beginning: /^(?:89504e47|ffd8ff|47494638|52494646.{8}57454250)/,
	extensions: { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/gif': 'gif' },
	fetchLimits: {
		attempts: 2,
		pauseMs: 500,
		longestPauseMs: 5_000,
		notThereYetMs: 0,
		idleTimeoutMs: 10_000,
		deadlineMs: MS_PER_MINUTE,
		maxBytes: 20 * MEGABYTE,
	},
};

/** A file, by where it comes from. */
export interface FileSource {
	/** Its file name without the ending, which its type decides. */
	name: string;
	url: string;
	/** When Akool created the job, in milliseconds since 1970: the link expires seven days later. */
	createTimeMs?: number | undefined;
	/** When the file was finished, in milliseconds since 1970. */
	finishTimeMs?: number | undefined;
}

/** For this long after it was finished, a file may not be on its host yet. */
const RECENT_MS = 60 * MS_PER_MINUTE;
const HTTP_OK = 200;
const HTTP_GONE = 410;
/** Forbidden, not found, too early: the answers of hosts that do not have a file (yet). */
const NOT_SHOWN = [403, 404, 425];

/** A file without a time counts as recent. */
function isRecent({ createTimeMs, finishTimeMs }: FileSource): boolean {
	if (createTimeMs === undefined && finishTimeMs === undefined) return true;
	return clock.now() - Math.max(createTimeMs ?? 0, finishTimeMs ?? 0) < RECENT_MS;
}

function mayComeByItself(httpStatus: number): boolean {
	return NOT_SHOWN.includes(httpStatus) || httpStatus === HTTP_TOO_MANY_REQUESTS || httpStatus >= HTTP_SERVER_SIDE;
}

type Attempt = FileOutcome | { kind: 'notShown'; httpStatus: number; retryAfterMs: number | undefined };

function withoutFile({ statusCode, headers, body }: FileResponse): Attempt {
	discard(body);
	if (statusCode === HTTP_GONE) return { kind: 'gone', reason: downloadMessages.gone(statusCode) };
	const pauseMs = retryAfterMs(headers, clock.now());
	if (mayComeByItself(statusCode)) return { kind: 'notShown', httpStatus: statusCode, retryAfterMs: pauseMs };
	return { kind: 'broken', reason: downloadMessages.httpStatus(statusCode), retryAfterMs: pauseMs };
}

/** What ended an attempt. */
function brokenOff(error: unknown, { endedBy }: TransferGuard, { fetchLimits }: FileKind): FileOutcome {
	if (endedBy === 'tooLarge') return { kind: 'refused', reason: downloadMessages.tooLarge(fetchLimits.maxBytes) };
	if (endedBy === 'tooSlow')
		return { kind: 'refused', reason: downloadMessages.tooSlow(fetchLimits.deadlineMs / MS_PER_MINUTE) };
	if (endedBy === 'silent')
		return { kind: 'broken', reason: downloadMessages.silent(fetchLimits.idleTimeoutMs / 1_000) };
	const outcome = classifyThrown(error);
	if (outcome.kind === 'notSent') return { kind: 'broken', reason: downloadMessages.notReached(outcome.reason) };
	return { kind: 'broken', reason: downloadMessages.brokenOff() };
}

async function tryOnce(context: FileContext, kind: FileKind, source: FileSource, endMs: number): Promise<Attempt> {
	const stop = cancelSignalOf(context);
	const guard = new TransferGuard(kind.fetchLimits, endMs, stop);
	try {
		const opened = await openFile(context, source.url, guard.signal);
		if (opened.kind === 'refused') return opened;
		if (opened.response.statusCode !== HTTP_OK) return withoutFile(opened.response);
		const kept = await keepFile(context, { ...kind, limits: kind.fetchLimits }, source.name, opened.response, guard);
		return kept ?? (stop?.aborted === true ? { kind: 'canceled' } : brokenOff(guard.streamError, guard, kind));
	} catch (error) {
		return stop?.aborted === true ? { kind: 'canceled' } : brokenOff(error, guard, kind);
	} finally {
		guard.close();
	}
}

/** The pause in milliseconds before the next attempt: twice as long each time, at least what the host asks for, at most the longest pause. */
export function pauseBeforeNextMs(
	{ pauseMs, longestPauseMs }: FetchLimits,
	attempt: number,
	askedMs: number = 0,
): number {
	return Math.min(longestPauseMs, Math.max(pauseMs * 2 ** (attempt - 1), askedMs));
}

/** The outcome of a file that its host does not show, after the last attempt. */
function notShown(httpStatus: number, { createTimeMs }: FileSource): FileOutcome {
	const endsAt = expiresAt(createTimeMs);
	if (endsAt !== undefined && Date.parse(endsAt) <= clock.now())
		return { kind: 'gone', reason: downloadMessages.expired(httpStatus, endsAt) };
	return { kind: 'notThereYet', reason: downloadMessages.notThereYet(httpStatus, endsAt) };
}

/** Whether another attempt may succeed. */
function mayTryAgain(outcome: Attempt, attempt: number, beganMs: number, kind: FileKind, source: FileSource): boolean {
	const { attempts, notThereYetMs } = kind.fetchLimits;
	if (outcome.kind === 'broken') return attempt < attempts;
	if (outcome.kind !== 'notShown') return false;
	if (isRecent(source) && clock.now() - beganMs < notThereYetMs) return true;
	return !NOT_SHOWN.includes(outcome.httpStatus) && attempt < attempts;
}

/** Streams a file into n8n's binary storage. Never throws. */
export async function fetchFile(context: FileContext, kind: FileKind, source: FileSource): Promise<FileOutcome> {
	const beganMs = clock.now();
	const endMs = beganMs + kind.fetchLimits.deadlineMs;
	for (let attempt = 1; ; attempt++) {
		const outcome = await tryOnce(context, kind, source, endMs);
		if (!mayTryAgain(outcome, attempt, beganMs, kind, source))
			return outcome.kind === 'notShown' ? notShown(outcome.httpStatus, source) : outcome;
		const askedMs = outcome.kind === 'broken' || outcome.kind === 'notShown' ? outcome.retryAfterMs : undefined;
		const pauseMs = pauseBeforeNextMs(kind.fetchLimits, attempt, askedMs);
		if (!(await clock.sleep(pauseMs, cancelSignalOf(context)))) return { kind: 'canceled' };
	}
}
