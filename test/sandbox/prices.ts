// What a video costs here. Rule: unless a test says otherwise, the single create follows the vendor's price table and the batch the model's
// unit_credit; Akool's published prices contradict each other, so a client must report deduction_credit and never compute it.
import { isMatch } from 'lodash';
import type { JobKind, Json, Model, Price, PriceRule } from './types';

const FIVE_SECONDS_CREDITS: Readonly<Record<string, number>> = { '720p': 20, '1080p': 25, '4k': 30 };
const AUDIO_CREDITS_PER_FIVE_SECONDS = 5;
const STEP_SECONDS = 5;
const MODEL_WITHOUT_LIST_CREDITS = 25;

/** @param lengthSeconds 5 or 10 */
export function createCredits(resolution: string, lengthSeconds: number): number {
	return (FIVE_SECONDS_CREDITS[resolution] ?? 0) * (lengthSeconds / STEP_SECONDS);
}

/** One video of a batch. The extra for audio is documented only as "may raise the price"; here it is the offer's multiplier. */
export function batchCredits(unitCredits = MODEL_WITHOUT_LIST_CREDITS, audio: Model['generate_audio']): number {
	const multiplier = audio !== null && typeof audio === 'object' ? audio.extra_credit_multiplier : 1;
	return Math.ceil(unitCredits * multiplier);
}

/** @param lengthSeconds of the video that gets the audio; up to 5 seconds cost 5 credits, longer ones 10 */
export function audioCredits(lengthSeconds: number): number {
	return lengthSeconds > STEP_SECONDS ? 2 * AUDIO_CREDITS_PER_FIVE_SECONDS : AUDIO_CREDITS_PER_FIVE_SECONDS;
}

interface Ordered {
	kind: JobKind;
	body: Json;
	/** Which order of this sandbox it is, from 1. */
	number: number;
}

function fits({ on, match = {}, from = 1, to = Infinity }: PriceRule, { kind, body, number }: Ordered): boolean {
	return (on === undefined || on === kind) && number >= from && number <= to && isMatch(body, match);
}

/** What an order costs, and the price in the answers. @param tableCredits the price if no rule fits */
export function priceOf(rules: readonly PriceRule[], order: Ordered, tableCredits: number): Price {
	const rule: PriceRule = rules.find((candidate) => fits(candidate, order)) ?? { credits: tableCredits };
	const { credits, said = credits, later = credits } = rule;
	return { credits, said, later };
}
