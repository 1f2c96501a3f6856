// Turns results into output items, in the order of their input items and paired with them. With Continue On Fail, a message becomes
// an item that keeps the video's ID; otherwise one error holds all messages and names every paid video.

import { groupBy, partition, sortBy } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AkoolVideo, VideoId } from '../akool/video';
import { paragraphs, withCharged, type UserMessage } from '../messages/userMessage';
import { fileMessages } from '../messages/files';
import { runMessages } from '../messages/run';
import { withoutSecrets } from '../messages/redact';
import { addHint } from './hints';
import { addSummary } from './outcome';
import type { ItemResult } from './itemResult';
import { videoJson } from './videoJson';
import { ORDER_KEY_FIELD } from '../orders/orderKey';
import { itemError, runError, type Run } from '../orders/run';

type ErrorResult = Extract<ItemResult, { kind: 'error' }>;

function pairedItemOf(run: Run, itemIndex: number | undefined): INodeExecutionData['pairedItem'] {
	return itemIndex === undefined ? run.items.map((_, item) => ({ item })) : { item: itemIndex };
}

/**
 * A message as an item. No error object is attached, since n8n would replace the item's JSON, and so lose the ID. n8n's error output
 * takes only items that consist of `error` and `message`, and adds the input's fields; there the ID is part of the message.
 */
function errorItem(run: Run, result: ErrorResult, created: ReadonlyMap<VideoId, AkoolVideo>): INodeExecutionData {
	const { message, video, itemIndex, orderKey, delivery } = result;
	const pairedItem = { item: itemIndex };
	const isPaid = video !== undefined && created.has(video.id);
	const said = isPaid ? { ...message, description: withCharged(message.description) } : message;
	const { message: title, description } = itemError(run, said);
	if (run.node.onError === 'continueErrorOutput') {
		const videoText = video === undefined ? '' : `Video ID: ${video.id}`;
		// The key identifies the item's order if it comes back to the node.
		const keyText = orderKey === undefined ? '' : `${ORDER_KEY_FIELD}: ${orderKey}`;
		return { json: { error: title, message: paragraphs(description ?? '', videoText, keyText) }, pairedItem };
	}
	const form = delivery?.output ?? 'simplified';
	const known = video === undefined ? {} : videoJson(video, form, created.get(video.id));
	const json: IDataObject = { ...known, error: title, error_description: description };
	if (message.code !== undefined) json.error_code = message.code;
	if (orderKey !== undefined) json.order_key = orderKey;
	return { json, pairedItem };
}

/** How many kinds of messages are listed, each with how many of its items. Messages that may have cost credits are all listed, one by one. */
const KINDS_LISTED = 10;
const ITEMS_NAMED = 10;

/** Says which items share a message. */
function oneLine(alike: readonly ErrorResult[], title: string | undefined): string {
	const items = alike
		.slice(0, ITEMS_NAMED)
		.map(({ itemIndex }) => itemIndex)
		.join(', ');
	const more = alike.length > ITEMS_NAMED ? ` and ${alike.length - ITEMS_NAMED} more` : '';
	const s = alike.length === 1 ? '' : 's';
	return title === undefined ? `The same for item${s} ${items}${more}.` : `Item${s} ${items}${more}: ${title}.`;
}

/** One message for several: the first one's title, with the others below. */
function combined(messages: readonly ErrorResult[]): UserMessage | undefined {
	const [first, ...others] = messages;
	if (first === undefined || others.length === 0) return first?.message;
	const [costly, harmless] = partition(others, ({ message }) => message.mayHaveCost !== undefined);
	const costlyLines = costly.map(
		(result) => `${oneLine([result], result.message.title)}${result.message.mayHaveCost ?? ''}`,
	);
	const kinds = Object.entries(groupBy(harmless, ({ message }) => message.title));
	const harmlessLines = kinds
		.slice(0, KINDS_LISTED)
		.map(([title, alike]) => oneLine(alike, title === first.message.title ? undefined : title));
	const notListed = kinds.slice(KINDS_LISTED).flatMap(([, alike]) => alike).length;
	const rest = notListed > 0 ? ` And ${notListed} more.` : '';
	return {
		...first.message,
		description: `${first.message.description}\n\n${[...costlyLines, ...harmlessLines].join('\n')}${rest}`,
	};
}

/** Says whether every item of a run of several ends with the same message, none of which may have cost anything. */
function isSameForAll({ items }: Run, messages: readonly ErrorResult[]): boolean {
	const [first] = messages;
	const isAlike = ({ message: { title, description, mayHaveCost } }: ErrorResult): boolean =>
		mayHaveCost === undefined && title === first?.message.title && description === first.message.description;
	const concerned = new Set(messages.map(({ itemIndex }) => itemIndex));
	return items.length > 1 && concerned.size === items.length && messages.every(isAlike);
}

/** The error for the messages of a run; undefined where there is none. What is the same for all items is about none of them in particular. */
function errorFor(run: Run, messages: readonly ErrorResult[]): ReturnType<typeof runError> | undefined {
	const [first] = messages;
	if (first === undefined) return undefined;
	if (!isSameForAll(run, messages)) return runError(run, combined(messages) ?? first.message, first.itemIndex);
	const { message } = first;
	const description = paragraphs(message.description, runMessages.sameForAll(run.items.length));
	return runError(run, { ...message, description }, undefined);
}

function toItem(run: Run, result: ItemResult, created: ReadonlyMap<VideoId, AkoolVideo>): INodeExecutionData {
	if (result.kind === 'error') return errorItem(run, result, created);
	const pairedItem = pairedItemOf(run, result.itemIndex);
	if (result.kind === 'settled') return { ...result.item, pairedItem };
	if (result.kind === 'record') return { json: result.json, binary: result.binary, pairedItem };
	const json = videoJson(result.video, result.delivery.output, created.get(result.video.id));
	if (result.timedOut) json.timed_out = true;
	if (result.timedOut && result.orderKey !== undefined) json.order_key = result.orderKey;
	if (result.downloadError !== undefined) json.download_error = withoutSecrets(result.downloadError, run.account);
	return { json, binary: result.binary, pairedItem };
}

/** The items for results, one for each, in their order. Never throws. */
export function toItems(run: Run, results: readonly ItemResult[]): INodeExecutionData[] {
	const created = new Map(run.ledger.videos().map((video) => [video.id, video]));
	return results.map((result) => toItem(run, result, created));
}

/** Ends the run if a result's message requires that. @throws NodeApiError | NodeOperationError with all messages, unless On Error is one of the Continue choices */
export function endRunOnError(run: Run, results: readonly ItemResult[]): void {
	if (run.continueOnFail) return;
	const messages = results.filter((result) => result.kind === 'error').filter(({ endsRun }) => endsRun !== false);
	const error = errorFor(run, messages);
	if (error !== undefined) throw error;
}

/**
 * Returns the items of a run, in the order of their input items, and shows its summary.
 *
 * @throws NodeApiError | NodeOperationError as `endRunOnError` does
 */
export function deliver(run: Run, results: readonly ItemResult[]): INodeExecutionData[] {
	endRunOnError(run, results);
	const items = toItems(
		run,
		sortBy(results, ({ itemIndex }) => itemIndex ?? 0),
	);
	addSummary(run, results);
	const withoutFile = items.filter(({ json }) => json.download_error !== undefined);
	if (withoutFile.length > 0)
		addHint(run, fileMessages.filesMissing(withoutFile.map(({ json }) => String(json._id))), 'warning');
	return items;
}
