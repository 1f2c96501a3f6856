// A clock that runs faster than the real one, for tests about minutes. Pauses of the package and the jobs of the sandbox follow the same
// clock, so that they agree; requests still take the time they take.
'use strict';

const realNow = Date.now;
let speed = 1;
let baseRealMs = realNow();
let baseMs = baseRealMs;

function now() {
	return Math.floor(baseMs + (realNow() - baseRealMs) * speed);
}

Date.now = now;

/** Lets time pass so many times faster from here on; 1 is real time. @param {number} times */
function setSpeed(times) {
	const nowMs = now();
	baseRealMs = realNow();
	baseMs = nowMs;
	speed = times;
}

/** Lets so much time have passed at once. @param {number} ms */
function leap(ms) {
	baseMs += ms;
}

/** No timer is as quick as this: a shorter pause is over with the next turn. */
const SHORTEST_TIMER_MS = 0.03;

/** Takes the place of n8n's `sleep`. @param {number} ms @returns {Promise<void>} */
function sleep(ms) {
	return new Promise((resolve) => {
		if (ms / speed < SHORTEST_TIMER_MS) setImmediate(resolve);
		else setTimeout(resolve, ms / speed);
	});
}

/** n8n-workflow with a `sleep` that follows this clock: `jest.mock('n8n-workflow', () => jest.requireActual('./clock').workflowWithClock())`. */
function workflowWithClock() {
	return { ...jest.requireActual('n8n-workflow'), sleep };
}

/** Waits in real time. @param {number} ms @returns {Promise<void>} */
function realPause(ms) {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}

module.exports = { leap, realPause, setSpeed, workflowWithClock };
