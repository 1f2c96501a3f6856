// The videos that an operation is about.

import type { INodeProperties } from 'n8n-workflow';

export const videoIdsField: INodeProperties = {
	displayName: 'Video IDs',
	name: 'videoIds',
	type: 'string',
	required: true,
	default: '={{ $json._id }}',
	placeholder: 'e.g. 6891abe782f7cd2a890c44ba',
	description: 'One ID, several separated by commas, or a list. Create gives the ID of its video in the field _id.',
};
