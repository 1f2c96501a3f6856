// A clock that runs faster than the real one, for tests about minutes. Pauses of the package and the jobs of the sandbox follow the same
// clock, so that they agree; requests still take the time they take.
const realNow = Date.now;
let speed = 1;
let baseRealMs = realNow();
let baseMs = baseRealMs;

function now() {
	return Math.floor(baseMs + (realNow() - baseRealMs) * speed);
}

Date.now = now;

/** Lets time pass so many times faster from here on; 1 is real time. */
export function setSpeed(times: number) {
	const nowMs = now();
	baseRealMs = realNow();
	baseMs = nowMs;
	speed = times;
}

/** Lets so much time have passed at once. */
export function leap(ms: number) {
	baseMs += ms;
}

/** No timer is as quick as this: a shorter pause is over with the next turn. */
const SHORTEST_TIMER_MS = 0.03;

/** Takes the place of n8n's `sleep`. */
function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => {
		if (ms / speed < SHORTEST_TIMER_MS) setImmediate(resolve);
		else setTimeout(resolve, ms / speed);
	});
}

/** n8n-workflow with a `sleep` that follows this clock: `jest.mock('n8n-workflow', () => jest.requireActual('./clock').workflowWithClock())`. */
export function workflowWithClock() {
	return { ...jest.requireActual('n8n-workflow'), sleep };
}

/** Waits in real time. */
export function realPause(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}
