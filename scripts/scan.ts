// `npm run scan`: what n8n's own scan, which it asks before it verifies a package, says of the sources and of the tarball. Rule: a scan that checks
// nothing passes too, so each of the two is then given a file that it has to refuse.
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './lib/building';
import { check, newCount, sayCount } from './lib/checks';
import { pack, unpack } from './lib/packing';
import { ROOT } from './lib/paths';
import { ScriptError, failScript, step } from './lib/steps';
import { makeTemporaryFolder } from './lib/temporary';
import type { ScanResult } from '@n8n/scan-community-package/scanner/scanner.mjs';

const SOURCES = ['package.json', 'nodes', 'credentials'];
/** What the scan reads of a published package; what it reads of the sources it says itself. */
const PACKAGE_FILES = ['**/*.js', 'package.json'];
/** A node must not touch the file system. */
const FORBIDDEN_CODE = "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n";
const FORBIDDEN_MODULE = 'node:fs';

type Scan = () => Promise<ScanResult>;

async function mustPass(scan: Scan) {
	const { passed, message, details } = await scan();
	// It also has something to say where it found no file.
	if (!passed || message !== undefined)
		throw new ScriptError(`${message}.`, details ?? 'That is all that the scan says.');
}

/** @param file where something forbidden is laid */
async function mustRefuse(scan: Scan, file: string) {
	await writeFile(file, FORBIDDEN_CODE);
	const { passed, message, details } = await scan();
	if (!passed && details?.includes(FORBIDDEN_MODULE)) return;
	throw new ScriptError(
		`The scan takes ${file}, which reads files.`,
		message ?? 'So what it says of the other files means nothing.',
	);
}

/** @param folder where the scan and the files that it reads may be laid */
async function scan(folder: string) {
	// The scan makes a folder as it is loaded, and leaves it there.
	process.env.TMPDIR = folder;
	const { SOURCE_FILE_PATTERNS, analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');

	const sources = join(folder, 'sources');
	const unpacked = join(folder, 'package');
	for (const name of SOURCES) await cp(join(ROOT, name), join(sources, name), { recursive: true });
	await step('Build', build);
	await step('Pack', async () => await unpack((await pack()).tarball, unpacked));

	const scanSources = async () => await analyzePackage(sources, SOURCE_FILE_PATTERNS);
	const scanPackage = async () => await analyzePackage(unpacked, PACKAGE_FILES);
	const count = newCount();
	await check(count, `The sources: ${SOURCE_FILE_PATTERNS.join(', ')}`, async () => await mustPass(scanSources));
	await check(count, `The package: ${PACKAGE_FILES.join(', ')}`, async () => await mustPass(scanPackage));
	await check(
		count,
		'A forbidden import in the sources is refused',
		async () => await mustRefuse(scanSources, join(sources, 'nodes', 'forbidden.ts')),
	);
	await check(
		count,
		'A forbidden import in the package is refused',
		async () => await mustRefuse(scanPackage, join(unpacked, 'dist', 'nodes', 'forbidden.js')),
	);
	return count;
}

async function main() {
	const { path, remove } = await makeTemporaryFolder('akool-scan-');
	try {
		sayCount(await scan(path));
	} finally {
		await remove();
	}
}

main().catch(failScript);
