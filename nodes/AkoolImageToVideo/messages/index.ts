// The table of everything that a user can read, by subject. The page of all messages and the tests of the docs are made from it.

import { credentialMessages } from './credential';
import { inputMessages } from './inputs';
import { logMessages } from './log';
import { orderMessages } from './orders';

export const MESSAGES = {
	credential: credentialMessages,
	inputs: inputMessages,
	log: logMessages,
	orders: orderMessages,
};
