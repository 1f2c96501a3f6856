// How a run is going to wait, decided before anything is created: Akool takes the address of its callback only with the create itself.
// Parking holds no worker, so it is preferred for long waits, but never where the callback could not come home.

import { LIFETIME_DAYS } from '../akool/expiry';
import { reachFrom } from '../akool/reach';
import type { UserMessage } from '../messages/define';
import { obstacleMessages, waitingMessages } from '../messages/waiting';
import { sayHint } from '../items/hints';
import { callbackUrlOf } from './resumeWebhook';
import { isToolCall, type Run } from '../orders/run';

export type WaitMode = 'auto' | 'polling' | 'callback';

/** What the user asked for. */
export interface WaitWish {
	mode: WaitMode;
	timeoutMinutes: number;
	intervalSeconds: number;
	onVideoFailure: 'error' | 'output';
}

/** What stands in the way of parking, as the user would put it; undefined where nothing does. */
type Obstacle = string | undefined;

export interface WaitPlan {
	/** How long to wait, finished or not; counted from when the videos are made, since making many of them takes a while. */
	timeoutMs: number;
	intervalSeconds: number;
	/** How long to ask before parking; undefined to ask until the end. */
	parkAfterMs: number | undefined;
	/** The node's own address below the execution's resume URL, to be given to Akool; undefined where the run will not park. A secret. */
	callbackUrl: string | undefined;
	/** What to tell the user once the run has slept; undefined where it was the user who decided. */
	sleptHint: string | undefined;
	/** Why the run does not sleep, to be told where the wait turns out long; undefined where it may, or the user decided. */
	awakeBecause: Obstacle;
}

/** An agent runs a tool as a node of its own type, in a context that does not know it; older agents use one that does. */
function isAiTool({ context, node }: Run): boolean {
	return node.type.endsWith('Tool') || isToolCall(context);
}

const MS_PER_MINUTE = 60_000;
/** Akool keeps a video no longer, and n8n cannot write down a time that lies too far off. */
export const LONGEST_WAIT_MINUTES = LIFETIME_DAYS * 24 * 60;
/** What takes longer than this is worth parking. */
export const LONG_WAIT_MS = 60_000;
/** n8n looks after parked executions once a minute: what is shorter is better spent asking. */
const SHORTEST_PARK_MS = 65_000;

function obstacleOf(run: Run, callbackUrl: string, webhookUrl: string | undefined, createsVideos: boolean): Obstacle {
	if (!createsVideos) return obstacleMessages.noCreate();
	if (isAiTool(run)) return obstacleMessages.tool();
	if (webhookUrl !== undefined) return obstacleMessages.ownWebhookUrl();
	if (run.context.getWorkflow().id === undefined) return obstacleMessages.notSaved();
	switch (reachFrom(run.account.baseUrl, callbackUrl)) {
		case 'reachable':
			return undefined;
		case 'private':
			return obstacleMessages.privateAddress();
		case 'notAnAddress':
			return obstacleMessages.noAddress();
	}
}

export type PlanOutcome =
	| { kind: 'plan'; plan: WaitPlan }
	/** `instead`: a wait that is always possible, for what exists already. */
	| { kind: 'refused'; message: UserMessage; instead: WaitPlan };

/**
 * Decides how a run waits.
 *
 * @param webhookUrl     the option of that name, where the user set it
 * @param createsVideos  whether the run sends creates, which alone carry a callback address
 */
export function planWait(
	run: Run,
	wish: WaitWish,
	webhookUrl: string | undefined,
	createsVideos: boolean,
): PlanOutcome {
	const timeoutMs = Math.min(wish.timeoutMinutes, LONGEST_WAIT_MINUTES) * MS_PER_MINUTE;
	const { intervalSeconds } = wish;
	const polling: WaitPlan = {
		timeoutMs,
		intervalSeconds,
		parkAfterMs: undefined,
		callbackUrl: undefined,
		sleptHint: undefined,
		awakeBecause: undefined,
	};
	if (wish.mode === 'polling') return { kind: 'plan', plan: polling };

	const callbackUrl = callbackUrlOf(run);
	const obstacle = obstacleOf(run, callbackUrl, webhookUrl, createsVideos);
	if (obstacle === undefined) {
		const parkAfterMs = wish.mode === 'callback' ? 0 : LONG_WAIT_MS;
		const sleptHint = wish.mode === 'callback' ? undefined : waitingMessages.parked();
		return { kind: 'plan', plan: { ...polling, parkAfterMs, callbackUrl, sleptHint } };
	}
	if (wish.mode === 'callback') {
		return { kind: 'refused', message: waitingMessages.callbackImpossible(obstacle), instead: polling };
	}
	return { kind: 'plan', plan: { ...polling, awakeBecause: obstacle } };
}

/** Tells the user why the run asks for long where it might have slept. */
export function sayWhyAwake(run: Run, because: string): void {
	sayHint(run, waitingMessages.polledLong(because));
}

/** When to stop asking in a wait that began then: when the run parks, if enough of the wait is left for that, or else at its end. */
export function pollingEndMs({ timeoutMs, parkAfterMs }: WaitPlan, beganMs: number): number {
	const parks = parkAfterMs !== undefined && timeoutMs - parkAfterMs >= SHORTEST_PARK_MS;
	return beganMs + (parks ? parkAfterMs : timeoutMs);
}
