// Calls a second that start a workflow: the trigger beside n8n's own Webhook node, with n8n's engine for expressions as it comes and without it. Rule:
// all take turns, every call is genuine and starts one execution, and a round begins when all executions of the last one are over.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { waitFor } from '../e2e/driver/waiting.mjs';
import { callsPerSecond, createAtAkool } from '../e2e/run/calls.mjs';
import { chain, node, numbered, triggered, AFTER } from '../e2e/run/workflows.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { median, ratio, shown } from './figures.mjs';
import { gauge } from './gauge.mjs';

const GOAL = 0.9;
const MS_PER_SECOND = 1_000;
const HEADER = { name: 'x-bench', value: 'secret' };
const PATIENCE = { timeoutMs: 120_000, everyMs: 250 };
const ENGINES = /** @type {const} */ (['asItComes', 'legacy']);
const COLUMNS = [
	{ key: 'asItComes', title: 'n8n as it comes', digits: 0 },
	{ key: 'asItComesRatio', title: 'of the Webhook node', digits: 2 },
	{ key: 'asItComesCpuMs', title: 'ms of processor', digits: 0 },
	{ key: 'legacy', title: 'legacy engine', digits: 0 },
	{ key: 'legacyRatio', title: 'of the Webhook node', digits: 2 },
	{ key: 'legacyCpuMs', title: 'ms of processor' },
];
/** Such a part of a round's calls comes before the first one. */
const WARM_UP_PART = 10;
/** What an n8n is told for each. */
const ENVIRONMENTS = { asItComes: {}, legacy: { N8N_EXPRESSION_ENGINE: 'legacy' } };

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {{ perSecond: number, cpuMs: number | undefined }} Round `cpuMs`: processor time of n8n a call, with the execution that it starts */
/** @typedef {{ who: string, isOurs: boolean, url: string, workflowId: string, rounds: Record<(typeof ENGINES)[number], Round[]> }} Entrance */

/** @param {Bench} bench */
function entrances({ scene: { client }, stage }) {
	/** @param {string} who @param {boolean} isOurs @param {any} workflow @param {(webhookId: string) => string} pathOf @returns {Promise<Entrance>} */
	const open = async (who, isOurs, workflow, pathOf) => {
		const { id, nodes } = await client.createWorkflow(workflow);
		await client.activateWorkflow(id);
		return { who, isOurs, workflowId: id, url: `${stage.url}/webhook/${pathOf(nodes[0].webhookId)}`, rounds: { asItComes: [], legacy: [] } };
	};
	return {
		/** @param {string} who @param {object} [parameters] @param {object} [more] */
		webhook: async (who, parameters, more) => {
			const path = randomUUID();
			const webhook = node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', options: {}, ...parameters }, { webhookId: path, ...more });
			return await open(who, false, chain('Webhook', [webhook, node(AFTER, 'n8n-nodes-base.noOp', 1)]), (id) => id);
		},
		/** @param {string} who @param {import('../e2e/driver/n8nNodes.mjs').Credential} credential @param {object} [parameters] */
		trigger: async (who, credential, parameters) => await open(who, true, triggered(credential, parameters), (id) => `${id}/webhook`),
	};
}

/** @param {Bench} bench @param {import('../sandbox/index.js').Sandbox} sandbox @param {Entrance} entrance @param {number} calls @returns {Promise<Round>} */
async function round({ scene: { client }, pid }, sandbox, { who, url, workflowId }, calls) {
	const bodies = await Promise.all(numbered(calls).map(async () => sandbox.sealCallback({ id: await createAtAkool(sandbox), status: 3 })));
	const isIdle = async () => ((await client.listExecutions(workflowId, ['new', 'running'], 1)).length === 0 ? true : undefined);
	const { result: { perSecond, statuses }, cpuSeconds } = await gauge(pid(), async () => {
		const answered = await callsPerSecond(url, bodies, { [HEADER.name]: HEADER.value });
		await waitFor(`the executions of ${who}`, isIdle, PATIENCE);
		return answered;
	});
	assert.deepEqual(statuses, { 200: calls }, who);
	return { perSecond, cpuMs: cpuSeconds && (cpuSeconds * MS_PER_SECOND) / calls };
}

