// Reads the output schemas, from where n8n's editor gets them.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveOutputSchemaPath } from 'n8n-core';

export type FieldSchema = { type: string; items?: FieldSchema };
export type OutputSchema = { type: string; properties: Record<string, FieldSchema>; version: number };

const NODE_FOLDER = join(__dirname, '../../nodes/AkoolImageToVideo');
const NODE_VERSION = 1;
const VERSION_FOLDER = /^v1\.0\.0\/?/;

/** The trigger has neither resource nor operation. */
export const TRIGGER = 'trigger';

/** All schemas: `resource/operation`, with `/` on every system, and `trigger`. */
export const SCHEMAS = readdirSync(join(NODE_FOLDER, '__schema__'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.json'))
	.map(
		(file) =>
			file
				.replace(/\.json$/, '')
				.replaceAll('\\', '/')
				.replace(VERSION_FOLDER, '') || TRIGGER,
	);

/** @throws where the editor finds none, or one that is not JSON */
export function schemaOf(name: string): OutputSchema {
	const [resource, operation] = name === TRIGGER ? [] : name.split('/');
	const path = resolveOutputSchemaPath({ nodeDir: NODE_FOLDER, version: NODE_VERSION, resource, operation });
	if (path === undefined) throw new Error(`n8n has no place for ${name}`);
	return JSON.parse(readFileSync(path, 'utf8'));
}
