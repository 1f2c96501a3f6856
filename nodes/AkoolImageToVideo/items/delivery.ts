// What the user wants of an item's videos: what becomes of one that fails, which fields they are shown with, where their files go, and what those are
// called. Each item may be told something else by an expression.

import { fieldOf, textOf } from '../akool/json';
import { fileNamesFor } from './fileNames';
import { keptOutputForm, type OutputForm } from './videoJson';

export interface Delivery {
	/** Whether an awaited video that fails ends its item in an error, or is returned as it is. */
	onVideoFailure: 'error' | 'output';
	output: OutputForm;
	/** Where the file goes; undefined: no download. */
	binaryField?: string | undefined;
	/** What the file is to be called, without the ending; undefined: after the ID. */
	fileName?: string | undefined;
}

/** By item, with file names as the user wrote them. */
export type Deliveries = ReadonlyMap<number, Delivery>;

/** Where nothing could be read: an item that exists is shown all the same. */
const DEFAULT_DELIVERY: Delivery = { onVideoFailure: 'error', output: 'simplified' };

/** Videos with what is wanted of them, their file names made fit and different from each other. */
export function withDeliveries<V extends { itemIndex: number }>(
	videos: readonly V[],
	wanted: Deliveries,
): Array<V & { delivery: Delivery }> {
	const wantedOf = ({ itemIndex }: V): Delivery => wanted.get(itemIndex) ?? DEFAULT_DELIVERY;
	const names = fileNamesFor(videos.map((video) => wantedOf(video).fileName));
	return videos.map((video, index) => ({ ...video, delivery: { ...wantedOf(video), fileName: names[index] } }));
}

/** Reads what was kept with a parked execution; undefined where it is none. */
export function keptDelivery(value: unknown): Delivery | undefined {
	const onVideoFailure = fieldOf(value, 'onVideoFailure');
	const output = keptOutputForm(fieldOf(value, 'output'));
	if ((onVideoFailure !== 'error' && onVideoFailure !== 'output') || output === undefined) return undefined;
	return { onVideoFailure, output, binaryField: textOf(value, 'binaryField'), fileName: textOf(value, 'fileName') };
}
