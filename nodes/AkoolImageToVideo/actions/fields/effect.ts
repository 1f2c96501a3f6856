// The effect of Create. Akool knows it by its code alone, while people see its name in the list, the gallery and the output. Rule: a name is never sent as a
// code, since it is unknown what Akool would create and charge for it.

import type { INodeProperties } from 'n8n-workflow';

import type { Effect } from '../../akool/effects';
import { causeOf } from '../../messages/causes';
import { listMessages } from '../../messages/lists';
import { logMessages } from '../../messages/log';
import { withoutSecrets } from '../../messages/redact';
import type { Run } from '../../orders/run';
import { effectsOf } from '../../transport/lists';
import { UnusableValue, type Values } from '../parameters';
import { findNamed } from '../values/scalars';

export const effectCode: INodeProperties = {
	displayName: 'Effect',
	name: 'effectCode',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The effect to apply. The arrow beside a name in the list opens its preview.',
	displayOptions: { show: { animateWith: ['effect'] } },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an effect...',
			typeOptions: { searchListMethod: 'searchEffects', searchable: true },
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. squish_89244231312' },
	],
};

/** The form of all codes that were seen. Such a one needs no list to be sent: Akool may have effects that it does not list. */
const CODE = /^[a-z\d]+(?:_[a-z\d]+)+$/;

/** Undefined where Akool does not show its effects. */
async function listedEffects(run: Run): Promise<Effect[] | undefined> {
	try {
		const effects = await effectsOf(run.context);
		return effects.length > 0 ? effects : undefined;
	} catch (error) {
		run.context.logger.warn(withoutSecrets(logMessages.effectsNotRead(causeOf(error)), run.account));
		return undefined;
	}
}

/** The code of an item's effect, which may be given by its name. @throws UnusableValue where Akool lists no such effect, or several */
export async function readEffect(run: Run, parameters: Values): Promise<string> {
	const given = parameters.requiredText(effectCode, 'Choose an effect from the list, or enter its code.');
	if (CODE.test(given)) return given;
	const effects = await listedEffects(run);
	if (effects === undefined) return given;
	const named = findNamed(effects, given, ({ code, name }) => [code, name]);
	if (named !== undefined) return named.code;
	if (CODE.test(given.toLowerCase())) return given;
	throw new UnusableValue(
		listMessages.unknownEffect(
			given,
			effects.map(({ name }) => name),
		),
	);
}
