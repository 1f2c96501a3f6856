// The sandbox uses only the clock that it was given.
import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox } from '.';
import { callerOf } from './caller';
import { startReceiver, until } from './receiver';
import { standingClock } from './standingClock';

const SHORT_WAIT_MS = 60;

test('sends callbacks and ends delays by the given clock', async () => {
	const clock = standingClock();
	const sandbox = await startSandbox({ clock, queueSeconds: 60, jobSeconds: 3600 });
	const receiver = await startReceiver();
	const akool = callerOf(sandbox);
	const startMs = clock.now();
	const { data } = await akool.create({ webhookurl: receiver.url });
	await sleep(SHORT_WAIT_MS);
	expect(receiver.bodies).toHaveLength(0);
	clock.advance(61);
	await receiver.received(1);
	clock.advance(3600);
	await receiver.received(2);
	sandbox.addFault({ on: 'results', kind: 'delay', seconds: 600 });
	const results = akool.results(data._id);
	await until(() => clock.sleepers() > 0, 'the delay');
	clock.advance(600);
	expect((await results).data.result[0]).toMatchObject({ status: 3, create_time: startMs });
	await Promise.all([receiver.close(), sandbox.close()]);
});

test('leaves no pause pending when it is closed', async () => {
	const clock = standingClock();
	const sandbox = await startSandbox({ clock, queueSeconds: 60 });
	await callerOf(sandbox).create({ webhookurl: 'http://127.0.0.1:9/x' });
	expect(clock.sleepers()).toBe(2);
	await sandbox.close();
	expect(clock.sleepers()).toBe(0);
});
