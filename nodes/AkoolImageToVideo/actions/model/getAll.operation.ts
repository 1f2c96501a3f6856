// Get Many models: what each can do, as the live list says it.

import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../../akool/models';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { shownJson } from '../../items/videoJson';
import { modelsOf } from '../../transport/lists';
import { getManyFields, limited } from '../fields/getMany';
import { outputFieldFor, readOutputForm } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';

function simplified(model: Model): IDataObject {
	return {
		value: model.value,
		label: model.label,
		provider: model.provider,
		description: model.description,
		resolutions: model.resolutions.map(({ value }) => value),
		durations: model.durationsSeconds,
		max_count: model.maxCount,
		supports_last_frame: model.supportsLastFrame,
		supports_audio: model.supportsAudio,
		requires_paid_plan: model.requiresPaidPlan,
	};
}

export const getAllModels: Operation = {
	fields: fieldsOf('model', 'getAll', [...getManyFields, outputFieldFor('model')]),

	/** Vendor page: "Get AI Model List". */
	async execute(run) {
		const form = readOutputForm(run);
		const results = limited(run, await modelsOf(run.context)).map((model): ItemResult => ({
			kind: 'record',
			itemIndex: undefined,
			json: shownJson(form === 'raw' ? model.raw : { ...simplified(model) }),
		}));
		return deliver(run, results);
	},
};
