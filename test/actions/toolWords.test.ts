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

describe('the default name and description of a tool', () => {
	it.each(choices)(
		'fits into a function name, also for a second tool of the same kind: $resource, $operation',
		(choice) => {
			expect(NodeHelpers.makeNodeName(choice, tool).length).toBeLessThan(LONGEST_TOOL_NAME);
		},
	);

	it('differs for each operation', () => {
		expect(new Set(choices.map(nameOf)).size).toBe(choices.length);
	});

	it('describes what goes in and what comes out', () => {
		expect(NodeHelpers.makeDescription({ resource: 'video', operation: 'create' }, tool)).toBe(
			'Create video from image in Akool Image to Video',
		);
	});
});

describe('the list of operations', () => {
	const options = description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options: list }) => list ?? []);
	const ofVideos = options.flatMap((option) =>
		'value' in option && 'description' in option ? [{ value: option.value, words: option.description ?? '' }] : [],
	);

	it.each(['create', 'createBatch', 'updateAudio'])('says that %s costs credits', (operation) => {
		expect(ofVideos.find(({ value }) => value === operation)?.words).toMatch(/costs credits/i);
	});
});
