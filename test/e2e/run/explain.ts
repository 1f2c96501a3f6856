// How an error is told in full. Rule: what node:test wraps around an error is left out, what caused it is not.

const MOST_CAUSES = 4;

/** What is told of something that was thrown. */
type Thrown = { code?: string; stack?: string; cause?: unknown };

/** @returns the stack of what was thrown, and of what caused it */
export function explain(error: unknown): string {
	const told: string[] = [];
	for (let current = error; current !== undefined && told.length < MOST_CAUSES;) {
		const { code, stack = String(current), cause }: Thrown = current instanceof Error ? current : {};
		if (code !== 'ERR_TEST_FAILURE') told.push(stack);
		current = cause;
	}
	return told.join('\ncaused by ') || String(error);
}
