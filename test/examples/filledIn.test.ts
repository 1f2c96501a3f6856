// Holds the notes of examples that are filled in, as the demo has them, against what is left to do there.
import { listExamples, readExample, SHIPPED_FOLDER, SHIPPED_IMAGE_URL } from '../e2e/driver/examples';

const FOLDER = '/srv/videos';
const answers = { credentials: [], imageUrl: SHIPPED_IMAGE_URL };
const notesOf = async (name: string, folder: string) => {
	const { nodes } = await readExample(name, { ...answers, folder });
	return nodes.flatMap(({ type, parameters }) => (type.endsWith('.stickyNote') ? [String(parameters.content)] : []));
};

it('the note of a filled-in example names the folder in use and gives no advice about Docker', async () => {
	for (const name of await listExamples()) {
		const [note = ''] = await notesOf(name, FOLDER);
		expect(note).not.toMatch(/Docker|N8N_RESTRICT_FILE_ACCESS_TO|home\/node/);
		expect(note).not.toMatch(/choose your Akool credential(?! \(done here\))/);
		const [shipped = ''] = await notesOf(name, SHIPPED_FOLDER);
		expect(note.includes(FOLDER)).toBe(shipped.includes(SHIPPED_FOLDER));
	}
});
