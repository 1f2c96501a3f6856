import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideoTrigger } from '../../nodes/AkoolImageToVideo/AkoolImageToVideoTrigger.node';
import { node } from '../integration/engine';

const { description } = new AkoolImageToVideoTrigger();

/** Whether the editor shows the warning about callbacks that nobody verifies. */
function isWarned(parameters: INodeParameters): boolean {
	const notice = description.properties.find(({ name }) => name === 'unverifiedNotice');
	if (notice === undefined) throw new Error('there is no such notice');
	return NodeHelpers.displayParameter(parameters, notice, node('Trigger', 'trigger', { parameters }), description);
}

it.each([
	[{ options: { verifyByReading: false } }, true],
	[{ options: { verifyByReading: true } }, false],
	[{ options: {} }, false],
])('warns in the editor only if calls are not verified with Akool: %j', (parameters, expected) => {
	expect(isWarned(parameters)).toBe(expected);
});
