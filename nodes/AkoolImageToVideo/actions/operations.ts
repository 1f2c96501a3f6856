// The table of everything that the node can do. A new operation is a file and a line here; its type makes sure that none is forgotten.

import type { INodeProperties } from 'n8n-workflow';

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

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Account', value: 'account' },
		{ name: 'Effect', value: 'effect' },
		{ name: 'Model', value: 'model' },
		{ name: 'Video', value: 'video' },
	],
	default: 'video',
};

const videoOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['video'] } },
	options: [
		{ name: 'Create', value: 'create', action: 'Create a video', description: 'Turn a picture into a video. Costs credits.' },
		{ name: 'Create Batch', value: 'createBatch', action: 'Create a batch of videos', description: 'Turn one picture into several videos, with any of Akool’s models. Costs credits.' },
		{ name: 'Delete', value: 'delete', action: 'Delete a video', description: 'Remove videos at Akool for good' },
		{ name: 'Download', value: 'download', action: 'Download a video', description: 'Bring the files of finished videos into the workflow' },
		{ name: 'Get', value: 'get', action: 'Get a video', description: 'Look up videos by their IDs, or wait until they are finished' },
		{ name: 'Update Audio', value: 'updateAudio', action: 'Update the audio of a video', description: 'Make a new video with another sound. Costs credits.' },
	],
	default: 'create',
};

const accountOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['account'] } },
	options: [{ name: 'Get Credits', value: 'getCredits', action: 'Get the credit balance', description: 'Read how many credits are left' }],
	default: 'getCredits',
};

const effectOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['effect'] } },
	options: [{ name: 'Get Many', value: 'getAll', action: 'Get many effects', description: 'List the effects that Create offers' }],
	default: 'getAll',
};

const modelOperations: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['model'] } },
	options: [{ name: 'Get Many', value: 'getAll', action: 'Get many models', description: 'List the models that Create Batch offers, and what each can do' }],
	default: 'getAll',
};

/** All fields of the node, from the table. */
export const properties: INodeProperties[] = [
	resourceField,
	videoOperations,
	accountOperations,
	effectOperations,
	modelOperations,
	...Object.values(OPERATIONS).flatMap((operations) => Object.values<Operation>(operations).flatMap(({ fields }) => fields)),
];
