// How a run of the node is told from its other runs: by this an order is found again, and not placed twice.

import type { IDataObject } from 'n8n-workflow';

import { LEDGER_FIELD } from '../../nodes/AkoolImageToVideo/orders/ledger';
import { beginRun } from '../../nodes/AkoolImageToVideo/orders/run';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { requestFor } from './samples';
import { placed } from './runFor';

const context = () => executeContext({ parameters: {}, credential: new KeptCredential({ apiKey: 'k'.repeat(20) }) });

afterEach(() => jest.restoreAllMocks());

it.each([
	[0, 'r0'],
	[3, 'r3'],
	[undefined, undefined],
])('is known by its number (%p), and by nothing where n8n does not say it', async ($runIndex, runKey) => {
	const run = context();
	const proxy = run.getWorkflowDataProxy(0);
	jest.spyOn(run, 'getWorkflowDataProxy').mockReturnValue({ ...proxy, $runIndex });
	expect((await beginRun(run)).runKey).toBe(runKey);
});

it('is known by its arguments as an agent’s tool: the same for all tries of a call, and another for an equal call', async () => {
	const keyOf = async (json: IDataObject | undefined): Promise<string | undefined> => {
		const call = Object.defineProperty(context(), 'isToolExecution', { value: () => true });
		jest.spyOn(call, 'getInputData').mockReturnValue(json === undefined ? [] : [{ json }]);
		return (await beginRun(call)).runKey;
	};
	const call = { prompt: 'a' };
	const [first, second, equal] = [await keyOf(call), await keyOf(call), await keyOf({ prompt: 'a' })];
	expect(first).toMatch(/^t[\w-]{12}$/);
	expect([second, equal === first, await keyOf(undefined)]).toEqual([first, false, undefined]);
});

it('shares its ledger with the runs before it, unless n8n has replaced what it keeps', async () => {
	const node = context();
	const run = await beginRun(node);
	placed(run, requestFor(0), { state: 'sent' });
	const next = await beginRun(node);
	expect(next.ledger.orders().map(({ state }) => state)).toEqual(['sent']);
	const store = node.getContext('node');
	store[LEDGER_FIELD] = structuredClone(store[LEDGER_FIELD]);
	const retried = await beginRun(node);
	expect(retried.ledger.orders().map(({ state }) => state)).toEqual(['unknown']);
});
