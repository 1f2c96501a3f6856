// Streams what the host of a file sends into n8n's binary storage. A partial file is never kept, nor a page instead of a video: length and type are
// compared with the announced ones, and the first bytes with the type. A video under a wrong type is still a video. A failing storage is reported
// as such.

import type { IBinaryData } from 'n8n-workflow';

import { numberOf, textOf } from '../akool/json';
import { withoutPreamble } from '../akool/markup';
import { causeOf } from '../messages/causes';
import { downloadMessages } from '../messages/downloads';
import { logMessages } from '../messages/log';
import { discard, type FileContext, type FileResponse } from './fileAddress';
import type { TransferGuard, TransferLimits } from './transferGuard';

/** What kind of file is expected. */
export interface FileType {
	family: 'video' | 'image';
	/** Its type where the host names none. */
	defaultType: string;
	/** How its bytes begin, in hexadecimal digits. */
	beginning: RegExp;
	extensions: Readonly<Record<string, string>>;
}

export type KeptFile =
	| { kind: 'stored'; binary: IBinaryData }
	/** Another attempt would not help. */
	| { kind: 'refused'; reason: string }
	| { kind: 'broken'; reason: string; retryAfterMs?: number }
	/** n8n itself could not keep it. */
	| { kind: 'notKept'; reason: string };

/** Comments and blanks may come before the tag that identifies a page. */
const JUDGED_BYTES = 512;

/** A media type in its registered form; anything else is not passed on. */
const REGISTERED_TYPE = /^[a-z]+\/[a-z\d][a-z\d.+-]{0,63}$/;

/** The types of pages, and of answers that say why there is no file. */
const TYPE_OF_NO_FILE = /[/+](?:html|json|xml)$/;

/** What to keep a file under; `isSure` is false where its host calls it something else, and its bytes have to tell. */
interface TypeToKeep {
	mimeType: string;
	isSure: boolean;
}

/** The file's type, or undefined where it is of another kind: storage hosts send a page when they cannot serve the file. */
function typeToKeep({ family, defaultType }: FileType, headers: unknown): TypeToKeep | undefined {
	const type = (textOf(headers, 'content-type') ?? defaultType).split(';')[0]?.trim().toLowerCase() ?? '';
	if (type.startsWith(`${family}/`)) return { mimeType: REGISTERED_TYPE.test(type) ? type : defaultType, isSure: true };
	if (type.endsWith('/octet-stream')) return { mimeType: defaultType, isSure: true };
	return TYPE_OF_NO_FILE.test(type) ? undefined : { mimeType: defaultType, isSure: false };
}

/** How pages and error answers begin. No video begins like that, and no image but an SVG, which has other tags. */
const NOT_A_FILE: Readonly<Record<FileType['family'], RegExp>> = {
	video: /^(?:[<{[]|%PDF-)/,
	image: /^(?:<(?:!doctype html|html|head|body)\b|[{[]|%PDF-)/i,
};

/** Whether a file begins like a page or an error answer. A video never begins with a comment, either. */
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

/** The announced length in bytes; undefined where the host compressed the file, since the length then differs. */
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

/** The system's codes for a full disk or quota. */
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
		// A file can be larger than announced if it was compressed on the way: whatever unpacked it removed the header.
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
