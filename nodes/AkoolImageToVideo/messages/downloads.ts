// Why a file was not downloaded: read after "The file of video … could not be downloaded", and in the field `download_error`.

const MEGABYTE = 1024 * 1024;

export const downloadMessages = {
	notOnTheWeb: () => "Akool's link to it is not a web address, so it was not opened.",

	privateHost: (host: string) => `Akool's link to it leads to a private or local host (${host}), so it was not opened.`,

	blockedByN8n: (host: string) =>
		`n8n's protection against requests into its own network does not let it be fetched from ${host}. An administrator can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES.`,

	tooManyRedirects: (most: number) => `Its link redirects more than ${most} times.`,

	tooLarge: (maxBytes: number) => `It is larger than ${maxBytes / MEGABYTE} MB.`,

	tooSlow: (minutes: number) => `The download took longer than ${minutes} minutes.`,

	silent: (seconds: number) => `Its host sent nothing for ${seconds} seconds.`,

	brokenOff: () => 'The connection to its host broke.',

	notReached: (why: string) => `Its host could not be reached: ${why}.`,

	httpStatus: (httpStatus: number) => `Its host answered with HTTP status ${httpStatus}.`,

	/** Not shown by its host so far, though Akool has not deleted it yet. */
	notThereYet: (httpStatus: number, expiresAt: string | undefined) =>
		expiresAt === undefined
			? `Its host does not show it (HTTP status ${httpStatus}). Try again in a few minutes.`
			: `Its host does not show it (HTTP status ${httpStatus}), although the link expires only on ${expiresAt}. Try again in a few minutes.`,

	expired: (httpStatus: number, expiresAt: string) =>
		`The link expired on ${expiresAt}: Akool deletes a video seven days after it was created. Its host answered with HTTP status ${httpStatus}.`,

	gone: (httpStatus: number) => `Its host has deleted it (HTTP status ${httpStatus}).`,

	wrongType: (type: string, wanted: string) => `Its host sent ${type} instead of ${wanted}.`,

	notAFile: (wanted: string) => `Its host sent a page or a text instead of ${wanted}.`,

	empty: () => 'Its host sent an empty file.',

	notWhole: (arrived: number, announced: number | undefined) =>
		announced === undefined ? `Only ${arrived} bytes arrived.` : `Only ${arrived} of ${announced} bytes arrived.`,

	storageFull: () =>
		'The disk on which n8n keeps files is full. Free some space, and try again: the file is still at Akool.',

	notStored: (cause: string) =>
		`n8n could not keep the file (${cause}). Its log says more. The file is still at Akool: repair the storage, and try again.`,
};
