// How scenarios about executions that n8n has set to Waiting begin.
import { numbered, imagesToVideos } from './workflows';
import type { Sandbox } from '../../sandbox';
import type { Akool, ScenarioContext } from './scenarioContext';
import type { StartedBy } from './starting';

export const BY_CALLBACK = { options: { waitMode: 'callback' } };
/** Jobs that end when the scenario says so. */
export const FINISHED_BY_TEST = { jobSeconds: Infinity };
export const WAITING = ['waiting'];

/** An execution that waits for so many videos. */
export async function parkVideos(context: ScenarioContext, akool: Akool, videos: number = 1, by?: StartedBy) {
	const started = await context.start(imagesToVideos(akool, BY_CALLBACK, { items: numbered(videos) }), by);
	await started.reaches(WAITING);
	return started;
}

/** How often Akool was asked about videos. */
export const statusRequests = (sandbox: Sandbox) => sandbox.countRequests('results');
