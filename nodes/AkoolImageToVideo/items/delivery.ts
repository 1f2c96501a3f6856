// The output settings of an item: what to do with a failed video, which fields to return, where the file goes, and its name. Expressions can set them
// for each item.

import { fieldOf, textOf } from '../akool/json';
import { fileNamesFor } from './fileNames';
import { keptOutputForm, type OutputForm } from './videoJson';

export interface Delivery {
	/** Whether an awaited video that fails becomes an error, or is returned as it is. */
	onVideoFailure: 'error' | 'output';
	output: OutputForm;
	/** The binary field for the file; undefined for no download. */
	binaryField?: string | undefined;
	/** The file name without the ending; undefined to use the ID. */
	fileName?: string | undefined;
}

/** By item, with file names as the user wrote them. */
export type Deliveries = ReadonlyMap<number, Delivery>;

/** For items whose settings could not be read, since an existing video is returned all the same. */
const DEFAULT_DELIVERY: Delivery = { onVideoFailure: 'error', output: 'simplified' };

/** Adds the output settings to videos, with clean file names of which no two are equal. */
export function withDeliveries<V extends { itemIndex: number }>(
	videos: readonly V[],
	wanted: Deliveries,
): Array<V & { delivery: Delivery }> {
	const wantedOf = ({ itemIndex }: V): Delivery => wanted.get(itemIndex) ?? DEFAULT_DELIVERY;
	const names = fileNamesFor(videos.map((video) => wantedOf(video).fileName));
	return videos.map((video, index) => ({ ...video, delivery: { ...wantedOf(video), fileName: names[index] } }));
}

/** Reads settings that were stored with a parked execution; undefined where the value is not valid. */
export function keptDelivery(value: unknown): Delivery | undefined {
	const onVideoFailure = fieldOf(value, 'onVideoFailure');
	const output = keptOutputForm(fieldOf(value, 'output'));
	if ((onVideoFailure !== 'error' && onVideoFailure !== 'output') || output === undefined) return undefined;
	return { onVideoFailure, output, binaryField: textOf(value, 'binaryField'), fileName: textOf(value, 'fileName') };
}
