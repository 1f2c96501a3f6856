// Messages about images before anything is spent: why one cannot be animated, and what some models refuse or n8n could not check.

import { shortened } from '../akool/text';
import { parameterMessage } from './userMessage';

/** Kinds of files that Akool cannot animate. */
export type NoImage =
	'page' | 'pdf' | 'video' | 'audio' | 'image' | 'svg' | 'heic' | 'zip' | 'json' | 'text' | 'empty' | 'unknown';

export const WHAT_IT_IS: Record<NoImage, string> = {
	page: 'a web page',
	pdf: 'a PDF',
	video: 'a video',
	audio: 'an audio file',
	image: 'an image',
	svg: 'an SVG drawing',
	heic: 'a HEIC photo',
	zip: 'a ZIP archive',
	json: 'JSON data',
	text: 'a text',
	empty: 'an empty file',
	unknown: 'a file of an unknown kind',
};

const CONVERT: Partial<Record<NoImage, string>> = {
	pdf: 'Export the page as PNG or JPEG.',
	video: 'Akool makes the video from a still image: give a PNG or JPEG.',
	svg: 'Export it as PNG.',
	heic: 'Convert it to JPEG. An iPhone takes JPEG photos with Settings > Camera > Formats > Most Compatible.',
	page: 'Open the address in a private browser window: it must show only the image, with nothing around it and no sign-in.',
};

const SWITCH_OFF =
	"If Akool can get the file all the same, add the option 'Check Images' and switch it off to order without this check.";

const adviceFor = (what: NoImage): string => CONVERT[what] ?? 'Give a PNG or JPEG.';

type Kind = 'image' | 'audio';
const WANTED: Record<Kind, string> = { image: 'an image', audio: 'an audio file' };
const SUBJECT: Record<Kind, string> = { image: 'image', audio: 'audio file' };
const OPEN_AUDIO =
	'Open the address in a private browser window: it must play or download the file, with nothing around it.';

const SHOWN_ITEMS = 5;

/** The places of the items in the run, counted from 0 as n8n does; nothing where the run has but one. */
function ofItems(items: readonly number[]): string {
	if (items.length === 0) return '';
	const shown = items.slice(0, SHOWN_ITEMS).join(', ');
	const more = items.length > SHOWN_ITEMS ? ` and ${items.length - SHOWN_ITEMS} more` : '';
	return items.length === 1 ? ` of item ${shown}` : ` of items ${shown}${more}`;
}

export const imageMessages = {
	notThere: (parameter: string, httpStatus: number, url: string) =>
		parameterMessage(
			parameter,
			`leads to nothing (HTTP status ${httpStatus})`,
			`There is no file at ${shortened(url, 200)}. Check the address in a private browser window.\n\n${SWITCH_OFF}`,
		),

	noSuchHost: (parameter: string, host: string) =>
		parameterMessage(
			parameter,
			`names a host that does not exist: ${host}`,
			`Check how it is spelled.\n\n${SWITCH_OFF}`,
		),

	leadsToPrivateHost: (parameter: string, url: string) =>
		parameterMessage(
			parameter,
			'leads on to an address that Akool cannot reach',
			`${shortened(url, 200)} leads to a local or private host. Give an address that opens from any network.`,
		),

	notAnImage: (parameter: string, of: Kind, what: NoImage, url: string) =>
		parameterMessage(
			parameter,
			`leads to ${WHAT_IT_IS[what]}, not ${WANTED[of]}`,
			`It is ${shortened(url, 200)}. ${of === 'image' ? adviceFor(what) : OPEN_AUDIO}\n\n${SWITCH_OFF}`,
		),

	/** As above, of a file of the workflow. */
	fileIsNoImage: (parameter: string, what: NoImage) =>
		parameterMessage(parameter, `holds ${WHAT_IT_IS[what]}, not an image`, adviceFor(what)),

	hintFormat: (format: string, items: readonly number[]) =>
		`The image${ofItems(items)} is ${format}. Some models accept only PNG and JPEG.`,

	hintSide: (width: number, height: number, items: readonly number[]) =>
		`The image${ofItems(items)} has ${width} x ${height} pixels. Some models accept only sides of 300 to 6000 pixels.`,

	hintShape: (width: number, height: number, items: readonly number[]) =>
		`The image${ofItems(items)} has ${width} x ${height} pixels. Some models refuse images that are wider or taller than 2.5 to 1.`,

	hintNotSeen: (of: Kind, why: string, items: readonly number[]) =>
		`The ${SUBJECT[of]}${ofItems(items)} was not checked before ordering: ${why}.`,

	becauseStatus: (httpStatus: number) => `its host answered n8n with HTTP status ${httpStatus}`,
	becauseSlow: (seconds: number) => `its host took longer than ${seconds} seconds`,
	becauseLate: () => 'checking the other images took too long',
	becauseRedirects: () => 'its host redirects too many times',
	becauseBlocked: () => "n8n's protection against requests into its own network does not allow its host",
	becauseConnection: (reason: string) => reason,
};
