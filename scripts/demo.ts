// `npm run demo`: from a fresh clone to one saved video that plays, in a real n8n that has the packed package. Rule: it says what it does, it costs
// nothing unless a key of a real account is given and spending is agreed to, and it succeeds only if the video is there and complete.
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, playInBrowser } from '../test/e2e/driver/browser';
import { errorOf, itemsOf } from '../test/e2e/driver/n8nWorkflows';
import { WITH_CODE_NODES, accountOf, startEnvironment, prepare, startSandbox } from '../test/e2e/driver/environment';
import { importExamples } from './lib/importExamples';
import { checkMp4 } from './lib/mp4';
import { RUNTIME } from './lib/paths';
import { untilStopped } from './lib/processes';
import { confirmSpending } from './lib/realAkool';
import { ScriptError, failScript, step } from './lib/steps';
import type { Imported } from './lib/importExamples';
import type { AkoolAccount, TestEnvironment } from '../test/e2e/driver/environment';

const USAGE = `npm run demo [-- options]

  --once        end once the video is saved; without it the editor stays open until Ctrl-C
  --image URL   the image to animate: a public address, needed with a real Akool account
  --yes         agree to spend credits of a real Akool account without being asked
  --help        this text

Without AKOOL_API_KEY an Akool that runs on this machine makes the video, and nothing is charged. With AKOOL_API_KEY (and AKOOL_CLIENT_ID)
in the environment the real Akool makes one, after saying what it may cost.
`;

const EXAMPLE = 'one-image-to-one-video';
const MAKING_NODE = 'Create the Video';
const SAVING_NODE = 'Save the Video';
const SANDBOX_JOB_SECONDS = 5;
/** The node itself gives up after 30 minutes. */
const RUN_TIMEOUT_MS = 35 * 60_000;

/** who makes the video */
type Maker = { account: AkoolAccount; imageUrl: string; close: () => Promise<void> };

/** @throws {ScriptError} for an option that does not exist */
function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				image: { type: 'string' },
				yes: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		return values;
	} catch (error) {
		throw new ScriptError(error instanceof Error ? error.message : String(error), USAGE);
	}
}

async function chooseMaker({ image, yes }: { image?: string; yes: boolean }): Promise<Maker> {
	const {
		AKOOL_API_KEY: apiKey,
		AKOOL_CLIENT_ID: clientId = '',
		AKOOL_BASE_URL: baseUrl = 'https://openapi.akool.com',
	} = process.env;
	if (!apiKey) {
		const sandbox = await step(
			'Akool on this machine (nothing is charged)',
			async () => await startSandbox({ jobSeconds: SANDBOX_JOB_SECONDS, imageVideos: true }),
		);
		return {
			account: accountOf(sandbox),
			imageUrl: image ?? `${sandbox.url}/images/product.jpg`,
			close: sandbox.close,
		};
	}
	if (image === undefined) {
		throw new ScriptError(
			'AKOOL_API_KEY is set, so the real Akool is to make the video, but it needs an image.',
			'Add --image with the public address of an image.',
		);
	}
	const account = { apiKey, clientId, baseUrl };
	await confirmSpending(account, yes);
	return { account, imageUrl: image, close: async () => undefined };
}

/**
 * Runs the example and checks what it saved.
 * @throws {ScriptError} unless a whole video was saved
 */
async function makeVideo(
	{ client }: TestEnvironment,
	imported: readonly Imported[],
): Promise<{ workflowId: string; file: string }> {
	const id = imported.find(({ example }) => example === EXAMPLE)?.id;
	if (id === undefined) throw new ScriptError(`There is no examples/${EXAMPLE}.json.`, 'Bring it back from git.');
	const execution = await step(`Run the workflow examples/${EXAMPLE}.json`, async (note) => {
		const done = await client.waitForExecution(await client.runWorkflow(id, 'Start'), { timeoutMs: RUN_TIMEOUT_MS });
		if (done.status !== 'success')
			throw new ScriptError(
				`The workflow ended with the status "${done.status}".`,
				errorOf(done) ?? 'n8n gave no reason.',
			);
		const credits = itemsOf(done, MAKING_NODE)[0]?.json.deduction_credit;
		note(`Akool charged ${credits ?? 'an unknown number of'} credits`);
		return done;
	});
	const file = itemsOf(execution, SAVING_NODE)[0]?.json.fileName;
	if (typeof file !== 'string')
		throw new ScriptError(
			'The workflow ran, but saved no video.',
			`Look at the node "${MAKING_NODE}": it gave no item.`,
		);
	await step('Check the saved video', async (note) => {
		const { bytes, durationSeconds } = await checkMp4(file);
		note(`a whole MP4 of ${durationSeconds.toFixed(1)} s, ${bytes} bytes`);
	});
	await step('Play it in Chromium', async (note) => {
		if ((await findChromium()) === undefined) return note('skipped, there is none here');
		return await playInBrowser(file);
	});
	return { workflowId: id, file };
}

async function demo(options: { image?: string; yes: boolean; once: boolean }) {
	const maker = await chooseMaker(options);
	const { install, tarball } = await prepare();

	const videos = join(RUNTIME, 'demo', 'videos');
	await mkdir(videos, { recursive: true });
	// n8n writes only into folders that it is told of, and through no symbolic link.
	const folder = await realpath(videos);
	const environment = await step(
		'Start n8n with the package, an owner and a credential',
		async () =>
			await startEnvironment({
				name: 'demo',
				install,
				tarball,
				account: maker.account,
				savedFolder: folder,
				env: WITH_CODE_NODES,
			}),
	);
	try {
		const imported = await importExamples(environment, maker.imageUrl, folder);
		const { workflowId, file } = await makeVideo(environment, imported);
		console.log(`\nThe video: ${file}`);
		if (options.once) return;
		const { email, password } = environment.owner;
		console.log(
			`The editor: ${environment.url}/workflow/${workflowId}\n  E-mail    ${email}\n  Password  ${password}\n`,
		);
		console.log(`An image for a video of your own: ${maker.imageUrl}\n`);
		console.log(
			`All examples are there, with the Akool credential chosen; each has a note that says what is left to fill in:`,
		);
		for (const { name, id } of imported) console.log(`  ${environment.url}/workflow/${id}  ${name}`);
		console.log('\nCtrl-C ends it.');
		await untilStopped();
	} finally {
		await environment.close();
		await maker.close();
	}
}

async function main() {
	const options = readOptions();
	if (options.help) console.log(USAGE);
	else await demo(options);
}

main().catch(failScript);
