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

it('is polled for by Automatic, which says why where that takes long', async () => {
	const { status, json, hints } = await harness.run(create({ prompt: LONG, options: {} }), ANSWERED_BY_NODE);
	expect(status).toBe('success');
	expect(json).toEqual([expect.objectContaining({ status: 3 })]);
	expect(hints.join()).toContain('because the trigger "Start" answers by a Respond to Webhook node');
});

it('is parked by Callback, and what n8n does in queue mode stands in a hint', async () => {
	const { status, hints, data } = await harness.run(
		create({ prompt: LONG, options: { waitMode: 'callback' } }),
		ANSWERED_BY_NODE,
	);
	expect(status).toBe('waiting');
	expect(hints).toEqual([]);
	expect(JSON.stringify(data.executionData?.contextData)).toContain('In queue mode, n8n answers');
});

it('is parked by Automatic where the trigger has answered at once', async () => {
	const { status } = await harness.run(create({ prompt: LONG, options: {} }), {
		...ANSWERED_BY_NODE,
		start: { type: WEBHOOK, parameters: { responseMode: 'onReceived' } },
	});
	expect(status).toBe('waiting');
});
