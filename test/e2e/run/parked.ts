// How scenarios about executions that n8n has set to Waiting begin.
import { numbered, imagesToVideos } from './workflows';
import type { Sandbox } from '../../sandbox';
import type { Akool, Scene } from './scene';
import type { StartedBy } from './starting';

export const BY_CALLBACK = { options: { waitMode: 'callback' } };
/** Jobs that end when the scenario says so. */
export const UNTIL_TOLD = { jobSeconds: Infinity };
export const WAITING = ['waiting'];

/** An execution that waits for so many videos. */
export async function parkVideos(scene: Scene, akool: Akool, videos: number = 1, by?: StartedBy) {
	const started = await scene.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(videos) }), by);
	await started.reaches(WAITING);
	return started;
}

/** How often Akool was asked about videos. */
export const looks = (sandbox: Sandbox) => sandbox.countRequests('results');
