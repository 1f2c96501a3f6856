// The form of n8n's own secret links: the address of a waiting execution or form, and the signed link of a file. Akool gives them back in what it says of a
// video, and anyone who knows one can resume the execution or read the file, so none gets into an item.
// Since: before n8n 2.8, the oldest that this package runs on; the `signature` since 2.9. The first folder of the path can be configured
// (N8N_ENDPOINT_WEBHOOK_WAIT, N8N_ENDPOINT_REST), so an address that was given out for callbacks is known by its end and its secret as well. Sources:
// https://github.com/n8n-io/n8n/blob/master/packages/@n8n/config/src/configs/endpoints.config.ts
// https://github.com/n8n-io/n8n/blob/master/packages/cli/src/controllers/binary-data.controller.ts
// Without it: a link of another form would be shown in raw output; in messages and in the log its secret is masked in any case (messages/redact.ts).

import { CALLBACK_PATH } from './resumeUrl';

const OWN_LINK = new RegExp(
	`/(?:webhook|form)-waiting/|/binary-data/signed\\?|/${CALLBACK_PATH}\\?[^\\s"?/]*signature=`,
);

/** How the address of a parked execution ends, wherever its path was configured to: in its secret, or in what this package adds to it. */
const OF_A_CALLBACK = new RegExp(`[?&]signature=|/${CALLBACK_PATH}(?:\\?|$)`);

/** Says whether a text holds one of n8n's own secret links. */
export function holdsOwnLink(text: string): boolean {
	return OWN_LINK.test(text);
}

/** Says whether an address that Akool was given to call may be that of an execution. */
export function isCallbackAddress(address: string): boolean {
	return OWN_LINK.test(address) || OF_A_CALLBACK.test(address);
}

/** Says whether a field of Akool's, as text, holds a link of n8n's own: for callbacks, Akool has a field of its own. */
export function isOwnLink(fieldName: string, text: string): boolean {
	return holdsOwnLink(text) || (fieldName.toLowerCase() === 'webhookurl' && isCallbackAddress(text));
}
