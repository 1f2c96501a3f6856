// Owns how dist/ is made. Rule: it is made anew each time, so a file that left the source never stays in a package.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { build as bundle } from 'esbuild';
import { readManifest } from './packing';
import { DIST, ROOT } from './paths';
import { run } from './run';

/**
 * All code of the package. One file is found and read several times as fast as a hundred, and n8n waits for that at
 * each start.
 */
const CODE = join(DIST, 'akool.js');
/** The oldest that n8n runs on here. */
const TARGET = 'node20';

/**
 * The bundler writes above each part which file it comes from: a fiftieth of the package, of use to nobody who has the
 * names of the functions.
 */
const FILE_MARKS = /^\/\/ \S+\.ts\n/gm;

/**
 * What n8n loads by its path: a class, named after its file.
 * @param path under dist/
 */
const entryOf = (path: string) => ({
	file: join(ROOT, path),
	source: path.replace(/^dist\//, './').replace(/\.js$/, ''),
	className: basename(path).split('.')[0],
});

async function bundleCode(entries: ReturnType<typeof entryOf>[]) {
	const imports = entries.map(({ className, source }) => `import { ${className} } from '${source}';`);
	// A plain export needs none of the helpers that stand in for a module's.
	const contents = [...imports, `exports.classes = { ${entries.map(({ className }) => className).join(', ')} };`].join(
		'\n',
	);
	const { outputFiles } = await bundle({
		absWorkingDir: ROOT,
		stdin: { contents, resolveDir: ROOT, loader: 'ts' },
		outfile: CODE,
		bundle: true,
		// Shorter in its constructs alone: its names and its lines stay as they are.
		minifySyntax: true,
		packages: 'external',
		platform: 'node',
		target: TARGET,
		charset: 'utf8',
		banner: { js: "'use strict';" },
		logLevel: 'error',
		write: false,
	});
	await mkdir(DIST, { recursive: true });
	await writeFile(CODE, outputFiles.map(({ text }) => text.replace(FILE_MARKS, '')).join(''));
}

async function writeEntry({ file, className }: ReturnType<typeof entryOf>) {
	const code = relative(dirname(file), CODE).split(sep).join('/');
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, `'use strict';\nexports.${className} = require('${code}').classes.${className};\n`);
}

/**
 * Compiles the package and lays its icons, codex files and schemas beside the code.
 * @throws {ScriptError}
 */
export async function build() {
	const { n8n } = await readManifest();
	const entries = [...n8n.nodes, ...n8n.credentials].map(entryOf);
	await rm(DIST, { recursive: true, force: true });
	await run('tsc', ['-p', 'tsconfig.build.json']);
	await bundleCode(entries);
	await Promise.all(entries.map(writeEntry));
	await run('gulp', ['--silent']);
}
