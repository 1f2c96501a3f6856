// What is wanted of an item's videos, read for each item: Output, Download Video, where the file goes, and what becomes of a failed one. Only how
// a run waits, what it may cost and how much of it is done at once are one value for all items.

import type { Delivery } from '../../items/delivery';
import type { Run } from '../../orders/run';
import { optionsOf, parametersOf, settingsOf } from '../parameters';
import { binaryFieldIn, downloadOnRequest, fileNameOption, outputFormIn } from './output';
import { onVideoFailure } from './waiting';

/** Whether an operation downloads files: always, never, or where Download Video says so. */
export type Downloading = 'always' | 'never' | 'ifWanted';

/** Reads what is wanted of the videos of an item. @throws UnusableValue for what cannot be used */
export function readDelivery(run: Run, itemIndex: number, downloading: Downloading): Delivery {
	const options = optionsOf(run, itemIndex);
	const settings = settingsOf(run, itemIndex);
	const downloads =
		downloading === 'always' || (downloading === 'ifWanted' && parametersOf(run, itemIndex).flag(downloadOnRequest));
	return {
		onVideoFailure: options.choice(onVideoFailure) === 'output' ? 'output' : 'error',
		output: outputFormIn(settings),
		binaryField: downloads ? binaryFieldIn(settings) : undefined,
		fileName: options.text(fileNameOption),
	};
}
