// The one ledger of a node in an execution, and one after another at it. An agent may call its tool several times at the same moment, and each call is a
// run of the node over the same ledger: what one run orders has to count for the limits of the next.

import type { IExecuteFunctions } from 'n8n-workflow';

import { Ledger } from './ledger';

interface NodeOrders {
	ledger: Ledger;
	/** Ends when the last work that was begun has ended. */
	turn: Promise<unknown>;
}

/** What this process knows of each node's context in an execution; gone with it. */
const known = new WeakMap<object, NodeOrders>();

function nodeOrdersOf(context: IExecuteFunctions): NodeOrders {
	const store = context.getContext('node');
	// An execution that is not saved may have none.
	const executionId = String(context.getExecutionId() ?? '');
	const found = known.get(store);
	if (found?.ledger.isCurrent(executionId) === true) return found;
	const opened = { ledger: new Ledger(store, executionId), turn: found?.turn ?? Promise.resolve() };
	known.set(store, opened);
	return opened;
}

/** The ledger of the node. */
export function ledgerOf(context: IExecuteFunctions): Ledger {
	return nodeOrdersOf(context).ledger;
}

/** Does the work once everything that was begun before at this node has ended. Gives and throws what the work does. */
export async function withLock<T>(context: IExecuteFunctions, work: () => Promise<T>): Promise<T> {
	const orders = nodeOrdersOf(context);
	const turn = orders.turn.then(work, work);
	orders.turn = turn;
	return await turn;
}
