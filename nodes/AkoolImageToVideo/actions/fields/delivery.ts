// Reads the output settings of each item: Output, Download Video, binary field, file name, and what to do with a failed video. Only waiting,
// limits and Parallel Videos are one value for all items.

import type { Delivery } from '../../items/delivery';
import type { Run } from '../../orders/run';
import { optionsOf, parametersOf, settingsOf } from '../parameters';
import { binaryFieldIn, downloadOnRequest, fileNameOption, outputFormIn } from './output';
import { onVideoFailure } from './waiting';

/** Whether an operation downloads files: always, never, or if Download Video is on. */
export type Downloading = 'always' | 'never' | 'ifWanted';

/** Reads the output settings of an item. @throws UnusableValue for an unusable value */
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
