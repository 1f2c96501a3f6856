// The table of everything that a user can read, by subject. The page of all messages and the tests of the docs are made from it.

import { connectionMessages } from './connection';
import { credentialMessages } from './credential';
import { inputMessages } from './inputs';
import { logMessages } from './log';
import { orderMessages } from './orders';

export const MESSAGES = {
	connection: connectionMessages,
	credential: credentialMessages,
	inputs: inputMessages,
	log: logMessages,
	orders: orderMessages,
};
