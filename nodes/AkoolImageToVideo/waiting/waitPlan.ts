// Decides how a run waits, before anything is ordered, since Akool takes a callback address only with the order. Parking holds no
// worker, so it is preferred for long waits. Rule that must not regress: an execution is not parked if Akool cannot call back, or if a caller waits for
// its answer.

import { LIFETIME_DAYS } from '../akool/expiry';
import { reachFrom } from '../akool/reach';
import { addHint } from '../items/hints';
import type { UserMessage } from '../messages/userMessage';
import { obstacleMessages, waitingMessages } from '../messages/waiting';
import { callbackUrl, resumeUrl } from '../n8n/resumeUrl';
import { laterWaitingNode, waitingCaller } from '../n8n/waitingCaller';
import { isToolCall } from '../n8n/toolCall';
import type { Run } from '../orders/run';

export type WaitMode = 'auto' | 'polling' | 'callback';

/** What the user asked for. */
export interface WaitSettings {
	mode: WaitMode;
	timeoutMinutes: number;
	intervalSeconds: number;
}

export interface WaitPlan {
	/** How long to wait at most; counted from when the videos are ordered, since ordering many takes a while. */
	timeoutMs: number;
	intervalSeconds: number;
	/** How long to poll before parking; undefined to poll until the end. */
	parkAfterMs: number | undefined;
	/** The callback address for Akool; undefined where the run will not park. A secret. */
	callbackUrl: string | undefined;
	/** Hints to show in any case. */
	hints: string[];
	/** The hint to show once the execution was parked; undefined where the user chose Callback. */
	parkedHint: string | undefined;
	/** Why the run does not park, for a hint after a long wait; undefined where it may park, or the user chose Polling. */
	polledBecause: string | undefined;
}

/** Why parking is impossible, to be read after "because", and what the user can do about it. */
interface Obstacle {
	because: string;
	cure: string;
}

export type PlanOutcome =
	| { kind: 'plan'; plan: WaitPlan }
	/** `instead`: a plan that always works, for videos that exist already. */
	| { kind: 'refused'; message: UserMessage; instead: WaitPlan };

const MS_PER_MINUTE = 60_000;
/** Akool keeps a video no longer, and n8n cannot store a date that is too far off. */
export const LONGEST_WAIT_MINUTES = LIFETIME_DAYS * 24 * 60;
/** A longer wait is worth parking. */
export const LONG_WAIT_MS = 60_000;
/** n8n checks parked executions once a minute: a shorter wait is better spent polling. */
const SHORTEST_PARK_MS = 65_000;

const OTHER_MODE = waitingMessages.chooseOtherMode();

/** An agent runs a tool as a node of its own type, in a context that does not know it; older agents use one that does. */
function isAiTool({ context, node }: Run): boolean {
	return node.type.endsWith('Tool') || isToolCall(context);
}

/** Why Akool could not call this execution back. */
function unreachable(
	run: Run,
	url: string,
	webhookUrl: string | undefined,
	createsVideos: boolean,
): string | undefined {
	if (!createsVideos) return obstacleMessages.noCreate();
	if (isAiTool(run)) return obstacleMessages.tool();
	if (webhookUrl !== undefined) return obstacleMessages.ownWebhookUrl();
	if (run.context.getWorkflow().id === undefined) return obstacleMessages.notSaved();
	if (run.credentialDependsOnItems) return obstacleMessages.credentialOfItems();
	switch (reachFrom(run.account.baseUrl, url)) {
		case 'reachable':
			return undefined;
		case 'private':
			return obstacleMessages.privateAddress();
		case 'notAnAddress':
			return obstacleMessages.noAddress();
	}
}

