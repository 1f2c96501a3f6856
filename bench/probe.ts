// Loaded into an n8n before anything else: records at intervals what its memory consists of. Rule: it uses a clock that other processes can read, and
// keeps no process running.
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 40;
const file = process.env.AKOOL_BENCH_PROBE;

// Worker threads load it as well, and have heaps of their own.
if (file !== undefined && isMainThread) {
	const timer = setInterval(() => {
		appendFileSync(
			file,
			`${JSON.stringify({ atUs: Number(process.hrtime.bigint() / 1_000n), ...process.memoryUsage() })}\n`,
		);
	}, EVERY_MS);
	timer.unref();
}
