// Holds the output schemas, which the editor shows before a node's first run, against what leaves the node: no field is missing in a schema,
// and a schema promises none that never comes.

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { OPERATIONS } from '../../nodes/AkoolImageToVideo/actions/operations';
import { EFFECTS } from '../sandbox/catalogue';
import { TriggerWorkflow } from '../integration/calls';
import { credentialFor } from '../integration/engine';
import { at, CONTINUE, create, createBatch, onVideos, setUpHarness, updateAudio } from '../integration/harness';
import { SCHEMAS, schemaOf, TRIGGER, type FieldSchema } from './files';

function fits(value: unknown, { type, items }: FieldSchema): boolean {
	switch (type) {
		case 'array':
			return Array.isArray(value) && items !== undefined && value.every((entry) => fits(entry, items));
		case 'integer':
			return Number.isInteger(value);
		default:
			return typeof value === type;
	}
}

/** Expects that a schema says of these items all there is to say, and no more. */
function expectToDescribe(name: string, json: readonly IDataObject[]): void {
	const { properties } = schemaOf(name);
	const fields = json.flatMap((item) => Object.entries(item));
	expect(new Set(fields.map(([field]) => field))).toEqual(new Set(Object.keys(properties)));
	expect(fields.filter(([field, value]) => !fits(value, properties[field] ?? { type: 'nothing' }))).toEqual([]);
}

const operations = Object.entries(OPERATIONS).flatMap(([resource, ofResource]) =>
	Object.keys(ofResource).map((operation) => `${resource}/${operation}`),
);

describe('the output schemas', () => {
	it('exist for each operation and the trigger', () => {
		expect([...SCHEMAS].sort()).toEqual([...operations, TRIGGER].sort());
	});

	it.each([...operations, TRIGGER])('of %s is where n8n’s editor expects it, in the form that it accepts', (name) => {
		expect(schemaOf(name)).toEqual({ type: 'object', properties: expect.any(Object), version: 1 });
		expect(Object.keys(schemaOf(name).properties)).not.toHaveLength(0);
	});
});