/** Has all entrances called in turns, with one engine after the other. @param {Bench} bench @param {import('../sandbox/index.js').Sandbox} sandbox @param {readonly Entrance[]} all */
async function callAll(bench, sandbox, all) {
	const { stage, sizes: { calls } } = bench;
	for (const engine of ENGINES) {
		await stage.restart({ env: ENVIRONMENTS[engine] });
		// Once before it counts: what is only done at the first calls belongs to nobody's figure.
		for (const entrance of all) await round(bench, sandbox, entrance, Math.ceil(calls[engine] / WARM_UP_PART));
		for (let turn = 1; turn <= calls.rounds; turn++) {
			await step(`Calls a second, ${engine === 'legacy' ? 'legacy engine' : 'n8n as it comes'}, round ${turn}`, async (note) => {
				// What a round leaves behind slows those that come later in it, so each takes its turn to be the first.
				for (const entrance of [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]) {
					entrance.rounds[engine].push(await round(bench, sandbox, entrance, calls[engine]));
				}
				note(all.map(({ rounds }) => shown(rounds[engine].at(-1)?.perSecond, 0)).join(', '));
			});
		}
	}
	await stage.restart();
}

/** @param {Entrance} entrance @param {Entrance} plain what it is held against */
function figuresOf(entrance, plain) {
	/** @param {Entrance} one @param {(typeof ENGINES)[number]} engine @param {keyof Round} figure */
	const middle = ({ rounds }, engine, figure) => median(rounds[engine].flatMap((one) => one[figure] ?? []));
	/** @param {(typeof ENGINES)[number]} engine */
	const perSecond = (engine) => middle(entrance, engine, 'perSecond');
	return {
		asItComes: perSecond('asItComes'),
		asItComesRatio: ratio(perSecond('asItComes'), middle(plain, 'asItComes', 'perSecond')),
		asItComesCpuMs: middle(entrance, 'asItComes', 'cpuMs'),
		legacy: perSecond('legacy'),
		legacyRatio: ratio(perSecond('legacy'), middle(plain, 'legacy', 'perSecond')),
		legacyCpuMs: middle(entrance, 'legacy', 'cpuMs'),
	};
}

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareCalls(bench) {
	const { scene } = bench;
	const { sandbox, credential } = await scene.akool({ queueSeconds: 0, jobSeconds: 0 });
	const { id, name } = await scene.client.createCredential({ name: 'Header', type: 'httpHeaderAuth', data: HEADER });
	const { webhook, trigger } = entrances(bench);
	const plain = await webhook('n8n’s Webhook node');
	const guarded = await webhook('n8n’s Webhook node with a header credential', { authentication: 'headerAuth' }, { credentials: { httpHeaderAuth: { id, name } } });
	const reading = await trigger('the trigger', credential);
	const unread = await trigger('the trigger without Verify by Reading', credential, { options: { verifyByReading: false } });
	const all = [plain, guarded, reading, unread];
	await callAll(bench, sandbox, all);
	const ours = figuresOf(reading, plain);
	return {
		name: 'calls',
		title: 'Calls a second that start a workflow',
		about: 'Medians of the rounds. The legacy engine is N8N_EXPRESSION_ENGINE=legacy; processor time is n8n’s, a call, with the execution that it starts.',
		columns: COLUMNS,
		rows: all.map((entrance) => ({ who: entrance.who, isOurs: entrance.isOurs, figures: figuresOf(entrance, plain) })),
		goals: [
			{ what: 'Trigger, of the Webhook node, n8n as it comes', value: ours.asItComesRatio, atLeast: GOAL },
			{ what: 'Trigger, of the Webhook node, legacy engine', value: ours.legacyRatio, atLeast: GOAL },
		],
	};
}
