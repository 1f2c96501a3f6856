// What is cut off on its way: the answer to a create, and a file. Rule: nothing is paid for twice, and half of something never passes for all of it.
import assert from 'node:assert/strict';
import { errorOf, fileOf } from '../driver/n8nWorkflows';
import { akoolItems } from '../run/reading';
import { scenario } from '../run/scenario';
import { imagesToVideos } from '../run/workflows';

const POLLING = { options: { waitMode: 'polling', pollInterval: 2 } };
const WITH_FILE = { ...POLLING, downloadVideo: true };

scenario(
	'the answer to a create is cut off: the video is looked for and found, and none is made again',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 0.5 });
		const { sandbox } = akool;
		const fault = sandbox.addFault({ on: 'create', kind: 'resetAfter' });
		const execution = await scene.run(imagesToVideos(akool, POLLING));
		assert.equal(fault.hits, 1);
		assert.equal(sandbox.jobs.length, 1);
		assert.equal(execution.status, 'success', errorOf(execution));
		assert.equal(akoolItems(execution)[0]?.json._id, sandbox.jobs[0]?._id);
	},
);

scenario(
	'a file breaks off, or a page comes in its place: it is read again, and where it never comes its item says so',
	async (scene) => {
		const akool = await scene.akool({ jobSeconds: 0.5 });
		const { sandbox } = akool;
		for (const kind of ['cutFile', 'wrongType']) {
			const once = sandbox.addFault({ on: 'file', kind });
			const again = await scene.run(imagesToVideos(akool, WITH_FILE));
			const [item] = akoolItems(again);
			assert.equal(once.hits, 1);
			assert.ok(item?.binary?.data?.fileName, errorOf(again));
			const whole = await (await fetch(String(item.json.video_url))).arrayBuffer();
			const kept = await scene.client.downloadBinary(fileOf(item));
			assert.ok(kept.equals(Buffer.from(whole)), `${kind}: something else was kept for the file`);
		}
		sandbox.addFault({ on: 'file', kind: 'cutFile', times: Infinity });
		const never = await scene.run(imagesToVideos(akool, WITH_FILE));
		assert.equal(never.status, 'success', errorOf(never));
		const [without] = akoolItems(never);
		assert.equal(without?.json._id, sandbox.jobs[2]?._id);
		assert.match(String(without?.json.download_error), /bytes|broke/);
		assert.equal(without?.binary, undefined);
	},
);

scenario('the key never goes to the host of a file', async (scene) => {
	const akool = await scene.akool({ jobSeconds: 0.5 });
	const execution = await scene.run(imagesToVideos(akool, WITH_FILE));
	assert.equal(execution.status, 'success', errorOf(execution));
	assert.equal(akool.sandbox.leaks.length, 0);
});
