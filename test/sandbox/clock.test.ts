// The sandbox goes by the clock that it was given, and by no other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../nodes/AkoolImageToVideo/clock';
import { startSandbox } from '.';
import { callerOf } from './caller';
import { startReceiver } from './receiver';

const PATIENCE_MS = 60;

/** A clock that stands still until it is advanced. */
function standingClock() {
	let nowMs = 1_800_000_000_000;
	const sleepers = new Map<() => void, number>();
	const clock: Clock = {
		now: () => nowMs,
		sleep: async (ms, signal) =>
			await new Promise((resolve) => {
				const wake = () => {
					sleepers.delete(wake);
					resolve(signal?.aborted !== true);
				};
				signal?.addEventListener('abort', wake);
				sleepers.set(wake, nowMs + ms);
			}),
		random: () => 0,
	};
	const advance = (ms: number) => {
		nowMs += ms;
		for (const [wake, dueMs] of [...sleepers]) if (dueMs <= nowMs) wake();
	};
	return { clock, advance, sleepers };
}

test('callbacks and delays come when the clock says so', async () => {
	const { clock, advance, sleepers } = standingClock();
	const sandbox = await startSandbox({ clock, queueSeconds: 60, jobSeconds: 3600 });
	const receiver = await startReceiver();
	const akool = callerOf(sandbox);
	const { data } = await akool.create({ webhookurl: receiver.url });
	await sleep(PATIENCE_MS);
	expect(receiver.bodies).toHaveLength(0);
	advance(61_000);
	await receiver.received(1);
	advance(3_600_000);
	await receiver.received(2);
	sandbox.addFault({ on: 'results', kind: 'delay', ms: 600_000 });
	const results = akool.results(data._id);
	while (sleepers.size === 0) await sleep(1);
	advance(600_000);
	expect((await results).data.result[0]).toMatchObject({ status: 3, create_time: 1_800_000_000_000 });
	await Promise.all([receiver.close(), sandbox.close()]);
});

test('closing leaves nobody asleep', async () => {
	const { clock, sleepers } = standingClock();
	const sandbox = await startSandbox({ clock, queueSeconds: 60 });
	await callerOf(sandbox).create({ webhookurl: 'http://127.0.0.1:9/x' });
	expect(sleepers.size).toBe(2);
	await sandbox.close();
	expect(sleepers.size).toBe(0);
});
