// Readies n8n's own classes for this process: a folder of its own (gone after the tests), no log, and a storage for binary data that a test may choose.
'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const folder = mkdtempSync(join(tmpdir(), 'akool-engine-'));
Object.assign(process.env, {
	N8N_USER_FOLDER: folder,
	N8N_ENCRYPTION_KEY: 'a-key-for-tests-only',
	N8N_LOG_LEVEL: 'silent',
	N8N_EXPRESSION_ENGINE: 'legacy',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
});

const { Logger } = require('@n8n/backend-common');
const { Container } = require('@n8n/di');
const { BinaryDataConfig, BinaryDataService, ErrorReporter } = require('n8n-core');

/** @typedef {'filesystem' | 'default'} BinaryMode */

/** Chooses where n8n keeps files: on disk as a stream, or (n8n calls it default) in memory. @param {BinaryMode} mode */
async function useBinaryMode(mode) {
	const config = Container.get(BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = join(folder, 'files');
	const service = new BinaryDataService(config, Container.get(ErrorReporter), Container.get(Logger));
	if (mode === 'filesystem') await service.init();
	else Object.assign(service, { mode });
	Container.set(BinaryDataService, service);
}

/** The bytes of a binary item. @param {import('n8n-workflow').IBinaryData | undefined} binary */
async function bytesOf(binary) {
	if (binary === undefined) throw new Error('the item has no file');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** What is written into n8n's log from here on, each line beginning with its level. @returns {string[]} */
function watchLog() {
	/** @type {string[]} */
	const lines = [];
	const logger = Container.get(Logger);
	for (const level of /** @type {const} */ (['error', 'warn', 'info', 'debug'])) {
		jest.spyOn(logger, level).mockImplementation((...said) => void lines.push(`${level}: ${said[0]}`));
	}
	return lines;
}

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

module.exports = { bytesOf, useBinaryMode, watchLog };
