// Create Batch: one picture, 1 to 10 videos, any model. What the live model list rules out is refused before it costs anything; where the
// list cannot be had, the run goes on and says that it was not checked.

import type { INodeProperties } from 'n8n-workflow';

import { batchBody, type BatchRequest } from '../../akool/bodies';
import { limitBreaches, type Model } from '../../akool/models';
import { sayHint } from '../../items/hints';
import { causeOf } from '../../messages/causes';
import { listMessages } from '../../messages/lists';
import { logMessages } from '../../messages/log';
import { withoutSecrets } from '../../messages/redact';
import type { Run } from '../../orders/run';
import type { SpendRequest } from '../../orders/orderRequest';
import { modelsOf } from '../../transport/lists';
import {
	callbackNotice,
	creatingOptions,
	imagesToCheck,
	promptField,
	readCreatingOptions,
	type BodyFieldNames,
} from '../fields/creating';
import { pictureFields, readPicture, readUrl } from '../fields/image';
import { spend, spendingFields } from '../fields/spending';
import { fieldsOf, type Operation } from '../operation';
import { optionsOf, parametersOf, refuseValue, UnusableValue, type Field, type Values } from '../parameters';
import { SECONDS, type NumberRule } from '../values/scalars';

const MAX_COUNT = 10;

const BODY_FIELDS: BodyFieldNames = { resolution: 'Resolution Name or ID', video_length: 'Video Length Name or ID' };

const modelNameField: INodeProperties = {
	displayName: 'Model',
	name: 'modelName',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The AI model that makes the videos. Resolution and length follow it.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a model...',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. AkoolImage2VideoFastV1' },
	],
};

const batchResolution: INodeProperties = {
	displayName: 'Resolution Name or ID',
	name: 'batchResolution',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getModelResolutions', loadOptionsDependsOn: ['modelName.value'] },
	default: '720p',
	description:
		'What the chosen model offers. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const batchVideoLength: INodeProperties = {
	displayName: 'Video Length Name or ID',
	name: 'batchVideoLength',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getModelVideoLengths', loadOptionsDependsOn: ['modelName.value'] },
	default: 5,
	description:
		'What the chosen model offers, in seconds. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const countField: INodeProperties = {
	displayName: 'Count',
	name: 'count',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_COUNT },
	default: 1,
	description: 'How many videos to make of the picture. Each is charged on its own.',
};

const ownFields: INodeProperties[] = [
	...pictureFields,
	promptField,
	modelNameField,
	batchResolution,
	batchVideoLength,
	countField,
];

const generateAudio: INodeProperties = {
	displayName: 'Generate Audio',
	name: 'generateAudio',
	type: 'boolean',
	default: true,
	description: 'Whether to make sound that fits the video. Not every model can, and it may cost more.',
};

const lastImageUrl: INodeProperties = {
	displayName: 'Last Image URL',
	name: 'lastImageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/last-frame.png',
	description: 'The picture that the video ends with. Not every model can.',
};

const ownOptions: INodeProperties[] = [...creatingOptions, generateAudio, lastImageUrl];

/** The model's own limits, as messages of this node: the first breach is told with what would be allowed. */
function checkLimits(model: Model, request: BatchRequest): void {
	const [breach] = limitBreaches(model, {
		resolution: request.resolution,
		videoLengthSeconds: request.videoLengthSeconds,
		count: request.count,
		wantsLastFrame: request.lastImageUrl !== undefined,
		wantsAudio: request.generateAudio === true,
	});
	if (breach !== undefined) refuseValue(breach.parameter, breach.what, `${breach.advice} Nothing was spent.`);
}

/** A model that lists no resolutions sets it by itself: then none is sent, whatever was left in the field. */
function readResolution(parameters: Values, model: Model | undefined): string | undefined {
	return model?.resolutions.length === 0 ? undefined : parameters.text(batchResolution);
}

function readNeededNumber(parameters: Values, field: Field, rule: NumberRule): number {
	return parameters.required(parameters.number(field, rule), field, 'Choose or enter a number.');
}

async function readRequest(run: Run, itemIndex: number, models: readonly Model[] | undefined): Promise<SpendRequest> {
	const options = optionsOf(run, itemIndex);
	const parameters = parametersOf(run, itemIndex);
	const picture = await readPicture(run, itemIndex);
	const modelName = parameters.requiredText(modelNameField, 'Choose a model from the list, or enter its name.');
	const model = models?.find(({ value }) => value === modelName);
	if (models !== undefined && models.length > 0 && model === undefined) {
		const listed = models.map(({ value }) => value);
		throw new UnusableValue(listMessages.unknownModel(modelName, listed));
	}
	const request: BatchRequest = {
		...readCreatingOptions(run, options, BODY_FIELDS),
		imageUrl: picture.url,
		prompt: parameters.requiredText(promptField, 'Say in a sentence how the picture should move.'),
		modelName,
		resolution: readResolution(parameters, model),
		videoLengthSeconds: readNeededNumber(parameters, batchVideoLength, { units: SECONDS }),
		count: readNeededNumber(parameters, countField, { isWhole: true }),
		lastImageUrl: readUrl(run, options, lastImageUrl, { of: 'image' }),
		generateAudio: options.boolean(generateAudio),
	};
	if (model !== undefined) checkLimits(model, request);
	const { lastImageUrl: lastUrl } = request;
	const lastImages = lastUrl === undefined ? [] : [{ parameter: lastImageUrl.displayName, url: lastUrl }];
	return {
		itemIndex,
		place: '',
		endpoint: 'createBatch',
		body: batchBody(request),
		ownFiles: picture.ownFiles,
		images: imagesToCheck(options, [...picture.images, ...lastImages]),
		videoCount: request.count,
		alsoFor: [],
	};
}

async function modelsOrHint(run: Run): Promise<Model[] | undefined> {
	try {
		return await modelsOf(run.context);
	} catch (error) {
		run.context.logger.warn(withoutSecrets(logMessages.modelsNotRead(causeOf(error)), run.account));
		sayHint(run, listMessages.modelsNotChecked());
		return undefined;
	}
}

export const createBatch: Operation = {
	fields: fieldsOf('video', 'createBatch', [...spendingFields(ownFields, ownOptions), callbackNotice]),

	/** Vendor pages: "Create Batch Image to Video", "Get AI Model List". */
	async execute(run) {
		const models = await modelsOrHint(run);
		return await spend(run, async (itemIndex) => [await readRequest(run, itemIndex, models)]);
	},
};
