// Get Many models: what each can do, as the live list says it.

import type { IDataObject } from 'n8n-workflow';

import { durationsText, type Model } from '../../akool/models';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { shownJson } from '../../items/videoJson';
import { modelsOf } from '../../transport/lists';
import { getManyFields, limited } from '../fields/getMany';
import { isRawWanted, outputFieldFor } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';

/** What the list says of each resolution. Its unit is documented nowhere, and the charge may differ. */
function listedCreditsText({ resolutions }: Model): string | undefined {
	const listed = resolutions.flatMap(({ value, listedCredits }) =>
		listedCredits === undefined ? [] : [`${value}: ${listedCredits}`],
	);
	return listed.length === 0 ? undefined : listed.join(', ');
}

/** At most ten fields, each a single value: n8n merges the lists of all items in its schema view. */
function simplified(model: Model): IDataObject {
	return {
		value: model.value,
		label: model.label,
		description: model.description,
		resolutions: model.resolutions.map(({ value }) => value).join(', '),
		durations: durationsText(model.durationsSeconds),
		max_count: model.maxCount,
		supports_last_frame: model.supportsLastFrame,
		audio: model.audio.support,
		requires_paid_plan: model.requiresPaidPlan,
		listed_credits: listedCreditsText(model),
	};
}

const outputField = outputFieldFor('model');

export const getAllModels: Operation = {
	fields: fieldsOf('model', 'getAll', [...getManyFields, outputField]),

	/** Vendor page: "Get AI Model List". */
	async execute(run) {
		const isRaw = isRawWanted(run, outputField);
		const results = limited(run, await modelsOf(run.context)).map((model): ItemResult => ({
			kind: 'record',
			itemIndex: undefined,
			json: shownJson(isRaw ? model.raw : { ...simplified(model) }),
		}));
		return deliver(run, results);
	},
};
