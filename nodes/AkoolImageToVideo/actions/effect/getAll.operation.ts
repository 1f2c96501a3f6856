// Get Many effects: the live list, as the dropdown shows it.

import { effectsOf } from '../../transport/catalogue';
import { deliver } from '../../run/deliver';
import type { ItemResult } from '../../run/itemResult';
import { getManyFields, limited } from '../fields/getMany';
import { fieldsOf, type Operation } from '../operation';

export const getAllEffects: Operation = {
	fields: fieldsOf('effect', 'getAll', getManyFields),

	/** Vendor page: "Get Available Effects". */
	async execute(run) {
		const effects = limited(run, await effectsOf(run.context));
		const results = effects.map(
			(effect): ItemResult => ({
				kind: 'record',
				itemIndex: undefined,
				json: { effect_code: effect.code, name: effect.name, logo: effect.logoUrl, video_url: effect.previewUrl, _id: effect.id },
			}),
		);
		return deliver(run, results);
	},
};
