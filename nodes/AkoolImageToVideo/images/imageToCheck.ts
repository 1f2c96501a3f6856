// A file that an order names, to be checked before anything is spent.

import type { ImageFacts } from './imageFacts';

export interface ImageToCheck {
	/** The display name of the parameter that gave it. */
	parameter: string;
	of: 'image' | 'audio';
	/** Where it lies; for a file of the workflow, the link that Akool gets, which nobody asks for here. */
	url: string;
	/** What is known of it already: then it is not read. */
	facts?: ImageFacts;
}
