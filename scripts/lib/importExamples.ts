// Owns how the examples come into an n8n of demo or development. Rule: they are those that are shipped, with nothing set but what a person would set.
import { listExamples, readExample } from '../../test/e2e/driver/examples';
import { step } from './steps';
import type { TestEnvironment } from '../../test/e2e/driver/environment';

/** An example that is in n8n now: its file, its title and its ID there. */
export interface Imported {
	example: string;
	name: string;
	id: string;
}

/**
 * Imports all examples, with the credential chosen.
 * @param folder where videos are saved
 */
export async function importExamples(
	{ client, credential }: TestEnvironment,
	imageUrl: string,
	folder: string,
): Promise<Imported[]> {
	return await step('Import the examples', async (note) => {
		const imported: Imported[] = [];
		for (const example of await listExamples()) {
			const { id, name } = await client.createWorkflow(
				await readExample(example, { credentials: [credential], imageUrl, folder }),
			);
			imported.push({ example, name, id });
		}
		note(`${imported.length} workflows`);
		return imported;
	});
}
