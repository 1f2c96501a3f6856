// The table of everything that the node can do. A new operation is a file and a line here; the types make sure that none is forgotten.

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { getCredits } from './account/getCredits.operation';
import { getAllEffects } from './effect/getAll.operation';
import { getAllModels } from './model/getAll.operation';
import type { Operation } from './operation';
import { createBatch } from './video/createBatch.operation';
import { create } from './video/create.operation';
import { deleteVideos } from './video/delete.operation';
import { download } from './video/download.operation';
import { get } from './video/get.operation';
import { getAllVideos } from './video/getAll.operation';
import { updateAudio } from './video/updateAudio.operation';

interface OperationsByResource {
	account: 'getCredits';
	effect: 'getAll';
	model: 'getAll';
	video: 'create' | 'createBatch' | 'delete' | 'download' | 'get' | 'getAll' | 'updateAudio';
}

type OperationTable = { [R in keyof OperationsByResource]: Record<OperationsByResource[R], Operation> };

export const OPERATIONS: OperationTable = {
	video: { create, createBatch, delete: deleteVideos, download, get, getAll: getAllVideos, updateAudio },
	effect: { getAll: getAllEffects },
	model: { getAll: getAllModels },
	account: { getCredits },
};

/** In the order in which they are used. */
const RESOURCES = [
	{ name: 'Video', value: 'video' },
	{ name: 'Effect', value: 'effect' },
	{ name: 'Model', value: 'model' },
	{ name: 'Account', value: 'account' },
] as const;

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [...RESOURCES],
	default: 'video',
};

const CHOICES: Record<keyof OperationsByResource, INodePropertyOptions[]> = {
	video: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create video from image',
			description:
				"Create a video from an image with a prompt or an effect, with Akool's default model. For Kling, Seedance, MiniMax and others, use Create Batch, even for one video. Costs credits.",
		},
		{
			name: 'Create Batch',
			value: 'createBatch',
			action: 'Create multiple videos from image',
			description: 'Create 1 to 10 videos from an image, with any model. Costs credits for each video.',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete video',
			description: 'Delete videos permanently',
		},
		{
			name: 'Download',
			value: 'download',
			action: 'Download video',
			description: 'Download the files of finished videos',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get video status',
			description: 'Retrieve videos by their IDs, or wait until they are finished',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many videos',
			description: 'Retrieve a list of the recent videos of the account, newest first',
		},
		{
			name: 'Update Audio',
			value: 'updateAudio',
			action: 'Update video audio',
			description: 'Create a new video from a finished one, with different audio. Costs credits.',
		},
	],
	effect: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many effects',
			description: 'Retrieve a list of effects, optionally with thumbnails',
		},
	],
	model: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many models',
			description: 'Retrieve a list of models and what each can do',
		},
	],
	account: [
		{
			name: 'Get Credits',
			value: 'getCredits',
			action: 'Get credit balance',
			description: 'Retrieve the number of credits that are left',
		},
	],
};

function operationField(resource: keyof OperationsByResource, byDefault: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: CHOICES[resource],
		default: byDefault,
	};
}

const TITLES = RESOURCES.flatMap(({ name, value: resource }) =>
	CHOICES[resource].map((choice) => [`${resource} ${choice.value}`, `${choice.name}: ${name}`]),
);

/** The text below the node's name on the canvas: the operation's name in the lists. */
export const SUBTITLE = `={{ (${JSON.stringify(Object.fromEntries(TITLES))})[$parameter.resource + " " + $parameter.operation] }}`;

/** All fields of the node, from the table. */
export const properties: INodeProperties[] = [
	resourceField,
	operationField('video', 'create'),
	operationField('account', 'getCredits'),
	operationField('effect', 'getAll'),
	operationField('model', 'getAll'),
	...Object.values(OPERATIONS).flatMap((operations) =>
		Object.values<Operation>(operations).flatMap(({ fields }) => fields),
	),
];
