import { NodeHelpers, nodeNameToToolName, NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { OPERATIONS } from '../../nodes/AkoolImageToVideo/actions/operations';

const { description } = new AkoolImageToVideo();
/** What n8n makes of the node for agents. */
const tool: INodeTypeDescription = {
	...description,
	name: `${description.name}Tool`,
	outputs: [NodeConnectionTypes.AiTool],
};
const choices = Object.entries(OPERATIONS).flatMap(([resource, ofResource]) =>
	Object.keys(ofResource).map((operation) => ({ resource, operation })),
);
const nameOf = (choice: (typeof choices)[number]): string => nodeNameToToolName(NodeHelpers.makeNodeName(choice, tool));
/** Of OpenAI and others; an older n8n does not cut a longer one. */
const LONGEST_TOOL_NAME = 64;

describe('what a model reads of a tool that nobody has named or described', () => {
	it.each(choices)(
		'has room in the name of a function, also for a second tool of its kind: $resource, $operation',
		(choice) => {
			expect(NodeHelpers.makeNodeName(choice, tool).length).toBeLessThan(LONGEST_TOOL_NAME);
		},
	);

	it('is another name for each operation', () => {
		expect(new Set(choices.map(nameOf)).size).toBe(choices.length);
	});

	it('says what goes in and what comes out', () => {
		expect(NodeHelpers.makeDescription({ resource: 'video', operation: 'create' }, tool)).toBe(
			'Create video from image in Akool Image to Video',
		);
	});
});

describe('what the list of operations says', () => {
	const options = description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options: list }) => list ?? []);
	const ofVideos = options.flatMap((option) =>
		'value' in option && 'description' in option ? [{ value: option.value, words: option.description ?? '' }] : [],
	);

	it.each(['create', 'createBatch', 'updateAudio'])('is that %s costs credits', (operation) => {
		expect(ofVideos.find(({ value }) => value === operation)?.words).toMatch(/costs credits/i);
	});
});
