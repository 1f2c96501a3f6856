// Sends the files, whole or in ranges. Rule: links are public, as at Akool: a file is never withheld for want of a key, and a key that arrives
// here is a leak (sandbox.leaks shows it).
'use strict';

const { pipeline } = require('node:stream');
const { strike } = require('./breakages');
const { sendPage } = require('./http');
const { findFile } = require('./media');

/**
 * @typedef {import('./world').World} World
 * @typedef {import('./media').MediaFile} MediaFile
 * @typedef {import('node:http').ServerResponse} Outgoing
 */

/** The part that a Range header asks for. @param {string | undefined} header @param {number} bytes */
function readRange(header, bytes) {
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === undefined) return undefined;
	return { start: Number(from), end: to ? Math.min(Number(to), bytes - 1) : bytes - 1 };
}

/** How a file may end half way. @param {string | undefined} kind of the fault */
const breaksHalfWay = (kind) => kind === 'cutFile' || kind === 'stalledFile';

/** @param {Outgoing} response @param {MediaFile} file @param {string | undefined} rangeHeader @param {string | undefined} fault its kind @param {boolean} headOnly */
function sendFile(response, file, rangeHeader, fault, headOnly) {
	const range = readRange(rangeHeader, file.bytes);
	if (range && range.start > range.end) {
		response.writeHead(416, { 'content-range': `bytes */${file.bytes}` }).end();
		return;
	}
	const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
	response.writeHead(range ? 206 : 200, {
		'content-type': file.type,
		'content-length': end - start + 1,
		'accept-ranges': 'bytes',
		...(range && { 'content-range': `bytes ${start}-${end}/${file.bytes}` }),
	});
	if (headOnly) {
		response.end();
		return;
	}
	const stream = file.open(start, breaksHalfWay(fault) ? Math.floor((start + end) / 2) : end);
	if (!breaksHalfWay(fault)) return void pipeline(stream, response, () => {});
	// end() of the socket, not destroy(): what was sent must arrive before the line goes dead.
	if (fault === 'cutFile') stream.on('end', () => response.socket?.end());
	stream.pipe(response, { end: false });
}

/** @param {World} world @param {string} path @param {import('./world').RequestEntry} entry @param {Outgoing} response */
async function answerFile(world, path, entry, response) {
	const fault = world.faults.take('file');
	entry.fault = fault?.kind;
	if (fault?.kind === 'delay') await world.timers.wait(fault.ms ?? 0);
	if (fault && strike(fault, undefined, response)) return;
	if (fault?.kind === 'wrongType') return sendPage(response, 200, 'Please wait while we check your browser');
	const file = findFile(world, path);
	if (!file) return sendPage(response, 404, 'Not Found');
	return sendFile(response, file, entry.headers.range, fault?.kind, entry.method === 'HEAD');
}

module.exports = { answerFile };
