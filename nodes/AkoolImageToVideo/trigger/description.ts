// The fields of the trigger. Akool stores no webhooks, so a notice says where the address has to be entered.

import { sortBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { downloadOption, fileOptionsOfTrigger, outputFields } from '../actions/fields/output';
import { EVENT_OPTIONS, maximumAge, triggerOn, verifyWithAkool } from './fields';

const EVENT_NAMES = Object.fromEntries(EVENT_OPTIONS.map(({ name, value }) => [value, name]));

/** The text below the node's name on the canvas. An expression may give Trigger On any value, also a single text. */
export const SUBTITLE = `={{ [].concat($parameter.triggerOn ?? []).map((event) => (${JSON.stringify(EVENT_NAMES)})[event] ?? event).join(", ") }}`;

export const triggerFields: INodeProperties[] = [
	{
		displayName:
			"Akool stores no webhooks. Paste this trigger's Production URL into the 'Webhook URL' option of each Akool node. The credential needs a Client ID.",
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	triggerOn,
	{
		displayName:
			"With 'Verify with Akool' off, callbacks are not checked with Akool: anyone who knows the Client ID can send an old one again, and anyone who also knows the API Key can start the workflow with any content.",
		name: 'unverifiedNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { '/options.verifyByReading': [false] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortBy(
			[downloadOption, maximumAge, ...outputFields, ...fileOptionsOfTrigger, verifyWithAkool],
			'displayName',
		),
	},
];
