// Binary files of the workflow, in every form that n8n's own nodes accept: a field name, a binary object by expression, a file in combined binary
// mode, base64 from a Code node, a data URI. Rule: a file for Akool is in n8n's storage under a permanent ID, with the type that its bytes show.

import { createHash } from 'crypto';

import { isMatch, omit } from 'lodash';
import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fieldOf, isRecord, textOf } from '../akool/json';
import { plainValue, trimInvisible } from '../akool/text';
import { causeOf } from '../messages/causes';
import { withoutLinkSecrets } from '../messages/redact';
import { firstBytes } from './inspectImage';
import { readImageFacts, type FileKind, type ImageFacts } from './imageFacts';

/** What is needed of a run. */
export interface FileHost {
	context: IExecuteFunctions;
	items: readonly INodeExecutionData[];
}

/** Says whether a value is one of n8n's binary objects, as an expression such as {{ $binary.data }} gives it. */
export function isBinaryObject(value: unknown): value is IBinaryData {
	return isRecord(value) && 'mimeType' in value && ('data' in value || 'id' in value);
}

const DATA_URI = /^data:([\w.+-]+\/[\w.+-]+)?(?:;(?!base64,)[^,;]*)*(;base64)?,/i;
const ONLY_BASE64 = /^[\w+/=\s-]*$/;
const SMALLEST_STRANGE_FILE = 300;
/** A shorter list of numbers is not a file. */
const FEWEST_BYTES = 8;
/** How n8n names a file that it keeps. */
const STORED_ID = /^(?:filesystem(?:-v2)?|s3|azure|database):/;

function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
const BASE64 = /^[\w+/=\s-]{64,}$/;

/** Where n8n puts the files of an item in combined mode. Source: packages/core/src/utils/convert-binary-data.ts, since n8n 2.x. */
const FILES_OF_COMBINED_MODE = '_files';

/** The names of an item's files. */
export function fileNames({ items }: FileHost, itemIndex: number): string[] {
	const item = items[itemIndex];
	const combined = fieldOf(item?.json, FILES_OF_COMBINED_MODE);
	return [...Object.keys(item?.binary ?? {}), ...(isRecord(combined) ? Object.keys(combined) : [])];
}

function byName({ context, items }: FileHost, itemIndex: number, name: string): IBinaryData | undefined {
	const combined = fieldOf(fieldOf(items[itemIndex]?.json, FILES_OF_COMBINED_MODE), name);
	const file = looseFile(combined);
	if (file !== undefined) return file;
	try {
		return context.helpers.assertBinaryData(itemIndex, name);
	} catch (error) {
		context.logger.debug(withoutLinkSecrets(causeOf(error)));
		return undefined;
	}
}

/** Says whether a list holds the bytes of a file. */
export function isBytes(value: unknown): value is number[] {
	const isByte = (entry: unknown): boolean => Number.isInteger(entry) && Number(entry) >= 0 && Number(entry) <= 255;
	return Array.isArray(value) && value.length >= FEWEST_BYTES && value.every(isByte);
}

/** What an expression or a Code node gives for a file, which may lack a type: bytes, base64, or the ID of a stored file. */
function looseFile(given: unknown): IBinaryData | undefined {
	if (isBinaryObject(given)) return given;
	if (isBytes(given)) return { data: Buffer.from(given).toString('base64'), mimeType: '' };
	if (!isRecord(given)) return undefined;
	const [id, data] = [textOf(given, 'id'), given.data];
	// A Buffer as JSON is { type: 'Buffer', data: [bytes] }.
	if (Array.isArray(data)) return { data: Buffer.from(data).toString('base64'), mimeType: '' };
	if (id !== undefined && STORED_ID.test(id)) return { ...given, data: textOf(given, 'data') ?? '', mimeType: '', id };
	// An ID of anything else says nothing of where the file lies.
	return typeof data === 'string' ? { ...omit(given, 'id'), data, mimeType: '' } : undefined;
}

/** The one file of an item, or of all that {{ $binary }} gives. */
function onlyFile(given: unknown): IBinaryData | undefined {
	const files = fieldOf(given, 'binary') ?? given;
	const [file, ...others] = isRecord(files) ? Object.values(files).map(looseFile) : [];
	return others.length === 0 ? file : undefined;
}

/** n8n gives $binary.data without its bytes, so the item's file with the same description is meant. */
function describedFile({ items }: FileHost, itemIndex: number, given: unknown): IBinaryData | undefined {
	if (!isRecord(given) || textOf(given, 'mimeType') === undefined) return undefined;
	const [file, ...others] = Object.values(items[itemIndex]?.binary ?? {}).filter((own) => isMatch(own, given));
	return others.length === 0 ? file : undefined;
}

const MEANT_BY_EXPRESSION = /^(?:\{\{\s*)?\$?binary\.([^\s{}]+?)(?:\s*\}\})?$/;

