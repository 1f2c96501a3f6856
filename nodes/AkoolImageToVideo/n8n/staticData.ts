// Makes n8n save the workflow's static data of a trigger's webhook. n8n 2.41 checks whether the data has changed once the execution is
// stored, but starting the workflow creates a second object over the same data without the change mark. So the value is set once more when the execution
// has started.
// Since: n8n 2.41 (2.8 saves it the first time). Source: https://github.com/n8n-io/n8n/blob/master/packages/cli/src/webhooks/live-webhooks.ts
// Without it: what the trigger remembers is lost with the process, and a callback that Akool repeats after a restart starts the workflow again.

import type { IDataObject } from 'n8n-workflow';

import { clock } from '../clock';

/** The shortest pause; n8n takes longer to store an execution. */
const ONCE_IT_STARTS_MS = 1;

/** Sets a value now, and once more when n8n has started the workflow. @param valueOf gives the value at the moment of each save */
export async function saveWithStart(staticData: IDataObject, key: string, valueOf: () => string): Promise<void> {
	staticData[key] = valueOf();
	await clock.sleep(ONCE_IT_STARTS_MS, undefined);
	staticData[key] = valueOf();
}
