// Get Many effects: the live list, as the dropdown shows it, with images on request.

import type { IBinaryData, IBinaryKeyData, INodeProperties } from 'n8n-workflow';

import type { Effect } from '../../akool/effects';
import type { JsonRecord } from '../../akool/json';
import { GALLERY_FIELD, makeGallery } from '../../items/effectGallery';
import { deliver } from '../../items/toItems';
import type { ItemResult } from '../../items/itemResult';
import { shownJson } from '../../items/videoJson';
import { fetchThumbnails } from '../../items/thumbnails';
import { effectsOf } from '../../transport/lists';
import { getManyFields, limited } from '../fields/getMany';
import { isRawWanted, outputBinaryField, outputFieldFor, readBinaryField } from '../fields/output';
import { fieldsOf, type Operation } from '../operation';
import { parametersOf, valuesOfRun } from '../parameters';

const downloadThumbnails: INodeProperties = {
	displayName: 'Download Thumbnails',
	name: 'downloadThumbnails',
	type: 'boolean',
	default: false,
	description: 'Whether to add an image of each effect to its item, shown under Binary',
};

const createGallery: INodeProperties = {
	displayName: 'Create Gallery',
	name: 'createGallery',
	type: 'boolean',
	default: false,
	description:
		"Whether to put one HTML page that shows all effects into the first item, as the file 'gallery'. Download it to open it in a browser.",
};

const outputField = outputFieldFor('effect');

const fields: INodeProperties[] = [
	...getManyFields,
	createGallery,
	downloadThumbnails,
	{ ...outputBinaryField, displayOptions: { show: { downloadThumbnails: [true] } } },
	outputField,
];

function simplified({ code, name, logoUrl, previewUrl, id }: Effect): JsonRecord {
	return { effect_code: code, name, logo: logoUrl, video_url: previewUrl, _id: id };
}

/** The gallery beside the thumbnail, which may have been given its name. */
function withGallery(
	thumbnail: IBinaryKeyData | undefined,
	gallery: IBinaryData | undefined,
): IBinaryKeyData | undefined {
	if (gallery === undefined) return thumbnail;
	return {
		...thumbnail,
		[thumbnail?.[GALLERY_FIELD] === undefined ? GALLERY_FIELD : `${GALLERY_FIELD}_page`]: gallery,
	};
}

export const getAllEffects: Operation = {
	fields: fieldsOf('effect', 'getAll', fields),

	/** Vendor page: "Get Available Effects". */
	async execute(run) {
		const all = await effectsOf(run.context);
		const effects = limited(run, all);
		const parameters = valuesOfRun(run, parametersOf);
		const wantsThumbnails = parameters.flag(downloadThumbnails);
		const wantsGallery = parameters.flag(createGallery) && all.length > 0;
		const isRaw = isRawWanted(run, outputField);
		const thumbnails =
			wantsThumbnails || wantsGallery
				? await fetchThumbnails(run, wantsGallery ? all : effects, readBinaryField(run))
				: [];
		const gallery = wantsGallery ? await makeGallery(run, all, thumbnails) : undefined;
		const results = effects.map((effect, index): ItemResult => ({
			kind: 'record',
			itemIndex: undefined,
			json: shownJson(isRaw ? effect.raw : simplified(effect)),
			binary: withGallery(wantsThumbnails ? thumbnails[index] : undefined, index === 0 ? gallery : undefined),
		}));
		return deliver(run, results);
	},
};
