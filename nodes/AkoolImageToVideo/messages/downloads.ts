// Why a file did not arrive: read after "The file of video … could not be downloaded", and in the field `download_error`.

import { define } from './define';

const MEGABYTE = 1024 * 1024;

export const downloadMessages = {
	notOnTheWeb: define([], () => "Akool's link to it is not a web address, so it was not opened."),

	privateHost: define(
		['127.0.0.1'],
		(host: string) => `Akool's link to it leads to a private or local host (${host}), so it was not opened.`,
	),

	blockedByN8n: define(
		['internal.example.com'],
		(host: string) =>
			`n8n's protection against requests into its own network does not let it be fetched from ${host}. An administrator can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES.`,
	),

	tooManyRedirects: define([5], (most: number) => `Its link redirects more than ${most} times.`),

	tooLarge: define([2_147_483_648], (maxBytes: number) => `It is larger than ${maxBytes / MEGABYTE} MB.`),

	tooSlow: define([15], (minutes: number) => `The download took longer than ${minutes} minutes.`),

	silent: define([60], (seconds: number) => `Its host sent nothing for ${seconds} seconds.`),

	brokenOff: define([], () => 'The connection to its host broke.'),

	notReached: define(['the host name was not found'], (why: string) => `Its host could not be reached: ${why}.`),

	httpStatus: define([500], (httpStatus: number) => `Its host answered with HTTP status ${httpStatus}.`),

	/** Not shown by its host so far, though Akool has not deleted it yet. */
	notThereYet: define([404, '2026-01-22T12:00:00.000Z'], (httpStatus: number, expiresAt: string | undefined) =>
		expiresAt === undefined
			? `Its host does not show it (HTTP status ${httpStatus}). Try again in a few minutes.`
			: `Its host does not show it (HTTP status ${httpStatus}), although the link expires only on ${expiresAt}. Try again in a few minutes.`,
	),

	expired: define(
		[404, '2026-01-22T12:00:00.000Z'],
		(httpStatus: number, expiresAt: string) =>
			`The link expired on ${expiresAt}: Akool deletes a video seven days after it was created. Its host answered with HTTP status ${httpStatus}.`,
	),

	gone: define([410], (httpStatus: number) => `Its host has deleted it (HTTP status ${httpStatus}).`),

	wrongType: define(
		['text/html', 'a video'],
		(type: string, wanted: string) => `Its host sent ${type} instead of ${wanted}.`,
	),

	notAFile: define(['a video'], (wanted: string) => `Its host sent a page or a text instead of ${wanted}.`),

	notWhole: define([20, 40], (arrived: number, announced: number | undefined) =>
		announced === undefined ? `Only ${arrived} bytes arrived.` : `Only ${arrived} of ${announced} bytes arrived.`,
	),

	storageFull: define(
		[],
		() => 'The disk on which n8n keeps files is full. Free some space, and try again: the file is still at Akool.',
	),

	notStored: define(
		['EROFS'],
		(cause: string) =>
			`n8n could not keep the file (${cause}). Its log says more. The file is still at Akool: repair the storage, and try again.`,
	),
};
