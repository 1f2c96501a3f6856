// Log lines about Akool's callbacks. They hold nothing of the credential or the body.

import type { VideoId } from '../akool/video';

const text = (sentence: string) => () => sentence;

/** A body that no callback of Akool's has. */
export const malformedMessages = {
	'body-too-large': text('The body is larger than any callback of Akool.'),
	'body-not-json': text('The body is not a JSON object.'),
	signature: text('The field "signature" is not 40 lower-case hexadecimal characters.'),
	'data-encrypt': text('The field "dataEncrypt" is missing or not a text.'),
	timestamp: text('The field "timestamp" is not a time in milliseconds (13 digits).'),
	nonce: text('The field "nonce" is missing, or not a number or a short text.'),
};

/** What an envelope hides or gets wrong. */
export const refusalMessages = {
	signature: text(
		"The signature does not fit. If the callback did come from Akool, 'Client ID' in the Akool API credential belongs to another account.",
	),
	decryption: text(
		"The payload does not decrypt. If the callback did come from Akool, 'API Key' in the Akool API credential does not belong to its 'Client ID'.",
	),
	'payload-id': text('The decrypted payload has no "_id" of 24 hexadecimal characters.'),
	'payload-status': text('The decrypted payload has no "status" that is a whole number.'),
	'too-old': text('The callback is older than the maximum age that is set.'),
	'from-the-future': text(
		"The callback is dated ahead of this machine's clock. If it did come from Akool, set the clock.",
	),
};

/** What to fill in before a credential can read callbacks. */
export const unreadableMessages = {
	noClientId: text(
		"The Akool API credential has no 'Client ID', and Akool's callbacks cannot be read without it. Enter it from the API Credentials page of your Akool account.",
	),
	keyLength: (bytes: number) =>
		`'API Key' in the Akool API credential is ${bytes} bytes long, and callbacks can only be read with one of 16, 24 or 32. Copy it again from the API Credentials page of your Akool account, without spaces around it.`,
	cannotBeRead: text("Akool's callbacks cannot be read with this credential."),
};

/** What became of a callback that was read. */
export const callbackMessages = {
	repeated: text('Akool repeated a callback'),
	notAskedFor: (status: number) => `status ${status} was not asked for`,
	beingHandled: text('the same callback is being handled already'),
	notHandled: (cause: string) => `the callback could not be handled, so Akool is asked to call again: ${cause}`,
	notReadBack: (id: VideoId) => `video ${id} could not be read, so Akool is asked to call again`,
	unknownVideo: (id: VideoId) => `Akool knows no video ${id}, so the callback about it is not accepted`,
	notFinished: (id: VideoId) => `Akool has not finished video ${id} yet, so it is asked to call again`,
	resultsBehind: (id: VideoId) =>
		`the results of Akool are behind its callback about video ${id}, so it is asked to call again`,
	finishedMeanwhile: (id: VideoId) => `video ${id} is finished by now, which another callback reports`,
};
