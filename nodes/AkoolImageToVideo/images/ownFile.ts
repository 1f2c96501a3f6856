// A file of the workflow that Akool is to fetch: by a signed n8n link that expires, so that each order gets one of its own when it leaves.

export interface OwnFile {
	/** Where its address stands in the request's body. */
	bodyField: 'image_url' | 'last_image_url' | 'audio_url';
	/** What stands for the file itself, whatever its address; the same when n8n runs the node again. */
	key: string;
	freshUrl(): string;
}

/** A body with something else in the place of the addresses of its own files. */
export function withOwnFiles<Body extends object>(
	body: Body,
	ownFiles: readonly OwnFile[],
	inPlaceOf: (file: OwnFile) => string,
): Body {
	return { ...body, ...Object.fromEntries(ownFiles.map((file) => [file.bodyField, inPlaceOf(file)])) };
}
