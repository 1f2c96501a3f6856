// What a video costs here. Rule: the single create follows the vendor's price table, the batch the model's unit_credit; what Akool really takes
// is contradictory, so a client must report deduction_credit and never compute it.
import type { Model } from './types';

const FIVE_SECONDS_CREDITS: Readonly<Record<string, number>> = { '720p': 20, '1080p': 25, '4k': 30 };
const AUDIO_CREDITS_PER_FIVE_SECONDS = 5;
const STEP_SECONDS = 5;
const MODEL_WITHOUT_LIST_CREDITS = 25;

/** @param lengthSeconds 5 or 10 */
export function createCredits(resolution: string, lengthSeconds: number) {
	return (FIVE_SECONDS_CREDITS[resolution] ?? 0) * (lengthSeconds / STEP_SECONDS);
}

/**
 * One video of a batch. The extra for audio is documented only as "may raise the price"; here it is the offer's multiplier.
 */
export function batchCredits(
	unitCredits: number | undefined = MODEL_WITHOUT_LIST_CREDITS,
	audio: Model['generate_audio'],
) {
	const multiplier = audio !== null && typeof audio === 'object' ? audio.extra_credit_multiplier : 1;
	return Math.ceil(unitCredits * multiplier);
}

/** @param lengthSeconds of the video that gets the audio; up to 5 seconds cost 5 credits, longer ones 10 */
export function audioCredits(lengthSeconds: number) {
	return lengthSeconds > STEP_SECONDS ? 2 * AUDIO_CREDITS_PER_FIVE_SECONDS : AUDIO_CREDITS_PER_FIVE_SECONDS;
}
