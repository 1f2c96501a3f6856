// What makes an order the same order. Rule that must not regress: an order is identified by its slot (run of the node, item, operation, number within the
// item), never by its content. Only the same slot again (Retry On Fail, a retried execution) or an item that carries the order's key takes it up.
//
// The key makes the slot unique: it adds the ledger's random salt and the execution that sent the order. It is part of the callback address, so a listed
// job with the key in its address is proven to be this order's.

import { createHash } from 'crypto';

import { flattenDeep, uniq } from 'lodash';

import { fieldOf, isRecord, jsonText, textOf, type JsonRecord } from '../akool/json';
import { withOwnFiles } from '../images/ownFile';
import { withoutLinkSecrets } from '../messages/redact';
import type { OrderRequest } from './orderRequest';

/** The output field with the key of an item's order. */
export const ORDER_KEY_FIELD = 'order_key';

const BETWEEN = '.';
const NOT_IN_A_KEY = /[^\w-]/g;
const KEY = /[\w.-]{20,200}/g;
/** A key within text: on n8n's error output, an item can carry it only in its message. */
const KEY_IN_TEXT = /\border_key: ([\w.-]{20,200})/;

/** The slot of a request. @param runKey the run of the node, or the call of a tool */
export function slotOf(runKey: string, { itemIndex, endpoint, place }: OrderRequest): string {
	return [runKey, itemIndex, endpoint, place === '' ? '0' : place].join(BETWEEN);
}

/** The key of an order. @param turn how many orders the slot had before, since a failed one may be replaced */
export function makeOrderKey(salt: string, executionId: string, slot: string, turn: number): string {
	return [salt, executionId.replace(NOT_IN_A_KEY, ''), slot, turn].join(BETWEEN);
}

/** The order key in an incoming item; undefined where it has none. Never throws. */
export function orderKeyIn(json: unknown): string | undefined {
	const given = fieldOf(json, ORDER_KEY_FIELD);
	// A sheet, or a node that aggregates items, may have put blanks, quotes or a list around it, also as text.
	const text = flattenDeep([given]).map((part) => (typeof part === 'string' ? part : jsonText(part)));
	const [key, ...others] = uniq(text.join(' ').match(KEY) ?? []);
	if (others.length > 0) return undefined;
	return key ?? KEY_IN_TEXT.exec(textOf(json, 'message') ?? '')?.[1];
}

const CALLBACK_FIELD = 'webhookurl';

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

function sortedEntries(record: JsonRecord): Array<[string, unknown]> {
	return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A hash of an order's body, without the callback address, and with binary files instead of their links, which are signed anew each time. */
export function contentHashOf({ endpoint, body, ownFiles }: OrderRequest): string {
	const content = sortedEntries(withOwnFiles(body, ownFiles, (file) => file.key));
	return hashOf([endpoint, content.filter(([name]) => name !== CALLBACK_FIELD)]);
}

/**
 * Texts and addresses do not affect the price. The presence of a last frame or an audio file may, so it counts; and a value under such a name that is not text
 * (a boolean, a list of shots) counts as it is.
 */
const TEXT_FIELD = /^(?:(?:\w+_)?prompt|webhookurl|pre_video_id)$/i;
const ADDRESS_FIELD = /(?:_url|url)$/i;

const isAddress = (value: unknown): boolean => typeof value === 'string' && /^https?:\/\//i.test(value);

function pricedPart(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry) => (isAddress(entry) ? true : pricedPart(entry)));
	if (!isRecord(value)) return value;
	return sortedEntries(value)
		.filter(([name, field]) => typeof field !== 'string' || !TEXT_FIELD.test(name))
		.map(([name, field]) => [
			name,
			typeof field === 'string' && ADDRESS_FIELD.test(name) ? field !== '' : pricedPart(field),
		]);
}

/**
 * A hash of everything that decides an order's price: all fields of its body except texts and addresses.
 *
 * @param source what else decides it: for Update Audio, the length of its video
 */
export function priceKindOf({ endpoint, body }: OrderRequest, source: string): string {
	return hashOf([endpoint, pricedPart(body), source]);
}

/** The fields of a body in which an order and a listed job may be similar. They prove nothing. */
const COMPARED_FIELDS = ['image_url', 'prompt', 'pre_video_id'] as const;

/** The compared fields of a body, without secrets in links. */
export function comparedFieldsOf(body: JsonRecord): JsonRecord {
	const fields = COMPARED_FIELDS.flatMap((name) => {
		const text = textOf(body, name);
		return text === undefined ? [] : [[name, withoutLinkSecrets(text)] as const];
	});
	return Object.fromEntries(fields);
}
