// Holds the codex files against what n8n's nodes panel makes of them: a node that cannot be found there is not there for its users.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../..', 'nodes', 'AkoolImageToVideo');

describe.each(['AkoolImageToVideo', 'AkoolImageToVideoTrigger'])('the codex file of %s', (name) => {
	const codex: { node: string; categories: string[]; subcategories?: Record<string, string[]>; alias: string[] } =
		JSON.parse(readFileSync(join(FOLDER, `${name}.node.json`), 'utf8'));

	it('makes the panel’s search find the node, which skips AI nodes that are not root nodes', () => {
		const isPassedOver = codex.categories.includes('AI') && !codex.subcategories?.AI?.includes('Root Nodes');
		expect(isPassedOver).toBe(false);
	});

	it('describes that node, and names the vendor', () => {
		expect(codex.node).toBe(`n8n-nodes-akool.${name.charAt(0).toLowerCase()}${name.slice(1)}`);
		expect(codex.alias).toContain('akool');
	});
});

it.each([
	'photo',
	'animate photo',
	'photo to video',
	'picture to video',
	'animation',
	'create video',
	'generate video',
	'make video',
	'image2video',
	'img2video',
	'kling',
])('lets people find the action node by "%s"', (words) => {
	const { alias } = JSON.parse(readFileSync(join(FOLDER, 'AkoolImageToVideo.node.json'), 'utf8'));
	expect(alias).toContain(words);
});
