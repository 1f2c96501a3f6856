// What a video costs here. Rule: the single create follows the vendor's price table, the batch the model's unit_credit; what Akool really takes
// is contradictory, so a client must report deduction_credit and never compute it.
'use strict';

/** @type {Readonly<Record<string, number>>} */
const FIVE_SECONDS_CREDITS = { '720p': 20, '1080p': 25, '4k': 30 };
const AUDIO_CREDITS_PER_FIVE_SECONDS = 5;
const STEP_SECONDS = 5;
const MODEL_WITHOUT_LIST_CREDITS = 25;

/** @param {string} resolution @param {number} lengthSeconds 5 or 10 */
function createCredits(resolution, lengthSeconds) {
	return (FIVE_SECONDS_CREDITS[resolution] ?? 0) * (lengthSeconds / STEP_SECONDS);
}

/**
 * One video of a batch. The extra for sound is documented only as "may raise the price"; here it is the offer's multiplier.
 * @param {number | undefined} unitCredits @param {import('./catalogue').Model['generate_audio']} audio
 */
function batchCredits(unitCredits = MODEL_WITHOUT_LIST_CREDITS, audio) {
	const multiplier = audio !== null && typeof audio === 'object' ? audio.extra_credit_multiplier : 1;
	return Math.ceil(unitCredits * multiplier);
}

/** @param {number} lengthSeconds of the video that gets the sound; up to 5 seconds cost 5 credits, longer ones 10 */
function audioCredits(lengthSeconds) {
	return lengthSeconds > STEP_SECONDS ? 2 * AUDIO_CREDITS_PER_FIVE_SECONDS : AUDIO_CREDITS_PER_FIVE_SECONDS;
}

module.exports = { audioCredits, batchCredits, createCredits };
