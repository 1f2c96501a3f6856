// What makes an order the same order. Rule that must not regress: an order is known by its slot (run of the node, item, operation, number within the
// item), never by its content. Only the same slot again (Retry On Fail, a retried execution) or an item that carries the order's key takes it up.
//
// The key is the slot with what makes it one of a kind in the world: a word that nobody can guess, kept once for each ledger, and the execution that sent
// it. It goes along in the callback's address, so a job that Akool lists with the key is proven to be this order's.

import { createHash } from 'crypto';

import uniq from 'lodash/uniq';

import { fieldOf, isRecord, textOf, type JsonRecord } from '../akool/json';
import { plainValue } from '../akool/text';
import { withOwnFiles } from '../images/ownFile';
import { withoutLinkSecrets } from '../messages/redact';
import type { OrderRequest } from './orderRequest';

/** The name under which items carry the key of their order. */
export const ORDER_KEY_FIELD = 'order_key';

const BETWEEN = '.';
const NOT_IN_A_KEY = /[^\w-]/g;
/** A key as it stands in a text: on n8n's error output an item can carry it in its message alone. */
const KEY_IN_TEXT = /\border_key: ([\w.-]{20,200})/;

/** @param runKey the run of the node, or the call of a tool */
export function slotOf(runKey: string, { itemIndex, endpoint, place }: OrderRequest): string {
	return [runKey, itemIndex, endpoint, place === '' ? '0' : place].join(BETWEEN);
}

/** @param turn how many orders the slot had before: a failed one may be placed anew */
export function makeOrderKey(salt: string, executionId: string, slot: string, turn: number): string {
	return [salt, executionId.replace(NOT_IN_A_KEY, ''), slot, turn].join(BETWEEN);
}

/** The key of the order that an incoming item is about; undefined where it says of none. */
export function orderKeyIn(json: unknown): string | undefined {
	const given = fieldOf(json, ORDER_KEY_FIELD);
	const [key, ...others] = Array.isArray(given) ? uniq<unknown>(given) : [given];
	// A sheet, or a node that gathers items, may have put blanks, quotes or a list around it.
	if (typeof key === 'string' && key !== '' && others.length === 0) return plainValue(key);
	return KEY_IN_TEXT.exec(textOf(json, 'message') ?? '')?.[1];
}

const CALLBACK_FIELD = 'webhookurl';

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

function sortedEntries(record: JsonRecord): Array<[string, unknown]> {
	return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What an order is about: its body, without the callback's address and with each file of the workflow in the place of its link, which is signed anew. */
export function contentHashOf({ endpoint, body, ownFiles }: OrderRequest): string {
	const content = sortedEntries(withOwnFiles(body, ownFiles, (file) => file.key));
	return hashOf([endpoint, content.filter(([name]) => name !== CALLBACK_FIELD)]);
}

/**
 * Texts and addresses do not decide what a video costs. That there is a last frame or an audio file may, so its presence counts; and what is no text under
 * such a name (a switch, a list of shots) counts as it is.
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
 * What decides the price of an order: every field of its body but texts and addresses.
 *
 * @param source what else decides it: for Update Audio the length of its video
 */
export function priceKindOf({ endpoint, body }: OrderRequest, source: string): string {
	return hashOf([endpoint, pricedPart(body), source]);
}

/** The fields of a body by which a person would know its video again. They prove nothing. */
const COMPARED_FIELDS = ['image_url', 'prompt', 'pre_video_id'] as const;

/** What an order and a job that Akool lists may be alike in. */
export function comparedFieldsOf(body: JsonRecord): JsonRecord {
	const fields = COMPARED_FIELDS.flatMap((name) => {
		const text = textOf(body, name);
		return text === undefined ? [] : [[name, withoutLinkSecrets(text)] as const];
	});
	return Object.fromEntries(fields);
}
