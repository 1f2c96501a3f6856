// Holds the codex files against what n8n's nodes panel makes of them: a node that cannot be found there is not there for its users.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../..', 'nodes', 'AkoolImageToVideo');

describe.each(['AkoolImageToVideo', 'AkoolImageToVideoTrigger'])('the codex of %s', (name) => {
	const codex: { node: string; categories: string[]; subcategories?: Record<string, string[]>; alias: string[] } =
		JSON.parse(readFileSync(join(FOLDER, `${name}.node.json`), 'utf8'));

	it('keeps the node in the search of the panel, which passes over AI nodes that are no root nodes', () => {
		const isPassedOver = codex.categories.includes('AI') && !codex.subcategories?.AI?.includes('Root Nodes');
		expect(isPassedOver).toBe(false);
	});

	it('is about that node, and lets people find it by the maker’s name', () => {
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
])('the action node is found by "%s"', (words) => {
	const { alias } = JSON.parse(readFileSync(join(FOLDER, 'AkoolImageToVideo.node.json'), 'utf8'));
	expect(alias).toContain(words);
});
