// What is measured, in which order, and with what. Rule: all comparisons use the same n8n version and the same packed package, and each has the
// machine to itself, one after another. (What runs side by side within a comparison is described there.)
import { readManifest } from '../scripts/lib/packing';
import { ScriptError, step } from '../scripts/lib/steps';
import { makeTemporaryFolder } from '../scripts/lib/temporary';
import { accountOf, startEnvironment, prepare, startSandbox } from '../test/e2e/driver/environment';
import { openScenarioContext } from '../test/e2e/run/scenarioContext';
import { profileCalls } from './callProfile';
import { compareCalls } from './calls';
import { compareCreates } from './creates';
import { compareFile } from './file';
import { profileFile } from './fileProfile';
import { compareItems } from './items';
import { comparePackages } from './packages';
import { FULL_SIZES, QUICK_SIZES } from './sizes';
import { compareVideos } from './videos';
import { callerOf } from '../test/sandbox/caller';
import type { Comparison } from './figures';
import type { Credential } from '../test/e2e/driver/n8nNodes';
import type { Akool, ScenarioContext } from '../test/e2e/run/scenarioContext';
import type { TestEnvironment } from '../test/e2e/driver/environment';
import type { Sizes } from './sizes';
import { compareImages } from './images';

const COMPARISONS: Record<string, (bench: Bench) => Promise<Comparison>> = {
	videos: compareVideos,
	creates: compareCreates,
	items: compareItems,
	images: compareImages,
	file: compareFile,
	calls: compareCalls,
	packages: comparePackages,
};
/** What is profiled instead of compared: profiling takes time itself. */
const PROFILES: Record<string, (bench: Bench) => Promise<Comparison[]>> = { calls: profileCalls, file: profileFile };

export interface Bench {
	environment: TestEnvironment;
	context: ScenarioContext;
	sizes: Sizes;
	/** where n8n may write */
	folder: string;
	tarball: string;
	packageName: string;
	/** path of n8n's Node.js */
	node: string;
	/** of n8n */
	pid: () => number | undefined;
	/** calls an Akool without n8n */
	callerOf: (akool: Akool) => ReturnType<typeof callerOf>;
	/** the key of an Akool, as the HTTP Request node takes it */
	headerFor: (akool: Akool) => Promise<Credential>;
	/** for an API of MiniMax's at that address */
	miniMaxCredential: (url: string) => Promise<Credential>;
	/** takes what has to be done at the end */
	undo: (work: () => Promise<void>) => void;
}

/**
 * @param names all unless given
 * @throws {ScriptError} for one that does not exist
 */
function chosen<Part>(parts: Record<string, Part>, names: string[]): Part[] {
	const unknown = names.find((name) => !(name in parts));
	if (unknown !== undefined)
		throw new ScriptError(`There is no "${unknown}" to measure.`, `Known: ${Object.keys(parts).join(', ')}.`);
	return Object.entries(parts).flatMap(([name, part]) => (names.length === 0 || names.includes(name) ? [part] : []));
}

/** Measures. */
export async function measure({
	only,
	quick,
	profile,
}: {
	only: string[];
	quick: boolean;
	profile: boolean;
}): Promise<{ comparisons: Comparison[]; n8n: string; nodeVersion: string }> {
	const parts = profile
		? chosen(PROFILES, only)
		: chosen(COMPARISONS, only).map((compare) => async (bench: Bench) => [await compare(bench)]);
	const { install, tarball } = await prepare();
	const akool = await startSandbox();
	const undoing: (() => Promise<unknown>)[] = [akool.close];
	try {
		const files = await makeTemporaryFolder('akool-bench-');
		undoing.push(files.remove);
		const env = { N8N_RESTRICT_FILE_ACCESS_TO: files.path };
		const environment = await step(
			'Start n8n with the package',
			async () => await startEnvironment({ name: 'bench', install, tarball, account: accountOf(akool), env }),
		);
		undoing.push(environment.close);
		const context = openScenarioContext(environment);
		undoing.push(context.close);
		const bench: Bench = {
			environment,
			context,
			sizes: quick ? QUICK_SIZES : FULL_SIZES,
			folder: files.path,
			tarball,
			packageName: (await readManifest()).name,
			node: install.node,
			pid: () => environment.processes[0]?.pid(),
			callerOf: ({ sandbox }) => callerOf(sandbox),
			headerFor: async ({ sandbox }) =>
				await environment.client.createCredential({
					name: 'Akool’s key',
					type: 'httpHeaderAuth',
					data: { name: 'x-api-key', value: sandbox.apiKey },
				}),
			miniMaxCredential: async (url) =>
				await environment.client.createCredential({
					name: 'MiniMax',
					type: 'minimaxApi',
					data: { apiKey: 'key', region: 'international', url },
				}),
			undo: (work) => void undoing.push(work),
		};
		const comparisons = [];
		for (const part of parts) comparisons.push(...(await part(bench)));
		return { comparisons, n8n: install.version, nodeVersion: install.nodeVersion };
	} finally {
		for (const undo of undoing.reverse()) await undo();
	}
}
