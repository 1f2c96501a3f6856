// Reads the output schemas, from where n8n's editor gets them.
'use strict';

const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { resolveOutputSchemaPath } = require('n8n-core');

/**
 * @typedef {{ type: string, items?: FieldSchema }} FieldSchema
 * @typedef {{ type: string, properties: Record<string, FieldSchema>, version: number }} OutputSchema
 */

const NODE_FOLDER = join(__dirname, '../../nodes/AkoolImageToVideo');
const NODE_VERSION = 1;
const VERSION_FOLDER = /^v1\.0\.0\/?/;

/** The trigger has neither resource nor operation. */
const TRIGGER = 'trigger';

/** All schemas: `resource/operation`, with `/` on every system, and `trigger`. */
const SCHEMAS = readdirSync(join(NODE_FOLDER, '__schema__'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map(
		(file) =>
			file
				.replace(/\.json$/, '')
				.replaceAll('\\', '/')
				.replace(VERSION_FOLDER, '') || TRIGGER,
	);

/** @param {string} name @returns {OutputSchema} @throws where the editor finds none, or one that is not JSON */
function schemaOf(name) {
	const [resource, operation] = name === TRIGGER ? [] : name.split('/');
	const path = resolveOutputSchemaPath({ nodeDir: NODE_FOLDER, version: NODE_VERSION, resource, operation });
	if (path === undefined) throw new Error(`n8n looks nowhere for ${name}`);
	return JSON.parse(readFileSync(path, 'utf8'));
}

module.exports = { SCHEMAS, TRIGGER, schemaOf };
