// A file that an order names, to be checked before anything is spent.

import type { ImageFacts } from './imageFacts';

export interface ImageToCheck {
	/** The display name of the parameter that gave it. */
	parameter: string;
	of: 'image' | 'audio';
	/** Its address; for a binary file, the signed link for Akool, which is not requested here. */
	url: string;
	/** Known facts; such a file is not read again. */
	facts?: ImageFacts;
}