/** n8n's forms make a field's name of its label: other signs become `_`, and each of several files gets a number. */
const inWordCharacters = (name: string): string => name.toLowerCase().replace(/\W/g, '_');
const NUMBER_OF_FILE = /_\d+$/;

/** The name that a text means: `$binary.photo` is the field `photo`, and neither capitals nor what a form makes of a label matter where that leaves one field. */
function fieldName(host: FileHost, itemIndex: number, text: string): string {
	const name = plainValue(text.replace(MEANT_BY_EXPRESSION, '$1'));
	const names = fileNames(host, itemIndex);
	if (names.includes(text)) return text;
	if (names.includes(name)) return name;
	const wanted = inWordCharacters(name);
	const comparisons = [
		(known: string) => known.toLowerCase() === name.toLowerCase(),
		(known: string) => inWordCharacters(known) === wanted,
		(known: string) => inWordCharacters(known).replace(NUMBER_OF_FILE, '') === wanted,
	];
	const alike = comparisons.map((isAlike) => names.filter(isAlike)).find((found) => found.length > 0) ?? [];
	const [only = name] = alike;
	return alike.length === 1 ? only : name;
}

/** The file that a value names or is; undefined where it names none. */
export function findBinary(host: FileHost, itemIndex: number, given: unknown): IBinaryData | undefined {
	if (typeof given !== 'string' && typeof given !== 'number')
		return looseFile(given) ?? describedFile(host, itemIndex, given) ?? onlyFile(given);
	const text = trimInvisible(String(given));
	if (DATA_URI.test(text) || BASE64.test(text)) return { data: text, mimeType: DATA_URI.exec(text)?.[1] ?? '' };
	return byName(host, itemIndex, fieldName(host, itemIndex, text));
}

/** The bytes of a data URI or of base64; undefined for a text that is neither. */
function bytesOfText(text: string): Buffer | undefined {
	const [start, , isBase64] = DATA_URI.exec(text) ?? [''];
	const rest = text.slice(start.length);
	if (start !== '' && isBase64 === undefined) return Buffer.from(unescaped(rest));
	return ONLY_BASE64.test(rest) ? Buffer.from(rest, 'base64') : undefined;
}

/** The bytes of a file that is in the item instead of n8n's storage; undefined where they are not valid. */
function inlineBytes(binary: IBinaryData): Buffer | undefined {
	const data: unknown = binary.data;
	if (typeof data === 'string') return bytesOfText(data);
	const bytes: unknown = fieldOf(data, 'data');
	return Array.isArray(bytes) ? Buffer.from(bytes) : undefined;
}

const TYPES: Partial<Record<FileKind, string>> = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp',
	bmp: 'image/bmp',
	tiff: 'image/tiff',
	avif: 'image/avif',
};

/** Uploads of Webhook and Form triggers: n8n renames them when the execution ends or parks, and links to the old name stop working. */
const isTemporary = (id: string): boolean => id.includes('/temp/');

export interface StoredFile {
	binary: IBinaryData;
	facts: ImageFacts;
	isEmpty: boolean;
	/** The same whenever n8n runs the node again. */
	key: string;
}

function keyOf({ id, data }: IBinaryData): string {
	return id?.split('binary_data/').at(-1) ?? createHash('sha256').update(String(data)).digest('hex');
}

async function kept(host: FileHost, binary: IBinaryData, id: string): Promise<StoredFile> {
	const { helpers } = host.context;
	const start = await firstBytes(await helpers.getBinaryStream(id));
	const facts = readImageFacts(start);
	const type = TYPES[facts.kind] ?? (textOf(binary, 'mimeType') || 'application/octet-stream');
	const key = keyOf(binary);
	if (start.length === 0) return { binary, facts, isEmpty: true, key };
	if (!isTemporary(id) && type === binary.mimeType) return { binary, facts, isEmpty: false, key };
	const copy = await helpers.prepareBinaryData(await helpers.getBinaryStream(id), binary.fileName, type);
	return { binary: copy, facts, isEmpty: false, key };
}

/** Puts a file into n8n's storage for as long as the execution exists; undefined where it has no valid content. @throws what n8n's storage throws */
export async function storeFile(host: FileHost, binary: IBinaryData): Promise<StoredFile | undefined> {
	if (binary.id !== undefined) return await kept(host, binary, binary.id);
	const bytes = inlineBytes(binary);
	if (bytes === undefined) return undefined;
	const facts = readImageFacts(bytes);
	// A plain word can be valid base64, so a file of unknown kind needs a minimum size.
	if (facts.kind === 'unknown' && bytes.length > 0 && bytes.length < SMALLEST_STRANGE_FILE) return undefined;
	const type = TYPES[facts.kind] ?? (textOf(binary, 'mimeType') || 'application/octet-stream');
	const key = keyOf(binary);
	if (bytes.length === 0) return { binary, facts, isEmpty: true, key };
	const stored = await host.context.helpers.prepareBinaryData(bytes, binary.fileName, type);
	return { binary: stored, facts, isEmpty: false, key };
}
