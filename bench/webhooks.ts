// The webhooks that may start a workflow: n8n's own Webhook node, bare and with a credential, and the trigger, as it comes and without reading
// back. Rule: every call is genuine and starts one execution, and a round is over when all its executions are.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { waitFor } from '../test/support/waitFor';
import { callsPerSecond, createAtAkool } from '../test/e2e/run/calls';
import { chain, node, numbered, triggered, AFTER } from '../test/e2e/run/workflows';
import { measureCost } from './processCost';
import type { Cost } from './processCost';
import type { Bench } from './bench';
import type { Sandbox } from '../test/sandbox';
import type { Parameters } from '../test/e2e/run/workflows';

const HEADER = { name: 'x-bench', value: 'secret' };
const PATIENCE = { timeoutMs: 120_000, everyMs: 250 };
/** n8n's engines for expressions, and what an n8n is told for each. */
export const ENGINES = {
	asItComes: { title: 'n8n as it comes', env: {} },
	legacy: { title: 'legacy engine', env: { N8N_EXPRESSION_ENGINE: 'legacy' } },
};
export const ENGINE_NAMES = ['asItComes', 'legacy'] as const;

export type EngineName = keyof typeof ENGINES;
export type WebhookTarget = { who: string; isOurs: boolean; url: string; workflowId: string };

export async function openWebhooks({ context, environment }: Bench): Promise<{
	sandbox: Sandbox;
	plain: WebhookTarget;
	guarded: WebhookTarget;
	trigger: WebhookTarget;
	unread: WebhookTarget;
	all: WebhookTarget[];
}> {
	const { client } = context;
	const { sandbox, credential } = await context.akool({ queueSeconds: 0, jobSeconds: 0 });
	const header = await client.createCredential({ name: 'Header', type: 'httpHeaderAuth', data: HEADER });

	const open = async (
		who: string,
		isOurs: boolean,
		workflow: object,
		pathOf: (webhookId: string) => string,
	): Promise<WebhookTarget> => {
		const { id, nodes } = await client.createWorkflow(workflow);
		await client.activateWorkflow(id);
		return { who, isOurs, workflowId: id, url: `${environment.url}/webhook/${pathOf(nodes[0]?.webhookId ?? '')}` };
	};
	const webhook = async (who: string, parameters?: Parameters, more?: object) => {
		const path = randomUUID();
		const first = node(
			'Webhook',
			'n8n-nodes-base.webhook',
			2,
			{ path, httpMethod: 'POST', options: {}, ...parameters },
			{ webhookId: path, ...more },
		);
		return await open(who, false, chain('Webhook', [first, node(AFTER, 'n8n-nodes-base.noOp', 1)]), (id) => id);
	};
	const akoolTrigger = async (who: string, parameters?: Parameters) =>
		await open(who, true, triggered(credential, parameters), (id) => `${id}/webhook`);

	const withHeader = { credentials: { httpHeaderAuth: { id: header.id, name: header.name } } };
	const plain = await webhook('n8n’s Webhook node');
	const guarded = await webhook(
		'n8n’s Webhook node with a header credential',
		{ authentication: 'headerAuth' },
		withHeader,
	);
	const trigger = await akoolTrigger('the trigger');
	const unread = await akoolTrigger('the trigger without Verify with Akool', { options: { verifyByReading: false } });
	return { sandbox, plain, guarded, trigger, unread, all: [plain, guarded, trigger, unread] };
}

/** Calls an webhook about a video each, twenty at once, and waits for the executions that this starts. */
export async function callRound(
	{ context: { client }, pid }: Bench,
	sandbox: Sandbox,
	{ who, url, workflowId }: WebhookTarget,
	calls: number,
): Promise<Cost & { perSecond: number }> {
	const bodies = await Promise.all(
		numbered(calls).map(async () => sandbox.makeCallback({ id: await createAtAkool(sandbox), status: 3 })),
	);
	const isIdle = async () =>
		(await client.listExecutions(workflowId, ['new', 'running'], 1)).length === 0 ? true : undefined;
	const { result, ...cost } = await measureCost(pid(), async () => {
		const answered = await callsPerSecond(url, bodies, { [HEADER.name]: HEADER.value });
		await waitFor(`the executions of ${who}`, isIdle, PATIENCE);
		return answered;
	});
	assert.deepEqual(result.statuses, { 200: calls }, who);
	return { ...cost, perSecond: result.perSecond };
}

/**
 * The webhooks in rotation: what a round leaves behind slows those that come later in it, so each is once
 * the first.
 */
export const rotated = (all: readonly WebhookTarget[], turn: number) => [
	...all.slice(turn % all.length),
	...all.slice(0, turn % all.length),
];
