// Owns the differences between releases of n8n and its shapes (one process, or queue mode). Rule: a scenario whose n8n lacks something checks what the package does or says
// then; it is not left out. What n8n itself gets wrong stands here too: once n8n fixes it, a scenario fails and this table is corrected.

import type { TestEnvironment } from './environment';

interface Capabilities {
	/** the address of a parked run holds a secret; n8n 2.8 has none in it */
	hasSecretResumeUrls: boolean;
	/**
	 * the stop button ends a run that a production call started. In queue mode it is marked as canceled, but the
	 *   worker is not informed and continues
	 */
	stopsWebhookExecutions: boolean;
	/** the executions list finds a stopped run by its videos. In queue mode, custom data of stopped runs is not kept */
	findsStoppedExecutionsByVideo: boolean;
	/** what a node notes after the stop button, such as the ID of a create that was on its way, is kept */
	keepsDataWrittenAfterStop: boolean;
	/** a workflow fails whose sub-workflow has failed after it was resumed (n8n issue 32236) */
	reportsFailedSubWorkflows: boolean;
	/** a sub-workflow is told from which of an agent's tools it is called: by the engine, which waits, or by the agent itself */
	distinguishesTools: boolean;
	/** whoever resumes an execution at a Wait node is answered with what it ends with; n8n 2.8 answers 500 once it has ended */
	answersResumingCalls: boolean;
	/**
	 * the editor shows a file that came with a trigger's item. n8n 2.8 loses one in a folder
	 *   where the next node hands the item on; n8n 2.41 does not know to which execution one in the database belongs. The mode is n8n's own default
	 *   unless given
	 */
	showsFilesOfTriggers: (mode?: FileMode) => boolean;
}
/** where n8n keeps files */
type FileMode = 'filesystem' | 'database';

const isAtLeast = (version: string, [major = 0, minor = 0]: readonly number[]) => {
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};

export function capabilitiesOf({ version, shape }: Pick<TestEnvironment, 'version' | 'shape'>): Capabilities {
	const isCurrent = isAtLeast(version, [2, 41]);
	const isOneProcess = shape === 'regular';
	return {
		hasSecretResumeUrls: isCurrent,
		stopsWebhookExecutions: isOneProcess,
		findsStoppedExecutionsByVideo: isOneProcess,
		keepsDataWrittenAfterStop: isOneProcess && isCurrent,
		reportsFailedSubWorkflows: isCurrent,
		distinguishesTools: isCurrent,
		answersResumingCalls: isCurrent,
		showsFilesOfTriggers: (mode = isOneProcess ? 'filesystem' : 'database') =>
			mode === (isCurrent ? 'filesystem' : 'database'),
	};
}
