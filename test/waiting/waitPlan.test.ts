// Where an execution is parked, and where the run polls or is refused instead: whoever waits for its answer would get a wrong one, and Akool has to reach n8n.

import { readAccount } from '../../nodes/AkoolImageToVideo/akool/account';
import { obstacleMessages as because, waitingMessages } from '../../nodes/AkoolImageToVideo/messages/waiting';
import { laterWaitingNode, waitingCaller, type WaitingCaller } from '../../nodes/AkoolImageToVideo/n8n/waitingCaller';
import type { Run } from '../../nodes/AkoolImageToVideo/orders/run';
import { planWait, type WaitMode } from '../../nodes/AkoolImageToVideo/waiting/waitPlan';
import { KeptCredential } from '../integration/credentialsHelper';
import { executeContext } from '../integration/engine';
import { runFor } from '../orders/runFor';

jest.mock('../../nodes/AkoolImageToVideo/n8n/waitingCaller');

const SETTINGS = { timeoutMinutes: 30, intervalSeconds: 7 };
const N8N_URL = 'https://n8n.example.com';
const WITHOUT_PARKING = { timeoutMs: 1_800_000, intervalSeconds: 7, parkAfterMs: undefined, callbackUrl: undefined };

/** A run in an n8n of this address, with the Akool of this one. */
function runIn(n8nUrl: string, more: Partial<Run> = {}, workflowId: string | null = 'workflow-1'): Run {
	const credential = new KeptCredential({ apiKey: 'k'.repeat(20) });
	const context = executeContext({ parameters: {}, credential, n8nUrl, workflowId });
	return runFor([{}], { context, node: context.getNode(), account: readAccount(credential.kept), ...more });
}

function withoutAddress(): Run {
	const run = runIn(N8N_URL);
	jest.spyOn(run.context, 'evaluateExpression').mockReturnValue(undefined);
	return run;
}

interface Circumstances {
	run?: Run;
	webhookUrl?: string;
	createsVideos?: boolean;
	callerCannotWait?: boolean;
}

function planned(mode: WaitMode, { run = runIn(N8N_URL), webhookUrl, ...more }: Circumstances = {}) {
	const { createsVideos = true, callerCannotWait } = more;
	return planWait(run, { mode, ...SETTINGS }, webhookUrl, createsVideos, callerCannotWait);
}

/** `parks`, or why it does not. */
function outcomeOf(mode: WaitMode, circumstances: Circumstances = {}): string {
	const outcome = planned(mode, circumstances);
	if (outcome.kind === 'refused') {
		expect(outcome.instead).toMatchObject({ ...WITHOUT_PARKING, hints: [] });
		return `refused: ${outcome.message.description}`;
	}
	const { plan } = outcome;
	if (plan.callbackUrl !== undefined) return 'parks';
	expect(plan).toMatchObject({ ...WITHOUT_PARKING, hints: [], parkedHint: undefined });
	return `polls: ${plan.polledBecause}`;
}

beforeEach(() => {
	jest.mocked(waitingCaller).mockReturnValue({ kind: 'nobody' });
	jest.mocked(laterWaitingNode).mockReturnValue(undefined);
});

describe('if nothing prevents parking', () => {
	it('Automatic polls for a minute and then parks, which a hint explains', () => {
		const outcome = planned('auto');
		expect(outcome).toEqual({
			kind: 'plan',
			plan: {
				timeoutMs: 1_800_000,
				intervalSeconds: 7,
				parkAfterMs: 60_000,
				callbackUrl: expect.stringMatching(/^https:\/\/n8n\.example\.com\/.*\/akool/),
				hints: [],
				parkedHint: waitingMessages.parked(),
				polledBecause: undefined,
			},
		});
	});

	it('Callback parks at once, without a hint', () => {
		expect(planned('callback')).toMatchObject({ plan: { parkAfterMs: 0, parkedHint: undefined } });
	});

	it('Polling never parks, and explains nothing', () => {
		expect(planned('polling')).toMatchObject({ plan: { ...WITHOUT_PARKING, polledBecause: undefined } });
	});

	it('a hint names a later node that waits at the same address', () => {
		jest.mocked(laterWaitingNode).mockReturnValue('Approval');
		expect(planned('auto')).toMatchObject({ plan: { hints: [waitingMessages.laterNodeWaits('Approval')] } });
	});
});

