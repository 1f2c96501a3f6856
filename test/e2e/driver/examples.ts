// Owns how an example workflow becomes one that runs here. Rule: only what a user would fill in, and what n8n's editor adds when it imports, is filled
// in; everything else runs as it is shipped.
import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/lib/paths';
import type { Credential } from './n8nNodes';
import type { Workflow } from './n8nWorkflows';

export const EXAMPLES_FOLDER = join(ROOT, 'examples');
/** The folder that the examples save into, which is n8n's own default in its container. */
export const SHIPPED_FOLDER = '/home/node/.n8n-files';
/** The image of the examples, in the workflows and in the sheet: the sample image of Akool's documentation. */
export const SHIPPED_IMAGE_URL =
	'https://drz0f01yeq1cx.cloudfront.net/1753772478686-9524-b6e4169bb1b44d5d8361936b3f6eddb8.png';
/** What a note says of that folder, for whoever fills the example in. */
const FOLDER_ADVICE = /(`\/home\/node\/\.n8n-files`), n8n's folder for files in Docker.*?in your home folder\)\./g;
const CHOOSE_CREDENTIAL = /choose your Akool credential/g;
/** Which kind of credential a node takes. */
const CREDENTIAL_TYPES = [
	{ node: /^n8n-nodes-akool\./, credential: 'akoolApi' },
	{ node: /\.lmChatOpenAi$/, credential: 'openAiApi' },
	{ node: /^n8n-nodes-base\.s3$/, credential: 's3' },
	{ node: /^n8n-nodes-base\.googleSheets$/, credential: 'googleSheetsOAuth2Api' },
	{ node: /^n8n-nodes-base\.googleDrive$/, credential: 'googleDriveOAuth2Api' },
];
/** Triggers that somebody calls: the editor gives each an address of its own. */
const HAS_ADDRESS = /\.(akoolImageToVideoTrigger|formTrigger|chatTrigger)$/;

/** `folder`: where n8n may write; it has to exist */
type Answers = { credentials: readonly Credential[]; imageUrl: string; folder: string };

/** The names of all examples: files in `examples/`, without `.json`. */
export async function listExamples(): Promise<string[]> {
	const files = await readdir(EXAMPLES_FOLDER);
	return files
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace(/\.json$/, ''))
		.sort();
}

/**
 * @param file in `examples/`
 * @returns with the user's image in the place of the shipped one
 */
export async function readExampleFile(file: string, { imageUrl }: Pick<Answers, 'imageUrl'>): Promise<string> {
	return (await readFile(join(EXAMPLES_FOLDER, file), 'utf8')).replaceAll(SHIPPED_IMAGE_URL, imageUrl);
}

/** A note that says what is left to do once the example is filled in. */
const noteOnce = (text: string) =>
	text.replaceAll(FOLDER_ADVICE, '$1.').replaceAll(CHOOSE_CREDENTIAL, '$& (done here)');

/**
 * @param name of a file in `examples/`, without `.json`
 * @returns a workflow for `client.createWorkflow`
 */
export async function readExample(name: string, answers: Answers): Promise<Workflow> {
	const inJson = JSON.stringify(answers.folder).slice(1, -1);
	const shipped = await readExampleFile(`${name}.json`, answers);
	const text = answers.folder === SHIPPED_FOLDER ? shipped : noteOnce(shipped);
	const workflow: Workflow = JSON.parse(text.replaceAll(SHIPPED_FOLDER, () => inJson));
	for (const node of workflow.nodes) {
		const wanted = CREDENTIAL_TYPES.find(({ node: type }) => type.test(node.type))?.credential;
		const given = answers.credentials.find(({ type }) => type === wanted);
		if (given !== undefined) node.credentials = { [given.type]: { id: given.id, name: given.name } };
		if (HAS_ADDRESS.test(node.type)) node.webhookId = randomUUID();
	}
	return workflow;
}
