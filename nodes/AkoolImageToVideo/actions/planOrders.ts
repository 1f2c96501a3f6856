// Decides how a run that orders waits, and which callback address Akool gets. If the chosen mode is impossible, nothing is ordered, and earlier orders
// are waited for by polling.

import { textOf } from '../akool/json';
import { reachFrom } from '../akool/reach';
import { addHint } from '../items/hints';
import { addressMessages } from '../messages/addresses';
import { causeOf } from '../messages/causes';
import type { UserMessage } from '../messages/userMessage';
import { logMessages } from '../messages/log';
import { withoutSecrets } from '../messages/redact';
import { callerCannotWait } from '../n8n/callingWorkflow';
import { addressOfNoExecution, resumeUrl } from '../n8n/resumeUrl';
import type { OrderRequest } from '../orders/orderRequest';
import type { OrderAddress } from '../orders/placeOrder';
import type { Run } from '../orders/run';
import { planWait, type WaitPlan, type WaitSettings } from '../waiting/waitPlan';

export interface Planned {
	plan: WaitPlan | undefined;
	/** The callback address, if Akool can reach n8n. Each order adds its key, which proves whose video it is. */
	address: OrderAddress | undefined;
	message?: UserMessage;
}

/** The execution's resume address; undefined where Akool cannot reach it. */
function callableUrl(run: Run): string | undefined {
	try {
		const address = resumeUrl(run.context);
		return reachFrom(run.account.baseUrl, address) === 'reachable' ? address : undefined;
	} catch (error) {
		run.context.logger.warn(withoutSecrets(logMessages.noResumeUrl(causeOf(error)), run.account));
		return undefined;
	}
}

/** n8n's test address receives one call, and only while the editor listens. */
const TEST_ADDRESS = /\/(?:webhook|form)-test\//;

/** Decides how the orders of a run are waited for. Never throws. */
export async function planFor(
	run: Run,
	requests: readonly OrderRequest[],
	wait: WaitSettings | undefined,
): Promise<Planned> {
	const webhookUrl = requests.map(({ body }) => textOf(body, 'webhookurl')).find((url) => url !== undefined);
	if (webhookUrl !== undefined && TEST_ADDRESS.test(webhookUrl)) addHint(run, addressMessages.hintTestAddress());
	const createsVideos = requests.every(({ endpoint }) => endpoint !== 'updateAudio');
	const callable = createsVideos && webhookUrl === undefined ? callableUrl(run) : undefined;
	const addressFor = (plan: WaitPlan | undefined): OrderAddress | undefined => {
		if (callable === undefined) return undefined;
		const resumes = plan?.callbackUrl !== undefined;
		return { url: resumes ? callable : addressOfNoExecution(callable), resumes };
	};
	if (wait === undefined) return { plan: undefined, address: addressFor(undefined) };
	const isAlone = wait.mode === 'callback' && (await callerCannotWait(run.context));
	const outcome = planWait(run, wait, webhookUrl, createsVideos, isAlone);
	return outcome.kind === 'plan'
		? { plan: outcome.plan, address: addressFor(outcome.plan) }
		: { plan: outcome.instead, address: addressFor(outcome.instead), message: outcome.message };
}
