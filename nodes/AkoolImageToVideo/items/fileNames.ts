// The file name of a video: its ID, or the user's name, cleaned for every file system. Rule: no two named files of a run
// have the same name, so that saving one never replaces another.

import type { IBinaryData } from 'n8n-workflow';

import { trimEnds, trimInvisible } from '../akool/text';

/** File systems allow 255 bytes, and the number and the ending need some of them. */
const LONGEST_BYTES = 200;
/** Path separators, and characters that Windows does not allow in a name. */
const UNFIT = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
/** Names that Windows reserves for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const VIDEO_ENDING = /\.(?:mp4|m4v|mov|webm)[\s.]*$/i;

/** As many whole characters of a text as fit. */
function cutToBytes(text: string, most: number): string {
	let bytes = 0;
	let cut = '';
	for (const character of text) {
		bytes += Buffer.byteLength(character);
		if (bytes > most) break;
		cut += character;
	}
	return cut;
}

/** Removes dots and blanks from both ends, which would hide the file or make it unreachable. */
function withoutEdges(text: string): string {
	return trimEnds(text, (character) => /[\s.]/.test(character));
}

/** A name that is valid on every system, without a video's ending; undefined where nothing is left of it. */
export function cleanFileName(wanted: string): string | undefined {
	const fit = trimInvisible(wanted).normalize('NFC').replace(VIDEO_ENDING, '').replace(UNFIT, '_');
	const stem = withoutEdges(cutToBytes(withoutEdges(fit), LONGEST_BYTES));
	if (/^_*$/.test(stem)) return undefined;
	return DEVICE.test(stem) ? `_${stem}` : stem;
}

/**
 * The file names of a run, without endings: equal names are numbered from the second on.
 *
 * @param wanted one entry for each video, undefined to use its ID
 */
export function fileNamesFor(wanted: ReadonlyArray<string | undefined>): Array<string | undefined> {
	const names = wanted.map((name) => (name === undefined ? undefined : cleanFileName(name)));
	const taken = new Set<string>();
	return names.map((name) => {
		if (name === undefined) return undefined;
		let free = name;
		for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
		taken.add(free.toLowerCase());
		return free;
	});
}

/** A file under another name, with the ending of its type. */
export function named(binary: IBinaryData, fileName: string): IBinaryData {
	return { ...binary, fileName: `${fileName}.${binary.fileExtension ?? 'mp4'}` };
}
