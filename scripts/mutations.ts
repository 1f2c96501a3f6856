// `npm run test:mutations [-- FOLDER or FOLDER/FILE …]`: mutation testing of the node's pure folders, one after the other, each with its own tests. With
// all tests that reach a folder it would take hours; so a mutant that survives here may still be noticed by the tests of integration/ or fieldCases/.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, RUNTIME } from './lib/paths';
import { run } from './lib/run';
import { ScriptError, failScript, step } from './lib/steps';

const FOLDERS = ['akool', 'callbacks', 'images', 'orders', 'waiting'];
const REPORTS = join(RUNTIME, 'mutation');

const folderOf = (place: string) => place.split('/')[0] ?? '';

/** @returns the path of Stryker's settings for a folder, or for one of its files */
async function settingsFor(place: string): Promise<string> {
	const folder = folderOf(place);
	const common = JSON.parse(await readFile(join(ROOT, 'stryker.config.json'), 'utf8'));
	const settings = {
		...common,
		mutate: [`nodes/AkoolImageToVideo/${place === folder ? `${folder}/**/*.ts` : place}`],
		jest: { ...common.jest, config: { ...common.jest.config, testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`] } },
		htmlReporter: { fileName: join(REPORTS, `${folder}.html`) },
		tempDirName: join('.runtime', 'mutation', `copy-${folder}`),
	};
	await mkdir(REPORTS, { recursive: true });
	const path = join(REPORTS, `${folder}.config.json`);
	await writeFile(path, JSON.stringify(settings, undefined, '\t'));
	return path;
}

async function main(places: readonly string[]) {
	const unknown = places.filter((place) => !FOLDERS.includes(folderOf(place)));
	if (unknown.length > 0)
		throw new ScriptError(`Not in a folder of pure code: ${unknown.join(', ')}.`, `Choose from ${FOLDERS.join(', ')}.`);
	for (const place of places) {
		const settings = await settingsFor(place);
		await step(`Mutants of ${place}`, async () => await run('stryker', ['run', settings], { show: true }), {
			printsItself: true,
		});
		console.log(`Each mutant: ${join(REPORTS, `${folderOf(place)}.html`)}`);
	}
}

const given = process.argv.slice(2);
main(given.length > 0 ? given : FOLDERS).catch(failScript);
