// When a run of orders ends before its last one.

import { StopCondition } from '../../nodes/AkoolImageToVideo/orders/stopCondition';
import { runFor } from './runFor';

const FAILED = { title: 'Akool did not accept a value', description: 'Correct it.', code: 1003 };
const SHUT_OUT = { title: 'Akool does not know this API key', description: 'Correct it.', code: 1109 };

it('allows orders while nothing has happened', () => {
	expect(new StopCondition(runFor([{}])).reason()).toBeUndefined();
});

it.each([false, true])('stops after an order that failed unless Continue On Fail is on (%p)', (on) => {
	const stop = new StopCondition(runFor([{}], { continueOnFail: on }));
	stop.note(FAILED);
	expect(stop.reason() === undefined).toBe(on);
});

it.each([false, true])('stops for all items if Akool refuses the credential (Continue On Fail: %p)', (on) => {
	const stop = new StopCondition(runFor([{}], { continueOnFail: on }));
	stop.note(SHUT_OUT);
	stop.note(FAILED);
	expect(stop.reason()).toBe(SHUT_OUT);
});

it('holds orders back while one is of unknown outcome, until it is reconciled', () => {
	const stop = new StopCondition(runFor([{}]));
	stop.noteUnknown();
	expect(stop.reason()).toBeDefined();
	stop.noteReconciled();
	expect(stop.reason()).toBeUndefined();
});

it('stops if the user has stopped the execution, also under Continue On Fail', () => {
	const user = new AbortController();
	const stop = new StopCondition(runFor([{}], { continueOnFail: true, signal: user.signal }));
	expect(stop.reason()).toBeUndefined();
	user.abort();
	expect(stop.reason()).toBeDefined();
});