describe('the output fits its schema', () => {
	const harness = setUpHarness();
	const EFFECT: INodeParameters = {
		animateWith: 'effect',
		effectCode: { __rl: true, mode: 'list', value: at(EFFECTS, 0).effect_code },
	};
	const AT_ONCE: INodeParameters = { options: { waitMode: 'polling', waitTimeout: 0 } };
	const WITHIN_CREDITS: INodeParameters = { waitForCompletion: false, options: { maxCredits: 1 } };

	/** Everything that the node gives in several situations, as On Error is when nobody touches it. */
	async function outputOf(situations: readonly INodeParameters[], items: IDataObject[] = [{}]): Promise<IDataObject[]> {
		const json: IDataObject[] = [];
		for (const parameters of situations) {
			const outcome = await harness.run(parameters, { items });
			expect(outcome.error).toBeUndefined();
			json.push(...outcome.json);
		}
		return json;
	}

	/** What a call that Akool refuses leaves where On Error is Continue. */
	async function errorOf(on: string, parameters: INodeParameters): Promise<IDataObject[]> {
		harness.sandbox.addFault({ on, kind: 'code', code: 1200 });
		const outcome = await harness.run(parameters, { settings: CONTINUE, credential: harness.freshCredential() });
		expect(outcome.json.map((item) => item.error_code)).toEqual([1200]);
		return outcome.json;
	}

	/** Videos whose files cannot be had. */
	async function withoutFile(parameters: INodeParameters): Promise<IDataObject[]> {
		harness.sandbox.addFault({ on: 'file', kind: 'status', status: 410, times: Infinity });
		return await outputOf([{ ...parameters, downloadVideo: true }]);
	}

	it('for Create', async () => {
		const situations = [create(), create(EFFECT), create({ waitForCompletion: false }), create(AT_ONCE)];
		const stopped = await outputOf([create(WITHIN_CREDITS)], [{}, {}]);
		const unfit = [...(await errorOf('create', create())), ...(await withoutFile(create()))];
		expectToDescribe('video/create', [...(await outputOf(situations)), ...stopped, ...unfit]);
	});

	it('for Create Batch', async () => {
		const situations = [createBatch({ count: 2 }), createBatch({ waitForCompletion: false }), createBatch(AT_ONCE)];
		const stopped = await outputOf([createBatch(WITHIN_CREDITS)], [{}, {}]);
		const unfit = [...(await errorOf('batch', createBatch())), ...(await withoutFile(createBatch()))];
		expectToDescribe('video/createBatch', [...(await outputOf(situations)), ...stopped, ...unfit]);
	});

	it('for Update Audio', async () => {
		const { json } = await harness.run(create(EFFECT));
		const id = String(at(json, 0)._id);
		const situations = [updateAudio(id), updateAudio(id, { waitForCompletion: false }), updateAudio(id, AT_ONCE)];
		const videos = [{ id }, { id: await harness.finishedVideo() }];
		const stopped = await outputOf([updateAudio('={{ $json.id }}', WITHIN_CREDITS)], videos);
		const refused = await errorOf('updateAudio', updateAudio(id));
		const unfit = [...refused, ...(await withoutFile(updateAudio(id)))];
		expectToDescribe('video/updateAudio', [...(await outputOf(situations)), ...stopped, ...unfit]);
	});

	/** IDs of videos that differ in what Akool says of them: a finished one, one of an effect, one in the making. */
	async function differentVideos(): Promise<{ finished: string; underWay: string }> {
		const finished = await outputOf([create(), create(EFFECT), createBatch()]);
		const [underWay] = await outputOf([create({ prompt: '[sandbox: seconds=100000]', waitForCompletion: false })]);
		return { finished: finished.map(({ _id }) => _id).join(','), underWay: String(underWay?._id) };
	}

	it('for Get', async () => {
		const { finished, underWay } = await differentVideos();
		const waiting = { waitForCompletion: true, options: { waitMode: 'polling', waitTimeout: 0 } };
		const given = await outputOf([onVideos('get', `${finished},${underWay}`), onVideos('get', underWay, waiting)]);
		const [first = ''] = finished.split(',');
		const unfit = [
			...(await errorOf('results', onVideos('get', first))),
			...(await withoutFile(onVideos('get', first))),
		];
		expectToDescribe('video/get', [...given, ...unfit]);
	});

	it('for Download', async () => {
		const { finished } = await differentVideos();
		const given = await outputOf([onVideos('download', finished)]);
		const [first = ''] = finished.split(',');
		expectToDescribe('video/download', [...given, ...(await errorOf('results', onVideos('download', first)))]);
	});

	it('for Get Many videos', async () => {
		await differentVideos();
		const getMany: INodeParameters = { resource: 'video', operation: 'getAll', state: 'completed' };
		const given = await outputOf([getMany]);
		harness.sandbox.addFault({ on: 'list', kind: 'code', code: 1200 });
		const { json } = await harness.run(getMany, { settings: CONTINUE });
		expectToDescribe('video/getAll', [...given, ...json]);
	});

	it('for Delete', async () => {
		const id = await harness.finishedVideo();
		const given = await outputOf([onVideos('delete', id)]);
		expectToDescribe('video/delete', [...given, ...(await errorOf('delete', onVideos('delete', id)))]);
	});

	it.each([
		['account', 'getCredits', 'credits'],
		['effect', 'getAll', 'effects'],
		['model', 'getAll', 'models'],
	])('for %s, %s', async (resource, operation, endpoint) => {
		const given = await outputOf([{ resource, operation, returnAll: true }]);
		const refused = await errorOf(endpoint, { resource, operation });
		expectToDescribe(`${resource}/${operation}`, [...given, ...refused]);
	});

	it('for the trigger', async () => {
		const made = await outputOf([
			create({ waitForCompletion: false }),
			create({ ...EFFECT, waitForCompletion: false }),
		]);
		const json: IDataObject[] = [];
		harness.sandbox.addFault({ on: 'file', kind: 'status', status: 410, times: Infinity });
		for (const { _id } of made) {
			const id = String(_id);
			harness.sandbox.finishJob(id);
			const trigger = new TriggerWorkflow(credentialFor(harness.sandbox), {
				triggerOn: ['completed'],
				options: { downloadVideo: true },
			});
			const { items } = await trigger.call(harness.sandbox.makeCallback({ id, status: 3 }));
			json.push(...(items ?? []).map((item) => item.json));
		}
		expectToDescribe(TRIGGER, json);
	});
});
