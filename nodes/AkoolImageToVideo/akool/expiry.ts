// When Akool deletes a video: seven days after it was created. Vendor page: the warning on every Image to Video page.

const MS_PER_DAY = 24 * 60 * 60 * 1000;
export const LIFETIME_DAYS = 7;

/** When Akool deletes a video created at this time (milliseconds since 1970), as ISO 8601; undefined without a valid time. */
export function expiresAt(createTimeMs: number | undefined): string | undefined {
	if (createTimeMs === undefined) return undefined;
	const end = new Date(createTimeMs + LIFETIME_DAYS * MS_PER_DAY);
	return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}
