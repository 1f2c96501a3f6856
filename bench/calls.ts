// Calls a second that start a workflow: the trigger beside n8n's own Webhook node, with n8n's engine for expressions as it comes and without it. Rule:
// all run in rotation in the same n8n, and the median of the rounds counts.
import { step } from '../scripts/lib/steps';
import { callRound, rotated, openWebhooks, ENGINE_NAMES, ENGINES } from './webhooks';
import { median, ratio, shown } from './figures';
import type { Comparison } from './figures';
import type { Bench } from './bench';
import type { EngineName, WebhookTarget } from './webhooks';

const GOAL = 0.9;
const MS_PER_SECOND = 1_000;
/** Such a part of a round's calls comes before the first one. */
const WARM_UP_PART = 10;
const COLUMNS = ENGINE_NAMES.flatMap((engine) => [
	{ key: engine, title: ENGINES[engine].title, digits: 0 },
	{ key: `${engine}Ratio`, title: 'of the Webhook node', digits: 3 },
	{ key: `${engine}GuardedRatio`, title: 'of it with a credential', digits: 3 },
	{ key: `${engine}CpuMs`, title: 'ms of processor', digits: engine === 'legacy' ? 1 : 0 },
]);

/** `cpuMs`: processor time of n8n a call, with the execution that it starts */
type Round = { perSecond: number; cpuMs: number | undefined };
type Rounds = (webhook: WebhookTarget, engine: EngineName) => Round[];

/** Calls all webhooks in rotation, with one engine after the other. */
async function callAll(bench: Bench, { sandbox, all }: Awaited<ReturnType<typeof openWebhooks>>, roundsOf: Rounds) {
	const {
		environment,
		sizes: { calls },
	} = bench;
	for (const engine of ENGINE_NAMES) {
		await environment.restart({ env: ENGINES[engine].env });
		// Once before it counts: what is only done at the first calls belongs to nobody's figure.
		for (const webhook of all) await callRound(bench, sandbox, webhook, Math.ceil(calls[engine] / WARM_UP_PART));
		for (let turn = 1; turn <= calls.rounds; turn++) {
			await step(`Calls a second, ${ENGINES[engine].title}, round ${turn}`, async (note) => {
				for (const webhook of rotated(all, turn)) {
					const { perSecond, cpuSeconds } = await callRound(bench, sandbox, webhook, calls[engine]);
					roundsOf(webhook, engine).push({
						perSecond,
						cpuMs: cpuSeconds && (cpuSeconds * MS_PER_SECOND) / calls[engine],
					});
				}
				note(all.map((webhook) => shown(roundsOf(webhook, engine).at(-1)?.perSecond, 0)).join(', '));
			});
		}
	}
	await environment.restart();
}

/** Keeps the rounds of each webhook with each engine. */
function roundsByWebhook(): Rounds {
	const kept: Map<WebhookTarget, Record<EngineName, Round[]>> = new Map();
	return (webhook, engine) => {
		const known = kept.get(webhook) ?? { asItComes: [], legacy: [] };
		kept.set(webhook, known);
		return known[engine];
	};
}

export async function compareCalls(bench: Bench): Promise<Comparison> {
	const webhooks = await openWebhooks(bench);
	const { plain, guarded, trigger, all } = webhooks;
	const roundsOf = roundsByWebhook();
	await callAll(bench, webhooks, roundsOf);

	const middle = (webhook: WebhookTarget, engine: EngineName, figure: keyof Round) =>
		median(roundsOf(webhook, engine).flatMap((one) => one[figure] ?? []));
	const beside = (webhook: WebhookTarget, engine: EngineName, other: WebhookTarget) =>
		ratio(middle(webhook, engine, 'perSecond'), middle(other, engine, 'perSecond'));
	const figuresOf = (webhook: WebhookTarget) =>
		Object.fromEntries(
			ENGINE_NAMES.flatMap((engine) => [
				[engine, middle(webhook, engine, 'perSecond')],
				[`${engine}Ratio`, beside(webhook, engine, plain)],
				[`${engine}GuardedRatio`, beside(webhook, engine, guarded)],
				[`${engine}CpuMs`, middle(webhook, engine, 'cpuMs')],
			]),
		);
	return {
		name: 'calls',
		title: 'Calls a second that start a workflow',
		about:
			'Medians of the rounds. The legacy engine is N8N_EXPRESSION_ENGINE=legacy; processor time is n8n’s, a call, with the execution that it starts.',
		columns: COLUMNS,
		rows: all.map((webhook) => ({ who: webhook.who, isOurs: webhook.isOurs, figures: figuresOf(webhook) })),
		goals: ENGINE_NAMES.flatMap((engine) => [
			{
				what: `Trigger, of the Webhook node, ${ENGINES[engine].title}`,
				value: beside(trigger, engine, plain),
				atLeast: GOAL,
			},
			{
				what: `Trigger, of the Webhook node with a credential, ${ENGINES[engine].title}`,
				value: beside(trigger, engine, guarded),
				atLeast: GOAL,
			},
		]),
		summary: [
			`${shown(middle(trigger, 'asItComes', 'perSecond'), 0)} callbacks a second can start a workflow by the trigger, ${shown(middle(guarded, 'asItComes', 'perSecond'), 0)} by n8n’s Webhook node with a header credential.`,
		],
	};
}
