// Streams what the host of a file sends into n8n's binary storage. Half a file never passes for a whole one, nor a page for a video: length and type are
// measured against what was announced, and its first bytes against what its host calls it. A video that its host calls something else is one
// all the same. A storage that fails is reported as that.

import type { IBinaryData } from 'n8n-workflow';

import { numberOf, textOf } from '../akool/json';
import { withoutPreamble } from '../akool/markup';
import { causeOf } from '../messages/causes';
import { downloadMessages } from '../messages/downloads';
import { logMessages } from '../messages/log';
import { discard, type FileContext, type FileResponse } from './fileAddress';
import type { TransferGuard, TransferLimits } from './transferGuard';

/** What has to come for a file: a page never passes for a video. */
export interface FileType {
	family: 'video' | 'image';
	/** Taken for its type where the host names none. */
	defaultType: string;
	/** How its bytes begin, in hexadecimal digits. */
	beginning: RegExp;
	extensions: Readonly<Record<string, string>>;
}

export type KeptFile =
	| { kind: 'stored'; binary: IBinaryData }
	/** No later attempt would fare better. */
	| { kind: 'refused'; reason: string }
	| { kind: 'broken'; reason: string; retryAfterMs?: number }
	/** n8n itself could not keep it. */
	| { kind: 'notKept'; reason: string };

/** Comments and blanks may stand before what tells a page. */
const JUDGED_BYTES = 512;

/** A type as it is registered; whatever else a host writes there is not passed on. */
const REGISTERED_TYPE = /^[a-z]+\/[a-z\d][a-z\d.+-]{0,63}$/;

/** The types of pages, and of answers that say why there is no file. */
const TYPE_OF_NO_FILE = /[/+](?:html|json|xml)$/;

/** What to keep a file under; `isSure` is false where its host calls it something else, and its bytes have to tell. */
interface TypeToKeep {
	mimeType: string;
	isSure: boolean;
}

/** The type to keep, or undefined where something else comes: storage hosts answer with a page when they cannot serve the file. */
function typeToKeep({ family, defaultType }: FileType, headers: unknown): TypeToKeep | undefined {
	const type = (textOf(headers, 'content-type') ?? defaultType).split(';')[0]?.trim().toLowerCase() ?? '';
	if (type.startsWith(`${family}/`)) return { mimeType: REGISTERED_TYPE.test(type) ? type : defaultType, isSure: true };
	if (type.endsWith('/octet-stream')) return { mimeType: defaultType, isSure: true };
	return TYPE_OF_NO_FILE.test(type) ? undefined : { mimeType: defaultType, isSure: false };
}

