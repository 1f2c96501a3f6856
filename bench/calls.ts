// Calls a second that start a workflow: the trigger beside n8n's own Webhook node, with n8n's engine for expressions as it comes and without it. Rule:
// all take turns in the same n8n, and what counts is the median of the rounds.
import { step } from '../scripts/lib/steps';
import { callRound, inTurn, openEntrances, ENGINE_NAMES, ENGINES } from './entrances';
import { median, ratio, shown } from './figures';
import type { Comparison } from './figures';
import type { Bench } from './bench';
import type { EngineName, Entrance } from './entrances';

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
type Rounds = (entrance: Entrance, engine: EngineName) => Round[];

/** Has all entrances called in turns, with one engine after the other. */
async function callAll(bench: Bench, { sandbox, all }: Awaited<ReturnType<typeof openEntrances>>, roundsOf: Rounds) {
	const {
		stage,
		sizes: { calls },
	} = bench;
	for (const engine of ENGINE_NAMES) {
		await stage.restart({ env: ENGINES[engine].env });
		// Once before it counts: what is only done at the first calls belongs to nobody's figure.
		for (const entrance of all) await callRound(bench, sandbox, entrance, Math.ceil(calls[engine] / WARM_UP_PART));
		for (let turn = 1; turn <= calls.rounds; turn++) {
			await step(`Calls a second, ${ENGINES[engine].title}, round ${turn}`, async (note) => {
				for (const entrance of inTurn(all, turn)) {
					const { perSecond, cpuSeconds } = await callRound(bench, sandbox, entrance, calls[engine]);
					roundsOf(entrance, engine).push({
						perSecond,
						cpuMs: cpuSeconds && (cpuSeconds * MS_PER_SECOND) / calls[engine],
					});
				}
				note(all.map((entrance) => shown(roundsOf(entrance, engine).at(-1)?.perSecond, 0)).join(', '));
			});
		}
	}
	await stage.restart();
}

/** Keeps the rounds of each entrance with each engine. */
function roundsByEntrance(): Rounds {
	const kept: Map<Entrance, Record<EngineName, Round[]>> = new Map();
	return (entrance, engine) => {
		const known = kept.get(entrance) ?? { asItComes: [], legacy: [] };
		kept.set(entrance, known);
		return known[engine];
	};
}

export async function compareCalls(bench: Bench): Promise<Comparison> {
	const entrances = await openEntrances(bench);
	const { plain, guarded, trigger, all } = entrances;
	const roundsOf = roundsByEntrance();
	await callAll(bench, entrances, roundsOf);

	const middle = (entrance: Entrance, engine: EngineName, figure: keyof Round) =>
		median(roundsOf(entrance, engine).flatMap((one) => one[figure] ?? []));
	const beside = (entrance: Entrance, engine: EngineName, other: Entrance) =>
		ratio(middle(entrance, engine, 'perSecond'), middle(other, engine, 'perSecond'));
	const figuresOf = (entrance: Entrance) =>
		Object.fromEntries(
			ENGINE_NAMES.flatMap((engine) => [
				[engine, middle(entrance, engine, 'perSecond')],
				[`${engine}Ratio`, beside(entrance, engine, plain)],
				[`${engine}GuardedRatio`, beside(entrance, engine, guarded)],
				[`${engine}CpuMs`, middle(entrance, engine, 'cpuMs')],
			]),
		);
	return {
		name: 'calls',
		title: 'Calls a second that start a workflow',
		about:
			'Medians of the rounds. The legacy engine is N8N_EXPRESSION_ENGINE=legacy; processor time is n8n’s, a call, with the execution that it starts.',
		columns: COLUMNS,
		rows: all.map((entrance) => ({ who: entrance.who, isOurs: entrance.isOurs, figures: figuresOf(entrance) })),
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
