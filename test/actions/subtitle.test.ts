import type { INodeParameters } from 'n8n-workflow';

import { AkoolImageToVideo } from '../../nodes/AkoolImageToVideo/AkoolImageToVideo.node';
import { credentialFor, makeWorkflow, NODE } from '../integration/engine';
import { setUpHarness } from '../integration/harness';

const harness = setUpHarness();
const { subtitle } = new AkoolImageToVideo().description;

/** What n8n writes below the node's name on the canvas. */
function subtitleOf(parameters: INodeParameters): unknown {
	const workflow = makeWorkflow({ parameters, credential: credentialFor(harness.sandbox) });
	const node = workflow.getNode(NODE);
	return node === null ? undefined : workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

it.each([
	['account', 'getCredits', 'Get Credits: Account'],
	['effect', 'getAll', 'Get Many: Effect'],
	['model', 'getAll', 'Get Many: Model'],
	['video', 'create', 'Create: Video'],
	['video', 'createBatch', 'Create Batch: Video'],
	['video', 'delete', 'Delete: Video'],
	['video', 'download', 'Download: Video'],
	['video', 'get', 'Get: Video'],
	['video', 'getAll', 'Get Many: Video'],
	['video', 'updateAudio', 'Update Audio: Video'],
])('shows %s, %s below the node’s name as: %s', (resource, operation, words) => {
	expect(subtitleOf({ resource, operation })).toBe(words);
});
