// The one ledger of a node in an execution, and the lock around it. An agent may call its tool several times at once, and each call is a run of the node
// over the same ledger: the orders of one run have to count for the limits of the next.

import type { IExecuteFunctions } from 'n8n-workflow';

import { Ledger } from './ledger';

interface NodeOrders {
	ledger: Ledger;
	/** Settles when the last work in line has ended. */
	turn: Promise<unknown>;
}

/** By the node's context object of an execution, and garbage-collected with it. */
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

/** Runs `work` once all earlier work at this node has ended. Returns and throws what the work does. */
export async function withLock<T>(context: IExecuteFunctions, work: () => Promise<T>): Promise<T> {
	const orders = nodeOrdersOf(context);
	const turn = orders.turn.then(work, work);
	orders.turn = turn;
	return await turn;
}
