// What the ledger keeps of a video and of Akool's answers: plain data without secrets, limited in size.

import { shortText, type JsonRecord } from '../akool/json';
import { parseVideo, type AkoolVideo } from '../akool/video';
import { withoutLinkSecrets } from '../messages/redact';
import { isOwnLink } from '../n8n/ownLinks';
import type { KeptOrder, KeptVideo } from './ledgerSchema';

const LONGEST_ROW_CHARACTERS = 20_000;
const SHORT_ROW_FIELDS = [
	'_id',
	'create_time',
	'status',
	'deduction_credit',
	'video_duration',
	'model_name',
	'batch_id',
];

/** A value without the secret of n8n's own links. Signed links of the user's (an image in a private store) stay whole: the output gives them back. */
function keptValue(name: string, value: unknown): unknown {
	if (typeof value === 'string') return isOwnLink(name, value) ? withoutLinkSecrets(value) : value;
	const text = JSON.stringify(value);
	return isOwnLink(name, text) ? JSON.parse(withoutLinkSecrets(text)) : value;
}

/** Akool's row of a video, without secrets and shortened where it is very long. */
function keptRow(row: JsonRecord): JsonRecord {
	const text = JSON.stringify(row);
	const kept: JsonRecord = JSON.parse(text);
	const isShort = text.length <= LONGEST_ROW_CHARACTERS;
	const entries = Object.entries(kept).filter(([name]) => isShort || SHORT_ROW_FIELDS.includes(name));
	return Object.fromEntries(entries.map(([name, value]) => [name, keptValue(name, value)]));
}

/** Whether Akool named a price: zero or less is none. */
export const isPrice = (credits: number | undefined): credits is number => credits !== undefined && credits > 0;

/** The video with its latest status and deduction. A negative deduction is ignored. */
export function withUpdate(video: KeptVideo, { status, deductionCredit }: AkoolVideo): KeptVideo {
	const said = deductionCredit !== undefined && deductionCredit >= 0 ? deductionCredit : undefined;
	const prices = [video.price, said].filter(isPrice);
	return {
		...video,
		...(status !== undefined && { status }),
		...(said !== undefined && { deduction: said }),
		...(prices.length > 0 && { price: Math.max(...prices) }),
	};
}

/** A video as the ledger keeps it from the answer to its order. */
export function keptVideo(video: AkoolVideo): KeptVideo {
	return withUpdate({ id: video.id, row: keptRow(video.raw) }, video);
}

/** The videos of an order as Akool described them on creation, with the latest deduction. */
export function videosOf({ videos }: Pick<KeptOrder, 'videos'>): AkoolVideo[] {
	return videos.flatMap(({ row, deduction }) => {
		const video = parseVideo(row);
		return video === undefined ? [] : [{ ...video, deductionCredit: deduction }];
	});
}

const KEPT_CHARACTERS = 2_000;

/** An answer as the ledger keeps it and the log shows it. */
export function keptAnswer(answer: unknown): string {
	return withoutLinkSecrets(shortText(answer, KEPT_CHARACTERS));
}
