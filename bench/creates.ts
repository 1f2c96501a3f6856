// Many creates without waiting, beside n8n's HTTP Request node with as many in flight. Rule: all do the same whole run, from the call that starts it to
// the end of the execution, in a fresh n8n each, in rotation, and what counts is the median of the rounds.
import assert from 'node:assert/strict';
import { errorOf } from '../test/e2e/driver/n8nWorkflows';
import { akoolNode, chain, numbered, startWith, AKOOL, PROMPT } from '../test/e2e/run/workflows';
import { step } from '../scripts/lib/steps';
import { median, ratio, ratioTable, shown } from './figures';
import { measureCost } from './processCost';
import { requestCreates } from './workflows';
import type { Comparison, Row } from './figures';
import type { Bench } from './bench';
import type { Akool } from '../test/e2e/run/scenarioContext';
import type { Cost } from './processCost';
import type { Workflow } from '../test/e2e/driver/n8nWorkflows';

const MS_PER_SECOND = 1_000;

type Contender = { who: string; isOurs: boolean; make: (akool: Akool) => Promise<Workflow>; costs: Cost[] };

function contenders(bench: Bench): Record<'ours' | 'theirs' | 'nobody', Contender> {
	const { items: count, atOnce, answerMs } = bench.sizes.creates;
	const items = numbered(count);
	return {
		ours: {
			who: 'this node',
			isOurs: true,
			make: async ({ credential, imageUrl }) =>
				chain('Creates by this node', [
					...startWith(items),
					akoolNode(
						AKOOL,
						{ imageUrl, prompt: PROMPT, waitForCompletion: false, options: { concurrency: atOnce } },
						credential,
					),
				]),
			costs: [],
		},
		theirs: {
			who: 'HTTP Request',
			isOurs: false,
			make: async (akool) => requestCreates(akool, await bench.headerFor(akool), items, { atOnce, everyMs: answerMs }),
			costs: [],
		},
		nobody: {
			who: 'the same workflow without either',
			isOurs: false,
			make: async () => chain('No creates', startWith(items)),
			costs: [],
		},
	};
}

async function compete(bench: Bench, { who, make, costs }: Contender, round: number) {
	const {
		context,
		environment,
		sizes: {
			creates: { items: count, answerMs },
		},
	} = bench;
	const akool = await context.akool({ jobSeconds: Infinity });
	akool.sandbox.addFault({ on: 'create', kind: 'delay', ms: answerMs, times: Infinity });
	const workflow = await make(akool);
	// A fresh process each, with the code that it needs loaded and warm.
	await environment.restart();
	const started = await context.start(workflow, 'call');
	await started.ends();
	const before = akool.sandbox.jobs.length;
	await step(`${count} creates, round ${round}: ${who}`, async (note) => {
		const { result, ...cost } = await measureCost(
			bench.pid(),
			async () => await (await context.startAgain(started.workflowId)).ends(),
		);
		assert.equal(result.status, 'success', errorOf(result));
		assert.equal(akool.sandbox.jobs.length - before, before, 'as many videos again');
		costs.push(cost);
		note(`${shown(cost.cpuSeconds, 2)} s of processor time`);
	});
}

function rowOf({ who, isOurs, costs }: Contender, count: number): Row {
	const middle = (figure: 'wallSeconds' | 'cpuSeconds' | 'grownMiB' | 'peakMiB') =>
		median(costs.map((cost) => cost[figure]));
	const cpuSeconds = middle('cpuSeconds');
	const cpuMs = cpuSeconds && (cpuSeconds * MS_PER_SECOND) / count;
	return {
		who,
		isOurs,
		figures: { seconds: middle('wallSeconds'), cpuMs, peakMiB: middle('peakMiB'), grownMiB: middle('grownMiB') },
	};
}

export async function compareCreates(bench: Bench): Promise<Comparison> {
	const { items: count, atOnce, answerMs, rounds } = bench.sizes.creates;
	const { ours, theirs, nobody } = contenders(bench);
	const all = [ours, theirs, nobody];
	for (let round = 1; round <= rounds; round++) for (const contender of all) await compete(bench, contender, round);
	const our = rowOf(ours, count);
	const their = rowOf(theirs, count);
	return {
		name: 'creates',
		title: `${count.toLocaleString('en-US')} creates without waiting`,
		about: `Akool takes ${answerMs} ms to answer a create, and ${atOnce} are on their way at once. Each workflow has run once before. The middle of ${rounds === 1 ? 'one round' : `${rounds} rounds`}.`,
		...ratioTable([our, their, rowOf(nobody, count)], their, 'of HTTP Request', [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuMs', title: 'Processor time an item, ms', digits: 2 },
			{ key: 'peakMiB', title: 'Highest memory, MiB', digits: 0 },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
		]),
		goals: [
			{
				what: 'Create, processor time an item, of the HTTP Request node’s',
				value: ratio(our.figures.cpuMs, their.figures.cpuMs),
				atMost: 1,
			},
		],
		summary: [
			`${count.toLocaleString('en-US')} creates take ${shown(our.figures.cpuMs, 2)} ms of processor time an item, the HTTP Request node ${shown(their.figures.cpuMs, 2)} ms.`,
		],
		remarks: [...new Set(all.flatMap(({ costs }) => costs).flatMap(({ remarks }) => remarks))],
	};
}
