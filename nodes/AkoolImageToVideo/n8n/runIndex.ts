// Which run of the node this is within its execution. Retry On Fail and a resumed wait keep the number, and a loop increases it, so it distinguishes a new order from an earlier
// one.
// Since: before n8n 2.8, the oldest that this package runs on. Source:
// https://github.com/n8n-io/n8n/blob/master/packages/workflow/src/workflow-data-proxy.ts
// Without it: nothing is ordered, and the message says so. Guessing the first run would hand a later round the videos of an earlier one, or pay twice.

import type { IExecuteFunctions } from 'n8n-workflow';

import { numberOf } from '../akool/json';

/** The number of the run, from 0; undefined where n8n does not say. */
export function runIndexOf(context: Pick<IExecuteFunctions, 'getWorkflowDataProxy'>): number | undefined {
	return numberOf(context.getWorkflowDataProxy(0), '$runIndex');
}
