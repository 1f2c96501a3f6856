// The table of everything that the node can do. A new operation is a file and a line here; its type makes sure that none is forgotten.

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
import { updateAudio } from './video/updateAudio.operation';

interface OperationsByResource {
	account: 'getCredits';
	effect: 'getAll';
	model: 'getAll';
	video: 'create' | 'createBatch' | 'delete' | 'download' | 'get' | 'updateAudio';
}

type OperationTable = { [R in keyof OperationsByResource]: Record<OperationsByResource[R], Operation> };

export const OPERATIONS: OperationTable = {
	account: { getCredits },
	effect: { getAll: getAllEffects },
	model: { getAll: getAllModels },
	video: { create, createBatch, delete: deleteVideos, download, get, updateAudio },
};

const RESOURCES = [
	{ name: 'Account', value: 'account' },
	{ name: 'Effect', value: 'effect' },
	{ name: 'Model', value: 'model' },
	{ name: 'Video', value: 'video' },
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
	account: [
		{
			name: 'Get Credits',
			value: 'getCredits',
			action: 'Get the credit balance',
			description: 'Read how many credits are left',
		},
	],
	effect: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many effects',
			description: 'List the effects that Create offers, with a picture of each if you like',
		},
	],
	model: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many models',
			description: 'List the models that Create Batch offers, and what each can do',
		},
	],
	video: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create a video from a picture',
			description:
				'Turn a picture into a short video, moved by a prompt or an effect. Takes a minute or two, costs credits with each call, and gives the video’s link and ID.',
		},
		{
			name: 'Create Batch',
			value: 'createBatch',
			action: 'Create several videos from a picture',
			description: 'Turn one picture into 1 to 10 videos, with any of Akool’s models. Costs credits for each video.',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a video',
			description: 'Remove videos at Akool for good, by their IDs',
		},
		{
			name: 'Download',
			value: 'download',
			action: 'Download a video',
			description: 'Get the files of finished videos, by their IDs',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get the state of a video',
			description: 'Look up videos by their IDs, or wait until they are finished',
		},
		{
			name: 'Update Audio',
			value: 'updateAudio',
			action: 'Make a video again with another sound',
			description: 'Make a new video from a finished one, with another sound. Costs credits.',
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

/** What stands below the node's name on the canvas: its operation as the lists call it. */
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
