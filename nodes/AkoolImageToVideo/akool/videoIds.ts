// Reads IDs in the forms in which users give them: one, text with several, a JSON list, a list, whole items or rows of a sheet. Result links are recognized,
// since many people take them for IDs. Pure.

import { fieldOf, isRecord, jsonText } from './json';
import { plainValue, trimEnds, trimInvisible, withoutStray } from './text';
import { isVideoId, type VideoId } from './video';

export type VideoIdsOutcome =
	| { kind: 'ids'; ids: VideoId[] }
	| { kind: 'empty' }
	/** What stands there instead of an ID. */
	| { kind: 'link' | 'notAnId'; text: string };

/** Where items and rows keep an ID, the surest first. */
const ID_FIELDS = ['_id', 'video_id', 'videoId', 'json', 'value', 'id'];
/** No list of IDs goes so deep. */
const DEEPEST = 5;
const NOTHING = ['', 'undefined', 'null'];
const BRACKETS = /^[[{]|[\]}]$/g;
const QUOTES = ['"', "'", '`', '“', '„', '‟', '”'];

function parsed(text: string): unknown {
	try {
		return /^[[{"]/.test(text) ? JSON.parse(text) : undefined;
	} catch {
		return undefined;
	}
}

function textsIn(text: string, depth: number): string[] {
	const json = depth > DEEPEST ? undefined : parsed(text);
	if (json !== undefined) return typeof json === 'string' ? textsIn(json, depth + 1) : textsOf(json, depth + 1);
	return splitText(text);
}

function splitText(text: string): string[] {
	const parts = text.replace(BRACKETS, '').split(/[\s,;|]+/);
	const bare = parts.map((part) => trimEnds(plainValue(part), (character) => QUOTES.includes(character)));
	return bare.filter((part) => !NOTHING.includes(part));
}

/** What a value may hold of IDs, as texts. */
function textsOf(value: unknown, depth = 0): string[] {
	if (value === undefined || value === null) return [];
	if (depth > DEEPEST) return [jsonText(value)];
	if (typeof value === 'string') return textsIn(trimInvisible(withoutStray(value)), depth);
	if (Array.isArray(value)) return value.flatMap((entry) => textsOf(entry, depth + 1));
	if (!isRecord(value)) return [jsonText(value)];
	const held = ID_FIELDS.map((name) => fieldOf(value, name)).find((field) => field !== undefined && field !== null);
	return held === undefined ? [jsonText(value)] : textsOf(held, depth + 1);
}

/** Gives the IDs that a value holds in order, each once and as Akool spells it, or what is wrong with it. Never throws. */
export function parseVideoIds(input: unknown): VideoIdsOutcome {
	const entries = textsOf(input);
	if (entries.length === 0) return { kind: 'empty' };
	const other = entries.find((entry) => !isVideoId(entry));
	if (other === undefined) return { kind: 'ids', ids: [...new Set(entries.map((id) => id.toLowerCase()))] };
	if (/^https?:\/\//i.test(other)) return { kind: 'link', text: other };
	// Several words without an ID among them are a name or a sentence, of which the first word alone would say little.
	const isText = typeof input === 'string' && !entries.some(isVideoId);
	return { kind: 'notAnId', text: isText ? trimInvisible(input) : other };
}
