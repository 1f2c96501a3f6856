// What the file of a video is called: its ID, or what the user wants, made fit for every disk that the workflow may save it to. Rule: no two files of a
// run that the user named have the same name, so that saving one never replaces another.

import type { IBinaryData } from 'n8n-workflow';

import { trimEnds, trimInvisible } from '../akool/text';

/** Systems allow 255 bytes; the number and the ending take some of them. */
const LONGEST_BYTES = 200;
/** What a path is made of, and what Windows does not allow in a name. */
const UNFIT = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
/** Names that Windows keeps for devices, whatever ending they have. */
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

/** Neither hidden nor unreachable: no dots and blanks at the beginning, none at the end. */
function withoutEdges(text: string): string {
	return trimEnds(text, (character) => /[\s.]/.test(character));
}

/** A name that every system takes, without the ending of a video; undefined where nothing is left of what was wanted. */
export function cleanFileName(wanted: string): string | undefined {
	const fit = trimInvisible(wanted).normalize('NFC').replace(VIDEO_ENDING, '').replace(UNFIT, '_');
	const stem = withoutEdges(cutToBytes(withoutEdges(fit), LONGEST_BYTES));
	if (/^_*$/.test(stem)) return undefined;
	return DEVICE.test(stem) ? `_${stem}` : stem;
}

/**
 * The names of the files of a run, without endings: those that are wanted twice are numbered from the second on.
 *
 * @param wanted one entry for each video, undefined where its ID is its name
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
