// Looks at the images of orders that are about to be sent, before anything is spent: each address once, several at a time. Rule: an order is refused only for
// what is certain to be no image for Akool; whatever keeps n8n from seeing one is a hint.

import groupBy from 'lodash/groupBy';
import type { IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import type { UserMessage } from '../messages/define';
import { imageMessages } from '../messages/images';
import { inPool } from '../transport/pool';
import { judgeImage } from './judgeImage';
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

function verdictOn(look: Look): Verdict {
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
			return { kind: 'hint', hint: (items) => imageMessages.hintNotSeen(look.because, items) };
		case 'seen': {
			const judgment = look.isEmpty ? ({ kind: 'noImage', what: 'empty' } as const) : judgeImage(look.facts);
			if (judgment.kind === 'fine') return judgment;
			if (judgment.kind === 'doubtful') return { kind: 'hint', hint: judgment.hint };
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.notAnImage(parameter, judgment.what, url),
			};
		}
	}
}

async function verdictsOn(context: IExecuteFunctions, urls: readonly string[]): Promise<Map<string, Verdict>> {
	const endMs = clock.now() + LONGEST_CHECK_MS;
	const verdicts = await inPool(urls, LOOKS_AT_ONCE, async (url) => {
		const look: Look =
			clock.now() < endMs ? await lookAtImage(context, url) : { kind: 'notSeen', because: imageMessages.becauseLate() };
		return [url, verdictOn(look)] as const;
	});
	return new Map(verdicts);
}

/** Looks at the images of orders. Never throws. */
export async function checkImages<Order extends WithImages>(
	context: IExecuteFunctions,
	orders: readonly Order[],
): Promise<CheckedOrders<Order>> {
	const urls = new Set(orders.flatMap(({ images }) => images.map(({ url }) => url)));
	const verdicts = await verdictsOn(context, [...urls]);
	const checked: CheckedOrders<Order> = { passed: [], refused: [], hints: [] };
	const hints: Array<{ hint: (items: readonly number[]) => string; itemIndex: number }> = [];
	for (const order of orders) {
		const found = order.images.map((image) => ({ image, verdict: verdicts.get(image.url) }));
		const refusals = found.flatMap(({ image, verdict }) =>
			verdict?.kind === 'refused' ? [verdict.message(image)] : [],
		);
		const [message] = refusals;
		if (message === undefined) checked.passed.push(order);
		else checked.refused.push({ order, message });
		for (const { verdict } of message === undefined ? found : [])
			if (verdict?.kind === 'hint') hints.push({ hint: verdict.hint, itemIndex: order.itemIndex });
	}
	for (const alike of Object.values(groupBy(hints, ({ hint }) => hint([])))) {
		const items = [...new Set(alike.map(({ itemIndex }) => itemIndex))];
		checked.hints.push(alike[0]?.hint(items) ?? '');
	}
	return checked;
}
