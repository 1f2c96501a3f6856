// What is said of the credential itself: by its test, and by whichever node sends a request with it. Rule: no key, and no address in full.

import { DEFAULT_BASE_URL } from '../akool/endpoints';

const SHOWN_ITEMS = 10;

function itemsText(items: readonly number[]): string {
	const more = items.length > SHOWN_ITEMS ? ` and ${items.length - SHOWN_ITEMS} more` : '';
	return `${items.length === 1 ? 'item' : 'items'} ${items.slice(0, SHOWN_ITEMS).join(', ')}${more}`;
}

export const credentialMessages = {
	/** Its fields are expressions, and the items of a run come out with several accounts. */
	severalAccounts: (groups: ReadonlyArray<readonly number[]>) => ({
		title: `The items belong to ${groups.length} Akool accounts, but a run can use only one`,
		description: `The credential takes its values from the items. One account: ${groups.map(itemsText).join('; another: ')} (counted from 0). Nothing was sent.\n\nSplit the items by account before this node, for example with n8n's Loop Over Items node.`,
	}),

	baseUrlUnusable: () =>
		`'Base URL' is not an address. Enter the whole address, beginning with https://, without user name, query and fragment, such as ${DEFAULT_BASE_URL}.`,

	/** A request to another host with this credential, such as from an HTTP Request node. */
	keyOnlyToBaseUrl: (ownOrigin: string, elsewhere: string) =>
		`The API key is sent only to the host of 'Base URL' (${ownOrigin}), so this request to ${elsewhere} was not sent. Correct the URL, or choose another credential.`,

	keyOnlyDirectly: (ownOrigin: string) =>
		`The API key is sent only to the host of 'Base URL' itself (${ownOrigin}), so this request through a proxy or a connection of its own was not sent. Remove the proxy from the request. A proxy that n8n itself is configured with may stay.`,

	clientIdMissing: () =>
		"'Client ID' is empty. Enter it from the API Credentials page of your Akool account, or set 'Authentication' to API Key.",

	tokenRefused: (title: string, code: number, words: string, advice: string) =>
		`${title} (code ${code}: ${words}). ${advice}`,

	noTokenInAnswer: () => "Akool's answer holds no token. Check 'Client ID', 'API Key' and 'Base URL'.",

	/** Of the moment: the next try may fare better. Read after "Nothing was sent: ". */
	tokenNotFetched: (why: string) => `no access token could be fetched: ${why}`,

	tokenTooFrequent: () => 'no access token could be fetched, since Akool receives too many requests',

	/** n8n itself did not let the request for the token leave. */
	tokenNotAllowed: (why: string) => `n8n did not send the request for an access token. ${why}`,

	codeOfTest: (title: string, code: number, advice: string) => `${title} (code ${code}). ${advice}`,

	notAkool: () => "The server answered, but not with an Akool credit balance. Check 'Base URL'.",
};
