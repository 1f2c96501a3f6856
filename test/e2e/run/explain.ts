// How an error is printed in full. Rule: what node:test wraps around an error is left out, what caused it is not.

const MOST_CAUSES = 4;

/** What is printed of something that was thrown. */
type Thrown = { code?: string; stack?: string; cause?: unknown };

/** @returns the stack of what was thrown, and of what caused it */
export function explain(error: unknown): string {
	const parts: string[] = [];
	for (let current = error; current !== undefined && parts.length < MOST_CAUSES;) {
		const { code, stack = String(current), cause }: Thrown = current instanceof Error ? current : {};
		if (code !== 'ERR_TEST_FAILURE') parts.push(stack);
		current = cause;
	}
	return parts.join('\ncaused by ') || String(error);
}
