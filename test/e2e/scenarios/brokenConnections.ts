// What is cut off on its way: the answer to a create, and a file. Rule: nothing is paid for twice, and half of something never passes for all of it.
import assert from 'node:assert/strict';
import { errorOf, fileOf } from '../driver/n8nWorkflows';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { imagesToVideos } from '../run/workflows';

const POLLING = { options: { waitMode: 'polling', pollInterval: 2 } };
const WITH_FILE = { ...POLLING, downloadVideo: true };

scenario('The answer to an order is cut off: the node finds the video and does not order it again', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.5 });
	const { sandbox } = akool;
	const fault = sandbox.addFault({ on: 'create', kind: 'resetAfter' });
	const execution = await context.run(imagesToVideos(akool, POLLING));
	assert.equal(fault.hits, 1);
	assert.equal(sandbox.jobs.length, 1);
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akoolItems(execution)[0]?.json._id, sandbox.jobs[0]?._id);
});

scenario('A broken download is retried, and an item whose file never arrives says so', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.5 });
	const { sandbox } = akool;
	for (const kind of ['cutFile', 'wrongType']) {
		const once = sandbox.addFault({ on: 'file', kind });
		const again = await context.run(imagesToVideos(akool, WITH_FILE));
		const [item] = akoolItems(again);
		assert.equal(once.hits, 1);
		assert.ok(item?.binary?.data?.fileName, errorOf(again));
		const whole = await (await fetch(String(item.json.video_url))).arrayBuffer();
		const kept = await context.client.downloadBinary(fileOf(item));
		assert.ok(kept.equals(Buffer.from(whole)), `${kind}: something else was kept for the file`);
	}
	sandbox.addFault({ on: 'file', kind: 'cutFile', times: Infinity });
	const never = await context.run(imagesToVideos(akool, WITH_FILE));
	assert.equal(never.status, 'success', errorOf(never));
	const [without] = akoolItems(never);
	assert.equal(without?.json._id, sandbox.jobs[2]?._id);
	assert.match(String(without?.json.download_error), /bytes|broke/);
	assert.equal(without?.binary, undefined);
});

scenario('The API key is never sent to the file’s host', async (context) => {
	const akool = await context.akool({ jobSeconds: 0.5 });
	const execution = await context.run(imagesToVideos(akool, WITH_FILE));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akool.sandbox.leaks.length, 0, 'the key was sent to the file’s host');
});
