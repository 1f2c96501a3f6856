// Trigger On comes from an expression as often as from the list: a text or a list works, and what cannot be used stops publishing and uses no event up.
import type { INodeParameters } from 'n8n-workflow';

import { TriggerWorkflow } from '../../integration/calls';
import { credentialFor } from '../../integration/engine';
import { watchLog } from '../../integration/n8n';
import { setStage } from '../../integration/stage';

const stage = setStage();
const hookWith = (parameters: INodeParameters): TriggerWorkflow =>
	new TriggerWorkflow(credentialFor(stage.sandbox), parameters);
const completed = (id: string): string => stage.sandbox.sealCallback({ id, status: 3 });

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
		expect((await hook.call(completed(await stage.finishedVideo()))).items).toHaveLength(1);
	});

	it.each([
		['a word that is no event', 'finished', '\'Trigger On\' cannot be "finished"'],
		['one word among others that is none', ['completed', 'done'], '\'Trigger On\' cannot be "done"'],
		['nothing', [], "'Trigger On' cannot be []"],
		['an empty text', '', '\'Trigger On\' cannot be ""'],
		['a number', '={{ 3 }}', "'Trigger On' cannot be 3"],
		['an expression that fails', '={{ $("Nobody").item.json.event }}', 'The settings of the trigger cannot be read'],
	])('as %s stops publishing with a message, and a call is asked to come again', async (_, triggerOn, message) => {
		const log = watchLog();
		const hook = hookWith({ triggerOn });
		await expect(hook.publish()).rejects.toThrow(message);
		const id = await stage.finishedVideo();
		expect(await hook.call(completed(id))).toMatchObject({ httpStatus: 503, items: undefined });
		expect(log.filter((line) => line.startsWith('error: ')).join('\n')).toContain(message);
		const mended = Object.assign(hookWith({ triggerOn: ['completed'] }), { staticData: hook.staticData });
		expect((await mended.call(completed(id))).items).toHaveLength(1);
	});
});

describe('Maximum Age', () => {
	it('may be a number as a text', async () => {
		const hook = hookWith({ options: { maxAgeMinutes: '={{ "60" }}' } });
		expect((await hook.call(completed(await stage.finishedVideo()))).items).toHaveLength(1);
	});

	it.each(['={{ "a day" }}', -1])('stops publishing where it is no number of minutes: %j', async (maxAgeMinutes) => {
		await expect(hookWith({ options: { maxAgeMinutes } }).publish()).rejects.toThrow("'Maximum Age' cannot be");
	});
});
