// Messages about waiting: why the node polls or parks, its progress, and what became of a callback to a parked execution.

import type { VideoId } from '../akool/video';
import { parameterMessage } from './userMessage';

const text = (sentence: string) => () => sentence;

const finishedOf = (finished: number, total: number): string =>
	`${finished} of ${total} ${total === 1 ? 'video' : 'videos'} finished`;

/** Why an execution is not parked, to be read after "because" and "The reason:". */
export const obstacleMessages = {
	noCreate: text('Akool takes a callback address only when a video is created with Create or Create Batch'),
	tool: text('the node runs as a tool of an AI agent or an MCP server, which waits for its answer'),
	ownWebhookUrl: text("the option 'Webhook URL' sends Akool's callback elsewhere"),
	notSaved: text('the workflow is not saved'),
	credentialOfItems: text('the credential depends on the items, which are not there when Akool calls back'),
	privateAddress: text('Akool cannot reach this n8n: its address is local or private'),
	noAddress: text('n8n gave no address at which Akool could call it'),
	otherExecution: text('Akool calls another execution, or none, about videos that were ordered before'),
	triggerWaits: (trigger: string) =>
		`the trigger "${trigger}" answers with what the workflow ends with, and would answer before the videos are finished`,
	resumedNodeWaits: (node: string) =>
		`the node "${node}" answers whoever resumed this execution with what the workflow ends with, and would answer before the videos are finished`,
	answerNodeWaits: (trigger: string) =>
		`the trigger "${trigger}" answers by a Respond to Webhook node that has not run yet, and n8n in queue mode would answer before that with nothing`,
	subWorkflow: text('this is a sub-workflow, and the workflow that calls it waits for its result'),
	callerEnded: text(
		'this is a sub-workflow, and what calls it as a tool, such as an MCP server or an AI agent, may not wait for it and would be answered before the videos are finished',
	),
	workflowTool: text('an AI agent calls this workflow as its tool, and would go on before the videos are finished'),
	chat: text('somebody waits in a chat for the answer of this execution'),
	evaluation: text('an evaluation waits for the result of this execution'),
	unknownMode: (mode: string) => `somebody may wait for the result of this execution (its mode is ${mode})`,
};

export const waitingMessages = {
	callbackImpossible: (because: string, cure: string) =>
		parameterMessage('Wait: Mode', 'cannot be Callback here', `The reason: ${because}.\n\n${cure}`),

	chooseOtherMode: text("Set 'Wait: Mode' under Options to Automatic or Polling."),

	letTriggerAnswer: (trigger: string) =>
		`Set 'Wait: Mode' under Options to Automatic or Polling, or let the trigger "${trigger}" answer immediately or by a Respond to Webhook node.`,

	letNodeAnswer: (node: string) =>
		`Set 'Wait: Mode' under Options to Automatic or Polling, or let the node "${node}" answer immediately.`,

	parentRunsOnce: text(
		"The workflow that calls this sub-workflow gets its result only if it runs it once with all items ('Mode' of Execute Sub-workflow): of several sub-workflows that wait at the same time, n8n takes the first result for all.",
	),

	emptyAnswerInQueueMode: (trigger: string) =>
		`The trigger "${trigger}" answers by a Respond to Webhook node that had not run when this node began to wait. In queue mode, n8n answers its caller with an empty body (HTTP 200) as soon as the execution is Waiting. There, set 'Wait: Mode' under Options to Automatic or Polling, or put Respond to Webhook before this node.`,

	laterNodeWaits: (node: string) =>
		`Akool was given the secret address of this execution for its callbacks. The node "${node}" behind this one waits at the same address, so whoever knows it can resume the execution there too.`,

	itemsNotKept: text(
		'this version of n8n does not keep items with an execution that is set to Waiting, so the node goes on polling',
	),

	polledLong: (because: string) =>
		`The node polled until the videos were finished, which keeps n8n busy, because ${because}.`,

	parked: text(
		"The videos took longer than a minute, so the execution was set to Waiting until Akool's callback came.",
	),

	progress: finishedOf,

	goesOn: (total: number) => `${finishedOf(total, total)}: the execution continues`,

	parking: text("set to Waiting until Akool's callbacks about its videos come"),

	notPolled: (cause: string) =>
		`n8n did not reach the waiting execution at its own address, to see whether its videos were finished just before: ${cause}`,

	nothingAwaited: text('this node waits for no video'),

	notAwaited: (id: VideoId) => `Akool called about ${id}, which is not waited for`,

	namedElsewhere: text('It is about another video, and names an awaited one besides.'),

	stillProcessing: (id: VideoId) => `Akool called about ${id}, which is not finished yet`,

	notRead: (cause: string) => `the state of the videos could not be read: ${cause}`,

	wentOn: text('The execution has continued already.'),

	unverified: (why: string) =>
		`a callback could not be verified, so Akool is asked for the status of the videos. ${why}`,

	heldAlready: text('another callback is held until the results of Akool have caught up with it'),

	resultsLag: text('the results of Akool have not caught up with its callback, so it is asked to call again'),

	notReadAgain: (cause: string) => `n8n's database could not be asked whether the execution is still parked: ${cause}`,

	credentialLost: (cause: string) =>
		`the Akool API credential cannot be read, so Akool cannot be asked about the videos. Was it deleted, or N8N_ENCRYPTION_KEY changed? When the wait times out, the items are returned with the IDs of their videos, for a Get with another credential. n8n says: ${cause}`,

	notShown: text(
		'this version of n8n does not show its waiting execution to the node, so the items are returned when the wait times out',
	),

	stateUnreadable: text(
		'what this execution has kept was written by another version of this package, so the items are returned when the wait times out',
	),

	parkedStateUnreadable: () => ({
		title: 'What this execution kept while it was set to Waiting cannot be read',
		description:
			'It was written by another version of this package, or damaged. Run Get with the IDs of the videos: they are in the input of this node.',
	}),

	pageTitle: text('Akool is creating your videos'),

	waitsSince: (elapsed: string) => `The execution has been waiting for ${elapsed}.`,

	stateNotKnown: text('not looked up yet'),

	moreVideos: (more: number) => `And ${more} more.`,

	waitsUntil: (until: string) => `It waits until ${until} at the latest.`,

	visitorCannotBeTold: text(
		'The state of the videos is not known at the moment: Akool does not answer, or the credential of the node cannot be read. The log of n8n says more. When the wait times out, the items are returned with the IDs of their videos.',
	),

	noPageHere: text('the address of a waiting execution holds no secret in this version of n8n, so it shows no page'),
};

/** Shown on the node while its execution is parked. n8n fills in the address; one without a secret (n8n 2.8) shows no page. */
export const WAITING_TOOLTIP =
	'=Waiting for Akool to finish the videos. The execution continues when Akool calls back, or when the wait times out. {{ $execution.resumeUrl.includes("signature=") ? `<a href="${$execution.resumeUrl}" target="_blank">Check progress</a>` : "" }}';
