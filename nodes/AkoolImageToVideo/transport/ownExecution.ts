// Opens the address of an execution of this n8n, as a person would. Rule: the address is a secret, so no message holds it, and no redirect is followed.

import type { IExecuteFunctions } from 'n8n-workflow';

/** It includes a status request to Akool. */
const TIMEOUT_MS = 60_000;

/** @throws what n8n's request helper throws: where n8n does not reach itself at its public address, or does not let it */
export async function openExecution({ helpers }: IExecuteFunctions, address: string): Promise<void> {
	await helpers.httpRequest({
		method: 'GET',
		url: address,
		timeout: TIMEOUT_MS,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
	});
}
