// Prepares n8n's own classes for this process: a folder of its own (gone after the tests), no log, and a storage for binary data that a test may choose.
import { folder } from './n8nEnvironment';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IBinaryData } from 'n8n-workflow';
import { png } from '../support/imageBytes';
import { BinaryDataConfig, BinaryDataService, ErrorReporter } from 'n8n-core';

type BinaryMode = 'filesystem' | 'default';

/** Chooses where n8n keeps files: on disk as a stream, or (n8n calls it default) in memory. */
export async function useBinaryMode(mode: BinaryMode) {
	const config = Container.get(BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = join(folder, 'files');
	const service = new BinaryDataService(config, Container.get(ErrorReporter), Container.get(Logger));
	if (mode === 'filesystem') await service.init();
	else Object.assign(service, { mode });
	for (const id of ['some/file', 'another/file', 'image']) placeFile(id, png());
	Container.set(BinaryDataService, service);
}

/** Puts a file where n8n keeps the one of this ID. */
export function placeFile(id: string, bytes: Buffer): void {
	const path = join(folder, 'files', id.replace('filesystem-v2:', ''));
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, bytes);
}

/** The bytes of a binary item. */
export async function bytesOf(binary: IBinaryData | undefined) {
	if (binary === undefined) throw new Error('the item has no file');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** What is written into n8n's log from here on, each line beginning with its level. */
export function watchLog(): string[] {
	const lines: string[] = [];
	const logger = Container.get(Logger);
	for (const level of ['error', 'warn', 'info', 'debug'] as const) {
		jest.spyOn(logger, level).mockImplementation((...said) => void lines.push(`${level}: ${said[0]}`));
	}
	return lines;
}

afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));
