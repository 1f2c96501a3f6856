// Many creates without waiting, beside n8n's HTTP Request node with as many in flight. Rule: both do the same whole run, from the call that starts it to
// the end of the execution.
import assert from 'node:assert/strict';
import { errorOf } from '../e2e/driver/n8nWorkflows.mjs';
import { akoolNode, chain, numbered, startWith, AKOOL, PROMPT } from '../e2e/run/workflows.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { ratio, shown } from './figures.mjs';
import { gauge } from './gauge.mjs';
import { requestCreates } from './workflows.mjs';

const MS_PER_SECOND = 1_000;

/** @typedef {import('./bench.mjs').Bench} Bench */

/** @param {Bench} bench @returns {Promise<import('./figures.mjs').Comparison>} */
export async function compareCreates(bench) {
	const { scene, stage, sizes: { creates: { items: count, atOnce, answerMs } } } = bench;
	const items = numbered(count);

	/** @param {string} who @param {boolean} isOurs @param {(akool: import('../e2e/run/scene.mjs').Akool) => Promise<object>} make */
	const compete = async (who, isOurs, make) => {
		const akool = await scene.akool({ jobSeconds: Infinity });
		akool.sandbox.addFault({ on: 'create', kind: 'delay', ms: answerMs, times: Infinity });
		const workflow = await make(akool);
		// A fresh process each, with the code that it needs loaded and warm.
		await stage.restart();
		const started = await scene.start(workflow, 'call');
		await started.ends();
		const before = akool.sandbox.jobs.length;
		return await step(`${count} creates: ${who}`, async (note) => {
			const cost = await gauge(bench.pid(), async () => await (await scene.startAgain(started.workflowId)).ends());
			assert.equal(cost.result.status, 'success', errorOf(cost.result));
			assert.equal(akool.sandbox.jobs.length - before, before, 'as many videos again');
			const cpuMs = cost.cpuSeconds === undefined ? undefined : (cost.cpuSeconds * MS_PER_SECOND) / count;
			note(`${shown(cpuMs, 2)} ms of processor time an item`);
			return { who, isOurs, figures: { seconds: cost.wallSeconds, cpuMs, grownMiB: cost.grownMiB } };
		});
	};
	const ours = await compete('this node', true, async ({ credential, imageUrl }) =>
		chain('Creates by this node', [
			...startWith(items),
			akoolNode(AKOOL, { imageUrl, prompt: PROMPT, waitForCompletion: false, options: { concurrency: atOnce } }, credential),
		]),
	);
	const theirs = await compete('HTTP Request', false, async (akool) => requestCreates(akool, await bench.headerFor(akool), items, { atOnce, everyMs: answerMs }));
	const nobody = await compete('the same workflow without either', false, async () => chain('No creates', startWith(items)));
	return {
		name: 'creates',
		title: `${count.toLocaleString('en-US')} creates without waiting`,
		about: `Akool takes ${answerMs} ms to answer a create, and ${atOnce} are on their way at once. Each workflow has run once before.`,
		columns: [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuMs', title: 'Processor time an item, ms', digits: 2 },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
		],
		rows: [ours, theirs, nobody],
		goals: [{ what: 'Processor time an item, of the HTTP Request node’s', value: ratio(ours.figures.cpuMs, theirs.figures.cpuMs), atMost: 1 }],
	};
}
