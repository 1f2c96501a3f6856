// Many items through Get, beside n8n's HTTP Request node, which asks for each. Rule: each has a fresh n8n, since memory that one has taken hides what the
// next one takes.
import assert from 'node:assert/strict';
import pLimit from 'p-limit';
import { errorOf, itemsOf } from '../test/e2e/driver/n8nWorkflows';
import { createAtAkool } from '../test/e2e/run/calls';
import { akoolNode, chain, startWith, AKOOL } from '../test/e2e/run/workflows';
import { step } from '../scripts/lib/steps';
import { ratio, ratioTable, shown } from './figures';
import { measureCost } from './processCost';
import { requestStatuses, REQUEST } from './workflows';
import type { Comparison } from './figures';
import type { Bench } from './bench';
import type { Workflow } from '../test/e2e/driver/n8nWorkflows';

const CREATES_AT_ONCE = 20;
/** Without it, the HTTP Request node sends all of them in the same moment. */
const PACE = { atOnce: 50, everyMs: 100 };
const PATIENCE_MS = 10 * 60_000;

export async function compareItems(bench: Bench): Promise<Comparison> {
	const {
		context,
		environment,
		sizes: {
			items: { count },
		},
	} = bench;
	const akool = await context.akool({ queueSeconds: 0, jobSeconds: 0 });
	const limit = pLimit(CREATES_AT_ONCE);
	const items = await step(
		`${count} finished videos`,
		async () =>
			await Promise.all(
				Array.from({ length: count }, async () => ({
					_id: await limit(async () => await createAtAkool(akool.sandbox)),
				})),
			),
	);

	const compete = async (who: string, isOurs: boolean, nodeName: string, workflow: Workflow) => {
		await environment.restart();
		const requestsBefore = akool.sandbox.countRequests('results');
		return await step(`${count} items: ${who}`, async (note) => {
			const cost = await measureCost(
				bench.pid(),
				async () => await (await context.start(workflow, 'call')).ends(PATIENCE_MS),
			);
			assert.equal(cost.result.status, 'success', errorOf(cost.result));
			assert.equal(itemsOf(cost.result, nodeName).length, count);
			note(`${shown(cost.wallSeconds)} s`);
			const statusRequests = akool.sandbox.countRequests('results') - requestsBefore;
			const { wallSeconds: seconds, cpuSeconds, peakMiB, grownMiB, remarks } = cost;
			return { who, isOurs, remarks, figures: { seconds, cpuSeconds, peakMiB, grownMiB, statusRequests } };
		});
	};
	const our = await compete(
		'this node',
		true,
		AKOOL,
		chain('Get', [...startWith(items), akoolNode(AKOOL, { operation: 'get' }, akool.credential)]),
	);
	const their = await compete(
		'HTTP Request',
		false,
		REQUEST,
		requestStatuses(akool, await bench.headerFor(akool), items, PACE),
	);
	const nobody = await compete(
		'the same workflow without either',
		false,
		'Items',
		chain('No status requests', startWith(items)),
	);
	return {
		name: 'items',
		title: `${count.toLocaleString('en-US')} items through Get`,
		about: `The HTTP Request node sends ${PACE.atOnce} requests each ${PACE.everyMs} ms.`,
		...ratioTable([our, their, nobody], their, 'of HTTP Request', [
			{ key: 'seconds', title: 'In all, s' },
			{ key: 'cpuSeconds', title: 'Processor time, s' },
			{ key: 'peakMiB', title: 'Highest memory, MiB', digits: 0 },
			{ key: 'grownMiB', title: 'Memory growth, MiB', digits: 0 },
			{ key: 'statusRequests', title: 'Status requests', digits: 0 },
		]),
		goals: [
			{
				what: 'Get, processor time an item, of the HTTP Request node’s',
				value: ratio(our.figures.cpuSeconds, their.figures.cpuSeconds),
				atMost: 1,
			},
		],
		summary: [
			`${count.toLocaleString('en-US')} items through Get take ${shown(our.figures.seconds)} s and ${shown(our.figures.statusRequests, 0)} status requests, with the HTTP Request node ${shown(their.figures.seconds)} s and ${shown(their.figures.statusRequests, 0)}.`,
		],
		remarks: our.remarks,
	};
}
