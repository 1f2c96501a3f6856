// `npm run dev`: a real n8n with the package that reloads each change as it is saved, and a sandbox that costs nothing. Rule: code with a type
// error never gets into n8n; the last code without one keeps running there.
import { join } from 'node:path';
import { WITH_CODE_NODES, accountOf, startEnvironment, prepare, startSandbox } from '../test/e2e/driver/environment';
import { importExamples } from './lib/importExamples';
import { packageFolderIn } from './lib/packing';
import { untilStopped } from './lib/processes';
import { attempt } from './lib/run';
import { failScript, step } from './lib/steps';
import { makeTemporaryFolder } from './lib/temporary';

/** The same as `npm run sandbox` has. */
const SANDBOX_PORT = 4510;
/** The port that debuggers use by default; .vscode/launch.json attaches there. */
const DEBUGGER = '127.0.0.1:9229';
const COMPILE = [
	'-p',
	'tsconfig.build.json',
	'--watch',
	'--preserveWatchOutput',
	'--noEmitOnError',
	'--inlineSourceMap',
	'--inlineSources',
];

/** n8n does not see through links, so what is compiled goes straight into its copy of the package. */
function keepUpToDate(dist: string) {
	const compiling = attempt('tsc', [...COMPILE, '--outDir', dist], { show: true });
	const copying = attempt('gulp', ['watch', '--silent'], { env: { DIST: dist } });
	return Promise.race([compiling, copying]);
}

async function main() {
	const { install, tarball } = await prepare();
	const sandbox = await startSandbox({ port: SANDBOX_PORT });
	const saved = await makeTemporaryFolder('akool-saved-');
	const env = { ...WITH_CODE_NODES, N8N_DEV_RELOAD: 'true', NODE_OPTIONS: `--inspect=${DEBUGGER}` };
	const environment = await step(
		'Start n8n with the package, an owner and a credential',
		async () =>
			await startEnvironment({
				name: 'dev',
				install,
				tarball,
				account: accountOf(sandbox),
				savedFolder: saved.path,
				env,
			}),
	);
	try {
		await importExamples(environment, `${sandbox.url}/files/product.png`, saved.path);
		const { email, password } = environment.owner;
		console.log(`\nThe editor: ${environment.url}\n  E-mail    ${email}\n  Password  ${password}`);
		console.log(`Akool on this machine: ${sandbox.url}, which docs/sandbox.md shows how to make fail`);
		console.log(`The debugger: ${DEBUGGER}. What n8n prints: ${environment.logFile}`);
		console.log('Save a file below nodes/ or credentials/, then reload the page of the editor. Ctrl-C ends it.\n');
		const watching = keepUpToDate(join(await packageFolderIn(environment.userFolder), 'dist'));
		await Promise.race([untilStopped(), watching]);
	} finally {
		await environment.close();
		await sandbox.close();
		await saved.remove();
	}
}

main()
	.then(() => process.exit())
	.catch(failScript);
