// An image that an order names by its address, to be looked at before anything is spent.

export interface ImageToCheck {
	/** The display name of the parameter that gave it. */
	parameter: string;
	url: string;
}
