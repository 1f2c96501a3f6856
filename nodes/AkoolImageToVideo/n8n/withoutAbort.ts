// Hides the stop button from one request. n8n ties a request to the abort signal of the execution where the context has one, which it finds out with
// `'getExecutionCancelSignal' in this`, and which it puts over the signal of the request: that would take its deadline away. A create that is on its way
// must not be aborted by the stop button either: Akool may have accepted it, and its answer holds the ID of a video that is paid for.
// Since: before n8n 2.8, the oldest that this package runs on. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/core/src/execution-engine/node-execution-context/utils/request-helpers/authentication.ts
// Without it: stopping the execution aborts the create. It then counts as an order of unknown outcome, which is never sent again, and the log says so.

/** axios's code for an aborted request. */
const BROKEN_OFF = 'ERR_CANCELED';
/** n8n wraps what axios threw. */
const LONGEST_CAUSE_CHAIN = 6;

/** The same context, in which n8n finds no stop button. */
export function withoutAbort<Context extends object>(context: Context): Context {
	return new Proxy(context, { has: (target, name) => name !== 'getExecutionCancelSignal' && name in target });
}

/** Says whether a request was aborted on purpose. */
export function wasAborted(error: unknown): boolean {
	let current = error;
	for (let depth = 0; depth < LONGEST_CAUSE_CHAIN && current instanceof Error; depth++) {
		if ('code' in current && current.code === BROKEN_OFF) return true;
		current = current.cause;
	}
	return false;
}
