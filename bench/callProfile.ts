// Where the processor time of a call goes, by webhook: n8n's profile, cut into the rounds of each. Rule: the total time comes from the system;
// the profile only says how it is divided.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RUNTIME } from '../scripts/lib/paths';
import { ScriptError, step } from '../scripts/lib/steps';
import { callRound, rotated, openWebhooks, ENGINE_NAMES, ENGINES } from './webhooks';
import { nowUs, readProfile, sharesIn, KIND_NAMES } from './cpuProfile';
import type { EngineName, WebhookTarget } from './webhooks';
import type { Shares, Window } from './cpuProfile';
import type { Comparison } from './figures';
import type { Bench } from './bench';
import type { Threads } from './processCost';

const FOLDER = join(RUNTIME, 'bench', 'profiles');
const MS_PER_SECOND = 1_000;
/** What the threads beside the main one are for; that of the profile itself does not count. */
const OTHER_THREADS = {
	pool: 'threads for SQLite, files and ciphers',
	v8: 'threads of V8: compiling, clearing up',
	others: 'all other threads, isolates’ among them',
} as const;
const COUNTED_THREADS = ['main', 'pool', 'v8', 'others'] as const;
const ALL = 'in all';

type Spent = { calls: number; threads: Threads; windows: Window[] };

/** Calls all webhooks in rotation, and notes when and what it took. */
async function callAll(bench: Bench, { sandbox, all }: Awaited<ReturnType<typeof openWebhooks>>, engine: EngineName) {
	const { rounds, [engine]: calls } = bench.sizes.profile;
	const spent: Map<WebhookTarget, Spent> = new Map(
		all.map((webhook) => [
			webhook,
			{ calls: 0, threads: { main: 0, pool: 0, v8: 0, profiler: 0, others: 0 }, windows: [] },
		]),
	);
	for (let turn = 0; turn <= rounds; turn++) {
		await step(
			`Profile calls, ${ENGINES[engine].title}, ${turn === 0 ? 'before it counts' : `round ${turn}`}`,
			async () => {
				for (const webhook of rotated(all, turn)) {
					const fromUs = nowUs();
					const { threadSeconds } = await callRound(bench, sandbox, webhook, calls);
					if (threadSeconds === undefined)
						throw new ScriptError(
							'The system does not tell how much processor time n8n takes.',
							'Profiles are made on Linux.',
						);
					const sum = spent.get(webhook);
					if (turn === 0 || sum === undefined) continue;
					sum.calls += calls;
					for (const kind of COUNTED_THREADS) sum.threads[kind] += threadSeconds[kind];
					sum.windows.push({ fromUs, toUs: nowUs() });
				}
			},
		);
	}
	return spent;
}

/** @returns milliseconds a call, by kind of work */
function msByKind({ calls, threads }: Spent, shares: Shares): Record<string, number> {
	const msACall = (seconds: number) => (seconds * MS_PER_SECOND) / calls;
	return {
		...Object.fromEntries(KIND_NAMES.map((kind) => [kind, msACall(threads.main * (shares[kind] ?? 0))])),
		[OTHER_THREADS.pool]: msACall(threads.pool),
		[OTHER_THREADS.v8]: msACall(threads.v8),
		[OTHER_THREADS.others]: msACall(threads.others),
		[ALL]: msACall(threads.main + threads.pool + threads.v8 + threads.others),
	};
}

/** @returns a table for each engine */
export async function profileCalls(bench: Bench): Promise<Comparison[]> {
	const { environment } = bench;
	const webhooks = await openWebhooks(bench);
	const tables = [];
	for (const engine of ENGINE_NAMES) {
		const name = `calls-${engine}.cpuprofile`;
		await rm(join(FOLDER, name), { force: true });
		await environment.restart({
			env: { ...ENGINES[engine].env, NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${FOLDER} --cpu-prof-name=${name}` },
		});
		const spent = await callAll(bench, webhooks, engine);
		// A process writes its profile as it ends.
		await environment.restart();
		const shares = sharesIn(await readProfile(join(FOLDER, name)));
		const columns = webhooks.all.map((webhook) => ({
			webhook,
			ms: msByKind(spent.get(webhook) as Spent, shares(spent.get(webhook)?.windows ?? [])),
		}));
		tables.push({
			name: `profile-calls-${engine}`,
			title: `Where the time of a call goes, ${ENGINES[engine].title}`,
			about: 'Milliseconds of processor time a call, with the execution that it starts.',
			columns: columns.map(({ webhook: { who } }, index) => ({ key: String(index), title: who, digits: 2 })),
			rows: [...KIND_NAMES, ...Object.values(OTHER_THREADS), ALL].map((kind) => ({
				who: kind,
				isOurs: kind === 'this package',
				figures: Object.fromEntries(columns.map(({ ms }, index) => [String(index), ms[kind]])),
			})),
			goals: [],
		});
	}
	return tables;
}
