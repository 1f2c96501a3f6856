// A webhook that a Respond to Webhook node answers for: in queue mode n8n answers its caller with nothing as soon as the execution is parked, and the node
// cannot tell how n8n runs. So Automatic polls, and Callback gets a hint.
import { WEBHOOK } from '../integration/engine';
import { create, setUpHarness } from '../integration/harness';

const harness = setUpHarness();
const ANSWERED_BY_NODE = {
	start: { type: WEBHOOK, parameters: { responseMode: 'responseNode' } },
	mode: 'webhook',
} as const;
/** Longer than Automatic polls before it parks. */
const LONG = '[sandbox: seconds=100]';

it('polls in Automatic, and says why if it takes long', async () => {
	const { status, json, hints } = await harness.run(create({ prompt: LONG, options: {} }), ANSWERED_BY_NODE);
	expect(status).toBe('success');
	expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	expect(hints.join()).toContain('because the trigger "Start" answers by a Respond to Webhook node');
});

it('parks in Callback, and a hint says what n8n does in queue mode', async () => {
	const { status, hints, data } = await harness.run(
		create({ prompt: LONG, options: { waitMode: 'callback' } }),
		ANSWERED_BY_NODE,
	);
	expect(status).toBe('waiting');
	expect(hints).toEqual([]);
	expect(JSON.stringify(data.executionData?.contextData)).toContain('In queue mode, n8n answers');
});

it('parks in Automatic if the trigger has answered at once', async () => {
	const { status } = await harness.run(create({ prompt: LONG, options: {} }), {
		...ANSWERED_BY_NODE,
		start: { type: WEBHOOK, parameters: { responseMode: 'onReceived' } },
	});
	expect(status).toBe('waiting');
});
