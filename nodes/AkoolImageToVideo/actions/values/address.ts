// Addresses as expressions give them: a text, or what other nodes give for a file that lies on the web (an attachment of Airtable, a file of Notion).

import { fieldOf, isRecord, textOf } from '../../akool/json';
import { reachFrom } from '../../akool/reach';
import { readAddress } from '../../images/address';
import { isBinaryObject } from '../../images/binaryInput';
import { addressMessages, type AddressField } from '../../messages/addresses';
import { onValue, readSingle, refused, valueIs, type Reading } from './reading';
import { readText } from './text';

/** Fields in which other services' objects hold a file's address; those for the file itself come before those for a page. */
const ADDRESS_FIELDS = [
	'secure_url',
	'download_url',
	'downloadUrl',
	'@microsoft.graph.downloadUrl',
	'webContentLink',
	'source_url',
	'file_url',
	'fileUrl',
	'image_url',
	'imageUrl',
	'signedUrl',
	'signed_url',
	'media_url',
	'mediaUrl',
	'public_url',
	'publicUrl',
	'content_url',
	'contentUrl',
	'url',
	'href',
	'src',
	'Location',
	'link',
];
/** Fields with a nested object that holds the address. */
const FILE_FIELDS = [
	'file',
	'external',
	'image',
	'url',
	'src',
	'original',
	'large',
	'regular',
	'urls',
	'images',
	'output',
];
const DEEPEST = 3;

/** The address in an object, or in the only one of a list. */
function addressIn(value: unknown, depth = 0): string | undefined {
	if (Array.isArray(value)) return value.length === 1 ? addressIn(value[0], depth) : undefined;
	if (typeof value === 'string') return depth > 0 ? value : undefined;
	if (!isRecord(value) || depth > DEEPEST) return undefined;
	const own = ADDRESS_FIELDS.map((name) => textOf(value, name)).find((text) => text !== undefined);
	if (own !== undefined) return own;
	return FILE_FIELDS.map((name) => addressIn(fieldOf(value, name), depth + 1)).find((text) => text !== undefined);
}

/**
 * Reads an address that Akool is to fetch from or to call.
 *
 * @param baseUrl of Akool; an Akool in a private network can reach private addresses
 */
export function readAddressValue(field: AddressField, given: unknown, baseUrl: string): Reading<string> {
	const single = onValue(readSingle(field.parameter, given), (value) => {
		if (isBinaryObject(value)) return refused(addressMessages.binaryObject(field));
		return valueIs(isRecord(value) ? (addressIn(value) ?? value) : value);
	});
	const text = onValue(single, (value) => readText(field.parameter, value));
	return onValue(text, (found) => {
		const address = readAddress(field, found);
		if (address.kind === 'refused') return address;
		const isPrivate = reachFrom(baseUrl, address.url) !== 'reachable';
		return isPrivate ? refused(addressMessages.privateHost(field, address.url)) : valueIs(address.url);
	});
}
