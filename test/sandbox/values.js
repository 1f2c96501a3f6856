// Small readers of values that came from outside. Rule: a body is `unknown` until a check here or in checks.js has looked at it.
'use strict';

const { randomBytes } = require('node:crypto');

const ID_COUNTER_BYTES = 8;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Akool's IDs are 24 hex digits that begin with the second of their making. @param {number} nowMs */
function newId(nowMs) {
	const second = Math.floor(nowMs / 1000)
		.toString(16)
		.padStart(8, '0');
	return second + randomBytes(ID_COUNTER_BYTES).toString('hex');
}

/** `"a, b"` → `["a", "b"]`. @param {string} text */
function splitIds(text) {
	return text
		.split(',')
		.map((id) => id.trim())
		.filter((id) => id !== '');
}

module.exports = { isRecord, newId, splitIds };