/** Why a caller would get a wrong answer if the execution parked. */
function awaited(run: Run, mode: WaitMode, callerCannotWait: boolean): Obstacle | undefined {
	const waiter = waitingCaller(run.context);
	switch (waiter.kind) {
		case 'nobody':
			return undefined;
		case 'trigger':
			return {
				because: obstacleMessages.triggerWaits(waiter.name),
				cure: waitingMessages.letTriggerAnswer(waiter.name),
			};
		case 'resumedNode':
			return {
				because: obstacleMessages.resumedNodeWaits(waiter.name),
				cure: waitingMessages.letNodeAnswer(waiter.name),
			};
		case 'answerNode':
			// It works in one process but not in queue mode, and only the user who chose Callback knows how n8n runs.
			return mode === 'callback'
				? undefined
				: { because: obstacleMessages.answerNodeWaits(waiter.name), cure: OTHER_MODE };
		case 'parentWorkflow':
			if (callerCannotWait) return { because: obstacleMessages.callerEnded(), cure: OTHER_MODE };
			// A user who chose Callback in a sub-workflow may have prepared its parent, and gets a hint about what that takes.
			return mode === 'callback' ? undefined : { because: obstacleMessages.subWorkflow(), cure: OTHER_MODE };
		case 'agent':
			return { because: obstacleMessages.workflowTool(), cure: OTHER_MODE };
		case 'chat':
			return { because: obstacleMessages.chat(), cure: OTHER_MODE };
		case 'evaluation':
			return { because: obstacleMessages.evaluation(), cure: OTHER_MODE };
		case 'unknownMode':
			return { because: obstacleMessages.unknownMode(waiter.mode), cure: OTHER_MODE };
	}
}

/** The hints of a run that gives Akool its address, which also opens a later Wait node or form of the workflow. */
function hintsOf(run: Run): string[] {
	const waiter = waitingCaller(run.context);
	const later = laterWaitingNode(run.context);
	const hints = later === undefined ? [] : [waitingMessages.laterNodeWaits(later)];
	if (waiter.kind === 'parentWorkflow') return [waitingMessages.parentRunsOnce(), ...hints];
	if (waiter.kind === 'answerNode') return [waitingMessages.emptyAnswerInQueueMode(waiter.name), ...hints];
	return hints;
}

/**
 * Decides how a run waits. Never throws.
 *
 * @param webhookUrl     the option of that name, where the user set it
 * @param createsVideos  whether the run sends creates, which alone carry a callback address
 * @param callerCannotWait whether this is a sub-workflow whose caller n8n could not resume
 */
export function planWait(
	run: Run,
	settings: WaitSettings,
	webhookUrl: string | undefined,
	createsVideos: boolean,
	callerCannotWait = false,
): PlanOutcome {
	const { mode, intervalSeconds } = settings;
	const polling: WaitPlan = {
		timeoutMs: settings.timeoutMinutes * MS_PER_MINUTE,
		intervalSeconds,
		parkAfterMs: undefined,
		callbackUrl: undefined,
		hints: [],
		parkedHint: undefined,
		polledBecause: undefined,
	};
	if (mode === 'polling') return { kind: 'plan', plan: polling };

	const url = callbackUrl(resumeUrl(run.context));
	const because = unreachable(run, url, webhookUrl, createsVideos);
	const obstacle = because === undefined ? awaited(run, mode, callerCannotWait) : { because, cure: OTHER_MODE };
	if (obstacle === undefined) {
		const hints = hintsOf(run);
		const parks =
			mode === 'callback'
				? { parkAfterMs: 0, parkedHint: undefined }
				: { parkAfterMs: LONG_WAIT_MS, parkedHint: waitingMessages.parked() };
		return { kind: 'plan', plan: { ...polling, ...parks, callbackUrl: url, hints } };
	}
	if (mode === 'auto') return { kind: 'plan', plan: { ...polling, polledBecause: obstacle.because } };
	const message = waitingMessages.callbackImpossible(obstacle.because, obstacle.cure);
	return { kind: 'refused', message, instead: polling };
}

/** Shows a hint why the run polled for long instead of parking. */
export function hintWhyPolled(run: Run, because: string): void {
	addHint(run, waitingMessages.polledLong(because));
}

/** When to stop polling, in milliseconds since 1970: when the run parks, if enough of the wait is left for that, or else at its end. */
export function pollingEndMs({ timeoutMs, parkAfterMs }: WaitPlan, beganMs: number): number {
	const parks = parkAfterMs !== undefined && timeoutMs - parkAfterMs >= SHORTEST_PARK_MS;
	return beganMs + (parks ? parkAfterMs : timeoutMs);
}
