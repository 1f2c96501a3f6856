// A binary file of the workflow for Akool to fetch, by a signed n8n link that expires. Each order gets a new link when it is sent.

export interface OwnFile {
	/** The field of the request's body for its address. */
	bodyField: 'image_url' | 'last_image_url' | 'audio_url';
	/** Identifies the file, whatever its link; the same when n8n runs the node again. */
	key: string;
	freshUrl(): string;
}

/** A copy of the body with the addresses of its binary files replaced. */
export function withOwnFiles<Body extends object>(
	body: Body,
	ownFiles: readonly OwnFile[],
	inPlaceOf: (file: OwnFile) => string,
): Body {
	return { ...body, ...Object.fromEntries(ownFiles.map((file) => [file.bodyField, inPlaceOf(file)])) };
}
