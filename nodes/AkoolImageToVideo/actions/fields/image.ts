// The image that is animated: by its address, or as binary data of the item. Akool fetches it from the internet, so an address that only
// this network knows is refused before anything is spent.

import type { INodeProperties } from 'n8n-workflow';

import { isBytes } from '../../images/binaryInput';
import { signedFileLink, type FileUse } from '../../images/signedLink';
import type { Run } from '../../orders/run';
import type { ImageToCheck } from '../../images/imageToCheck';
import type { OwnFile } from '../../images/ownFile';
import type { AddressField } from '../../messages/addresses';
import { parametersOf, UnusableValue, valueOf, type Field, type Values } from '../parameters';
import { readAddressValue } from '../values/address';
import { readSingle } from '../values/reading';
import { LIMIT_OF_A_TOOL, toolNotice } from './toolNotice';

const imageSource: INodeProperties = {
	displayName: 'Image Source',
	name: 'imageSource',
	type: 'options',
	options: [
		{ name: 'Binary File', value: 'binary', description: 'A file of the item. Akool must be able to reach this n8n.' },
		{ name: 'URL', value: 'url', description: 'An image on the internet' },
	],
	default: 'url',
	description:
		'Where the image comes from. Its shape decides the shape of the video: to change it, use an Edit Image node first.',
};

const imageUrl: INodeProperties = {
	displayName: 'Image URL',
	name: 'imageUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/product.png',
	description:
		'The address of the PNG or JPEG file itself: a private browser window shows the image and nothing around it. The video has the shape of the image.',
	displayOptions: { show: { imageSource: ['url'] } },
};

const binaryNotice: INodeProperties = {
	displayName:
		'Akool fetches the image from this n8n by a link that expires after an hour, so it must be able to reach it',
	name: 'imageBinaryNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { imageSource: ['binary'] } },
};

const imageBinaryField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'imageBinaryField',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input field containing the binary image data',
	typeOptions: { binaryDataProperty: true },
	displayOptions: { show: { imageSource: ['binary'] } },
};

export const imageFields: INodeProperties[] = [
	toolNotice("'Image URL' and 'Prompt'", LIMIT_OF_A_TOOL),
	imageSource,
	imageUrl,
	binaryNotice,
	imageBinaryField,
];

/** Reads an address that Akool is to fetch from or to call; undefined where none was given. */
export function readUrl(
	run: Run,
	values: Values,
	field: Field,
	about: Omit<AddressField, 'parameter'>,
): string | undefined {
	const address = { parameter: field.displayName, ...about };
	return valueOf(readAddressValue(address, values.any(field), run.account.baseUrl));
}

/** Makes a link to a file of the workflow that a parameter names. @throws UnusableValue where Akool could not fetch it */
export async function readFile(
	run: Run,
	itemIndex: number,
	values: Values,
	field: Field,
	use: Omit<FileUse, 'parameter'>,
): Promise<{ url: string; ownFile: OwnFile; toCheck: ImageToCheck }> {
	const any = values.any(field);
	const given = isBytes(any) ? any : valueOf(readSingle(field.displayName, any));
	const named = values.required(
		given === '' ? undefined : given,
		field,
		'Enter the name of the field that holds the file.',
	);
	const link = await signedFileLink(run, itemIndex, named, { ...use, parameter: field.displayName });
	if (link.kind === 'refused') throw new UnusableValue(link.message);
	return link;
}

export interface ImageInput {
	url: string;
	ownFiles: OwnFile[];
	/** Files to check before the order is sent. */
	images: ImageToCheck[];
}

/** The address of an item's image. */
export async function readImage(run: Run, itemIndex: number): Promise<ImageInput> {
	const parameters = parametersOf(run, itemIndex);
	if (parameters.choice(imageSource) === 'binary') {
		const { url, ownFile, toCheck } = await readFile(run, itemIndex, parameters, imageBinaryField, {
			source: imageSource.displayName,
			bodyField: 'image_url',
		});
		return { url, ownFiles: [ownFile], images: [toCheck] };
	}
	const given = readUrl(run, parameters, imageUrl, { of: 'image', source: imageSource.displayName });
	const url = parameters.required(given, imageUrl, 'Give the address of the image file itself.');
	return { url, ownFiles: [], images: [{ parameter: imageUrl.displayName, of: 'image', url }] };
}
