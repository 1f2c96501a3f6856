// Trigger On comes from an expression as often as from the list: a text or a list works, and what cannot be used stops publishing and uses no event up.
import type { INodeParameters } from 'n8n-workflow';

import { TriggerWorkflow } from '../../integration/calls';
import { credentialFor } from '../../integration/engine';
import { watchLog } from '../../integration/n8n';
import { setUpHarness } from '../../integration/harness';

const harness = setUpHarness();
const hookWith = (parameters: INodeParameters): TriggerWorkflow =>
	new TriggerWorkflow(credentialFor(harness.sandbox), parameters);
const completed = (id: string): string => harness.sandbox.makeCallback({ id, status: 3 });

describe('Trigger On', () => {
	it.each([
		['a list', ['completed']],
		['a text', 'completed'],
		['a text with commas', 'failed, completed'],
		['a list as JSON', '["completed"]'],
		['an expression that gives a text', '={{ "completed" }}'],
		['an expression that gives a list', '={{ ["completed", "failed"] }}'],
	])('as %s lets the workflow be published and start', async (_, triggerOn) => {
		const hook = hookWith({ triggerOn });
		expect(await hook.publish()).toBe(true);
		expect((await hook.call(completed(await harness.finishedVideo()))).items).toHaveLength(1);
	});

	it.each([
		['a word that is no event', 'finished', '\'Trigger On\' is "finished", which is not one of its choices'],
		[
			'one word among others that is none',
			['completed', 'done'],
			'\'Trigger On\' is "done", which is not one of its choices',
		],
		['nothing', [], "'Trigger On' is empty"],
		['an empty text', '', "'Trigger On' is empty"],
		['a number', '={{ 3 }}', '\'Trigger On\' is "3", which is not one of its choices'],
		[
			'an expression that fails',
			'={{ $("Nobody").item.json.event }}',
			"The expression in 'Trigger On' could not be evaluated",
		],
	])('as %s prevents publishing with a message, and a call is answered 503', async (_, triggerOn, message) => {
		const log = watchLog();
		const hook = hookWith({ triggerOn });
		await expect(hook.publish()).rejects.toThrow(message);
		const id = await harness.finishedVideo();
		expect(await hook.call(completed(id))).toMatchObject({ httpStatus: 503, items: undefined });
		expect(log.filter((line) => line.startsWith('error: ')).join('\n')).toContain(message);
		const mended = Object.assign(hookWith({ triggerOn: ['completed'] }), { staticData: hook.staticData });
		expect((await mended.call(completed(id))).items).toHaveLength(1);
	});
});

describe('Maximum Age', () => {
	it('accepts a number as text', async () => {
		const hook = hookWith({ options: { maxAgeMinutes: '={{ "60" }}' } });
		expect((await hook.call(completed(await harness.finishedVideo()))).items).toHaveLength(1);
	});

	it.each(['={{ "a day" }}', -1])('prevents publishing if it is not a number of minutes: %j', async (maxAgeMinutes) => {
		await expect(hookWith({ options: { maxAgeMinutes } }).publish()).rejects.toThrow("'Maximum Age (Minutes)' is");
	});
});

describe('a boolean option', () => {
	it.each(['false', 'no', 0])('is off if its expression gives %j', async (value) => {
		const options = { verifyByReading: `={{ ${JSON.stringify(value)} }}` };
		const before = harness.sandbox.countRequests('results');
		const hook = hookWith({ options });
		expect(
			(await hook.call(harness.sandbox.makeCallback({ id: '6891abe782f7cd2a890c44ba', status: 3 }))).items,
		).toHaveLength(1);
		expect(harness.sandbox.countRequests('results')).toBe(before);
	});

	it('prevents publishing if its expression gives neither true nor false', async () => {
		const hook = hookWith({ options: { downloadVideo: '={{ "maybe" }}' } });
		await expect(hook.publish()).rejects.toThrow("'Download Video' is");
	});
});
