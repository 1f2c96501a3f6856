// Owns the shapes that people run n8n in: one process with SQLite, or queue mode with a main process, two workers and a webhook processor around Redis
// and Postgres. Rule: however it is made up, it is reached at one address, and its parts can be ended and started again one by one.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RUNTIME } from '../../../scripts/lib/paths';
import { openLoadBalancer } from './loadBalancer';
import { createProcess } from './managedProcess';
import { DATABASE, requireServers, startPostgres, startRedis } from './servers';
import type { ManagedProcess } from './managedProcess';
import type { N8nInstall } from '../../../scripts/lib/n8nInstall';
import { HOST } from '../../support/localServer';

type ShapeOptions = { logName: string; install: N8nInstall; tarball: string; env?: Record<string, string> };
/** its first process is the main process; all of them run */
type Shape = { url: string; processes: ManagedProcess[] };
/** `undo` takes what has to be done at the end, in reverse order */
type OpenShape = (options: ShapeOptions, undo: (work: () => Promise<void>) => void) => Promise<Shape>;
export type ShapeName = keyof typeof SHAPES;

const openRegular: OpenShape = async ({ env, ...shared }, undo) => {
	const main = await createProcess(shared, { name: 'main', args: ['start'], env });
	undo(main.close);
	await main.start();
	return { url: `http://${HOST}:${main.port}`, processes: [main] };
};

/** Ten at once is n8n's default; here as many run as a busy day has, which are mostly waiting. */
const WORKER = ['worker', '--concurrency=50'];
const PARTS = [
	{ name: 'main', args: ['start'] },
	{ name: 'worker 1', args: WORKER },
	{ name: 'worker 2', args: WORKER },
	{ name: 'webhook', args: ['webhook'] },
];
/** n8n notices after a minute and a half that a worker is gone; so long nobody here wants to wait. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '40000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

const queueSettings = ({ redis, postgres }: { redis: number; postgres: number }): Record<string, string> => ({
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: HOST,
	QUEUE_BULL_REDIS_PORT: String(redis),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: HOST,
	DB_POSTGRESDB_PORT: String(postgres),
	DB_POSTGRESDB_DATABASE: DATABASE.name,
	DB_POSTGRESDB_USER: DATABASE.user,
	// Two unless set; with twenty calls at once n8n then waits for its database until it calls it gone, and answers all calls with 503.
	DB_POSTGRESDB_POOL_SIZE: '10',
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	// What the editor's button starts runs on a worker too, as n8n advises.
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	...QUICK_TO_NOTICE,
});

const openQueue: OpenShape = async ({ env, ...shared }, undo) => {
	const programs = await requireServers();
	const logs = join(RUNTIME, 'logs');
	await mkdir(logs, { recursive: true });
	const logOf = (server: string) => join(logs, `${shared.logName}-${server}.log`);
	const redis = await startRedis(programs, logOf('redis'));
	undo(redis.stop);
	const postgres = await startPostgres(programs, logOf('postgres'));
	undo(postgres.stop);
	const loadBalancer = await openLoadBalancer();
	undo(loadBalancer.close);
	const settings = { ...queueSettings({ redis: redis.port, postgres: postgres.port }), ...env };
	const processes = await Promise.all(
		PARTS.map(
			async (part) => await createProcess({ ...shared, publicUrl: loadBalancer.url }, { ...part, env: settings }),
		),
	);
	undo(async () => void (await Promise.all(processes.map(async (process) => await process.close()))));
	const [main, ...others] = processes;
	if (main === undefined) throw new Error('There is no main process.');
	loadBalancer.routeTo({ main: main.port, webhook: others.at(-1)?.port ?? main.port });
	// It makes the database that the others use.
	await main.start();
	await Promise.all(others.map(async (process) => await process.start()));
	return { url: loadBalancer.url, processes };
};

export const SHAPES = { regular: openRegular, queue: openQueue };
