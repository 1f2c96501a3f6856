// Reads the output schemas, as they lie in the package.
'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * @typedef {{ type: string, items?: FieldSchema }} FieldSchema
 * @typedef {{ type: string, properties: Record<string, FieldSchema>, version: number }} OutputSchema
 */

const FOLDER = join(__dirname, '../../nodes/AkoolImageToVideo/__schema__/v1.0.0');

/** All schemas: `resource/operation`, with `/` on every system. */
const SCHEMAS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace(/\.json$/, '').replaceAll('\\', '/'));

/** @param {string} name @returns {OutputSchema} @throws where there is none, or it is not JSON */
function schemaOf(name) {
	return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
}

module.exports = { SCHEMAS, schemaOf };