/** How pages, and answers that say why there is no file, begin. No video begins so, and no image but a drawing (SVG), which begins with other tags. */
const NOT_A_FILE: Readonly<Record<FileType['family'], RegExp>> = {
	video: /^(?:[<{[]|%PDF-)/,
	image: /^(?:<(?:!doctype html|html|head|body)\b|[{[]|%PDF-)/i,
};

/** Whether a file begins as one that is none. A video never begins with a comment, either. */
function isNoFile({ family }: FileType, start: Buffer): boolean {
	const text = start.toString('utf8', 0, JUDGED_BYTES);
	const beginning = family === 'video' ? text.trimStart() : withoutPreamble(text);
	return NOT_A_FILE[family].test(beginning);
}

const BYTES_OF_A_BEGINNING = 16;

const beginsAs = ({ beginning }: FileType, start: Buffer): boolean =>
	beginning.test(start.toString('hex', 0, BYTES_OF_A_BEGINNING));

const wantedOf = ({ family }: FileType): string => (family === 'video' ? 'a video' : 'an image');

function wrongType(type: FileType, headers: unknown): KeptFile {
	const sent = textOf(headers, 'content-type') ?? 'something';
	return { kind: 'broken', reason: downloadMessages.wrongType(sent, wantedOf(type)) };
}

const NOT_COMPRESSED = ['', 'identity'];

/** The announced length; not to be compared with what arrives when the host compressed it on the way. */
function announcedBytes(headers: unknown): number | undefined {
	const encoding = textOf(headers, 'content-encoding') ?? '';
	return NOT_COMPRESSED.includes(encoding.trim().toLowerCase()) ? numberOf(headers, 'content-length') : undefined;
}

/** n8n 2.8 does not put the number of bytes beside the data; its storage knows it. */
async function storedBytes(context: FileContext, binary: IBinaryData): Promise<number> {
	if (binary.bytes !== undefined) return binary.bytes;
	if (binary.id === undefined) return Buffer.byteLength(binary.data, 'base64');
	return (await context.helpers.getBinaryMetadata(binary.id)).fileSize;
}

/** The system's words for a disk, or a share of it, that is full. */
const NO_ROOM = ['ENOSPC', 'EDQUOT'];

/** Why n8n did not keep a file. The whole cause, which may name folders of the machine, goes into the log alone. */
function notKept(context: FileContext, name: string, error: unknown): KeptFile {
	context.logger.warn(logMessages.fileNotStored(name, causeOf(error)));
	const code = textOf(error, 'code') ?? (error instanceof Error ? error.name : 'no cause was given');
	if (NO_ROOM.includes(code)) return { kind: 'notKept', reason: downloadMessages.storageFull() };
	return { kind: 'notKept', reason: downloadMessages.notStored(code) };
}

/** Reads the body of a file into n8n's storage. Gives undefined where its stream broke; the guard knows why. */
async function store(
	context: FileContext,
	type: FileType,
	{ headers, body }: FileResponse,
	name: string,
	{ mimeType, isSure }: TypeToKeep,
	guard: TransferGuard,
): Promise<KeptFile | undefined> {
	try {
		const binary = await context.helpers.prepareBinaryData(body, name, mimeType);
		const arrived = await storedBytes(context, binary);
		const announced = announcedBytes(headers);
		const start = Buffer.isBuffer(body) ? body : guard.firstBytes;
		if (isNoFile(type, start)) return { kind: 'broken', reason: downloadMessages.notAFile(wantedOf(type)) };
		if (!isSure && !beginsAs(type, start)) return wrongType(type, headers);
		// More than was announced is a file that was compressed on the way: what unpacked it takes the header away.
		if (arrived > 0 && arrived >= (announced ?? 0)) return { kind: 'stored', binary };
		const isEmpty = arrived === 0 && (announced ?? 0) === 0;
		return {
			kind: 'broken',
			reason: isEmpty ? downloadMessages.empty() : downloadMessages.notWhole(arrived, announced),
		};
	} catch (error) {
		return guard.hasBrokenOff() ? undefined : notKept(context, name, error);
	}
}

/**
 * Keeps a file whose host has answered that it is there. Gives undefined where its stream broke.
 *
 * @param name without the ending, which its type decides
 */
export async function keepFile(
	context: FileContext,
	type: FileType & { limits: TransferLimits },
	name: string,
	response: FileResponse,
	guard: TransferGuard,
): Promise<KeptFile | undefined> {
	const { headers, body } = response;
	const toKeep = typeToKeep(type, headers);
	const { maxBytes } = type.limits;
	const bytes = Math.max(announcedBytes(headers) ?? 0, Buffer.isBuffer(body) ? body.length : 0);
	if (toKeep === undefined || bytes > maxBytes) {
		discard(body);
		return toKeep === undefined
			? wrongType(type, headers)
			: { kind: 'refused', reason: downloadMessages.tooLarge(maxBytes) };
	}
	if (!Buffer.isBuffer(body)) guard.follow(body);
	const extension = type.extensions[toKeep.mimeType] ?? type.extensions[type.defaultType] ?? '';
	return await store(context, type, response, `${name}.${extension}`, toKeep, guard);
}
