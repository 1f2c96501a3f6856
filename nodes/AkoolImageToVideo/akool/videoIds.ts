// How users hand over IDs: one, a comma-separated text, a JSON list, a real list, or whole items of an earlier node. Result links are
// refused with advice, since they look like an ID to many people and the API answers them with nothing.

import { fieldOf, jsonText, textOf } from './json';
import { isVideoId, type VideoId } from './video';

export type VideoIdsOutcome = { kind: 'ids'; ids: VideoId[] } | { kind: 'refused'; title: string; advice: string };

const ID_ADVICE =
	'A video’s ID has 24 characters, such as 6891abe782f7cd2a890c44ba. It is the field _id of a create’s output.';

function refused(title: string, advice: string = ID_ADVICE): VideoIdsOutcome {
	return { kind: 'refused', title, advice };
}

function splitText(text: string): unknown[] {
	const trimmed = text.trim();
	if (trimmed.startsWith('[') || trimmed.startsWith('{')) {
		try {
			const parsed: unknown = JSON.parse(trimmed);
			return Array.isArray(parsed) ? parsed : [parsed];
		} catch {
			return [trimmed];
		}
	}
	return trimmed.split(/[\s,;]+/);
}

function flatten(input: unknown): unknown[] {
	if (typeof input === 'string') return splitText(input);
	return Array.isArray(input) ? input : [input];
}

/** An entry's text: the entry itself, or the `_id` of an item that an earlier node gave, whole or its JSON alone. */
function entryText(entry: unknown): string {
	if (entry === undefined || entry === null) return '';
	if (typeof entry === 'string') return entry.trim();
	return textOf(entry, '_id') ?? textOf(fieldOf(entry, 'json'), '_id') ?? jsonText(entry);
}

const SHOWN_CHARACTERS = 80;

/**
 * Takes the value of the parameter Video IDs and gives the IDs in order, each once and as Akool spells it, or what is wrong with it. Never throws.
 */
export function parseVideoIds(input: unknown): VideoIdsOutcome {
	const entries = flatten(input)
		.map(entryText)
		.filter((entry) => entry !== '');
	if (entries.length === 0) return refused('Video IDs is empty');
	const stranger = entries.find((entry) => !isVideoId(entry));
	if (stranger === undefined) return { kind: 'ids', ids: [...new Set(entries.map((id) => id.toLowerCase()))] };
	if (/^https?:\/\//i.test(stranger)) {
		return refused('Video IDs holds a link instead of an ID', `Akool’s links hold no ID. ${ID_ADVICE}`);
	}
	return refused(`Video IDs holds something that is not an ID: ${stranger.slice(0, SHOWN_CHARACTERS)}`);
}
