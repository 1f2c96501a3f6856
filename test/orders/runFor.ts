// A run of the node for tests of single files of orders/: n8n's own context, and a ledger in it.

import type { IDataObject } from 'n8n-workflow';

import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { Ledger } from '../../nodes/AkoolImageToVideo/orders/ledger';
import type { KeptOrder } from '../../nodes/AkoolImageToVideo/orders/ledgerSchema';
import { contentHashOf, slotOf } from '../../nodes/AkoolImageToVideo/orders/orderKey';
import type { OrderRequest } from '../../nodes/AkoolImageToVideo/orders/orderRequest';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';

export const RUN_KEY = 'r0';

/**
 * @param items what comes in, one JSON each
 * @param baseUrl of an Akool, where one is asked
 */
export function runFor(
	items: readonly IDataObject[],
	more: Partial<Run> = {},
	baseUrl: string = 'http://127.0.0.1:9',
): Run {
	const credential = new KeptCredential({ apiKey: 'k'.repeat(20), baseUrl });
	const context = executeContext({ parameters: {}, credential });
	return {
		context,
		node: context.getNode(),
		account: readAccount(credential.kept),
		items: items.map((json) => ({ json })),
		ledger: new Ledger({}, '1'),
		runKey: RUN_KEY,
		continueOnFail: false,
		hints: [],
		signal: undefined,
		credentialDependsOnItems: false,
		...more,
	};
}

/** Places an order as a run does. */
export function placed({ ledger }: Run, request: OrderRequest, more: Partial<KeptOrder> = {}): KeptOrder {
	const order = ledger.place(request, {
		run: RUN_KEY,
		slot: slotOf(RUN_KEY, request),
		contentHash: contentHashOf(request),
		priceKind: 'p',
		carriesKey: true,
		isCalledBack: true,
		replaces: more.replaces ?? [],
		before: more.before,
		atMs: more.sentAtMs ?? 1,
	});
	if (more.state !== undefined) ledger.note(order, { state: more.state });
	return order;
}
