// Checks the images and audio files of orders before anything is spent: each address once, several at a time. Rule: an order is refused only for a file
// that Akool certainly cannot use; a file that n8n cannot read gets a hint.

import { groupBy } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import type { UserMessage } from '../messages/userMessage';
import { imageMessages } from '../messages/images';
import { inPool } from '../transport/pool';
import { judge } from './judgeImage';
import type { ImageToCheck } from './imageToCheck';
import { inspectImage, type Inspection } from './inspectImage';

/** What is needed of an order. */
interface WithImages {
	itemIndex: number;
	images: readonly ImageToCheck[];
}

export interface CheckedOrders<Order> {
	passed: Order[];
	refused: Array<{ order: Order; message: UserMessage }>;
	/** Each once, for all its items. */
	hints: string[];
}

const CONCURRENCY = 8;
/** Files that were not checked by then are ordered without a check. */
const LONGEST_CHECK_MS = 60_000;

type Verdict =
	| { kind: 'fine' }
	| { kind: 'refused'; message: (image: ImageToCheck) => UserMessage }
	| { kind: 'hint'; hint: (items: readonly number[]) => string };

function verdictOn(inspection: Inspection, of: ImageToCheck['of']): Verdict {
	switch (inspection.kind) {
		case 'notThere':
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.notThere(parameter, inspection.httpStatus, url),
			};
		case 'noSuchHost':
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.noSuchHost(parameter, new URL(url).hostname),
			};
		case 'private':
			return { kind: 'refused', message: ({ parameter, url }) => imageMessages.leadsToPrivateHost(parameter, url) };
		case 'notSeen':
			return { kind: 'hint', hint: (items) => imageMessages.hintNotSeen(of, inspection.because, items) };
		case 'seen': {
			const judgment = inspection.isEmpty ? ({ kind: 'noImage', what: 'empty' } as const) : judge(inspection.facts, of);
			if (judgment.kind === 'fine') return judgment;
			if (judgment.kind === 'questionable') return { kind: 'hint', hint: judgment.hint };
			return {
				kind: 'refused',
				message: ({ parameter, url }) => imageMessages.notAnImage(parameter, of, judgment.what, url),
			};
		}
	}
}

async function inspectAll(context: IExecuteFunctions, urls: readonly string[]): Promise<Map<string, Inspection>> {
	const endMs = clock.now() + LONGEST_CHECK_MS;
	const inspections = await inPool(urls, CONCURRENCY, async (url) => {
		const inspection: Inspection =
			clock.now() < endMs
				? await inspectImage(context, url)
				: { kind: 'notSeen', because: imageMessages.becauseLate() };
		return [url, inspection] as const;
	});
	return new Map(inspections);
}

function inspectionOf(
	{ url, facts }: ImageToCheck,
	inspections: ReadonlyMap<string, Inspection>,
): Inspection | undefined {
	return facts === undefined ? inspections.get(url) : { kind: 'seen', facts, isEmpty: false };
}

/** Checks the files of orders, for at most a minute or so. Never throws. */
export async function checkImages<Order extends WithImages>(
	context: IExecuteFunctions,
	orders: readonly Order[],
): Promise<CheckedOrders<Order>> {
	const unknown = orders.flatMap(({ images }) => images.filter(({ facts }) => facts === undefined));
	const inspections = await inspectAll(context, [...new Set(unknown.map(({ url }) => url))]);
	const checked: CheckedOrders<Order> = { passed: [], refused: [], hints: [] };
	const hints: Array<{ hint: (items: readonly number[]) => string; itemIndex: number }> = [];
	for (const order of orders) {
		const found = order.images.map((image) => {
			const inspection = inspectionOf(image, inspections);
			return { image, verdict: inspection && verdictOn(inspection, image.of) };
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
