// The table of everything that a user can read, by subject. The page of all messages and the tests of the docs are made from it.

import { addressMessages } from './addresses';
import { callbackMessages, malformedMessages, refusalMessages, unreadableMessages } from './callbacks';
import { callMessages } from './calls';
import { codeMessages } from './codes';
import { connectionMessages } from './connection';
import { credentialMessages } from './credential';
import type { UserMessage } from './define';
import { downloadMessages } from './downloads';
import { fileInputMessages } from './fileInputs';
import { fileMessages } from './files';
import { imageMessages } from './images';
import { inputMessages } from './inputs';
import { listMessages } from './lists';
import { logMessages } from './log';
import { orderMessages } from './orders';
import { outcomeMessages } from './outcome';
import { runMessages } from './run';
import { triggerMessages } from './trigger';
import { videoMessages } from './videos';
import { obstacleMessages, waitingMessages } from './waiting';

/** What every entry can do, whatever values it takes. */
export interface ShownEntry {
	example(): UserMessage | string;
}

export const MESSAGES: Readonly<Record<string, Readonly<Record<string, ShownEntry>>>> = {
	addresses: addressMessages,
	calls: callMessages,
	codes: codeMessages,
	connection: connectionMessages,
	credential: credentialMessages,
	downloads: downloadMessages,
	'files of the workflow': fileInputMessages,
	files: fileMessages,
	images: imageMessages,
	inputs: inputMessages,
	lists: listMessages,
	log: logMessages,
	orders: orderMessages,
	outcome: outcomeMessages,
	run: runMessages,
	trigger: triggerMessages,
	videos: videoMessages,
	waiting: waitingMessages,
	'waiting: why not parked': obstacleMessages,
	callbacks: callbackMessages,
	'callbacks: not a callback': malformedMessages,
	'callbacks: not accepted': refusalMessages,
	'callbacks: credential': unreadableMessages,
};
