// What is said of waiting: why the node polls or parks, how far it is, and what became of a callback to a parked execution.

import type { VideoId } from '../akool/video';
import { define, parameterMessage } from './define';

const ID: VideoId = '6891abe782f7cd2a890c44ba';
const text = (sentence: string) => define([], () => sentence);

/** Why an execution cannot be parked, to be read after "because". */
export const obstacleMessages = {
	noCreate: text('Akool takes a callback address only when a video is created with Create or Create Batch'),
	tool: text('the node runs as a tool of an AI agent, which cannot be parked'),
	ownWebhookUrl: text("the option 'Webhook URL' sends Akool's callback elsewhere"),
	notSaved: text('the workflow is not saved'),
	privateAddress: text('Akool cannot reach this n8n: its address is local or private'),
	noAddress: text('n8n gave no address at which Akool could call it'),
	otherExecution: text('Akool calls another execution, or none, about videos that were ordered before'),
};

export const waitingMessages = {
	callbackImpossible: define([obstacleMessages.privateAddress()], (because: string) =>
		parameterMessage(
			'Wait: Mode',
			'cannot be Callback here',
			`This is because ${because}. Set 'Wait: Mode' under Options to Automatic or Polling.`,
		),
	),

	polledLong: define(
		[obstacleMessages.privateAddress()],
		(because: string) =>
			`The node kept asking Akool until the videos were finished, which keeps n8n busy, because ${because}.`,
	),

	parked: text(
		"The videos took longer than a minute, so the execution was set to Waiting until Akool's callback came.",
	),

	progress: define([3, 10], (finished: number, total: number) => `${finished} of ${total} videos finished`),

	goesOn: define([10], (total: number) => `${total} of ${total} videos finished: the execution goes on`),

	parking: text("set to Waiting until Akool's callbacks about its videos come"),

	nothingAwaited: text('nothing is waited for here'),

	notAwaited: define([ID], (id: VideoId) => `Akool called about ${id}, which is not waited for`),

	stillProcessing: define([ID], (id: VideoId) => `Akool called about ${id}, which is not finished yet`),

	notRead: text('the videos could not be read, so Akool is asked to call again'),

	resumedAlready: text('another callback has just resumed the execution, or this one took too long'),
};

/** Shown on the node while its execution is parked; n8n fills in the address. */
export const WAITING_TOOLTIP =
	'=Waiting for Akool to finish the videos. The execution goes on when Akool calls back, or when the wait times out. <a href="{{ $execution.resumeUrl }}" target="_blank">Check progress</a>';
