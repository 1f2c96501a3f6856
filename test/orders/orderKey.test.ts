// What makes an order the same order, and how its key is found again in what comes back.

import {
	contentHashOf,
	comparedFieldsOf,
	makeOrderKey,
	orderKeyIn,
	slotOf,
} from '../../nodes/AkoolImageToVideo/orders/orderKey';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import { requestFor } from './samples';

const ID = '6891abe782f7cd2a890c44ba';
const KEY = 'c2FsdHNhbHQx.4711.r0.0.create.0.0';

it.each<[string, OrderRequest, string]>([
	['a create', requestFor(2), 'r0.2.create.0'],
	['new audio', requestFor(0, { endpoint: 'updateAudio', place: ID }), `r0.0.updateAudio.${ID}`],
])('the slot of %s keeps its stored form, since another form would be paid again', (_, request, slot) => {
	expect(slotOf('r0', request)).toBe(slot);
});

it.each(['4711', 'a/b c'])('a key fits into text and addresses, whatever the execution’s ID (%j)', (id) => {
	const key = makeOrderKey('c2FsdHNhbHQx', id, 'r0.0.create.0', 0);
	expect(key).toBe(encodeURIComponent(key));
	expect(orderKeyIn({ message: `It did not work out. order_key: ${key}` })).toBe(key);
});

it.each<[string, unknown, string | undefined]>([
	['in its field', { order_key: KEY }, KEY],
	['in its message', { error: 'x', message: `Wait for it. Video ID: ${ID} order_key: ${KEY}` }, KEY],
	['in its message, beside an empty field', { order_key: '', message: `order_key: ${KEY}` }, KEY],
	['in its field, whatever its message says', { order_key: KEY, message: `order_key: ${KEY}1` }, KEY],
	['in its field, as JSON text of a list', { order_key: `["${KEY}"]` }, KEY],
	['in its field, as JSON text of a list, twice', { order_key: `["${KEY}", "${KEY}"]` }, KEY],
	['in its field, with its name', { order_key: `order_key: ${KEY}` }, KEY],
	['in a list within a list', { order_key: [[`'${KEY}' `]] }, KEY],
	['on a line of its own', { order_key: [`\n${KEY}\n`] }, KEY],
	['as JSON text of two, of which it can be neither', { order_key: `["${KEY}","${KEY}1"]` }, undefined],
	['nowhere', { prompt: KEY }, undefined],
	['nowhere, in a message about keys', { message: 'order_key: none' }, undefined],
	['as two, of which it can be neither', { order_key: [KEY, `${KEY}1`] }, undefined],
	['as a number', { order_key: 4711 }, undefined],
	['not even itself', undefined, undefined],
])('finds an item’s key %s', (_, json, key) => {
	expect(orderKeyIn(json)).toBe(key);
});

describe('the content hash of an order', () => {
	const own = (key: string): OrderRequest['ownFiles'] => [
		{ bodyField: 'image_url', key, freshUrl: () => 'https://n8n.example.com/signed' },
	];
	it.each<[string, boolean, Partial<OrderRequest>, Partial<OrderRequest>]>([
		['fields in another order', true, { body: { a: 1, b: 2, c: 3 } }, { body: { c: 3, a: 1, b: 2 } }],
		['another address for the callback', true, { body: { a: 1, webhookurl: 'x' } }, { body: { a: 1 } }],
		['another link to the same file', true, { body: { image_url: 'x' }, ownFiles: own('f') }, { ownFiles: own('f') }],
		['another file', false, { ownFiles: own('f') }, { ownFiles: own('g') }],
		['another value', false, { body: { a: 1 } }, { body: { a: 2 } }],
		['another operation', false, { body: { a: 1 } }, { body: { a: 1 }, endpoint: 'createBatch' }],
	])('with %s is equal (%p)', (_, isSame, one, other) => {
		const [hash, otherHash] = [one, other].map((more) => contentHashOf(requestFor(0, { body: {}, ...more })));
		expect(hash === otherHash).toBe(isSame);
	});
});

it('compares image, prompt and source of an order, and stores no secret of them', () => {
	const image_url = 'https://n8n.example.com/binary?token=secret';
	expect(comparedFieldsOf({ image_url, prompt: 'a', negative_prompt: 'b', pre_video_id: '' })).toEqual({
		image_url: 'https://n8n.example.com/binary?token=***',
		prompt: 'a',
	});
});
