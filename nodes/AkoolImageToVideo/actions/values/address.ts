// Addresses as expressions give them: a text, or what other nodes give for a file that lies on the web (an attachment of Airtable, a file of Notion).

import { fieldOf, isRecord, textOf } from '../../akool/json';
import { reachFrom } from '../../akool/reach';
import { readAddress } from '../../images/address';
import { isBinaryObject } from '../../images/binaryInput';
import { addressMessages, type AddressField } from '../../messages/addresses';
import { onValue, readSingle, refused, valueIs, type Reading } from './reading';
import { readText } from './text';

/** Where objects of other services keep the address of their file. */
const ADDRESS_FIELDS = ['url', 'href', 'src', 'link', 'source_url', 'image_url', 'imageUrl'];
const FILE_FIELDS = ['file', 'external'];

function addressIn(value: unknown): string | undefined {
	const own = ADDRESS_FIELDS.map((name) => textOf(value, name)).find((text) => text !== undefined);
	return own ?? FILE_FIELDS.map((name) => textOf(fieldOf(value, name), 'url')).find((text) => text !== undefined);
}

/**
 * Reads an address that Akool is to fetch from or to call.
 *
 * @param baseUrl of Akool, which may itself be in a private network and then reaches what is there
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
