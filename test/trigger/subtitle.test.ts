import { Workflow, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';

const trigger = new AkoolImageToVideoTrigger();
const { subtitle, properties } = trigger.description;

/** What n8n writes below the trigger's name on the canvas. */
function subtitleOf(parameters: INodeParameters): unknown {
	const nodeTypes = { getByName: () => trigger, getByNameAndVersion: () => trigger, getKnownTypes: () => ({}) };
	const node = {
		id: 'trigger',
		name: 'Trigger',
		type: 'trigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const workflow = new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
	});
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

it('shows the selected events by their names', () => {
	expect(subtitleOf({})).toBe('Video Completed, Video Failed');
	expect(subtitleOf({ triggerOn: ['progress'] })).toBe('Video in Progress');
	const list = properties.find(({ name }) => name === 'triggerOn');
	expect(subtitleOf({ triggerOn: ['completed', 'failed', 'progress'] })).toBe(
		list?.options?.map(({ name }) => name).join(', '),
	);
});

it.each([
	['nothing', '={{ undefined }}', ''],
	['one text', '={{ "failed" }}', 'Video Failed'],
	['a list', '={{ ["completed", "progress"] }}', 'Video Completed, Video in Progress'],
	['what no list has', '={{ ["gone"] }}', 'gone'],
])('accepts an expression that gives %s', (_, triggerOn, words) => {
	expect(subtitleOf({ triggerOn })).toBe(words);
});
