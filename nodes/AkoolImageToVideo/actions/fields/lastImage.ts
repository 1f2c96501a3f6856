// The image that a video ends with: by its address, as a file of the item, or the first image once more, which makes a loop.

import type { INodeProperties } from 'n8n-workflow';

import type { Run } from '../../orders/run';
import type { Values } from '../parameters';
import { readFile, readUrl, type ImageInput } from './image';

const lastImage: INodeProperties = {
	displayName: 'Last Image',
	name: 'lastImage',
	type: 'options',
	options: [
		{ name: 'Binary File', value: 'binary', description: 'A file of the item; needs an n8n that Akool can reach' },
		{ name: 'None', value: 'none', description: 'Let the model decide how the video ends' },
		{ name: 'Same as First Image', value: 'same', description: 'End where it began, for a loop' },
		{ name: 'URL', value: 'url', description: 'An image on the internet' },
	],
	default: 'same',
	description: 'The image that the video ends with. Not every model supports one.',
};

const lastImageUrl: INodeProperties = {
	displayName: 'Last Image URL',
	name: 'lastImageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/last-frame.png',
	description: 'The address of the last image',
	// An address alone says enough.
	displayOptions: { hide: { lastImage: ['binary', 'none', 'same'] } },
};

const lastImageBinaryField: INodeProperties = {
	displayName: 'Last Image Data Field Name',
	name: 'lastImageBinaryField',
	type: 'string',
	default: 'data',
	description: 'The name of the input field that holds the last image',
	displayOptions: { show: { lastImage: ['binary'] } },
};

export const lastImageOptions: INodeProperties[] = [lastImage, lastImageBinaryField, lastImageUrl];

export interface LastImage extends Omit<ImageInput, 'url'> {
	url: string | undefined;
}

/** Reads the last image of an item. An address without Last Image is enough. */
export async function readLastImage(
	run: Run,
	itemIndex: number,
	options: Values,
	first: ImageInput,
): Promise<LastImage> {
	switch (options.choice(lastImage) ?? 'url') {
		case 'none':
			return { url: undefined, ownFiles: [], images: [] };
		case 'same':
			return {
				url: first.url,
				ownFiles: first.ownFiles.map((file) => ({ ...file, bodyField: 'last_image_url' })),
				images: [],
			};
		case 'binary': {
			const use = { source: lastImage.displayName, bodyField: 'last_image_url' } as const;
			const { url, ownFile, toCheck } = await readFile(run, itemIndex, options, lastImageBinaryField, use);
			return { url, ownFiles: [ownFile], images: [toCheck] };
		}
		default: {
			const given = readUrl(run, options, lastImageUrl, { of: 'image', source: lastImage.displayName });
			const isChosen = options.has(lastImage) && options.choice(lastImage) === 'url';
			const url = isChosen
				? options.required(given, lastImageUrl, "Add the option 'Last Image URL' with the address of the last image.")
				: given;
			if (url === undefined) return { url, ownFiles: [], images: [] };
			return { url, ownFiles: [], images: [{ parameter: lastImageUrl.displayName, of: 'image', url }] };
		}
	}
}
