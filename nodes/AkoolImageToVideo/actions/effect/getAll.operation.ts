// Get Many effects: the live list, as the dropdown shows it, with the images for those who would rather look.

import type { INodeProperties } from 'n8n-workflow';

import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { shownJson } from '../../items/videoJson';
import { fetchThumbnails } from '../../items/thumbnails';
import { effectsOf } from '../../transport/lists';
import { getManyFields, limited } from '../fields/getMany';
import { outputBinaryField, readBinaryField } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';
import { parametersOf } from '../parameters';

const downloadThumbnails: INodeProperties = {
	displayName: 'Download Thumbnails',
	name: 'downloadThumbnails',
	type: 'boolean',
	default: false,
	description: 'Whether to put an image of each effect into its item, to look through them under Binary',
};

const fields: INodeProperties[] = [
	...getManyFields,
	downloadThumbnails,
	{ ...outputBinaryField, displayOptions: { show: { downloadThumbnails: [true] } } },
];

export const getAllEffects: Operation = {
	fields: fieldsOf('effect', 'getAll', fields),

	/** Vendor page: "Get Available Effects". */
	async execute(run) {
		const effects = limited(run, await effectsOf(run.context));
		const thumbnails = parametersOf(run, 0).flag(downloadThumbnails)
			? await fetchThumbnails(run, effects, readBinaryField(run))
			: [];
		const results = effects.map((effect, index): ItemResult => ({
			kind: 'record',
			itemIndex: undefined,
			json: shownJson({
				effect_code: effect.code,
				name: effect.name,
				logo: effect.logoUrl,
				video_url: effect.previewUrl,
				_id: effect.id,
			}),
			binary: thumbnails[index],
		}));
		return deliver(run, results);
	},
};