describe('if Akool cannot call back, Automatic polls and Callback is refused', () => {
	it.each<[string, () => Circumstances]>([
		[because.noCreate(), () => ({ createsVideos: false })],
		[because.tool(), () => ({ run: runIn(N8N_URL, { node: { ...runIn(N8N_URL).node, type: 'akoolTool' } }) })],
		[because.ownWebhookUrl(), () => ({ webhookUrl: 'https://example.com/hook' })],
		[because.notSaved(), () => ({ run: runIn(N8N_URL, {}, null) })],
		[because.credentialOfItems(), () => ({ run: runIn(N8N_URL, { credentialDependsOnItems: true }) })],
		[because.privateAddress(), () => ({ run: runIn('http://localhost:5678') })],
		[because.noAddress(), () => ({ run: withoutAddress() })],
	])('%s', (reason, circumstances) => {
		expect(outcomeOf('auto', circumstances())).toBe(`polls: ${reason}`);
		expect(outcomeOf('callback', circumstances())).toBe(
			`refused: The reason: ${reason}.\n\n${waitingMessages.chooseOtherMode()}`,
		);
	});
});

describe('if a caller waits for the answer', () => {
	const start = 'Start';
	const other = waitingMessages.chooseOtherMode();

	it.each<[WaitingCaller, string, string]>([
		[{ kind: 'trigger', name: start }, because.triggerWaits(start), waitingMessages.letTriggerAnswer(start)],
		[{ kind: 'resumedNode', name: 'Wait' }, because.resumedNodeWaits('Wait'), waitingMessages.letNodeAnswer('Wait')],
		[{ kind: 'agent' }, because.workflowTool(), other],
		[{ kind: 'chat' }, because.chat(), other],
		[{ kind: 'evaluation' }, because.evaluation(), other],
		[{ kind: 'unknownMode', mode: 'new' }, because.unknownMode('new'), other],
	])('%j: Automatic polls and Callback is refused', (caller, reason, cure) => {
		jest.mocked(waitingCaller).mockReturnValue(caller);
		expect(outcomeOf('auto')).toBe(`polls: ${reason}`);
		expect(outcomeOf('callback')).toBe(`refused: The reason: ${reason}.\n\n${cure}`);
	});

	it.each<[WaitingCaller, string, string]>([
		[
			{ kind: 'answerNode', name: start },
			because.answerNodeWaits(start),
			waitingMessages.emptyAnswerInQueueMode(start),
		],
		[{ kind: 'parentWorkflow' }, because.subWorkflow(), waitingMessages.parentRunsOnce()],
	])('%j: Automatic polls, and Callback parks with a hint', (caller, reason, hint) => {
		jest.mocked(waitingCaller).mockReturnValue(caller);
		jest.mocked(laterWaitingNode).mockReturnValue('Approval');
		expect(outcomeOf('auto')).toBe(`polls: ${reason}`);
		expect(planned('callback')).toMatchObject({
			kind: 'plan',
			plan: { parkAfterMs: 0, hints: [hint, waitingMessages.laterNodeWaits('Approval')] },
		});
	});

	it('Callback does not park a sub-workflow whose caller n8n cannot resume', () => {
		jest.mocked(waitingCaller).mockReturnValue({ kind: 'parentWorkflow' });
		expect(outcomeOf('auto', { callerCannotWait: true })).toBe(`polls: ${because.callerEnded()}`);
		expect(outcomeOf('callback', { callerCannotWait: true })).toContain(because.callerEnded());
	});
});
