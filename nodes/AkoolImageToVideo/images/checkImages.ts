// Looks at the images and audio files of orders that are about to be sent, before anything is spent: each address once, several at a time. Rule: an order is refused only for
// what is certain to be none for Akool; whatever keeps n8n from seeing one is a hint.

import groupBy from 'lodash/groupBy';
import type { IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import type { UserMessage } from '../messages/define';
import { imageMessages } from '../messages/images';
import { inPool } from '../transport/pool';
import { judge } from './judgeImage';
import type { ImageToCheck } from './imageToCheck';
import { lookAtImage, type Look } from './lookAtImage';

/** What is needed of an order. */
interface WithImages {
	itemIndex: number;
	images: readonly ImageToCheck[];
}

export interface CheckedOrders<Order> {
	passed: Order[];
	refused: Array<{ order: Order; message: UserMessage }>;
	/** Each once, however many items it is about. */
	hints: string[];
}

const LOOKS_AT_ONCE = 8;
/** What could not be looked at by then is ordered without a look. */
const LONGEST_CHECK_MS = 60_000;

type Verdict =
	| { kind: 'fine' }
	| { kind: 'refused'; message: (image: ImageToCheck) => UserMessage }
	| { kind: 'hint'; hint: (items: readonly number[]) => string };

function verdictOn(look: Look, of: ImageToCheck['of']): Verdict {
	switch (look.kind) {
		case 'notThere':
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.notThere(parameter, look.httpStatus, url),
			};
		case 'noSuchHost':
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.noSuchHost(parameter, new URL(url).hostname),
			};
		case 'private':
			return { kind: 'refused', message: ({ parameter, url }) => imageMessages.leadsToPrivateHost(parameter, url) };
		case 'notSeen':
			return { kind: 'hint', hint: (items) => imageMessages.hintNotSeen(of, look.because, items) };
		case 'seen': {
			const judgment = look.isEmpty ? ({ kind: 'noImage', what: 'empty' } as const) : judge(look.facts, of);
			if (judgment.kind === 'fine') return judgment;
			if (judgment.kind === 'doubtful') return { kind: 'hint', hint: judgment.hint };
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.notAnImage(parameter, of, judgment.what, url),
			};
		}
	}
}

async function looksAt(context: IExecuteFunctions, urls: readonly string[]): Promise<Map<string, Look>> {
	const endMs = clock.now() + LONGEST_CHECK_MS;
	const looks = await inPool(urls, LOOKS_AT_ONCE, async (url) => {
		const look: Look =
			clock.now() < endMs ? await lookAtImage(context, url) : { kind: 'notSeen', because: imageMessages.becauseLate() };
		return [url, look] as const;
	});
	return new Map(looks);
}

function lookOf({ url, facts }: ImageToCheck, looks: ReadonlyMap<string, Look>): Look | undefined {
	return facts === undefined ? looks.get(url) : { kind: 'seen', facts, isEmpty: false };
}

/** Looks at the files of orders. Never throws. */
export async function checkImages<Order extends WithImages>(
	context: IExecuteFunctions,
	orders: readonly Order[],
): Promise<CheckedOrders<Order>> {
	const unknown = orders.flatMap(({ images }) => images.filter(({ facts }) => facts === undefined));
	const looks = await looksAt(context, [...new Set(unknown.map(({ url }) => url))]);
	const checked: CheckedOrders<Order> = { passed: [], refused: [], hints: [] };
	const hints: Array<{ hint: (items: readonly number[]) => string; itemIndex: number }> = [];
	for (const order of orders) {
		const found = order.images.map((image) => {
			const look = lookOf(image, looks);
			return { image, verdict: look && verdictOn(look, image.of) };
		});
		const refusals = found.flatMap(({ image, verdict }) =>
			verdict?.kind === 'refused' ? [verdict.message(image)] : [],
		);
		const [message] = refusals;
		if (message === undefined) checked.passed.push(order);
		else checked.refused.push({ order, message });
		for (const { verdict } of message === undefined ? found : [])
			if (verdict?.kind === 'hint') hints.push({ hint: verdict.hint, itemIndex: order.itemIndex });
	}
	const isAlone = context.getInputData().length === 1;
	for (const alike of Object.values(groupBy(hints, ({ hint }) => hint([])))) {
		const items = isAlone ? [] : [...new Set(alike.map(({ itemIndex }) => itemIndex))];
		checked.hints.push(alike[0]?.hint(items) ?? '');
	}
	return checked;
}
