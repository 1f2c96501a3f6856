// Create Batch: one image, 1 to 10 videos, any model. Values that the live model list rules out are refused before they cost anything; if the
// list cannot be read, the run continues and says that they were not checked.

import type { INodeProperties } from 'n8n-workflow';

import { batchBody, type BatchRequest } from '../../akool/bodies';
import type { Model } from '../../akool/models';
import type { Run } from '../../orders/run';
import type { OrderRequest } from '../../orders/orderRequest';
import {
	callbackNotice,
	creatingOptions,
	imagesToCheck,
	promptField,
	readCreatingOptions,
	readRequiredPrompt,
	type BodyFieldNames,
} from '../fields/creating';
import { imageFields, readImage } from '../fields/image';
import { lastImageOptions, readLastImage } from '../fields/lastImage';
import { checkModel, modelFields, modelsOrHint, readModel } from '../fields/model';
import { spend, spendingFields } from '../fields/spending';
import { fieldsOf, type Operation } from '../operation';
import { optionsOf, parametersOf } from '../parameters';

const MAX_COUNT = 10;

const BODY_FIELDS: BodyFieldNames = { resolution: 'Resolution', video_length: 'Video Length' };

const countField: INodeProperties = {
	displayName: 'Count',
	name: 'count',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_COUNT },
	default: 1,
	description: 'Number of videos to create from the image',
	hint: 'Each video costs credits',
};

const ownFields: INodeProperties[] = [...imageFields, promptField, ...modelFields, countField];

const generateAudio: INodeProperties = {
	displayName: 'Generate Audio',
	name: 'generateAudio',
	type: 'boolean',
	default: true,
	description: 'Whether to generate audio that fits the video. Not every model supports this, and it may cost more.',
};

const ownOptions: INodeProperties[] = [...creatingOptions, generateAudio, ...lastImageOptions];

async function readRequest(run: Run, itemIndex: number, models: readonly Model[] | undefined): Promise<OrderRequest> {
	const options = optionsOf(run, itemIndex);
	const parameters = parametersOf(run, itemIndex);
	const image = await readImage(run, itemIndex);
	const last = await readLastImage(run, itemIndex, options, image);
	const { model, ...chosen } = readModel(parameters, models);
	const request: BatchRequest = {
		...readCreatingOptions(run, options, BODY_FIELDS),
		...chosen,
		imageUrl: image.url,
		prompt: readRequiredPrompt(parameters),
		count: parameters.required(parameters.number(countField, { isWhole: true }), countField, 'Enter a number.'),
		lastImageUrl: last.url,
		generateAudio: options.boolean(generateAudio),
	};
	if (model !== undefined) checkModel(run, model, request);
	return {
		itemIndex,
		place: '',
		endpoint: 'createBatch',
		body: batchBody(request),
		ownFiles: [...image.ownFiles, ...last.ownFiles],
		images: imagesToCheck(options, [...image.images, ...last.images]),
		videoCount: request.count,
	};
}

export const createBatch: Operation = {
	fields: fieldsOf('video', 'createBatch', [...spendingFields(ownFields, ownOptions), callbackNotice]),

	/** Vendor pages: "Create Batch Image to Video", "Get AI Model List". */
	async execute(run) {
		const models = await modelsOrHint(run);
		return await spend(run, async (itemIndex) => [await readRequest(run, itemIndex, models)]);
	},
};
