// Messages about addresses that Akool could not fetch or call, before anything is sent: what is wrong, and how to get a better one.

import { shortened } from '../akool/text';
import { parameterMessage, type UserMessage } from './userMessage';

/** What the address is of. */
export type AddressOf = 'image' | 'audio' | 'webhook';

/** A parameter that takes an address. */
export interface AddressField {
	parameter: string;
	of: AddressOf;
	/** The label of the parameter that switches to a binary field, if there is one. */
	source?: string | undefined;
}

/** How to get the address of the file from a service whose links show a page. */
export type BetterWay =
	/** n8n has a node that loads the file. */
	| { by: 'node'; node: string }
	/** The image can be opened by itself. `host`: where it then lies. */
	| { by: 'imageAddress'; host?: string }
	/** The user has to share one file, not a folder. */
	| { by: 'oneFile' }
	| { by: 'boxDirectLink' }
	| { by: 'airtableField' }
	/** There is no other way than to download the file. */
	| { by: 'download' };

const WHAT_IS_NEEDED: Record<AddressOf, string> = {
	image: 'Give the whole address of the image file itself, beginning with https://, that opens from any network.',
	audio: 'Give the whole address of the audio file itself, beginning with https://, that opens from any network.',
	webhook: 'Give the whole public address, such as the Production URL of a trigger, beginning with https://.',
};

const FILE_WORDS: Record<AddressOf, string> = { image: 'image', audio: 'audio file', webhook: 'file' };

const quoted = (text: string): string => `"${shortened(text)}"`;

/** How to give Akool a file that is in the workflow; empty where the parameter takes no file. */
function orAsBinary({ source, of }: AddressField): string {
	if (source === undefined) return '';
	return `\n\nIf the ${FILE_WORDS[of]} is in the workflow, set '${source}' to Binary File and name its field.`;
}

function betterWay(field: AddressField, way: BetterWay): string {
	const needed = WHAT_IS_NEEDED[field.of];
	switch (way.by) {
		case 'node':
			return field.source === undefined
				? `${way.node} has no address that opens without signing in. ${needed}`
				: `Load the file with n8n's ${way.node} node, and set '${field.source}' to Binary File.`;
		case 'imageAddress': {
			if (field.of !== 'image') return needed;
			const where = way.host === undefined ? '' : ` It begins with https://${way.host}/.`;
			return `Open the image by itself (right-click it and choose "Open image in new tab") and copy that address.${where}`;
		}
		case 'oneFile':
			return 'Share a single file, not a folder or a list, and copy the link of that file.';
		case 'boxDirectLink':
			return 'In Box, open the settings of the shared link and copy the direct link, which holds /shared/static/.';
		case 'airtableField':
			return "Use the attachment's own address, which n8n's Airtable node gives: {{ $json.Attachments[0].url }}.";
		case 'download':
			return `Download the file and put it where it has an address of its own.${orAsBinary(field)}`;
	}
}

function because(field: AddressField, what: string, text: string): UserMessage {
	return parameterMessage(field.parameter, what, `It is ${quoted(text)}. ${WHAT_IS_NEEDED[field.of]}`);
}

export const addressMessages = {
	notAnAddress: (field: AddressField, text: string) => because(field, 'is not an address', text),

	fileName: (field: AddressField, text: string) => {
		const { title, description } = because(field, 'is the name of a file, not an address', text);
		return { title, description: `${description}${orAsBinary(field)}` };
	},

	pathOnComputer: (field: AddressField, text: string) => {
		const { title, description } = because(field, 'is a path on a computer or server, not an address', text);
		return { title, description: `${description}${orAsBinary(field)}` };
	},

	fileItself: (field: AddressField, text: string) =>
		parameterMessage(
			field.parameter,
			'holds the file itself, not its address',
			field.source === undefined
				? `It begins with ${quoted(text.slice(0, 24))}. ${WHAT_IS_NEEDED[field.of]}`
				: `It begins with ${quoted(text.slice(0, 24))}. Set '${field.source}' to Binary File and give this there: as an expression, or as a field made by n8n's Convert to File node.`,
		),

	binaryObject: (field: AddressField) =>
		parameterMessage(
			field.parameter,
			'holds a file of the workflow, not an address',
			field.source === undefined
				? WHAT_IS_NEEDED[field.of]
				: `Set '${field.source}' to Binary File and name the field that holds it.`,
		),

	otherScheme: (field: AddressField, scheme: string, text: string) =>
		because(field, `begins with ${scheme}:, which Akool cannot open`, text),

	severalAddresses: severalAddresses,

	moreThanAnAddress: moreThanAnAddress,

	shortenedAddress: (field: AddressField, text: string) =>
		because(field, 'was shortened: it has "…" instead of a part', text),

	emptyPart: (field: AddressField, part: string, text: string) =>
		parameterMessage(
			field.parameter,
			`holds ${quoted(part)}, where an expression gave nothing`,
			`It is ${quoted(text)}. Check that the item has the field that the expression uses.`,
		),

	noHost: (field: AddressField, text: string) => because(field, 'names no host', text),

	hostNotValid: hostNotValid,

	holdsPassword: (field: AddressField) =>
		parameterMessage(
			field.parameter,
			'holds a user name or password',
			`Akool would receive it, and would show it again. Use an address that opens without signing in.${orAsBinary(field)}`,
		),

	holdsToken: (field: AddressField, service: string) =>
		parameterMessage(
			field.parameter,
			`holds the secret token of a ${service} bot`,
			`Anyone who has it controls the bot, and Akool would receive it. ${betterWay(field, { by: 'node', node: service })}`,
		),

	privateHost: (field: AddressField, url: string) =>
		parameterMessage(
			field.parameter,
			'is an address that Akool cannot reach',
			`${shortened(url)} is local or in a private network. ${WHAT_IS_NEEDED[field.of]}${orAsBinary(field)}`,
		),

	hintTestAddress: () =>
		"'Webhook URL' is a test address of n8n, which receives one call while the editor listens and nothing later. Use the Production URL, and publish that workflow.",

	showsAPage: showsAPage,
};

function severalAddresses(field: AddressField, count: number, text: string): UserMessage {
	return parameterMessage(
		field.parameter,
		`holds ${count} addresses where one is needed`,
		`It is ${quoted(text)}. Let the expression pick one of them, or make an item of each with n8n's Split Out node.`,
	);
}

function moreThanAnAddress(field: AddressField, text: string, rest: string): UserMessage {
	return parameterMessage(
		field.parameter,
		'holds more than an address',
		`It is ${quoted(text)}. Take ${quoted(rest)} out. If it belongs to the address, write %20 for each blank.`,
	);
}

function hostNotValid(field: AddressField, host: string, text: string): UserMessage {
	return because(field, `has a host that cannot exist: ${quoted(host)}`, text);
}

function showsAPage(field: AddressField, service: string, way: BetterWay): UserMessage {
	return parameterMessage(
		field.parameter,
		`is a link of ${service} that shows a page, not the ${FILE_WORDS[field.of]}`,
		betterWay(field, way),
	);
}
