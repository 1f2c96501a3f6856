// The environment that n8n's classes read when they are loaded; to be imported before any of them.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for n8n's files, of this test file alone. */
export const folder = mkdtempSync(join(tmpdir(), 'akool-engine-'));

Object.assign(process.env, {
	N8N_USER_FOLDER: folder,
	N8N_ENCRYPTION_KEY: 'a-key-for-tests-only',
	N8N_LOG_LEVEL: 'silent',
	N8N_EXPRESSION_ENGINE: 'legacy',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
});
